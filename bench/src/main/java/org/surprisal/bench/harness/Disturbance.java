package org.surprisal.bench.harness;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What disturbed the rounds of a workload: other programs, or something that shows in their spread only, such as a
/// neighbour of a virtual machine or a processor that lowers its clock.
///
/// @param others processors that other programs kept busy, on average; empty where the system does not tell
/// @param spread how far the middle half of the rounds' numbers spreads, as a share of the median: of the ratios of the
/// times of both sides, which a slow hour changes little, or of our times where no other side ran
public record Disturbance(OptionalDouble others, double spread) {
    /// Above this many processors, other programs are seen in the numbers.
    static final double MOST_OTHERS = 0.1;
    /// Above this, the interval of the median says little.
    static final double MOST_SPREAD = 0.15;

    /// From what was timed.
    ///
    /// @param timings of all sides
    /// @param others  processors that other programs kept busy meanwhile
    public static Disturbance of(List<Timing> timings, OptionalDouble others) {
        double spread = Stream.of(Timing.PEER, Timing.LIMIT)
                .filter(side -> timings.stream().anyMatch(timing -> timing.side().equals(side)))
                .map(side -> PairedRatio.of(timings, side, Timing.OURS).ratios())
                .mapToDouble(Disturbance::spread).max()
                .orElseGet(() -> spread(timings.stream().map(Timing::perStep).toList()));
        return new Disturbance(others, spread);
    }

    private static double spread(List<Double> numbers) {
        Summary summary = Summary.of(numbers);
        return (summary.upper() - summary.lower()) / summary.median();
    }

    /// What disturbed, in words; empty where nothing did.
    public Optional<String> words() {
        if (others.isPresent() && others.getAsDouble() > MOST_OTHERS) {
            return Optional.of(String.format(Locale.ROOT, "other programs kept %.2f processors busy",
                    others.getAsDouble()));
        }
        return spread > MOST_SPREAD
                ? Optional.of(String.format(Locale.ROOT, "the middle half of the rounds spreads by %.0f %%",
                        100 * spread))
                : Optional.empty();
    }
}
