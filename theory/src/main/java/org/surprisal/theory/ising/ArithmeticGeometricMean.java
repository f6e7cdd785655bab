package org.surprisal.theory.ising;

/// Gauss's mean of two numbers, and what it gives of the complete elliptic integrals (Abramowitz and Stegun 17.6). They
/// are written in the complementary modulus k' = √(1 - k²), because it keeps its digits where k is near 1 and the first
/// integral near its infinity.
final class ArithmeticGeometricMean {
    /// The means converge quadratically: from 1 and 1e-300 on in less than this many steps.
    private static final int MOST_STEPS = 60;

    private ArithmeticGeometricMean() {
    }

    /// The common limit of a, b → (a + b)/2, √(ab).
    ///
    /// @param b positive
    static double of(double a, double b) {
        double arithmetic = a;
        double geometric = b;
        for (int i = 0; i < MOST_STEPS && Math.abs(arithmetic - geometric) > Math.ulp(arithmetic); i++) {
            double next = 0.5 * (arithmetic + geometric);
            geometric = Math.sqrt(arithmetic * geometric);
            arithmetic = next;
        }
        return arithmetic;
    }

    /// K - E, by which the complete elliptic integral of the first kind exceeds that of the second. K is π/2 over the
    /// mean of 1 and k', and K - E is K times the sum of 2^(n-1) c_n², where c_0 = k and c_n is half the difference of
    /// the means before step n.
    ///
    /// @param modulus k, from 0 to below 1, given beside k' because one of the two keeps its digits where the other
    /// does not
    /// @param complement k', above 0 to 1
    static double firstLessSecondKind(double modulus, double complement) {
        double arithmetic = 1;
        double geometric = complement;
        double sum = 0.5 * modulus * modulus;
        double weight = 1;
        for (int i = 0; i < MOST_STEPS && Math.abs(arithmetic - geometric) > Math.ulp(arithmetic); i++) {
            double half = 0.5 * (arithmetic - geometric);
            sum += weight * half * half;
            weight *= 2;
            geometric = Math.sqrt(arithmetic * geometric);
            arithmetic -= half;
        }
        return 0.5 * Math.PI / arithmetic * sum;
    }
}
