package org.surprisal.tensor;

import org.surprisal.tensor.kernel.SymmetricLoops;

/// The implicit QL method with Wilkinson's shifts, which makes a symmetric tridiagonal matrix diagonal by rotations
/// (Bowdler, Martin, Reinsch and Wilkinson 1968). The rotations of several sweeps are collected and then carried over
/// to the rows of a matrix, strip by strip of columns, while a strip is in the cache.
final class ImplicitQl {
    /// Wilkinson's shifts need two sweeps for an eigenvalue, rarely more.
    private static final int MOST_SWEEPS = 60;
    /// Elements beside the diagonal below this share of the largest element change no eigenvalue by more than a tenth
    /// of its rounding.
    private static final double NEGLIGIBLE = 1e-17;
    private static final double ROUNDING = 0x1p-53;
    /// Squares below this have lost their digits.
    private static final double DIGITS_LOST = 1e-280;
    /// Sweeps that are collected.
    private static final int COLLECTED = 64;

    private final double[] diagonal;
    private final double[] beside;
    private final double[][] rows;
    private final SymmetricLoops loops;

    /// Cosine and sine of the rotation of rows i and i + 1 of each collected sweep.
    private final double[] turns;
    private final int[] low = new int[COLLECTED];
    private final int[] high = new int[COLLECTED];
    private int collected;

    private ImplicitQl(double[] diagonal, double[] beside, double[][] rows, SymmetricLoops loops) {
        this.diagonal = diagonal;
        this.beside = beside;
        this.rows = rows;
        this.loops = loops;
        this.turns = new double[2 * diagonal.length * (rows.length == 0 ? 1 : COLLECTED)];
    }

    /// Overwrites the diagonal with the eigenvalues, in no particular order.
    ///
    /// @param diagonal finite, the largest element not far from 1
    /// @param beside element i stands between i and i + 1; the last one is 0. It is overwritten.
    /// @param rows what is rotated from the left, as the matrix is: each of a multiple of [SymmetricLoops#STRIP]
    /// columns; none if there are no rows
    /// @throws IllegalStateException if an eigenvalue takes more than 60 sweeps
    static void run(double[] diagonal, double[] beside, double[][] rows, SymmetricLoops loops) {
        ImplicitQl run = new ImplicitQl(diagonal, beside, rows, loops);
        double largest = 0;
        for (int i = 0; i < diagonal.length; i++) {
            largest = Math.max(largest, Math.max(Math.abs(diagonal[i]), Math.abs(beside[i])));
        }
        for (int l = 0; l < diagonal.length; l++) {
            run.isolate(l, NEGLIGIBLE * largest);
        }
        run.rotateRows();
    }

    /// Sweeps until row l stands alone.
    private void isolate(int l, double negligible) {
        for (int sweep = 0;; sweep++) {
            int m = l;
            while (m < diagonal.length - 1 && Math.abs(beside[m]) > negligible
                    && Math.abs(beside[m]) > ROUNDING * (Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]))) {
                m++;
            }
            if (m == l) {
                return;
            }
            if (sweep == MOST_SWEEPS) {
                throw new IllegalStateException("the eigenvalues of a matrix of " + diagonal.length
                        + " rows did not converge in " + MOST_SWEEPS + " sweeps for one of them");
            }
            sweep(l, m);
        }
    }

    /// One sweep from row m up to row l.
    private void sweep(int l, int m) {
        int at = collected * 2 * diagonal.length;
        double g = (diagonal[l + 1] - diagonal[l]) / (2 * beside[l]);
        double root = Math.sqrt(g * g + 1);
        g = diagonal[m] - diagonal[l] + beside[l] / (g + Math.copySign(root, g));
        double sine = 1;
        double cosine = 1;
        double shifted = 0;
        int i = m - 1;
        for (; i >= l; i--) {
            double f = sine * beside[i];
            double b = cosine * beside[i];
            double square = f * f + g * g;
            if (square < DIGITS_LOST) {
                // The matrix falls apart here.
                beside[i + 1] = 0;
                break;
            }
            double r = Math.sqrt(square);
            beside[i + 1] = r;
            sine = f / r;
            cosine = g / r;
            g = diagonal[i + 1] - shifted;
            r = (diagonal[i] - g) * sine + 2 * cosine * b;
            shifted = sine * r;
            diagonal[i + 1] = g + shifted;
            g = cosine * r - b;
            turns[at + 2 * i] = cosine;
            turns[at + 2 * i + 1] = sine;
        }
        if (i >= l) {
            diagonal[i + 1] -= shifted;
        } else {
            diagonal[l] -= shifted;
            beside[l] = g;
        }
        beside[m] = 0;
        if (rows.length > 0) {
            low[collected] = i + 1;
            high[collected] = m;
            collected++;
            if (collected == COLLECTED) {
                rotateRows();
            }
        }
    }

    private void rotateRows() {
        for (int from = 0; collected > 0 && from < rows[0].length; from += SymmetricLoops.STRIP) {
            for (int k = 0; k < collected; k++) {
                loops.rotate(rows, low[k], high[k], from, turns, k * 2 * diagonal.length);
            }
        }
        collected = 0;
    }
}
