package org.surprisal.information.mutual;

import java.util.Arrays;

/// The eigenvalues of a symmetric matrix, without eigenvectors: Householder reflections make it tridiagonal, and
/// bisection with the signs of the leading minors counts how many eigenvalues lie below a number (Golub & Van Loan,
/// Matrix Computations, sections 8.3 and 8.4). Errors are some 1e-15 of the largest eigenvalue. O(n³).
final class SymmetricEigenvalues {

    /// Sums of squares this small lose their digits, and elements of their size are nothing beside a norm near 1.
    private static final double NEGLIGIBLE = 1e-280;

    private final double[] diagonal;
    /// Squares of the elements beside the diagonal; element i stands between i-1 and i.
    private final double[] squares;
    /// Below this two numbers are one eigenvalue: far below the rounding of the reduction.
    private final double resolution;
    private final double[] values;

    private SymmetricEigenvalues(double[] diagonal, double[] squares, double resolution) {
        this.diagonal = diagonal;
        this.squares = squares;
        this.resolution = resolution;
        this.values = new double[diagonal.length];
    }

    /// The eigenvalues of one matrix.
    ///
    /// @param matrix shape (n, n), symmetric, finite, its largest elements not far from 1; it is overwritten
    /// @return the eigenvalues, ascending
    static double[] of(double[][] matrix) {
        int n = matrix.length;
        double[] squares = new double[n];
        for (int k = 0; k + 1 < n; k++) {
            double beside = k + 2 < n ? reflect(matrix, k) : matrix[k][k + 1];
            squares[k + 1] = beside * beside;
        }
        double[] diagonal = new double[n];
        Arrays.setAll(diagonal, i -> matrix[i][i]);
        double bound = 0;
        for (int i = 0; i < n; i++) {
            double right = i + 1 < n ? Math.sqrt(squares[i + 1]) : 0;
            bound = Math.max(bound, Math.abs(diagonal[i]) + Math.sqrt(squares[i]) + right);
        }
        double wide = bound * (1 + n * Math.ulp(1.0)) + Double.MIN_NORMAL;
        var tridiagonal = new SymmetricEigenvalues(diagonal, squares, 1e-17 * wide);
        tridiagonal.bisect(-wide, wide, 0, n);
        return tridiagonal.values;
    }

    /// Makes row k zero right of k+1 by a reflection of the coordinates after k.
    ///
    /// @return the element at (k, k+1)
    private static double reflect(double[][] a, int k) {
        int n = a.length;
        double[] v = a[k];
        double rest = 0;
        for (int j = k + 2; j < n; j++) {
            rest += v[j] * v[j];
        }
        if (rest < NEGLIGIBLE) {
            return v[k + 1];
        }
        double norm = Math.sqrt(rest + v[k + 1] * v[k + 1]);
        double beside = -Math.copySign(norm, v[k + 1]);
        // v becomes the direction of the mirror, scaled to a squared length of 2.
        double first = v[k + 1] - beside;
        double scale = 1 / Math.sqrt(Math.abs(first) * norm);
        v[k + 1] = first;
        for (int j = k + 1; j < n; j++) {
            v[j] *= scale;
        }
        double[] p = new double[n];
        double along = 0;
        for (int j = k + 1; j < n; j++) {
            addMultiple(v[j], a[j], p, k + 1);
        }
        for (int j = k + 1; j < n; j++) {
            along += p[j] * v[j];
        }
        addMultiple(-0.5 * along, v, p, k + 1);
        for (int i = k + 1; i < n; i++) {
            addMultiple(-v[i], p, a[i], k + 1);
            addMultiple(-p[i], v, a[i], k + 1);
        }
        return beside;
    }

    private static void addMultiple(double factor, double[] x, double[] y, int from) {
        for (int j = from; j < y.length; j++) {
            y[j] += factor * x[j];
        }
    }

    /// Writes the eigenvalues number `from` to before `to`, which lie between `low` and `high`.
    private void bisect(double low, double high, int from, int to) {
        if (from == to) {
            return;
        }
        double middle = 0.5 * (low + high);
        if (high - low <= resolution || middle <= low || middle >= high) {
            Arrays.fill(values, from, to, middle);
            return;
        }
        int below = Math.clamp(countBelow(middle), from, to);
        bisect(low, middle, from, below);
        bisect(middle, high, below, to);
    }

    /// How many eigenvalues lie below x: the number of negative pivots of the matrix less x on its diagonal.
    private int countBelow(double x) {
        int count = 0;
        double pivot = 1;
        for (int i = 0; i < diagonal.length; i++) {
            pivot = diagonal[i] - x - squares[i] / pivot;
            if (pivot == 0) {
                pivot = Double.MIN_NORMAL;
            }
            count += pivot < 0 ? 1 : 0;
        }
        return count;
    }
}
