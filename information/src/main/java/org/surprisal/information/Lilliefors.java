package org.surprisal.information;

import java.util.Arrays;
import org.surprisal.information.internal.Samples;

/// Lilliefors's test that samples come from some normal distribution: the Kolmogorov–Smirnov statistic with the mean
/// and variance estimated from the samples (Lilliefors 1967),
///
///     D = max_i max(i/n - Φ(z_i), Φ(z_i) - (i-1)/n)
///
/// over the sorted standardised samples z_i = (x_i - mean)/s with s the *sample* standard deviation (divided by n - 1).
///
/// The p-value is interpolated in a table that was simulated for this class: quantiles of D (√n - 0.01 + 0.85/√n),
/// Stephens's (1974) modification that hardly depends on n, each row from at least 250,000 normal samples of size 8,
/// 10, 20, 50, 100, 400, 1000 and 4000; between them linearly in 1/√n, beyond 4000 the last row. p is accurate to about
/// 3 % of itself down to 0.01, 10 % at 0.001, 40 % at 0.0001; smaller ones are not told apart.
///
/// @param count number of samples n, at least 8
/// @param statistic D
/// @param pValue probability of a D this large for normal samples; 0.0001 stands as an upper bound of what is smaller
public record Lilliefors(int count, double statistic, double pValue) {

    /// The smallest number of samples in the table.
    public static final int MINIMUM_COUNT = 8;

    private static final int[] COUNTS = {8, 10, 20, 50, 100, 400, 1000, 4000};

    private static final double[] LEVELS = {0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05,
            0.025, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001};

    /// Row by row for the numbers of samples, column by column for the levels.
    private static final double[][] QUANTILES = {
            {0.3627, 0.4147, 0.4477, 0.4953, 0.5351, 0.5716, 0.6076, 0.6458, 0.6897, 0.7155, 0.7452, 0.7809, 0.8272,
                    0.8984, 0.9628, 0.9823, 1.0384, 1.0892, 1.1507, 1.1927, 1.2316, 1.2788, 1.3125},
            {0.3588, 0.4120, 0.4469, 0.4948, 0.5331, 0.5687, 0.6047, 0.6432, 0.6872, 0.7130, 0.7424, 0.7779, 0.8245,
                    0.8966, 0.9613, 0.9811, 1.0386, 1.0915, 1.1571, 1.2016, 1.2428, 1.2991, 1.3390},
            {0.3575, 0.4116, 0.4457, 0.4925, 0.5306, 0.5661, 0.6018, 0.6400, 0.6836, 0.7090, 0.7383, 0.7738, 0.8203,
                    0.8933, 0.9589, 0.9790, 1.0383, 1.0943, 1.1630, 1.2121, 1.2587, 1.3183, 1.3611},
            {0.3605, 0.4144, 0.4482, 0.4948, 0.5325, 0.5675, 0.6030, 0.6409, 0.6843, 0.7097, 0.7389, 0.7744, 0.8210,
                    0.8936, 0.9604, 0.9806, 1.0406, 1.0971, 1.1677, 1.2183, 1.2650, 1.3221, 1.3768},
            {0.3639, 0.4176, 0.4514, 0.4977, 0.5354, 0.5704, 0.6057, 0.6436, 0.6869, 0.7122, 0.7415, 0.7770, 0.8236,
                    0.8965, 0.9636, 0.9840, 1.0444, 1.1018, 1.1724, 1.2238, 1.2691, 1.3301, 1.3774},
            {0.3694, 0.4229, 0.4567, 0.5028, 0.5404, 0.5754, 0.6107, 0.6487, 0.6921, 0.7173, 0.7466, 0.7821, 0.8286,
                    0.9017, 0.9688, 0.9894, 1.0506, 1.1079, 1.1782, 1.2294, 1.2779, 1.3386, 1.3793},
            {0.3721, 0.4254, 0.4591, 0.5054, 0.5429, 0.5780, 0.6133, 0.6512, 0.6947, 0.7200, 0.7493, 0.7845, 0.8311,
                    0.9044, 0.9715, 0.9920, 1.0540, 1.1099, 1.1830, 1.2363, 1.2832, 1.3431, 1.3897},
            {0.3745, 0.4274, 0.4611, 0.5081, 0.5454, 0.5805, 0.6158, 0.6536, 0.6966, 0.7221, 0.7518, 0.7877, 0.8343,
                    0.9071, 0.9754, 0.9954, 1.0553, 1.1129, 1.1833, 1.2334, 1.2883, 1.3465, 1.3882}};

    /// Tests samples for normality.
    ///
    /// @param samples at least 8 finite values, not all equal, in any order; not changed
    /// @throws IllegalArgumentException if there are fewer, one is not finite, or all are equal
    public static Lilliefors test(double... samples) {
        Samples.requireFinite("samples", samples, MINIMUM_COUNT);
        int n = samples.length;
        double[] z = StandardisedSamples.sorted(samples);
        var standard = new Gaussian(0, 1);
        double statistic = 0;
        for (int i = 0; i < n; i++) {
            double cumulative = standard.cumulative(z[i]);
            statistic = Math.max(statistic,
                    Math.max((i + 1.0) / n - cumulative, cumulative - (double) i / n));
        }
        return new Lilliefors(n, statistic, pValue(n, statistic));
    }

    /// p-value of a statistic D of n samples.
    static double pValue(int n, double statistic) {
        double root = Math.sqrt(n);
        double modified = statistic * (root - 0.01 + 0.85 / root);
        double[] quantiles = quantiles(n);
        int above = 0;
        while (above < quantiles.length && quantiles[above] < modified) {
            above++;
        }
        if (above == quantiles.length) {
            return LEVELS[above - 1];
        }
        double lowQuantile = above == 0 ? 0 : quantiles[above - 1];
        double lowLog = above == 0 ? 0 : Math.log(LEVELS[above - 1]);
        double share = (modified - lowQuantile) / (quantiles[above] - lowQuantile);
        return Math.exp(lowLog + share * (Math.log(LEVELS[above]) - lowLog));
    }

    /// The modified statistics that belong to the levels, for n samples.
    private static double[] quantiles(int n) {
        int row = 0;
        while (row < COUNTS.length - 1 && COUNTS[row + 1] <= n) {
            row++;
        }
        if (row == COUNTS.length - 1) {
            return QUANTILES[row];
        }
        double from = 1 / Math.sqrt(COUNTS[row]);
        double share = (1 / Math.sqrt(n) - from) / (1 / Math.sqrt(COUNTS[row + 1]) - from);
        double[] low = QUANTILES[row];
        double[] high = QUANTILES[row + 1];
        double[] between = new double[low.length];
        Arrays.setAll(between, i -> low[i] + share * (high[i] - low[i]));
        return between;
    }
}
