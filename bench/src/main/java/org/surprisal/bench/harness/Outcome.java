package org.surprisal.bench.harness;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What was measured of one workload.
///
/// @param workload  measured
/// @param data      what was computed on, in words; empty where it could not be set up
/// @param notes     what a reader must know of how the peer did it
/// @param agreement whether both sides computed the same thing; empty without a peer
/// @param timed     what was timed; empty where the sides disagreed or could not be set up
/// @param failure   why it was not measured, in a line
public record Outcome(Workload workload, String data, List<String> notes, Optional<Agreement> agreement,
        Optional<Timed> timed, Optional<String> failure) {
    public Outcome {
        notes = List.copyOf(notes);
    }

    /// The rounds that stand.
    ///
    /// @param timings     every block
    /// @param attempt     1 for the first rounds; more where those before were disturbed
    /// @param disturbance of these rounds
    /// @param peerThreads on how many threads the peer ran, where it had a choice
    public record Timed(List<Timing> timings, int attempt, Disturbance disturbance, OptionalInt peerThreads) {
        public Timed {
            timings = List.copyOf(timings);
        }
    }

    /// Every block; none where the sides disagreed or could not be set up.
    public List<Timing> timings() {
        return timed.map(Timed::timings).orElse(List.of());
    }

    /// What disturbed the rounds that stand, in words; empty where nothing did.
    public Optional<String> disturbed() {
        return timed.flatMap(rounds -> rounds.disturbance().words());
    }

    /// Seconds a step of one side; empty where it did not run.
    public Optional<Summary> secondsPerStep(String side) {
        List<Double> seconds = timings().stream().filter(timing -> timing.side().equals(side)).map(Timing::perStep)
                .toList();
        return seconds.isEmpty() ? Optional.empty() : Optional.of(Summary.of(seconds));
    }

    /// Work a second of one side, in [Workload#work()]'s unit.
    public Optional<Summary> rate(String side) {
        List<Double> rates = timings().stream().filter(timing -> timing.side().equals(side))
                .map(timing -> workload.work().amount() / timing.perStep()).toList();
        return rates.isEmpty() ? Optional.empty() : Optional.of(Summary.of(rates));
    }

    /// How many times as long the peer takes; empty without a peer.
    public Optional<PairedRatio> againstPeer() {
        return ratio(Timing.PEER, Timing.OURS);
    }

    /// Our rate as a share of the limit's; empty where no limit is stated.
    public Optional<PairedRatio> ofLimit() {
        return ratio(Timing.LIMIT, Timing.OURS);
    }

    private Optional<PairedRatio> ratio(String slower, String faster) {
        return timings().stream().anyMatch(timing -> timing.side().equals(slower))
                ? Optional.of(PairedRatio.of(timings(), slower, faster))
                : Optional.empty();
    }

    /// Whether it was measured and both sides agreed.
    public boolean isSound() {
        return failure.isEmpty();
    }
}
