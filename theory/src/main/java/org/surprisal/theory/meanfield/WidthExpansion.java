package org.surprisal.theory.meanfield;

import java.util.Locale;

/// What one layer of a random network of width N has in fluctuations of order 1/N, on the way to
/// [RelativeEntropyPrediction]. Given the layer before, the neurons of a layer are independent normal numbers of
/// variance K = σ_w²/N Σ φ(z_i)² + σ_b²; K differs from q by a deviation that the variance map hands on with the factor
/// V'(q), and by what N neurons leave to chance in each layer. All members but `q`, `correlation` and `memory` are
/// coefficients of 1/N.
///
/// @param q variance of the layer in a network of infinite width
/// @param correlation between two samples that were independent in layer 0, or between a sample and the input itself
/// @param memory what a relative deviation of the variance in layer 0 has become: ∏ V'(q_k) q_0/q_m
/// @param inputVariance variance of K for the input itself
/// @param sampleVariance variance of K for a sample; it also has the deviation of σ_0² from q_0
/// @param sharedVariance covariance of K of two samples from all but that deviation
/// @param sampleShift mean of K for a sample, minus q
/// @param centreVariance variance of the mean that all samples have in common: μ_0 in layer 0, and 0 later, where the
/// weights have random signs. It counts where φ² is not even
record WidthExpansion(double q, double correlation, double memory, double inputVariance, double sampleVariance,
        double sharedVariance, double sampleShift, double centreVariance) {

    /// Layer 0: the input's pre-activations are N independent normal numbers of exactly the variance `q0`, the samples'
    /// too but of the variance and the mean that those N numbers happen to have, which themselves have variances 2
    /// q0²/N and q0/N.
    static WidthExpansion reference(double q0) {
        requirePositive(q0, 0);
        return new WidthExpansion(q0, 0, 1, 0, 2 * q0 * q0, 0, 0, q0);
    }

    private static void requirePositive(double q, int layer) {
        if (!(q > 0) || q == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "layer %d: the variance is %s, a positive one needed for a relative entropy", layer, q));
        }
    }

    /// Layer `number`, from the one before.
    WidthExpansion next(MeanField theory, GaussianQuadrature quadrature, int number) {
        double next = theory.variance(quadrature, q);
        requirePositive(next, number);
        double gap = 1 - correlation;
        double slope = theory.varianceSlope(quadrature, q);
        double noise = squareCovariance(theory, quadrature, 0);
        double tilt = tilt(theory, quadrature);
        double centre = centreVariance * tilt * tilt;
        return new WidthExpansion(next,
                Math.clamp(theory.covariance(quadrature, q, q, gap) / next, -1, 1),
                memory * slope * q / next,
                slope * slope * inputVariance + noise,
                slope * slope * sampleVariance + centre + noise,
                // squares of positively correlated numbers are so too, but for rounding
                slope * slope * sharedVariance + centre + Math.max(squareCovariance(theory, quadrature, gap), 0),
                slope * sampleShift + 0.5 * curvature(theory, quadrature) * sampleVariance,
                0);
    }

    /// σ_w⁴ Cov(φ(u)², φ(v)²) for variances q and correlation 1 - `gap`.
    private double squareCovariance(MeanField theory, GaussianQuadrature quadrature, double gap) {
        ActivationFunction activation = theory.activation();
        double mean = MeanField.meanSquare(activation, quadrature, q);
        double covariance = quadrature.mean((u, v) -> {
            double first = activation.value(u);
            double second = activation.value(v);
            return (first * first - mean) * (second * second - mean);
        }, q, q, gap);
        return theory.sigmaW2() * theory.sigmaW2() * covariance;
    }

    /// The derivative of σ_w² E[φ(μ + √q z)²] by μ at 0, moved to the normal density; 0 for odd and even φ.
    private double tilt(MeanField theory, GaussianQuadrature quadrature) {
        ActivationFunction activation = theory.activation();
        return theory.sigmaW2() * quadrature.mean(x -> {
            double value = activation.value(x);
            return value * value * x;
        }, q) / q;
    }

    /// V''(q), by moving the derivatives to the normal density: the fourth Hermite polynomial over 4q².
    private double curvature(MeanField theory, GaussianQuadrature quadrature) {
        ActivationFunction activation = theory.activation();
        return theory.sigmaW2() * quadrature.mean(x -> {
            double value = activation.value(x);
            double square = x * x / q;
            return value * value * (square * square - 6 * square + 3);
        }, q) / (4 * q * q);
    }

    /// N times the mean of 2D/N beyond its leading order.
    double meanCorrection() {
        double shift = sampleShift / q + 1 - 2 * correlation;
        double squares = 0.5 * (2 + inputVariance / (q * q)) + 1;
        double product = 2 * correlation * correlation + 2 * memory * memory + sharedVariance / (q * q);
        return shift + 1 + squares - product;
    }

    /// N times the variance of 2D/N.
    double variance() {
        double reference = memory - 1;
        return 2 * reference * reference + sharedVariance / (q * q) + 2 * correlation * correlation;
    }
}
