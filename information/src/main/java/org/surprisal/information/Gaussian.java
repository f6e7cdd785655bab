package org.surprisal.information;

import java.util.Locale;
import org.hipparchus.special.Erf;
import org.surprisal.information.internal.Samples;

/// The normal distribution N(mean, variance) and, by the methods that take a dimension, its isotropic form in n
/// dimensions: n independent components, each N(mean, variance). Entropies are in nats.
///
/// @param mean finite
/// @param variance finite, above 0
public record Gaussian(double mean, double variance) {

    private static final double LN_2PI = Math.log(2 * Math.PI);

    /// Below this the lower tail is summed as an asymptotic series, whose terms there fall below 1e-16.
    private static final double ASYMPTOTIC_FROM = -20;

    /// A normal distribution.
    ///
    /// @throws IllegalArgumentException if `mean` is not finite or `variance` is not a finite value above 0
    public Gaussian {
        Samples.requireFinite("mean", mean);
        Samples.requirePositive("variance", variance);
    }

    /// The normal fit of a set of samples: their mean and population variance, the maximum-likelihood estimate.
    ///
    /// @param samples at least two finite values, not all equal
    /// @throws IllegalArgumentException if there are fewer, one is not finite, or all are equal
    public static Gaussian fit(double... samples) {
        Samples.requireFinite("samples", samples, 2);
        Moments moments = Moments.of(samples);
        if (moments.variance() == 0) {
            throw new IllegalArgumentException(moments.skewness().isEmpty()
                    ? "samples are constant (%s), a normal fit needs a spread".formatted(samples[0])
                    : "samples spread so little around %s that their variance underflows to 0".formatted(samples[0]));
        }
        return new Gaussian(moments.mean(), moments.variance());
    }

    /// Standard deviation σ.
    public double standardDeviation() {
        return Math.sqrt(variance);
    }

    /// Density at `x`, in units of 1/x.
    public double density(double x) {
        return Math.exp(logDensity(x));
    }

    /// ln of the density at `x`: -½ ln(2πσ²) - (x - μ)²/(2σ²).
    public double logDensity(double x) {
        double d = Samples.requireFinite("x", x) - mean;
        return -0.5 * (LN_2PI + Math.log(variance) + d * d / variance);
    }

    /// P(X <= x), with full relative accuracy in the lower tail.
    public double cumulative(double x) {
        return Math.exp(logCumulative(x));
    }

    /// ln P(X <= x), finite however far `x` lies below the mean.
    public double logCumulative(double x) {
        return logStandardCumulative((Samples.requireFinite("x", x) - mean) / standardDeviation());
    }

    /// Differential entropy ½ ln(2πeσ²), which is negative for σ² < 1/(2πe) (Schmidt 2.89).
    public double entropy() {
        return 0.5 * (LN_2PI + 1 + Math.log(variance));
    }

    /// Differential entropy of the isotropic form in `dimension` dimensions: ½ n ln(2πeσ²).
    ///
    /// @param dimension n, at least 1
    public double entropy(int dimension) {
        return requireDimension(dimension) * entropy();
    }

    /// Cross-entropy -⟨ln q⟩_p of p = this with q = `other`: ½ ln(2πσ_q²) + (σ_p² + (μ_p - μ_q)²)/(2σ_q²)
    /// (Schmidt 2.90 with its sign).
    public double crossEntropy(Gaussian other) {
        double d = mean - other.mean;
        return 0.5 * (LN_2PI + Math.log(other.variance) + (variance + d * d) / other.variance);
    }

    /// Cross-entropy of the isotropic forms in `dimension` dimensions, n times that of one component.
    ///
    /// @param dimension n, at least 1
    public double crossEntropy(Gaussian other, int dimension) {
        return requireDimension(dimension) * crossEntropy(other);
    }

    /// Relative entropy (Kullback–Leibler divergence) D(p||q) of p = this to q = `other`, ½
    /// [ln(σ_q²/σ_p²) + (σ_p² + (μ_p - μ_q)²)/σ_q² - 1] (Schmidt 2.91). At least 0, and 0 only for equal distributions.
    /// Written so that nearly equal variances do not cancel; positive infinity where it exceeds a double.
    public double relativeEntropyTo(Gaussian other) {
        double excess = (variance - other.variance) / other.variance;
        // log1p has nothing left to say where the ratio itself underflows or overflows.
        double logRatio = Math.abs(excess) < 0.5 ? Math.log1p(excess) : Math.log(variance) - Math.log(other.variance);
        return 0.5 * (excess - logRatio + squaredShift(other));
    }

    /// Jeffreys divergence D(p||q) + D(q||p) of p = this and q = `other` (Jeffreys 1946). Symmetric.
    public double jeffreysDivergence(Gaussian other) {
        return relativeEntropyTo(other) + other.relativeEntropyTo(this);
    }

    /// Rényi divergence D_α(p||q) = ln(∫ p^α q^(1-α)) / (α - 1) of p = this to q = `other` (Gil, Alajaji & Linder
    /// 2013). It grows with α, from 0 at order 0 over the relative entropy at order 1 to the logarithm of the largest
    /// p/q at infinity; positive infinity where the integral diverges, which it does for α σ_q² + (1-α) σ_p² <= 0.
    ///
    /// @param order α, at least 0, may be infinite
    /// @throws IllegalArgumentException if `order` is negative or NaN
    public double renyiDivergenceTo(Gaussian other, double order) {
        RenyiTerm.requireOrder(order);
        return order == 1
                ? relativeEntropyTo(other)
                : RenyiTerm.of(order, (variance - other.variance) / other.variance,
                        Math.log(variance) - Math.log(other.variance), squaredShift(other));
    }

    /// Bhattacharyya distance -ln ∫ √(p q) of p = this and q = `other`: half the Rényi divergence of order ½.
    /// Symmetric.
    public double bhattacharyyaDistance(Gaussian other) {
        return 0.5 * renyiDivergenceTo(other, 0.5);
    }

    /// Relative entropy of the isotropic forms in `dimension` dimensions, n times that of one component.
    ///
    /// @param dimension n, at least 1
    public double relativeEntropyTo(Gaussian other, int dimension) {
        return requireDimension(dimension) * relativeEntropyTo(other);
    }

    /// (μ_p - μ_q)²/σ_q².
    private double squaredShift(Gaussian other) {
        double shift = (mean - other.mean) / other.standardDeviation();
        return shift * shift;
    }

    private static double logStandardCumulative(double z) {
        if (z > 0) {
            return Math.log1p(-0.5 * Erf.erfc(z / Math.sqrt(2)));
        }
        if (z > ASYMPTOTIC_FROM) {
            return Math.log(0.5 * Erf.erfc(-z / Math.sqrt(2)));
        }
        // Φ(z) = φ(z)/|z| (1 - 1/z² + 3/z⁴ - 15/z⁶ + …), Abramowitz & Stegun 26.2.12.
        double sum = 0;
        double term = 1;
        for (int k = 1; Math.abs(term) > 1e-17; k++) {
            sum += term;
            term *= -(2 * k - 1) / (z * z);
        }
        return -0.5 * (z * z + LN_2PI) - Math.log(-z) + Math.log(sum);
    }

    private static int requireDimension(int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "dimension = %d, at least 1 needed", dimension));
        }
        return dimension;
    }
}
