package org.surprisal.information;

import java.util.Arrays;

/// Samples without their unit, for the tests of normality.
final class StandardisedSamples {

    /// Rounding of a mean, in standard deviations, that would show in a test.
    private static final double LOST = 1e-9;

    private StandardisedSamples() {
    }

    /// Returns samples less their mean, over their deviation with n - 1 in the denominator, ascending.
    ///
    /// @throws IllegalArgumentException if all are equal
    static double[] sorted(double[] values) {
        int n = values.length;
        Gaussian fit = Gaussian.fit(values);
        double deviation = Math.sqrt(fit.variance() * n / (n - 1));
        double origin = values[0];
        if (origin != 0 && Math.ulp(fit.mean()) > LOST * deviation) {
            // The mean is rounded to the last digits of the values: differences from one of them are exact and have a
            // mean of their own.
            return sorted(Arrays.stream(values).map(x -> x - origin).toArray());
        }
        return Arrays.stream(values).sorted().map(x -> (x - fit.mean()) / deviation).toArray();
    }
}
