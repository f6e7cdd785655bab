package org.surprisal.information;

/// Rules that choose the bandwidth h (standard deviation of the kernel) of a [KernelDensity] from its n samples.
/// s is the sample standard deviation (divided by n - 1).
public enum BandwidthRule {

    /// h = s n^(-1/5): Scott's factor as `scipy.stats.gaussian_kde` uses it by default.
    SCOTT {
        @Override
        double bandwidth(double[] samples, double deviation) {
            return deviation * Math.pow(samples.length, -0.2);
        }
    },

    /// h = s (3n/4)^(-1/5), 1.06 s n^(-1/5): the rule that is optimal for a normal distribution, as
    /// `scipy.stats.gaussian_kde` has it under the name 'silverman'.
    SILVERMAN {
        @Override
        double bandwidth(double[] samples, double deviation) {
            return deviation * Math.pow(0.75 * samples.length, -0.2);
        }
    },

    /// h = 0.9 min(s, IQR/1.34) n^(-1/5): Silverman's rule of thumb (Density Estimation, 1986, equation 3.31), which
    /// smooths two peaks less. Where more than half the samples are equal the interquartile range is 0 and s is used
    /// alone.
    RULE_OF_THUMB {
        @Override
        double bandwidth(double[] samples, double deviation) {
            double range = Quartiles.of(samples).range();
            double spread = range > 0 ? Math.min(deviation, range / 1.34) : deviation;
            return 0.9 * spread * Math.pow(samples.length, -0.2);
        }
    };

    abstract double bandwidth(double[] samples, double deviation);

    /// The bandwidth this rule chooses, in units of the samples.
    ///
    /// @param samples at least two finite values, not all equal
    /// @throws IllegalArgumentException if there are fewer, one is not finite, or all are equal
    public double bandwidth(double... samples) {
        return bandwidth(samples, Math.sqrt(Gaussian.fit(samples).variance() * samples.length / (samples.length - 1)));
    }
}
