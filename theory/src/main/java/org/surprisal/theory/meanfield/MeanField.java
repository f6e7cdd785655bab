package org.surprisal.theory.meanfield;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;

/// The maps of mean-field theory for one activation and one pair of variances.
///
/// A layer of a wide random network with input pre-activations of variance q has outputs of variance
///
///     V(q) = σ_w² E[φ(√q z)²] + σ_b²,      z ~ N(0, 1),
///
/// two inputs of variances q_1, q_2 and correlation c get the covariance σ_w² E[φ(u) φ(v)] + σ_b² (Poole et al. 2016),
/// and a small distance between inputs, or on the way back a gradient, grows in mean square by
///
///     χ(q) = σ_w² E[φ'(√q z)²]
///
/// (Schoenholz et al. 2017), which is also the mean squared singular value of the layer's Jacobian,
/// (1/N) tr J Jᵀ for J = W diag φ'(z).
///
/// Saturating functions are computed for variances up to 10,000, where a unit's slope is a spike that the quadrature
/// still resolves; beyond that is an error.
///
/// @param activation φ
/// @param sigmaW2 σ_w² > 0, variance of a weight times the fan-in
/// @param sigmaB2 σ_b² >= 0, variance of a bias
public record MeanField(ActivationFunction activation, double sigmaW2, double sigmaB2) {

    /// The largest variance of a saturating function's input at which the closed forms of erf are met to 1e-10.
    static final double LARGEST_VARIANCE = 10_000;

    /// The theory for these variances.
    ///
    /// @throws IllegalArgumentException if `sigmaW2` is not positive, `sigmaB2` negative, one of them not finite, or
    /// for a saturating function their sum, which no variance exceeds, above 10,000
    public MeanField {
        if (!(sigmaW2 > 0) || sigmaW2 == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("sigma_w2 = %s, a positive number needed".formatted(sigmaW2));
        }
        requireSigmaB2(sigmaB2);
        requireResolved(activation, "sigma_w2 + sigma_b2", sigmaW2 + sigmaB2);
    }

    private static void requireSigmaB2(double sigmaB2) {
        if (!(sigmaB2 >= 0) || sigmaB2 == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("sigma_b2 = %s, a number of at least 0 needed".formatted(sigmaB2));
        }
    }

    void requireVariance(String name, double variance) {
        if (!(variance >= 0) || variance == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("%s = %s, a variance of at least 0 needed".formatted(name, variance));
        }
        requireResolved(activation, name, variance);
    }

    private static void requireResolved(ActivationFunction activation, String name, double variance) {
        if (activation instanceof SaturatingActivation && variance > LARGEST_VARIANCE) {
            throw new IllegalArgumentException("%s = %s, at most %s needed for the quadrature to resolve %s"
                    .formatted(name, variance, LARGEST_VARIANCE, activation.label()));
        }
    }

    private static void requireCorrelation(double correlation) {
        if (!(Math.abs(correlation) <= 1)) {
            throw new IllegalArgumentException("correlation = %s, -1 to 1 needed".formatted(correlation));
        }
    }

    /// The variance of the first layer's pre-activations: σ_w² times the mean square of the input's components, plus
    /// σ_b².
    public double firstVariance(double inputMeanSquare) {
        requireVariance("mean square of the input", inputMeanSquare);
        return sigmaW2 * inputMeanSquare + sigmaB2;
    }

    /// V(q), the variance of the next layer.
    public Estimate variance(double q) {
        requireVariance("q", q);
        return Refinement.of(quadrature -> variance(quadrature, q));
    }

    /// V'(q) = σ_w² (E[φ'(√q z)²] + E[φ''(√q z) φ(√q z)]), the factor of a small deviation of the variance.
    public Estimate varianceSlope(double q) {
        requireVariance("q", q);
        return Refinement.of(quadrature -> varianceSlope(quadrature, q));
    }

    /// χ(q) = σ_w² E[φ'(√q z)²]; at q* it is χ_1.
    public Estimate chi(double q) {
        requireVariance("q", q);
        return Refinement.of(quadrature -> chi(quadrature, q));
    }

    /// The covariance that two inputs have in the next layer.
    ///
    /// @param q1 variance of the first in this layer
    /// @param q2 variance of the second
    /// @param correlation their correlation in this layer, -1 to 1
    public Estimate covariance(double q1, double q2, double correlation) {
        requireVariance("q1", q1);
        requireVariance("q2", q2);
        requireCorrelation(correlation);
        return Refinement.of(quadrature -> covariance(quadrature, q1, q2, 1 - correlation));
    }

    /// C(c), the correlation in the next layer of two inputs that both have variance q in this one.
    ///
    /// @param q at least 0, and not such that the next layer's variance is 0
    /// @param correlation c, -1 to 1
    public Estimate correlation(double q, double correlation) {
        requireVariance("q", q);
        requireCorrelation(correlation);
        if (variance(q).value() == 0) {
            throw new IllegalArgumentException(
                    "q = %s: the next layer's variance is 0, nothing has a correlation there".formatted(q));
        }
        return Refinement.of(quadrature -> 1
                - correlationGap(quadrature, q, 1 - correlation) / variance(quadrature, q));
    }

    /// Where the variance settles and what becomes of correlations there.
    public FixedPoint fixedPoint() {
        return FixedPointSearch.of(this);
    }

