package org.surprisal.network.initialisation;

import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Weights whose rows (or columns, where there are fewer) are orthogonal to each other and of length `gain`, uniformly
/// distributed over all such matrices; biases 0. A square weight so keeps the length of every vector (Saxe, McClelland,
/// Ganguli 2014).
///
/// The Q of a QR decomposition of normal numbers, with the signs that make the diagonal of R positive: only with them
/// is Q uniformly distributed (Mezzadri 2007). A weight of shape (out, in, …) is the matrix (out, in times the rest).
/// Computed in float64 whatever the element type.
///
/// @param gain positive
public record Orthogonal(double gain) implements Initialisation {
    public Orthogonal {
        if (!(gain > 0) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException("gain (=" + gain + ") must be positive and finite");
        }
    }

    @Override
    public Tensor weight(ElementType type, Shape shape, RandomStream stream) {
        if (shape.rank() < 2) {
            throw new IllegalArgumentException(
                    "a weight of shape " + shape + " cannot be orthogonal: (out, in, …) is needed");
        }
        int rows = shape.length(0);
        int columns = rows == 0 ? 0 : shape.size() / rows;
        boolean wide = columns > rows;
        int m = Math.max(rows, columns);
        int n = Math.min(rows, columns);
        double[][] q = orthonormalColumns(normal(m, n, stream));
        double[] values = new double[shape.size()];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = gain * (wide ? q[j][i] : q[i][j]);
            }
        }
        return Tensor.of(values, shape.lengths()).to(type);
    }

    private static double[][] normal(int m, int n, RandomStream stream) {
        double[][] a = new double[m][n];
        for (double[] row : a) {
            for (int j = 0; j < n; j++) {
                row[j] = stream.nextGaussian();
            }
        }
        return a;
    }

    /// Q (m x n) of A = Q R (m >= n), where R has a positive diagonal, by Householder reflections. Overwrites A.
    private static double[][] orthonormalColumns(double[][] a) {
        int m = a.length;
        int n = m == 0 ? 0 : a[0].length;
        double[][] reflections = new double[n][];
        double[] signs = new double[n];
        for (int k = 0; k < n; k++) {
            double[] v = new double[m];
            double squares = 0;
            for (int i = k; i < m; i++) {
                v[i] = a[i][k];
                squares += v[i] * v[i];
            }
            // The reflection takes the column to -sign(a_kk) times its length, the sign that cancels nothing.
            double diagonal = -Math.copySign(Math.sqrt(squares), v[k]);
            signs[k] = Math.signum(diagonal);
            v[k] -= diagonal;
            normalise(v);
            reflect(a, v, k, k);
            reflections[k] = v;
        }
        double[][] q = new double[m][n];
        for (int k = 0; k < n; k++) {
            q[k][k] = signs[k];
        }
        for (int k = n - 1; k >= 0; k--) {
            reflect(q, reflections[k], k, k);
        }
        return q;
    }

    /// To length sqrt 2, so that the reflection is I - v v^T.
    private static void normalise(double[] v) {
        double squares = 0;
        for (double x : v) {
            squares += x * x;
        }
        double factor = Math.sqrt(2 / squares);
        for (int i = 0; i < v.length; i++) {
            v[i] *= factor;
        }
    }

    /// a <- (I - v v^T) a in the rows from `row` and the columns from `column` on, row by row as they lie in memory.
    private static void reflect(double[][] a, double[] v, int row, int column) {
        int n = a[0].length;
        double[] projection = new double[n];
        for (int i = row; i < a.length; i++) {
            for (int j = column; j < n; j++) {
                projection[j] += v[i] * a[i][j];
            }
        }
        for (int i = row; i < a.length; i++) {
            for (int j = column; j < n; j++) {
                a[i][j] -= v[i] * projection[j];
            }
        }
    }
}
