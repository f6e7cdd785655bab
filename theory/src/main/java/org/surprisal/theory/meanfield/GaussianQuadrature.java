package org.surprisal.theory.meanfield;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/// Expectations over one or two normal variables of mean 0, by Gauss-Legendre rules between the places where an
/// activation bends: 0 for one variable, and for two the lines through the origin on which one of them is 0.
///
/// In polar coordinates those lines are angles, so that functions with a kink at 0 are smooth between the nodes'
/// limits, and functions that bend sharply there (a tanh of a large variance) do so at the ends, where the nodes are
/// dense.
final class GaussianQuadrature {

    /// Limits of the panels on the half-line; beyond the last the normal density is below 1e-22.
    private static final double[] PANELS = {0, 1, 2.5, 5, 10};

    private static final Map<Integer, GaussianQuadrature> BY_ORDER = new ConcurrentHashMap<>();

    /// Nodes on [0, 10] with weights times the density, up to its constant, of a normal number and of the radius of
    /// two.
    private final double[] radii;
    private final double[] lineWeights;
    private final double[] rayWeights;
    /// Nodes on [-1, 1] with weights.
    private final double[] points;
    private final double[] pointWeights;

    private GaussianQuadrature(int order) {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(order);
        points = new double[order];
        pointWeights = new double[order];
        for (int i = 0; i < order; i++) {
            points[i] = rule.getPoint(i);
            pointWeights[i] = rule.getWeight(i);
        }
        int panels = PANELS.length - 1;
        radii = new double[panels * order];
        lineWeights = new double[panels * order];
        rayWeights = new double[panels * order];
        for (int p = 0; p < panels; p++) {
            double half = 0.5 * (PANELS[p + 1] - PANELS[p]);
            double centre = 0.5 * (PANELS[p + 1] + PANELS[p]);
            for (int i = 0; i < order; i++) {
                int k = p * order + i;
                radii[k] = centre + half * points[i];
                lineWeights[k] = half * pointWeights[i] * Math.exp(-0.5 * radii[k] * radii[k]);
                rayWeights[k] = radii[k] * lineWeights[k];
            }
        }
    }

    /// The rule with `order` nodes on each panel of the half-line and on each arc.
    static GaussianQuadrature ofOrder(int order) {
        return BY_ORDER.computeIfAbsent(order, GaussianQuadrature::new);
    }

    /// E f(√q z) with z ~ N(0, 1).
    double mean(DoubleUnaryOperator f, double variance) {
        double scale = Math.sqrt(variance);
        double sum = 0;
        for (int i = 0; i < radii.length; i++) {
            double z = radii[i];
            double both = f.applyAsDouble(scale * z) + f.applyAsDouble(-scale * z);
            sum += lineWeights[i] * both;
        }
        return sum / Math.sqrt(2 * Math.PI);
    }

    /// E f(u, v) with u, v normal, of these variances and correlation 1 - `gap`. It takes the gap because near
    /// correlation 1 that is the number that keeps its digits.
    ///
    /// @param gap 0 to 2
    double mean(DoubleBinaryOperator f, double varianceU, double varianceV, double gap) {
        return meanOfEven((u, v) -> 0.5 * (f.applyAsDouble(u, v) + f.applyAsDouble(-u, -v)), varianceU, varianceV, gap);
    }

    /// The same for half the work if f(-u, -v) = f(u, v).
    double meanOfEven(DoubleBinaryOperator f, double varianceU, double varianceV, double gap) {
        double halfAngle = Math.asin(Math.sqrt(0.5 * gap));
        double scaleU = Math.sqrt(varianceU);
        double scaleV = Math.sqrt(varianceV);
        // u = 0 at both ends of the half circle, v = 0 where the two arcs meet; -u, -v is the other half
        double start = -0.5 * Math.PI - halfAngle;
        double middle = -0.5 * Math.PI + halfAngle;
        double end = 0.5 * Math.PI - halfAngle;
        double sum = arc(f, scaleU, scaleV, halfAngle, start, middle) + arc(f, scaleU, scaleV, halfAngle, middle, end);
        return sum / Math.PI;
    }

    private double arc(DoubleBinaryOperator f, double scaleU, double scaleV, double halfAngle, double from, double to) {
        double half = 0.5 * (to - from);
        double centre = 0.5 * (to + from);
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            double angle = centre + half * points[i];
            double u = scaleU * Math.cos(angle + halfAngle);
            double v = scaleV * Math.cos(angle - halfAngle);
            double ray = 0;
            for (int j = 0; j < radii.length; j++) {
                double r = radii[j];
                ray += rayWeights[j] * f.applyAsDouble(r * u, r * v);
            }
            sum += half * pointWeights[i] * ray;
        }
        return sum;
    }
}
