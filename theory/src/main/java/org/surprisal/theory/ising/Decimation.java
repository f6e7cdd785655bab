package org.surprisal.theory.ising;

import java.util.ArrayList;
import java.util.List;

/// Relative entropy between an infinite Ising lattice and the same lattice at the coupling that decimations leave.
///
/// A decimation sums over half of the spins, and the spins that stay interact with another coupling K'. Lattices of
/// different size have no relative entropy; so both distributions are taken on one lattice, at the coupling K_0 before
/// and K_n after n decimations. For a Hamiltonian with one coupling, with f the logarithm of the partition function a
/// spin,
///
///     D(p_K0 || p_Kn) / N = f(K_n) - f(K_0) + (K_0 - K_n) f'(K_0).
public final class Decimation {
    /// Points of the integral for f, which is periodic: the sum converges exponentially away from the critical point.
    private static final int POINTS = 1 << 14;

    private Decimation() {
    }

    /// The chain: K' = (1/2) ln cosh 2K, exactly (Kadanoff 1966).
    ///
    /// @param coupling K_0 = J / T, above 0
    /// @param count    decimations
    /// @return relative entropy a spin in nats after 1, 2, … decimations
    public static List<Double> chain(double coupling, int count) {
        requirePositive(coupling);
        List<Double> divergences = new ArrayList<>();
        double k = coupling;
        for (int n = 0; n < count; n++) {
            k = 0.5 * logCosh(2 * k);
            divergences.add(chainDivergence(coupling, k));
        }
        return divergences;
    }

    /// What [#chain] tends to: the relative entropy from independent spins.
    public static double chainLimit(double coupling) {
        requirePositive(coupling);
        return chainDivergence(coupling, 0);
    }

    /// The square lattice in the nearest-neighbour truncation of decimation, K' = (3/8) ln cosh 4K (Maris and Kadanoff
    /// 1978), whose fixed point 0.507 lies above the true 0.4407; f is Onsager's, exactly.
    ///
    /// @param coupling K_0 = J / T, above 0
    /// @param count    decimations
    /// @return relative entropy a spin in nats after 1, 2, … decimations
    public static List<Double> square(double coupling, int count) {
        requirePositive(coupling);
        List<Double> divergences = new ArrayList<>();
        double k = coupling;
        for (int n = 0; n < count; n++) {
            k = 0.375 * logCosh(4 * k);
            divergences.add(squareDivergence(coupling, k));
        }
        return divergences;
    }

    /// What [#square] tends to below the fixed point: the relative entropy from independent spins.
    public static double squareLimit(double coupling) {
        requirePositive(coupling);
        return squareDivergence(coupling, 0);
    }

    private static double chainDivergence(double from, double to) {
        return logCosh(to) - logCosh(from) + (from - to) * Math.tanh(from);
    }

    private static double squareDivergence(double from, double to) {
        double slope = -Onsager.at(1 / from).energyPerSpin();
        return logPartition(to) - logPartition(from) + (from - to) * slope;
    }

    /// The logarithm of the partition function of the infinite square lattice, a spin, in nats: Onsager's double
    /// integral with the inner one done, which is (1/π) ∫ ln(a - b cos θ) dθ = ln((a + √(a² - b²)) / 2).
    ///
    /// @param coupling K = J / T, at least 0
    static double logPartition(double coupling) {
        double sinh = Math.sinh(2 * coupling);
        double cosh = Math.cosh(2 * coupling);
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            double a = cosh * cosh - sinh * Math.cos(Math.PI * (i + 0.5) / POINTS);
            sum += Math.log((a + Math.sqrt(Math.max(0, (a - sinh) * (a + sinh)))) / 2);
        }
        return Math.log(2) + sum / POINTS / 2;
    }

    /// ln cosh x without overflow.
    private static double logCosh(double x) {
        double size = Math.abs(x);
        return size + Math.log1p(Math.exp(-2 * size)) - Math.log(2);
    }

    private static void requirePositive(double coupling) {
        if (!(coupling > 0) || coupling > 100) {
            throw new IllegalArgumentException("coupling = " + coupling + ": must be above 0 and at most 100");
        }
    }
}
