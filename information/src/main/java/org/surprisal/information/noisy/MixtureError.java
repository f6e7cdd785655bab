package org.surprisal.information.noisy;

import java.util.Locale;
import org.surprisal.information.internal.Samples;

/// A bound of what the entropy of T = S + βZ loses when the distribution of S is replaced by n centres drawn from it.
///
/// The mean loss, with p the density of T and q that of the mixture, is the mean of D(q‖p), because the mean of q is p.
/// D(q‖p) <= ln(1 + χ²(q‖p)), and the mean of χ² is at most χ/n with χ = ∫ E φ(y - S)² / p(y) dy (Goldfeld, Greenewald,
/// Niles-Weed and Polyanskiy 2020, "Convergence of Smoothed Empirical Measures"). For S in a cube of side
/// 2r that is cut into k^d cells of side 2r/k, p is at least the part of it that comes from the cell of S, which gives
///
///     χ <= [ k exp(4 r² / (k² β²)) ]^d     for every k = 1, 2, …
///
/// The loss is also at most I(S;T), which is at most the capacity d/2 ln(1 + r²/β²). The bound is exponential in d:
/// from a few units on it is that capacity and says nothing. It holds also where each input has the same number of
/// centres, which makes χ² smaller.
public final class MixtureError {
    /// Cells of a side, at most: beyond r/β = 10^5 the bound is the capacity anyway.
    private static final int MOST_CELLS = 1 << 20;

    private MixtureError() {
    }

    /// The mean loss of entropy, at most, in nats.
    ///
    /// @param dimension d, at least 1
    /// @param deviation β, above 0
    /// @param reach r with |S_i| <= r for every coordinate, above 0
    /// @param centres n, at least 1
    /// @throws IllegalArgumentException where an argument is not as described
    public static double most(int dimension, double deviation, double reach, long centres) {
        Samples.requirePositive("deviation", deviation);
        Samples.requirePositive("reach", reach);
        if (dimension < 1 || centres < 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%d unit(s) and %d centre(s), at least 1 of both needed", dimension, centres));
        }
        double ratio = reach / deviation;
        double capacity = dimension / 2.0 * Math.log1p(ratio * ratio);
        double exponent = dimension * logCells(ratio) - Math.log((double) centres);
        // ln(1 + e^x) without overflow.
        double loss = Math.max(exponent, 0) + Math.log1p(Math.exp(-Math.abs(exponent)));
        return Math.min(capacity, loss);
    }

    /// ln of the smallest k exp(4 (r/β)² / k²), which is least near k = √8 r/β.
    private static double logCells(double ratio) {
        double best = Math.sqrt(8) * ratio;
        double least = Double.POSITIVE_INFINITY;
        for (double k : new double[]{Math.floor(best), Math.ceil(best)}) {
            double cells = Math.clamp(k, 1, MOST_CELLS);
            least = Math.min(least, Math.log(cells) + 4 * ratio * ratio / (cells * cells));
        }
        return least;
    }
}
