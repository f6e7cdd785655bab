package org.surprisal.theory.ising;

/// Kaufman's solution of the torus in a form whose parts do not cancel far from the critical temperature. See
/// [KaufmanTorus] for s and γ_l, of which cosh γ_l = s + 1/s - cos θ_l, θ_l = π l / L.
///
/// Let p be the smaller of s and 1/s, v_l = p exp γ_l and q_l = exp(-L γ_l). Then v = a + R with a = 1 + p² - p cos θ
/// and R² = a² - p² tends to 2 where p vanishes, and
///
///     ln Z = N/2 ln 2 [+ N ln s below T_c] + L/2 Σ_odd ln v_l + S,
///     S = h_odd + ln cosh g_odd + ln(1 + exp(L/2 (Σ_even - Σ_odd) ln v + h_even - h_odd) f(g_even) / cosh g_odd),
///
/// h = ½ Σ ln(1 - q²), g = Σ artanh q, f = sinh above and cosh below T_c. The derivative of ln v by p is -cos θ + p
/// (…), and the cosines sum to 0 over all odd and over all even l, so they are left out: what is left is positive and
/// of the order of the result.
final class OffCriticalTorus {
    /// The largest p for which this form is meant.
    static final double LARGEST = 0.5;

    /// Below it a sum of artanh q is nothing to numbers of the order of p², and its inverse may not be a number.
    private static final double NEGLIGIBLE = 1e-290;

    private final double p;
    private final Modes odd;
    private final Modes even;
    private final double half;

    /// S, and its first and second derivative by ln p.
    private double sum;
    private double sumFirst;
    private double sumSecond;

    private final double logPartitionFunction;
    private final double slope;
    private final double heat;

    /// @param size L, at least 3
    /// @param k K = 1/T, with p up to [#LARGEST]
    OffCriticalTorus(int size, double k) {
        boolean hot = k < 0.5;
        double sinh = Math.sinh(2 * k);
        p = hot ? sinh : 1 / sinh;
        half = 0.5 * size;
        odd = new Modes(size, 1);
        even = new Modes(size, 0);
        addProducts(hot);
        double n = (double) size * size;
        double root = Math.sqrt(1 + p * p);
        // the derivatives of p by K: the first, the square of K times it over p, and K² times the second over p
        double first = hot ? 2 * root : -2 * p * root;
        double squared = k / p * first * (k / p * first);
        double second = hot ? 4 * k * k : k * k * (4 + 8 * p * p);
        logPartitionFunction = 0.5 * n * Math.log(2) + (hot ? 0 : n * Math.log(sinh)) + half * odd.logV + sum;
        slope = (hot ? 0 : 2 * n * root) + half * odd.firstOverP * p * first + sumFirst / p * first;
        heat = (half * odd.second + sumSecond - sumFirst) * squared
                + (half * p * p * odd.firstOverP + sumFirst) * second - (hot ? 0 : 4 * n * (k * p) * (k * p));
    }

    private void addProducts(boolean hot) {
        double tanh = Math.tanh(odd.g);
        double cosh = Math.cosh(odd.g);
        sum = odd.h + Math.log(cosh);
        sumFirst = odd.hFirst + tanh * odd.gFirst;
        sumSecond = odd.hSecond + tanh * odd.gSecond + odd.gFirst / cosh * (odd.gFirst / cosh);
        if (hot && even.g < NEGLIGIBLE) {
            return;
        }
        double denominator = hot ? Math.sinh(even.g) : Math.cosh(even.g);
        double ratio = hot ? 1 / Math.tanh(even.g) : Math.tanh(even.g);
        double bend = even.gFirst / denominator;
        double exponent = half * (even.logV - odd.logV) + even.h - sum + Math.log(denominator);
        double first = half * p * p * (even.firstOverP - odd.firstOverP) + even.hFirst - sumFirst + ratio * even.gFirst;
        double second = half * (p * p * even.firstOverP + even.second - p * p * odd.firstOverP - odd.second)
                + even.hSecond - sumSecond + ratio * even.gSecond + (hot ? -1 : 1) * bend * bend;
        double weight = Math.exp(exponent);
        double share = weight / (1 + weight);
        sum += Math.log1p(weight);
        sumFirst += share * first;
        sumSecond += share * second + share / (1 + weight) * first * first;
    }

    /// Sums over every second l below 2 L.
    private final class Modes {
        private double logV;
        /// Of the derivative of ln v by p, without its cosines, over p.
        private double firstOverP;
        /// Of p² times the second derivative of ln v by p.
        private double second;
        private double h;
        private double hFirst;
        private double hSecond;
        private double g;
        private double gFirst;
        private double gSecond;

        Modes(int size, int start) {
            for (int l = start; l < 2 * size; l += 2) {
                add(size, Math.PI * l / size);
            }
        }

        private void add(int size, double angle) {
            double c = Math.cos(angle);
            double sine = Math.sin(0.5 * angle);
            double versine = 2 * sine * sine;
            double r = Math.sqrt(((1 - p) * (1 - p) + p * versine) * (1 + p * p + p * versine));
            double a = 1 + p * p - p * c;
            double v = a + r;
            double aSlope = 2 * p - c;
            double rSlope = (a * aSlope - p) / r;
            double vSlope = aSlope + rSlope;
            // R² - 1 over p, and its derivative
            double b = p - 2 * c + p * (p - c) * (p - c);
            double bSlope = 1 + (p - c) * (p - c) + 2 * p * (p - c);
            double m = 2 - 1 / v + c * b / (r + 1);
            double mSlope = vSlope / v / v + c * (bSlope - b * rSlope / (r + 1)) / (r + 1);
            double curvature = (m + p * (mSlope - m * rSlope / r)) / r;
            logV += Math.log(v);
            firstOverP += m / r;
            second += p * p * curvature;
            double firstOfLog = p * (p * m / r - c);
            addDecay(Math.exp(size * (Math.log(p) - Math.log(v))), size * (1 - firstOfLog),
                    -size * (firstOfLog + p * p * curvature));
        }

        /// @param q exp(-L γ)
        /// @param first the derivative of its logarithm by ln p
        /// @param bend the second derivative
        private void addDecay(double q, double first, double bend) {
            double rest = (1 - q) * (1 + q);
            double slope = q * first / rest;
            double curve = q * (bend + first * first) / rest;
            h += 0.5 * Math.log1p(-q * q);
            hFirst -= q * slope;
            hSecond -= rest * slope * slope + q * curve + 2 * q * q * slope * slope;
            g += 0.5 * (Math.log1p(q) - Math.log1p(-q));
            gFirst += slope;
            gSecond += curve + 2 * q * slope * slope;
        }
    }

    double logPartitionFunction() {
        return logPartitionFunction;
    }

    /// The derivative of ln Z by K.
    double slope() {
        return slope;
    }

    /// K² times the second derivative of ln Z by K.
    double heat() {
        return heat;
    }
}
