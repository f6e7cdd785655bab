package org.surprisal.theory.meanfield;

import java.util.List;
import java.util.Optional;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/// Finds where variances and correlations settle, as roots: near the critical line iterating the maps takes thousands
/// of layers.
final class FixedPointSearch {

    private static final int MOST_EVALUATIONS = 200;

    /// Newton's steps for a gap: some twenty halvings close to the critical line, then a few.
    private static final int MOST_STEPS = 60;

    /// How far χ_1 is above 1 before c* is told from 1: below, the root lies in the rounding of the integrals.
    private static final double CRITICAL_ROUNDING = 1e-13;

    /// The smallest V(0) of which a fixed point keeps its digits.
    private static final double SMALLEST_VARIANCE = 1e-306;

    /// The accuracy of a root where it is not its own order of magnitude that sets it.
    private static final double ABSOLUTE_ACCURACY = 20 * Double.MIN_VALUE;

    private final MeanField theory;

    /// 1 - c*, as the last order of quadrature had it.
    private double gap = 1;

    private FixedPointSearch(MeanField theory) {
        this.theory = theory;
    }

    static FixedPoint of(MeanField theory) {
        return switch (theory.activation()) {
            case PiecewiseLinear activation -> piecewiseLinear(theory, activation);
            case SaturatingActivation activation -> saturating(theory, activation);
        };
    }

    /// The variance map is the straight line g q + σ_b², and χ = g everywhere.
    private static FixedPoint piecewiseLinear(MeanField theory, PiecewiseLinear activation) {
        double growth = theory.sigmaW2() * activation.meanSquareSlope();
        if (growth > 1 || (growth == 1 && theory.sigmaB2() > 0)) {
            return new FixedPoint.Divergent(growth);
        }
        if (growth == 1) {
            return new FixedPoint.Marginal();
        }
        Optional<Estimate> length = depthScale(Estimate.closedForm(growth));
        if (theory.sigmaB2() == 0) {
            return new FixedPoint.Vanishing(growth, length);
        }
        return new FixedPoint.Settled(Estimate.closedForm(theory.sigmaB2() / (1 - growth)),
                Estimate.closedForm(growth), new Estimate(1, 0), length, length);
    }

    private static FixedPoint saturating(MeanField theory, SaturatingActivation activation) {
        boolean silent = activation.value(0) == 0 && theory.sigmaB2() == 0;
        double slopeAtZero = theory.sigmaW2() * activation.derivative(0) * activation.derivative(0);
        if (silent && slopeAtZero <= 1) {
            return new FixedPoint.Vanishing(slopeAtZero, depthScale(Estimate.closedForm(slopeAtZero)));
        }
        FixedPointSearch search = new FixedPointSearch(theory);
        List<Estimate> found = Refinement.ofAll(search::numbers);
        return new FixedPoint.Settled(found.get(0), found.get(1), found.get(2), depthScale(found.get(3)),
                depthScale(found.get(4)));
    }

    /// q*, χ_1, c*, C'(c*), V'(q*) as one order of quadrature has them.
    private double[] numbers(GaussianQuadrature quadrature) {
        double q = variance(theory, quadrature);
        double chi1 = theory.chi(quadrature, q);
        double slope = chi1;
        double cStar = 1;
        if (chi1 > 1 + CRITICAL_ROUNDING) {
            gap = gap(quadrature, q);
            cStar = 1 - gap;
            slope = theory.correlationSlope(quadrature, q, gap);
        }
        return new double[]{q, chi1, cStar, slope, theory.varianceSlope(quadrature, q)};
    }

    /// The positive root of V(q)/q = 1: V is concave, so V(q)/q falls, from infinity or from V'(0) > 1 to below 1 at
    /// σ_w² + σ_b², which V does not exceed as |φ| <= 1.
    private static double variance(MeanField theory, GaussianQuadrature quadrature) {
        // twice, because biases alone may reach the ceiling in double precision
        double above = 2 * (theory.sigmaW2() + theory.sigmaB2());
        double floor = theory.variance(quadrature, 0);
        if (floor > 0) {
            if (floor < SMALLEST_VARIANCE) {
                throw new IllegalArgumentException(
                        ("sigma_w2 phi(0)^2 + sigma_b2 = %s, at least %s (or 0) needed for a fixed point with all its"
                                + " digits")
                                .formatted(floor, SMALLEST_VARIANCE));
            }
            return root(q -> theory.variance(quadrature, q) / q - 1, 0.5 * floor, above);
        }
        double derivative = theory.activation().derivative(0);
        double slopeAtZero = theory.sigmaW2() * derivative * derivative;
        return root(q -> q == 0 ? slopeAtZero - 1 : theory.variance(quadrature, q) / q - 1, 0, above);
    }

    /// The positive root of F(d) = (1 - C(1 - d)) - d for the gap d = 1 - c, by Newton's steps. C is a power series of
    /// non-negative coefficients in c, hence convex, and F concave: it rises from F(0) = 0 with slope χ_1 - 1 > 0 and
    /// falls to F(1) = -C(0) <= 0, so that from 1 the steps come down to the root without passing it, and from a
    /// coarser rule's root they may pass it once.
    private double gap(GaussianQuadrature quadrature, double q) {
        double current = gap;
        for (int i = 0; i < MOST_STEPS; i++) {
            double slope = theory.correlationSlope(quadrature, q, current);
            if (slope >= 1) {
                // a coarser rule's root so far off that F still rises there
                current = 1;
                continue;
            }
            double excess = theory.correlationGap(quadrature, q, current) / q - current;
            double step = excess / (slope - 1);
            current = Math.min(current - step, 1);
            // the number of right digits doubles: after such a step all are
            if (Math.abs(step) <= 1e-8 * current) {
                break;
            }
        }
        return current;
    }

    static double root(UnivariateFunction function, double low, double high) {
        return new BracketingNthOrderBrentSolver(1e-15, ABSOLUTE_ACCURACY, 1e-16, 5).solve(MOST_EVALUATIONS, function,
                low, high);
    }

    /// -1/ln(slope) in layers, and what the slope's error makes of it; absent for a slope that is not told from 1.
    private static Optional<Estimate> depthScale(Estimate slope) {
        double most = slope.value() + slope.error();
        if (most >= 1) {
            return Optional.empty();
        }
        double length = layers(slope.value());
        double error = Math.max(layers(most) - length, length - layers(slope.value() - slope.error()));
        return Optional.of(new Estimate(length, error));
    }

    private static double layers(double slope) {
        return -1 / Math.log(Math.max(slope, 0));
    }
}
