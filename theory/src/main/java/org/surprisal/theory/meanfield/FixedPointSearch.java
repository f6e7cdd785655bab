package org.surprisal.theory.meanfield;

import java.util.List;
import java.util.Optional;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/// Finds where variances and correlations settle, by bracketed roots: near the critical line iterating the maps takes
/// thousands of layers.
final class FixedPointSearch {

    private static final int MOST_EVALUATIONS = 200;

    private FixedPointSearch() {
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
        List<Estimate> found = Refinement.ofAll(quadrature -> numbers(theory, quadrature));
        return new FixedPoint.Settled(found.get(0), found.get(1), found.get(2), depthScale(found.get(3)),
                depthScale(found.get(4)));
    }

    /// q*, χ_1, c*, C'(c*), V'(q*) as one order of quadrature has them.
    private static double[] numbers(MeanField theory, GaussianQuadrature quadrature) {
        double q = variance(theory, quadrature);
        double chi1 = theory.chi(quadrature, q);
        double gap = chi1 > 1 ? gap(theory, quadrature, q, chi1) : 0;
        double slope = gap == 0 ? chi1 : theory.correlationSlope(quadrature, q, gap);
        return new double[]{q, chi1, 1 - gap, slope, theory.varianceSlope(quadrature, q)};
    }

    /// The positive root of V(q)/q = 1: V is concave, so V(q)/q falls, from infinity or from V'(0) > 1 to below 1 at the
    /// ceiling of V, where |φ| = 1.
    private static double variance(MeanField theory, GaussianQuadrature quadrature) {
        double ceiling = theory.sigmaW2() + theory.sigmaB2();
        double floor = theory.variance(quadrature, 0);
        if (floor > 0) {
            return root(q -> theory.variance(quadrature, q) / q - 1, floor, ceiling);
        }
        double derivative = theory.activation().derivative(0);
        double slopeAtZero = theory.sigmaW2() * derivative * derivative;
        return root(q -> q == 0 ? slopeAtZero - 1 : theory.variance(quadrature, q) / q - 1, 0, ceiling);
    }

    /// The root of G(d) = (1 - C(1 - d)) / d = 1 for the gap d = 1 - c. C is a power series of non-negative coefficients in c,
    /// hence convex, so G falls from χ_1 > 1 at d = 0 to 1 - C(0) <= 1 at d = 1, which is the root if nothing gives two
    /// uncorrelated inputs a correlation.
    private static double gap(MeanField theory, GaussianQuadrature quadrature, double q, double chi1) {
        UnivariateFunction excess = d -> d == 0 ? chi1 - 1 : theory.correlationGap(quadrature, q, d) / (d * q) - 1;
        return excess.value(1) >= 0 ? 1 : root(excess, 0, 1);
    }

    static double root(UnivariateFunction function, double low, double high) {
        return new BracketingNthOrderBrentSolver(1e-15, 1e-300, 1e-16, 5).solve(MOST_EVALUATIONS, function, low, high);
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
