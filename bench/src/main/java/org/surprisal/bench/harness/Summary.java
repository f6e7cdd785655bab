package org.surprisal.bench.harness;

import java.util.Arrays;
import java.util.List;

/// The middle of some numbers and how far they spread.
///
/// @param median  half of them are below it
/// @param lower   quartile
/// @param upper   quartile
/// @param samples how many they were
public record Summary(double median, double lower, double upper, int samples) {
    /// Quartiles by linear interpolation between order statistics (Hyndman and Fan 1996, definition 7).
    ///
    /// @throws IllegalArgumentException when there are none, or one is not finite
    public static Summary of(List<Double> numbers) {
        double[] sorted = sorted(numbers);
        return new Summary(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75), sorted.length);
    }

    static double[] sorted(List<Double> numbers) {
        double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no numbers to summarise");
        }
        if (Arrays.stream(sorted).anyMatch(number -> !Double.isFinite(number))) {
            throw new IllegalArgumentException("numbers to summarise must be finite, not " + numbers);
        }
        return sorted;
    }

    static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
