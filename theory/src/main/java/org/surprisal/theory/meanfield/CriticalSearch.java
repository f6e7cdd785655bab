package org.surprisal.theory.meanfield;

/// Finds the critical σ_w². Along the critical line the variance q* itself is the parameter: χ_1 = 1 gives
/// σ_w² = 1 / E[φ'(√q* z)²], and the fixed point then σ_b² = q* - σ_w² E[φ(√q* z)²].
final class CriticalSearch {

    private CriticalSearch() {
    }

    static CriticalPoint of(ActivationFunction activation, double sigmaB2) {
        return switch (activation) {
            case PiecewiseLinear linear -> {
                double sigmaW2 = 1 / linear.meanSquareSlope();
                yield sigmaB2 == 0
                        ? new CriticalPoint.Transition(Estimate.closedForm(sigmaW2))
                        : new CriticalPoint.EdgeOfDivergence(sigmaW2);
            }
            case SaturatingActivation saturating -> new CriticalPoint.Transition(
                    Refinement.of(quadrature -> sigmaW2(saturating, sigmaB2, quadrature)));
        };
    }

    private static double sigmaW2(SaturatingActivation activation, double sigmaB2, GaussianQuadrature quadrature) {
        if (sigmaB2 == 0 && activation.value(0) == 0) {
            return 1 / (activation.derivative(0) * activation.derivative(0));
        }
        double high = 1;
        while (biasVariance(activation, quadrature, high) < sigmaB2) {
            if (high == MeanField.LARGEST_VARIANCE) {
                throw new IllegalArgumentException(
                        "sigma_b2 = %s, a smaller one needed: the critical q* is above %s, which the quadrature does not resolve"
                                .formatted(sigmaB2, MeanField.LARGEST_VARIANCE));
            }
            high = Math.min(2 * high, MeanField.LARGEST_VARIANCE);
        }
        double q = FixedPointSearch.root(variance -> biasVariance(activation, quadrature, variance) - sigmaB2, 0,
                high);
        return 1 / MeanField.meanSquareDerivative(activation, quadrature, q);
    }

    /// σ_b² on the critical line, as a function of q*.
    private static double biasVariance(SaturatingActivation activation, GaussianQuadrature quadrature, double q) {
        return q - MeanField.meanSquare(activation, quadrature, q)
                / MeanField.meanSquareDerivative(activation, quadrature, q);
    }
}
