package org.surprisal.information;

import org.surprisal.information.internal.Samples;

/// The Anderson–Darling test that samples come from some normal distribution, its mean and variance estimated from them
/// (case 3 of Stephens; D'Agostino & Stephens, Goodness-of-Fit Techniques, 1986, section 4.8.5 and table 4.9).
///
///     A² = -n - (1/n) Σ_i (2i - 1) [ln Φ(z_i) + ln(1 - Φ(z_(n+1-i)))]
///
/// over the sorted standardised samples z_i = (x_i - mean)/s with s the *sample* standard deviation (divided by n - 1,
/// as SciPy does). Critical values of A*² at 10, 5, 2.5 and 1 %: 0.631, 0.752, 0.873, 1.035.
///
/// @param count number of samples n, at least 8
/// @param statistic A²
/// @param modifiedStatistic A*² = A² (1 + 0.75/n + 2.25/n²), whose distribution hardly depends on n
/// @param pValue probability of an A*² this large for normal samples; from A*² = 10 on the formula's value there,
/// 3.7e-24, stands as an upper bound
public record AndersonDarling(int count, double statistic, double modifiedStatistic, double pValue) {

    /// The p-value formula was fitted for at least this many samples.
    public static final int MINIMUM_COUNT = 8;

    /// Tests samples for normality.
    ///
    /// @param samples at least 8 finite values, not all equal, in any order; not changed
    /// @throws IllegalArgumentException if there are fewer, one is not finite, or all are equal
    public static AndersonDarling test(double... samples) {
        Samples.requireFinite("samples", samples, MINIMUM_COUNT);
        int n = samples.length;
        double[] z = StandardisedSamples.sorted(samples);
        var standard = new Gaussian(0, 1);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (2 * i + 1) * (standard.logCumulative(z[i]) + standard.logCumulative(-z[n - 1 - i]));
        }
        double statistic = -n - sum / n;
        double modified = statistic * (1 + 0.75 / n + 2.25 / ((double) n * n));
        return new AndersonDarling(n, statistic, modified, pValue(modified));
    }

    /// p-value of a modified statistic A*² (the four pieces of D'Agostino & Stephens, table 4.9).
    static double pValue(double modifiedStatistic) {
        double a = Math.min(modifiedStatistic, 10);
        if (a >= 0.6) {
            return Math.exp(1.2937 + a * (-5.709 + 0.0186 * a));
        }
        if (a > 0.34) {
            return Math.exp(0.9177 + a * (-4.279 - 1.38 * a));
        }
        if (a > 0.2) {
            return 1 - Math.exp(-8.318 + a * (42.796 - 59.938 * a));
        }
        return 1 - Math.exp(-13.436 + a * (101.14 - 223.73 * a));
    }
}
