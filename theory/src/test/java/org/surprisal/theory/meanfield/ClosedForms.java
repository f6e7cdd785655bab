package org.surprisal.theory.meanfield;

/// E[φ(u) φ(v)] for normal u, v of variances q1, q2 and correlation c, where it can be written down: what quadrature is
/// tested against.
final class ClosedForms {

    private ClosedForms() {
    }

    /// For erf: 2/π arcsin(2 q12 / √((1 + 2 q1)(1 + 2 q2))) (Williams 1997, 'Computing with infinite networks').
    static double arcsine(double q1, double q2, double c) {
        double q12 = c * Math.sqrt(q1 * q2);
        return 2 / Math.PI * Math.asin(2 * q12 / Math.sqrt((1 + 2 * q1) * (1 + 2 * q2)));
    }

    /// For ReLU: √(q1 q2) (√(1 - c²) + c (π - arccos c)) / 2π (Cho and Saul 2009, the arc-cosine kernel of degree 1).
    static double arcCosine(double q1, double q2, double c) {
        return Math.sqrt(q1 * q2) * (Math.sqrt(1 - c * c) + c * (Math.PI - Math.acos(c))) / (2 * Math.PI);
    }

    /// For slope a below 0: φ(x) = relu(x) - a relu(-x), and relu(u) relu(-v) is relu relu at correlation -c.
    static double leaky(double a, double q1, double q2, double c) {
        return (1 + a * a) * arcCosine(q1, q2, c) - 2 * a * arcCosine(q1, q2, -c);
    }

    /// E[erf'(√q z)²] = 4/π / √(1 + 4q).
    static double erfDerivative(double q) {
        return 4 / Math.PI / Math.sqrt(1 + 4 * q);
    }
}
