package org.surprisal.theory.meanfield;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /// Points of the critical line, one more than `intervals` for a saturating function, and both ends for a piecewise
    /// linear one.
    static List<CriticalLine.Point> line(ActivationFunction activation, double from, double to, int intervals) {
        return switch (activation) {
            case PiecewiseLinear linear -> Stream.of(from, to)
                    .map(sigmaB2 -> new CriticalLine.Point(1 / linear.meanSquareSlope(), sigmaB2)).toList();
            case SaturatingActivation saturating -> {
                double low = Refinement.of(quadrature -> variance(saturating, from, quadrature)).value();
                double high = Refinement.of(quadrature -> variance(saturating, to, quadrature)).value();
                yield IntStream.rangeClosed(0, intervals).mapToObj(i -> {
                    double q = low + (high - low) * i / intervals;
                    List<Estimate> point = Refinement.ofAll(quadrature -> new double[]{
                            1 / MeanField.meanSquareDerivative(saturating, quadrature, q),
                            biasVariance(saturating, quadrature, q)});
                    // q* of the ends is rounded
                    return new CriticalLine.Point(point.get(0).value(), Math.clamp(point.get(1).value(), from, to));
                }).toList();
            }
        };
    }

    private static double sigmaW2(SaturatingActivation activation, double sigmaB2, GaussianQuadrature quadrature) {
        double q = variance(activation, sigmaB2, quadrature);
        return q == 0
                ? 1 / (activation.derivative(0) * activation.derivative(0))
                : 1 / MeanField.meanSquareDerivative(activation, quadrature, q);
    }

    /// q* at the critical point.
    private static double variance(SaturatingActivation activation, double sigmaB2, GaussianQuadrature quadrature) {
        if (sigmaB2 == 0 && activation.value(0) == 0) {
            return 0;
        }
        double high = 1;
        while (biasVariance(activation, quadrature, high) < sigmaB2) {
            if (high == MeanField.LARGEST_VARIANCE) {
                throw new IllegalArgumentException(
                        ("sigma_b2 = %s, a smaller one needed: the critical q* is above %s, which the quadrature does"
                                + " not resolve")
                                .formatted(sigmaB2, MeanField.LARGEST_VARIANCE));
            }
            high = Math.min(2 * high, MeanField.LARGEST_VARIANCE);
        }
        return FixedPointSearch.root(variance -> biasVariance(activation, quadrature, variance) - sigmaB2, 0, high);
    }

    /// σ_b² on the critical line, as a function of q*.
    private static double biasVariance(SaturatingActivation activation, GaussianQuadrature quadrature, double q) {
        return q - MeanField.meanSquare(activation, quadrature, q)
                / MeanField.meanSquareDerivative(activation, quadrature, q);
    }
}
