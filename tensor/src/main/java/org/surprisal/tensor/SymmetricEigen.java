package org.surprisal.tensor;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.surprisal.tensor.kernel.SymmetricLoops;

/// All eigenvalues of a dense symmetric matrix, and its eigenvectors, in double precision: reflections make the matrix
/// tridiagonal, and implicit QL sweeps make it diagonal (Golub and Van Loan, Matrix Computations, section 8.3).
///
/// Errors of the eigenvalues are some 1e-15 of the largest one's magnitude, and residuals of the eigenvectors are as
/// small. Eigenvectors are orthogonal to some 1e-14, also where eigenvalues are equal. The matrix is scaled by a power
/// of two first, so huge and tiny elements do no harm. Eigenvalues alone take (4/3) n³ multiplications and additions
/// and half the memory of the matrix; eigenvectors take about six times as many operations, and as much memory as the
/// matrix. The bits depend on the elements alone: not on the width of the machine's vectors or its threads, nor on
/// whether eigenvectors are asked for. One thread computes them.
public final class SymmetricEigen {
    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /// Returns the eigenvalues, ascending.
    public double[] values() {
        return values.clone();
    }

    /// Returns the eigenvectors: eigenvector k in row k, of norm 1 and either sign.
    public double[][] vectors() {
        return Arrays.stream(vectors).map(double[]::clone).toArray(double[][]::new);
    }

    /// Computes eigenvalues and eigenvectors.
    ///
    /// @param name what a message calls the matrix, such as `the covariance of x`
    /// @param matrix shape (n, n), n at least 1; the mean of it and its transpose counts. It is not changed.
    /// @throws IllegalArgumentException if the matrix is not square, an element is not finite, or an eigenvalue is
    /// beyond the range of float64
    public static SymmetricEigen of(String name, double[][] matrix) {
        Scale scale = scale(name, matrix);
        Tridiagonal reduced = reduced(matrix, scale);
        return solved(name, scale, reduced.diagonal(), following(reduced.beside()),
                reduced.transposedBasis(padded(matrix.length)));
    }

    /// Computes the eigenvalues alone, to the same bits as [#of].
    ///
    /// @param name what a message calls the matrix
    /// @param matrix shape (n, n), n at least 1; the mean of it and its transpose counts. It is not changed.
    /// @return the eigenvalues, ascending
    /// @throws IllegalArgumentException as in [#of]
    public static double[] values(String name, double[][] matrix) {
        Scale scale = scale(name, matrix);
        Tridiagonal reduced = reduced(matrix, scale);
        return solved(name, scale, reduced.diagonal(), following(reduced.beside()), new double[0][]).values;
    }

    /// Computes eigenvalues and eigenvectors of a symmetric tridiagonal matrix.
    ///
    /// @param name what a message calls the matrix
    /// @param diagonal n elements, n at least 1
    /// @param beside n - 1 elements, element i in row i and column i + 1
    /// @throws IllegalArgumentException if the numbers of elements do not fit, an element is not finite, or an
    /// eigenvalue is beyond the range of float64
    public static SymmetricEigen ofTridiagonal(String name, double[] diagonal, double[] beside) {
        int n = diagonal.length;
        if (n == 0 || beside.length != n - 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%s has %d elements on the diagonal and %d beside it, n >= 1 and n - 1 needed", name, n,
                    beside.length));
        }
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, magnitude(name, i, i, diagonal[i]));
            largest = i + 1 < n ? Math.max(largest, magnitude(name, i, i + 1, beside[i])) : largest;
        }
        Scale scale = Scale.of(largest);
        double[][] rows = new double[padded(n)][padded(n)];
        for (int i = 0; i < n; i++) {
            rows[i][i] = 1;
        }
        return solved(name, scale, Arrays.stream(diagonal).map(scale::down).toArray(),
                Arrays.copyOf(Arrays.stream(beside).map(scale::down).toArray(), n), rows);
    }

    /// A power of two in two factors, since one of them could overflow.
    private record Scale(double largest, double first, double second) {
        /// The scale of a matrix whose largest element has this magnitude.
        static Scale of(double largest) {
            int exponent = largest > 0 ? Math.getExponent(largest) : 0;
            return new Scale(largest, Math.scalb(1.0, exponent / 2), Math.scalb(1.0, exponent - exponent / 2));
        }

        double down(double x) {
            return x / first / second;
        }

        double up(double x) {
            return x * first * second;
        }
    }

    private static int padded(int n) {
        return Math.ceilDiv(n, SymmetricLoops.STRIP) * SymmetricLoops.STRIP;
    }

    private static Scale scale(String name, double[][] matrix) {
        int n = matrix.length;
        double largest = 0;
        for (int i = 0; i < n; i++) {
            if (matrix[i].length != n) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "%s has %d elements in row %d of %d rows: it must be square", name, matrix[i].length, i, n));
            }
            for (int j = 0; j < n; j++) {
                largest = Math.max(largest, magnitude(name, i, j, matrix[i][j]));
            }
        }
        if (n == 0) {
            throw new IllegalArgumentException(name + " has no rows: it has no eigenvalues");
        }
        return Scale.of(largest);
    }

    private static double magnitude(String name, int row, int column, double element) {
        if (!Double.isFinite(element)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "element (%d, %d) of %s is %s: it has no eigenvalues", row, column, name, element));
        }
        return Math.abs(element);
    }

    private static Tridiagonal reduced(double[][] matrix, Scale scale) {
        double first = 1 / scale.first;
        double second = 1 / scale.second;
        return Tridiagonal.of(matrix.length,
                (i, j) -> 0.5 * (matrix[i][j] * first * second) + 0.5 * (matrix[j][i] * first * second),
                SymmetricLoops.forRows(matrix.length));
    }

    /// Moves each element one place forward: the first belongs to no row.
    private static double[] following(double[] beside) {
        return Arrays.copyOf(Arrays.copyOfRange(beside, 1, beside.length), beside.length);
    }

    private static SymmetricEigen solved(String name, Scale scale, double[] diagonal, double[] beside,
            double[][] rows) {
        int n = diagonal.length;
        ImplicitQl.run(diagonal, beside, rows, SymmetricLoops.forRows(n));
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(k -> diagonal[k]))
                .mapToInt(Integer::intValue).toArray();
        double[] values = new double[n];
        double[][] vectors = new double[Math.min(n, rows.length)][];
        for (int k = 0; k < n; k++) {
            values[k] = scale.up(diagonal[order[k]]);
            if (!Double.isFinite(values[k])) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "%s has an eigenvalue beyond the range of float64: its elements reach %.3g, other units are"
                                + " needed",
                        name, scale.largest));
            }
            if (k < vectors.length) {
                vectors[k] = Arrays.copyOf(rows[order[k]], n);
            }
        }
        return new SymmetricEigen(values, vectors);
    }
}