    /// The signal on its way through `layers` layers beyond one of variance `q0`.
    ///
    /// @param q0 variance of layer 0, see [#firstVariance]
    /// @param layers at least 0
    /// @throws IllegalArgumentException also if a variance overflows, as a diverging one does after thousands of layers
    public DepthProfile depthProfile(double q0, int layers) {
        requireVariance("q0", q0);
        DepthProfile.requireLayers(layers);
        int count = layers + 1;
        List<Estimate> estimates = Refinement.ofAll(quadrature -> {
            double[] variances = new double[count];
            variances[0] = q0;
            for (int l = 1; l < count; l++) {
                variances[l] = variance(quadrature, variances[l - 1]);
                if (variances[l] == Double.POSITIVE_INFINITY) {
                    throw new IllegalArgumentException(
                            String.format(Locale.ROOT, "layer %d: the variance overflows, it grows without end", l));
                }
            }
            DoubleStream chis = DoubleStream.of(variances).map(q -> chi(quadrature, q));
            return DoubleStream.concat(DoubleStream.of(variances), chis).toArray();
        });
        return new DepthProfile(estimates.subList(0, count), estimates.subList(count, 2 * count));
    }

    /// The correlations of two inputs, by layer: element 0 is the one given.
    ///
    /// @param q1 variance of the first in layer 0, positive
    /// @param q2 variance of the second in layer 0, positive
    /// @param correlation their correlation in layer 0, -1 to 1
    /// @param layers at least 0
    /// @throws IllegalArgumentException also if a variance becomes 0 or infinite in double precision, so that no
    /// correlation is left
    public List<Estimate> correlationProfile(double q1, double q2, double correlation, int layers) {
        requireVariance("q1", q1);
        requireVariance("q2", q2);
        requireCorrelation(correlation);
        DepthProfile.requireLayers(layers);
        return Refinement.ofAll(quadrature -> correlations(quadrature, q1, q2, correlation, layers));
    }

    private double[] correlations(GaussianQuadrature quadrature, double q1, double q2, double correlation,
            int layers) {
        double[] correlations = new double[layers + 1];
        correlations[0] = correlation;
        requireCorrelated(0, q1, q2);
        double gap = 1 - correlation;
        double first = q1;
        double second = q2;
        for (int l = 1; l <= layers; l++) {
            double covariance = covariance(quadrature, first, second, gap);
            first = variance(quadrature, first);
            second = variance(quadrature, second);
            requireCorrelated(l, first, second);
            gap = Math.clamp(1 - covariance / (Math.sqrt(first) * Math.sqrt(second)), 0, 2);
            correlations[l] = 1 - gap;
        }
        return correlations;
    }

    private static void requireCorrelated(int layer, double first, double second) {
        if (!(first > 0 && second > 0) || first + second == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "layer %d: variances %s and %s, positive finite ones needed for a correlation", layer,
                            first, second));
        }
    }

    /// The σ_w² at which order turns to chaos.
    ///
    /// @throws IllegalArgumentException if `sigmaB2` is negative or not finite
    public static CriticalPoint critical(ActivationFunction activation, double sigmaB2) {
        requireSigmaB2(sigmaB2);
        return CriticalSearch.of(activation, sigmaB2);
    }

    double variance(GaussianQuadrature quadrature, double q) {
        return sigmaW2 * meanSquare(activation, quadrature, q) + sigmaB2;
    }

    double chi(GaussianQuadrature quadrature, double q) {
        return sigmaW2 * meanSquareDerivative(activation, quadrature, q);
    }

    double varianceSlope(GaussianQuadrature quadrature, double q) {
        return sigmaW2 * quadrature.mean(x -> {
            double derivative = activation.derivative(x);
            return derivative * derivative + activation.secondDerivative(x) * activation.value(x);
        }, q);
    }

    double covariance(GaussianQuadrature quadrature, double q1, double q2, double gap) {
        return sigmaW2 * quadrature.mean((u, v) -> activation.value(u) * activation.value(v), q1, q2, gap) + sigmaB2;
    }

    /// V(q) minus the next layer's covariance, from the differences themselves: near correlation 1 both are almost
    /// equal.
    double correlationGap(GaussianQuadrature quadrature, double q, double gap) {
        return 0.5 * sigmaW2 * mean(quadrature, (u, v) -> {
            double difference = activation.value(u) - activation.value(v);
            return difference * difference;
        }, q, gap);
    }

    /// The derivative of the next layer's covariance by q c, at equal variances; C'(c) at the fixed point.
    double correlationSlope(GaussianQuadrature quadrature, double q, double gap) {
        return sigmaW2
                * mean(quadrature, (u, v) -> activation.derivative(u) * activation.derivative(v), q, gap);
    }

    /// Of a function of differences or derivatives, which is even where φ is odd but for a constant.
    private double mean(GaussianQuadrature quadrature, DoubleBinaryOperator f, double q, double gap) {
        return switch (activation) {
            case SaturatingActivation _ -> quadrature.meanOfEven(f, q, q, gap);
            case PiecewiseLinear _ -> quadrature.mean(f, q, q, gap);
        };
    }

    static double meanSquare(ActivationFunction activation, GaussianQuadrature quadrature, double q) {
        return quadrature.mean(x -> {
            double value = activation.value(x);
            return value * value;
        }, q);
    }

    static double meanSquareDerivative(ActivationFunction activation, GaussianQuadrature quadrature, double q) {
        return quadrature.mean(x -> {
            double derivative = activation.derivative(x);
            return derivative * derivative;
        }, q);
    }
}
