package org.surprisal.theory.ising;

/// The integrated autocorrelation time, τ = ½ + Σ ρ(t) over t ≥ 1, in steps: a mean of n steps is as good as one of n /
/// 2τ independent draws. The sum ends at the first t ≥ 6 τ(t) (Madras and Sokal 1988, J. Stat. Phys. 50, 109), where
/// what is left out is e^-6 of an exponential decay and the noise of the rest is not yet summed.
final class AutocorrelationTime {
    private static final int WINDOW = 6;

    private AutocorrelationTime() {
    }

    /// Of chains of one process and length, all together.
    ///
    /// @param series at least one chain, all of the same length, at least 2
    /// @return ½ for series that never change; at most half the length, which says that the series is too short
    static double of(double[]... series) {
        int n = series[0].length;
        double mean = 0;
        for (double[] chain : series) {
            for (double value : chain) {
                mean += value;
            }
        }
        mean /= (double) n * series.length;
        double variance = covariance(series, mean, 0);
        if (variance == 0) {
            return 0.5;
        }
        double tau = 0.5;
        for (int t = 1; t < n && t < WINDOW * tau; t++) {
            tau += covariance(series, mean, t) / variance;
        }
        return Math.clamp(tau, 0.5, 0.5 * n);
    }

    private static double covariance(double[][] series, double mean, int lag) {
        double sum = 0;
        for (double[] chain : series) {
            for (int i = lag; i < chain.length; i++) {
                sum += (chain[i] - mean) * (chain[i - lag] - mean);
            }
        }
        return sum / ((double) (series[0].length - lag) * series.length);
    }
}
