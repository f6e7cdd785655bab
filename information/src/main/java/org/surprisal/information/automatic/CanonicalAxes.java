package org.surprisal.information.automatic;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.tensor.SymmetricEigen;

/// The directions of canonical correlation of two sets of columns (Hotelling 1936): along them the columns of each
/// variable are uncorrelated and have variance 1, and coordinate i of X is correlated with coordinate i of Y only.
/// Directions in which columns do not vary are left out.
final class CanonicalAxes {

    /// The least share of the largest variance that a direction has.
    private static final double LEAST_VARIANCE = 1e-9;

    private final double[][] x;
    private final double[][] y;
    private final double[] correlations;

    private CanonicalAxes(double[][] x, double[][] y, double[] correlations) {
        this.x = x;
        this.y = y;
        this.correlations = correlations;
    }

    /// The directions of columns of mean 0.
    ///
    /// @param x element `[j][i]` is column j of sample i
    /// @param y with as many samples
    static CanonicalAxes of(double[][] x, double[][] y) {
        double[][] whiteX = whitening(x);
        double[][] whiteY = whitening(y);
        double[][] cross = times(times(whiteX, products(x, y)), transposed(whiteY));
        boolean swapped = whiteX.length > whiteY.length;
        double[][] across = swapped ? transposed(cross) : cross;
        SymmetricEigen eigen = SymmetricEigen.of("the canonical correlations", times(across, transposed(across)));
        int[] falling = falling(eigen.values());
        double[] correlations = Arrays.stream(falling)
                .mapToDouble(i -> Math.sqrt(Math.clamp(eigen.values()[i], 0.0, 1.0))).toArray();
        double[][] axes = Arrays.stream(falling).mapToObj(i -> eigen.vectors()[i]).toArray(double[][]::new);
        double[][] partners = orthonormal(times(axes, across));
        return new CanonicalAxes(times(swapped ? partners : axes, whiteX), times(swapped ? axes : partners, whiteY),
                correlations);
    }

    /// Directions of X, element `[i][j]` is the weight of column j in coordinate i, the most correlated first.
    double[][] x() {
        return x;
    }

    /// Directions of Y.
    double[][] y() {
        return y;
    }

    /// Correlations of the pairs of coordinates, falling, from 0 to 1.
    double[] correlations() {
        return correlations;
    }

    /// How many pairs of coordinates, at most, are more correlated than those of independent normal columns.
    int standOut(int samples, int most) {
        double byChance = 1.5 * (Math.sqrt(x.length) + Math.sqrt(y.length)) / Math.sqrt(samples);
        return (int) Arrays.stream(correlations).limit(most).filter(correlation -> correlation > byChance).count();
    }

    /// Coordinates of columns along some axes.
    static double[][] along(double[][] axes, double[][] columns) {
        return times(axes, columns);
    }

    /// Directions, and their lengths, along which columns are uncorrelated and have variance 1.
    private static double[][] whitening(double[][] columns) {
        SymmetricEigen eigen = SymmetricEigen.of("the covariances of scores", products(columns, columns));
        double[] values = eigen.values();
        double least = LEAST_VARIANCE * Arrays.stream(values).max().orElseThrow();
        return Arrays.stream(falling(values)).filter(i -> values[i] > least)
                .mapToObj(i -> Arrays.stream(eigen.vectors()[i]).map(v -> v / Math.sqrt(values[i])).toArray())
                .toArray(double[][]::new);
    }

    private static int[] falling(double[] values) {
        return IntStream.range(0, values.length).boxed().sorted((i, j) -> Double.compare(values[j], values[i]))
                .mapToInt(Integer::intValue).toArray();
    }

    /// The rows made orthonormal in their order, and completed to a basis.
    private static double[][] orthonormal(double[][] rows) {
        int d = rows[0].length;
        double[][] basis = new double[d][];
        int found = 0;
        for (double[] row : rows) {
            found = add(basis, found, row);
        }
        for (int j = 0; j < d && found < d; j++) {
            double[] unit = new double[d];
            unit[j] = 1;
            found = add(basis, found, unit);
        }
        return Arrays.copyOf(basis, found);
    }

    private static int add(double[][] basis, int found, double[] row) {
        double[] rest = row.clone();
        List<double[]> before = Arrays.asList(basis).subList(0, found);
        for (int pass = 0; pass < 2; pass++) {
            for (double[] other : before) {
                double projection = dot(rest, other);
                for (int j = 0; j < rest.length; j++) {
                    rest[j] -= projection * other[j];
                }
            }
        }
        double length = Math.sqrt(dot(rest, rest));
        if (found == basis.length || !(length > LEAST_VARIANCE)) {
            return found;
        }
        basis[found] = Arrays.stream(rest).map(v -> v / length).toArray();
        return found + 1;
    }

    /// Mean products of two sets of columns.
    private static double[][] products(double[][] first, double[][] second) {
        double[][] products = new double[first.length][second.length];
        for (int i = 0; i < first.length; i++) {
            for (int j = 0; j < second.length; j++) {
                products[i][j] = dot(first[i], second[j]) / first[i].length;
            }
        }
        return products;
    }

    private static double[][] times(double[][] left, double[][] right) {
        double[][] product = new double[left.length][right[0].length];
        for (int i = 0; i < left.length; i++) {
            for (int k = 0; k < right.length; k++) {
                double weight = left[i][k];
                for (int j = 0; j < product[i].length; j++) {
                    product[i][j] += weight * right[k][j];
                }
            }
        }
        return product;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    static double dot(double[] first, double[] second) {
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += first[i] * second[i];
        }
        return sum;
    }
}
