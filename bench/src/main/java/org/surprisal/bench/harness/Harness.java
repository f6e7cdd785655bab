package org.surprisal.bench.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.surprisal.study.Failures;

/// Measures workloads: the sides must agree before they are timed, and rounds that were disturbed are run again.
///
/// @param scene    what workloads are set up from
/// @param rounds   how they are timed
/// @param attempts how often disturbed rounds are run at most; the last ones stand
/// @param others   seconds of processor time that other programs have had so far; empty where the system does not tell
public record Harness(Scene scene, Rounds rounds, int attempts, Supplier<OptionalDouble> others) {
    private static final double NANO = 1e-9;

    public Harness {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts (=" + attempts + ") must be at least 1");
        }
    }

    /// Measures one workload. Sides that disagree, data that cannot be read and a peer that refuses are outcomes, not
    /// exceptions: the other workloads go on.
    public Outcome measure(Workload workload) {
        try (Contest contest = workload.open(scene)) {
            Optional<Agreement> agreement = contest.peer()
                    .map(peer -> Agreement.of(contest.ours(), peer, workload.check().steps(),
                            workload.check().tolerance()));
            if (agreement.isPresent() && !agreement.get().holds()) {
                return new Outcome(workload, contest.data(), contest.notes(), agreement, Optional.empty(),
                        Optional.of("values differ: " + agreement.get().mismatch()));
            }
            List<String> notes = new ArrayList<>(contest.notes());
            OptionalInt peerThreads = OptionalInt.empty();
            for (Map.Entry<String, Side> side : contest.sides().entrySet()) {
                Optional<Tuning> tuning = side.getValue().tune();
                tuning.ifPresent(chosen -> notes.add(chosen.words()));
                if (tuning.isPresent() && side.getKey().equals(Timing.PEER)) {
                    peerThreads = OptionalInt.of(tuning.get().threads());
                }
            }
            return new Outcome(workload, contest.data(), notes, agreement, Optional.of(time(contest, peerThreads)),
                    Optional.empty());
        } catch (IOException | RuntimeException e) {
            return new Outcome(workload, "", List.of(), Optional.empty(), Optional.empty(), Optional.of(reason(e)));
        }
    }

    private Outcome.Timed time(Contest contest, OptionalInt peerThreads) {
        for (int attempt = 1;; attempt++) {
            long start = rounds.clock().getAsLong();
            OptionalDouble before = others.get();
            List<Timing> timings = rounds.run(contest.sides());
            OptionalDouble after = others.get();
            double seconds = (rounds.clock().getAsLong() - start) * NANO;
            OptionalDouble busy = before.isPresent() && after.isPresent()
                    ? OptionalDouble.of(Math.max(0, (after.getAsDouble() - before.getAsDouble()) / seconds))
                    : OptionalDouble.empty();
            Disturbance disturbance = Disturbance.of(timings, busy);
            if (disturbance.words().isEmpty() || attempt == attempts) {
                return new Outcome.Timed(timings, attempt, disturbance, peerThreads);
            }
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null
                ? Failures.reason(e)
                : message.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("?");
    }
}
