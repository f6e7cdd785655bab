package org.surprisal.information;

import java.util.Arrays;
import org.surprisal.information.internal.Samples;

/// The quartiles of a set of samples, interpolated linearly between order statistics: the p-quantile stands at position
/// p (n - 1) of the sorted samples, counted from 0 (type 7 of Hyndman & Fan 1996, NumPy's `percentile`).
///
/// @param lower the ¼-quantile
/// @param median the ½-quantile
/// @param upper the ¾-quantile
public record Quartiles(double lower, double median, double upper) {

    /// The quartiles of `samples`.
    ///
    /// @param samples at least one finite value, in any order; not changed
    /// @throws IllegalArgumentException if there are none or one is not finite
    public static Quartiles of(double... samples) {
        Samples.requireFinite("samples", samples, 1);
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return new Quartiles(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    /// Interquartile range, upper minus lower.
    public double range() {
        return upper - lower;
    }

    /// The p-quantile of at least one value in ascending order.
    static double quantile(double[] sorted, double p) {
        double position = p * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        double share = position - below;
        return sorted[below] * (1 - share) + sorted[above] * share;
    }
}
