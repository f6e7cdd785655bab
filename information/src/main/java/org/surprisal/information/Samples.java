package org.surprisal.information;

import java.util.Arrays;
import java.util.Locale;

/// The conditions that every statistic of this package sets on its samples.
final class Samples {

    /// Rounding of a mean, in standard deviations, that would show in a test.
    private static final double LOST = 1e-9;

    private Samples() {
    }

    /// @throws IllegalArgumentException if there are fewer than `minimum` values, or one of them is NaN or infinite
    static void requireFinite(String name, double[] values, int minimum) {
        if (values.length < minimum) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has %d value(s), at least %d needed", name, values.length, minimum));
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s[%d] = %s, a finite value needed", name, i, values[i]));
            }
        }
    }

    /// @throws IllegalArgumentException if `value` is NaN, infinite, zero or negative
    static double requirePositive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("%s = %s, a finite value > 0 needed".formatted(name, value));
        }
        return value;
    }

    /// @throws IllegalArgumentException if `value` is NaN or infinite
    static double requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s = %s, a finite value needed".formatted(name, value));
        }
        return value;
    }

    /// Samples less their mean, over their deviation with n - 1 in the denominator, ascending.
    ///
    /// @throws IllegalArgumentException if all are equal
    static double[] standardisedAndSorted(double[] values) {
        int n = values.length;
        Gaussian fit = Gaussian.fit(values);
        double deviation = Math.sqrt(fit.variance() * n / (n - 1));
        double origin = values[0];
        if (origin != 0 && Math.ulp(fit.mean()) > LOST * deviation) {
            // The mean is rounded to the last digits of the values: differences from one of them are exact and have a
            // mean of their own.
            return standardisedAndSorted(Arrays.stream(values).map(x -> x - origin).toArray());
        }
        return Arrays.stream(values).sorted().map(x -> (x - fit.mean()) / deviation).toArray();
    }
}
