package org.surprisal.bench.harness;

import java.util.ArrayList;
import java.util.List;

/// How many times as long one side took as another, round by round.
///
/// @param median   of the rounds' ratios
/// @param low      lower end of the interval
/// @param high     upper end of the interval
/// @param coverage probability with which such an interval holds the true median, if rounds are independent
/// @param ratios   round by round
public record PairedRatio(double median, double low, double high, double coverage, List<Double> ratios) {
    private static final double WANTED = 0.95;

    public PairedRatio {
        ratios = List.copyOf(ratios);
    }

    /// The time of `slower` over that of `faster` in each round, with the narrowest interval between order statistics
    /// that are equally far from both ends and holds the median with probability 0.95; where there are too few rounds
    /// for that, from the least to the largest (Conover 1999, section 3.2).
    ///
    /// @throws IllegalArgumentException when a round lacks one of them
    public static PairedRatio of(List<Timing> timings, String slower, String faster) {
        List<Double> ratios = new ArrayList<>();
        int rounds = timings.stream().mapToInt(Timing::round).max().orElse(-1) + 1;
        for (int round = 0; round < rounds; round++) {
            ratios.add(perStep(timings, round, slower) / perStep(timings, round, faster));
        }
        double[] sorted = Summary.sorted(ratios);
        int cut = cut(sorted.length);
        return new PairedRatio(Summary.quantile(sorted, 0.5), sorted[cut], sorted[sorted.length - 1 - cut],
                coverage(sorted.length, cut), ratios);
    }

    private static double perStep(List<Timing> timings, int round, String side) {
        return timings.stream().filter(timing -> timing.round() == round && timing.side().equals(side)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("round " + round + " has no block of " + side))
                .perStep();
    }

    /// How many order statistics can be left out at either end.
    private static int cut(int n) {
        int cut = 0;
        while (2 * (cut + 1) < n && coverage(n, cut + 1) >= WANTED) {
            cut++;
        }
        return cut;
    }

    /// The median lies outside when at most `cut` of n fair coins show heads, or tails.
    static double coverage(int n, int cut) {
        double outside = 0;
        double term = Math.pow(0.5, n);
        for (int k = 0; k <= cut; k++) {
            outside += 2 * term;
            term *= (double) (n - k) / (k + 1);
        }
        return 1 - outside;
    }
}
