package org.surprisal.theory.ising;

/// The infinite lattice at temperatures so low or so high that a series is better than the closed forms, whose parts
/// cancel there.
///
/// With z = e^(-4K) at low and z = tanh²K at high temperatures, K = 1/T, the logarithm of the partition function a spin
/// is 2K + φ(z) and ln 2 + 2 ln cosh K + φ(z), with one φ (Kramers and Wannier 1941). Its coefficients are those of the
/// expansion of ln(1 + z) - ½ Σ_n (C(2n,n)/4^n)² κ^(2n) / (2n), κ² = 16 z (1 - z)² / (1 + z)⁴, which Onsager's double
/// integral has, in powers of z.
///
/// @param slope the derivative of ln Z by K, a spin
/// @param heat K² times the second derivative: the specific heat, a spin
record BulkSeries(double slope, double heat) {
    /// The z up to which what is left out of φ is less than 1e-16 of it.
    static final double LARGEST = 0.005;

    /// Of z², z³, ….
    private static final double[] COEFFICIENTS = {1, 2, 9.0 / 2, 12, 112.0 / 3, 130, 1961.0 / 4, 5876.0 / 3,
            40871.0 / 5,
            35302, 156740, 712052, 23084692.0 / 7};

    /// e^(-4K).
    static double coldVariable(double k) {
        return Math.exp(-4 * k);
    }

    /// tanh²K.
    static double hotVariable(double k) {
        double t = Math.tanh(k);
        return t * t;
    }

    /// @param k with [#coldVariable] up to [#LARGEST]
    static BulkSeries cold(double k) {
        double z = coldVariable(k);
        double first = 0;
        double second = 0;
        for (int i = COEFFICIENTS.length - 1; i >= 0; i--) {
            double power = -4.0 * (i + 2);
            first = first * z + power * COEFFICIENTS[i];
            second = second * z + power * power * COEFFICIENTS[i];
        }
        // an infinite k times nothing is nothing
        return new BulkSeries(2 + first * z * z, z == 0 ? 0 : k * z * (k * z) * second);
    }

    /// φ(e^(-4K)).
    static double coldLogarithm(double k) {
        double z = coldVariable(k);
        double sum = 0;
        for (int i = COEFFICIENTS.length - 1; i >= 0; i--) {
            sum = sum * z + COEFFICIENTS[i];
        }
        return sum * z * z;
    }

    /// @param k with [#hotVariable] up to [#LARGEST]
    static BulkSeries hot(double k) {
        double t = Math.tanh(k);
        double z = t * t;
        double first = 0;
        double second = 0;
        for (int i = COEFFICIENTS.length - 1; i >= 0; i--) {
            int power = i + 2;
            first = first * z + power * COEFFICIENTS[i];
            second = second * z + power * (power - 1) * COEFFICIENTS[i];
        }
        double rest = 1 - z;
        double slope = 2 * t * (1 + first * z * rest);
        double curvature = 2 * rest + second * (4 * z * rest * rest) + first * z * (2 * rest * (1 - 3 * z));
        return new BulkSeries(slope, k * k * curvature);
    }
}
