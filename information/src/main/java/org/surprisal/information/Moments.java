package org.surprisal.information;

import java.util.OptionalDouble;
import org.surprisal.information.internal.Samples;

/// The first four moments of a set of samples.
///
/// With m_k = (1/n) Σ (x_i - mean)^k the record holds the *population* variance m_2, the skewness
/// g_1 = m_3 / m_2^(3/2) and the excess kurtosis g_2 = m_4 / m_2² - 3; a normal distribution has g_1 = g_2 = 0.
/// They are the biased estimators, SciPy's `skew` and `kurtosis` as they come.
///
/// @param count number of samples n, at least 1
/// @param mean arithmetic mean
/// @param variance population variance (divided by n), 0 for constant samples
/// @param skewness g_1; absent for constant samples, where it is not defined
/// @param excessKurtosis g_2; absent for constant samples, where it is not defined
public record Moments(int count, double mean, double variance, OptionalDouble skewness, OptionalDouble excessKurtosis) {

    /// Rounding of the mean, in standard deviations, that would show in third and fourth moments.
    private static final double LOST = 1e-9;

    /// Moments in two passes: the mean first, then powers of the deviations from it. The deviations are divided by the
    /// largest of them before they are raised, so that neither tiny nor huge samples lose the ratios g_1 and g_2.
    ///
    /// @param samples at least one finite value
    /// @throws IllegalArgumentException if there are none, one is not finite, or the mean or the variance overflows
    public static Moments of(double... samples) {
        Samples.requireFinite("samples", samples, 1);
        int n = samples.length;
        // Equal samples are asked for directly: rounding of the mean would leave a spurious variance.
        if (isConstant(samples)) {
            return new Moments(n, samples[0], 0, OptionalDouble.empty(), OptionalDouble.empty());
        }
        double mean = mean(samples);
        double largest = 0;
        for (double x : samples) {
            largest = Math.max(largest, Math.abs(x - mean));
        }
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        double sum4 = 0;
        for (double x : samples) {
            double d = (x - mean) / largest;
            double d2 = d * d;
            sum1 += d;
            sum2 += d2;
            sum3 += d2 * d;
            sum4 += d2 * d2;
        }
        // The deviations sum to zero but for the rounding of the mean; this takes its square out.
        double m2 = (sum2 - sum1 * sum1 / n) / n;
        double variance = m2 * largest * largest;
        if (!Double.isFinite(variance)) {
            throw new IllegalArgumentException("samples spread by %s around %s, their variance overflows a double"
                    .formatted(largest, mean));
        }
        double m3 = sum3 / n;
        double m4 = sum4 / n;
        double shift = sum1 / n;
        if (Math.abs(shift) > LOST * Math.sqrt(m2)) {
            // Far from 0 the mean is rounded to the last digits of the samples: moments about their true mean.
            m4 += shift * (-4 * m3 + 6 * shift * sum2 / n - 3 * shift * shift * shift);
            m3 += shift * (-3 * sum2 / n + 2 * shift * shift);
        }
        return new Moments(n, mean, variance, OptionalDouble.of(m3 / (m2 * Math.sqrt(m2))),
                OptionalDouble.of(m4 / (m2 * m2) - 3));
    }

    /// Standard deviation, the square root of the population variance.
    public double standardDeviation() {
        return Math.sqrt(variance);
    }

    /// The unbiased variance (divided by n - 1).
    ///
    /// @throws IllegalStateException for a single sample
    public double sampleVariance() {
        if (count < 2) {
            throw new IllegalStateException("the sample variance needs at least 2 samples, there is 1");
        }
        return variance * count / (count - 1);
    }

    private static double mean(double[] samples) {
        double sum = 0;
        for (double x : samples) {
            sum += x;
        }
        double first = sum / samples.length;
        if (!Double.isFinite(first)) {
            throw new IllegalArgumentException("the sum of the samples overflows a double (" + sum + ")");
        }
        double residual = 0;
        for (double x : samples) {
            residual += x - first;
        }
        return first + residual / samples.length;
    }

    private static boolean isConstant(double[] samples) {
        for (double x : samples) {
            if (x != samples[0]) {
                return false;
            }
        }
        return true;
    }
}
