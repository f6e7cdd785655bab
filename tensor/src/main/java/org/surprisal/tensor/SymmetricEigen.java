package org.surprisal.tensor;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations, each of which makes one pair of
/// off-diagonal elements zero (Golub and Van Loan, Matrix Computations, section 8.5). Slower than reduction to
/// tridiagonal form and precise: errors are some 1e-15 of the largest eigenvalue.
final class SymmetricEigen {
    /// Convergence is quadratic: real matrices need fewer than ten.
    private static final int MOST_SWEEPS = 60;

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /// The eigenvalues, ascending.
    double[] values() {
        return values;
    }

    /// Eigenvector k in row k, of norm 1.
    double[][] vectors() {
        return vectors;
    }

    /// @param matrix shape (n, n); the mean of it and its transpose counts
    /// @throws IllegalArgumentException if an element is not finite
    static SymmetricEigen of(Tensor matrix) {
        int n = matrix.length(0);
        double[] flat = matrix.toDoubles();
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = 0.5 * (flat[i * n + j] + flat[j * n + i]);
                if (!Double.isFinite(a[i][j])) {
                    throw new IllegalArgumentException("element (" + i + ", " + j + ") of the matrix, shape "
                            + matrix.shape() + ", is " + a[i][j] + ": it has no eigenvalues");
                }
            }
        }
        return ofSymmetric(a);
    }

    /// As [#of], of a matrix that is finite and symmetric, and is overwritten.
    static SymmetricEigen ofSymmetric(double[][] a) {
        int n = a.length;
        double[][] vectors = new double[n][n];
        for (int i = 0; i < n; i++) {
            vectors[i][i] = 1;
        }
        for (int sweep = 0; !isDiagonal(a); sweep++) {
            if (sweep == MOST_SWEEPS) {
                throw new IllegalStateException("eigenvalues of a matrix of " + n + " rows did not converge in "
                        + MOST_SWEEPS + " sweeps");
            }
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, vectors, p, q);
                }
            }
        }
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> a[i][i]))
                .mapToInt(Integer::intValue).toArray();
        double[] values = new double[n];
        double[][] sorted = new double[n][];
        for (int k = 0; k < n; k++) {
            values[k] = a[order[k]][order[k]];
            sorted[k] = vectors[order[k]];
        }
        return new SymmetricEigen(values, sorted);
    }

    /// Off-diagonal elements this far below the largest change no eigenvalue by more than its rounding.
    private static boolean isDiagonal(double[][] a) {
        double off = 0;
        double all = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                all = Math.max(all, Math.abs(a[i][j]));
                off = i == j ? off : Math.max(off, Math.abs(a[i][j]));
            }
        }
        return off <= 1e-17 * all;
    }

    private static void rotate(double[][] a, double[][] vectors, int p, int q) {
        double apq = a[p][q];
        if (apq == 0) {
            return;
        }
        // tan of the smaller of the two angles; theta may overflow to infinity, which gives the right limit 0.
        double theta = (a[q][q] - a[p][p]) / (2 * apq);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
        double c = 1 / Math.hypot(t, 1);
        double s = t * c;
        double[] rowP = a[p];
        double[] rowQ = a[q];
        double app = rowP[p] - t * apq;
        double aqq = rowQ[q] + t * apq;
        turn(rowP, rowQ, c, s);
        for (int k = 0; k < a.length; k++) {
            a[k][p] = rowP[k];
            a[k][q] = rowQ[k];
        }
        rowP[p] = app;
        rowQ[q] = aqq;
        rowP[q] = 0;
        rowQ[p] = 0;
        turn(vectors[p], vectors[q], c, s);
    }

    private static void turn(double[] u, double[] v, double c, double s) {
        for (int k = 0; k < u.length; k++) {
            double old = u[k];
            u[k] = c * old - s * v[k];
            v[k] = s * old + c * v[k];
        }
    }
}
