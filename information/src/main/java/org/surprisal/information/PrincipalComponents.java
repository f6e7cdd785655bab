package org.surprisal.information;

import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.SymmetricEigen;
import org.surprisal.tensor.Tensor;

/// The directions of largest variance of samples, with scores of mean 0 and variance 1 along each. O(n d² + d³).
///
/// A direction's sign is chosen so that its component of largest size is positive.
public final class PrincipalComponents {

    private final double[] mean;
    /// Row by row, ordered by variance, the largest first.
    private final double[][] directions;
    private final double[] variances;

    private PrincipalComponents(double[] mean, double[][] directions, double[] variances) {
        this.mean = mean;
        this.directions = directions;
        this.variances = variances;
    }

    /// The leading components of samples.
    ///
    /// @param samples shape (n, d), finite, n at least 2
    /// @param count how many, 1 to d
    /// @throws IllegalArgumentException if the shape is another, a value is not finite, `count` is outside, or the
    /// samples vary in fewer directions (to rounding)
    public static PrincipalComponents of(Tensor samples, int count) {
        if (samples.rank() != 2 || samples.length(0) < 2 || samples.length(1) < 1) {
            throw new IllegalArgumentException(
                    "samples have the shape %s, (n, d) with n >= 2 and d >= 1 needed".formatted(samples.shape()));
        }
        DenseStack.requireFinite("samples", samples);
        int d = samples.length(1);
        if (count < 1 || count > d) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "count = %d components, 1 to %d needed", count, d));
        }
        double[] mean = new double[d];
        double[][] columns = new double[d][];
        for (int j = 0; j < d; j++) {
            double[] column = samples.slice(1, j, j + 1).toDoubles();
            double average = Moments.of(column).mean();
            mean[j] = average;
            columns[j] = Arrays.stream(column).map(x -> x - average).toArray();
        }
        var centred = new Array2DRowRealMatrix(columns, false);
        var covariance = centred.multiplyTransposed(centred).scalarMultiply(1.0 / samples.length(0));
        var eigen = SymmetricEigen.of("the covariance of the samples", covariance.getData());
        double[] ascending = eigen.values();
        double[][] vectors = eigen.vectors();
        double[] variances = new double[count];
        Arrays.setAll(variances, k -> ascending[d - 1 - k]);
        double rounding = d * Math.ulp(variances[0]);
        double[][] directions = new double[count][];
        for (int k = 0; k < count; k++) {
            if (!(variances[k] > rounding)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT,
                                "%d components asked for, the %d samples vary in %d direction(s) only", count,
                                samples.length(0), k));
            }
            directions[k] = vectors[d - 1 - k];
            orient(directions[k]);
        }
        return new PrincipalComponents(mean, directions, variances);
    }

    private static void orient(double[] direction) {
        double largest = 0;
        for (double x : direction) {
            largest = Math.abs(x) > Math.abs(largest) ? x : largest;
        }
        if (largest < 0) {
            Arrays.setAll(direction, i -> -direction[i]);
        }
    }

    /// Population variances along the components, the largest first.
    public double[] variances() {
        return variances.clone();
    }

    /// A copy of the unit vectors, the one of largest variance first: element `[k][j]` is coordinate j of direction k.
    public double[][] directions() {
        return Arrays.stream(directions).map(double[]::clone).toArray(double[][]::new);
    }

    /// Scores of points, those that the components are of or others: each coordinate is divided by the deviation along
    /// its component.
    ///
    /// @param points shape (n, d), finite
    /// @return float64, shape (n, count)
    /// @throws IllegalArgumentException if the shape is another or a value is not finite
    public Tensor scores(Tensor points) {
        if (points.rank() != 2 || points.length(1) != mean.length) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "points have the shape %s, (n, %d) needed", points.shape(),
                            mean.length));
        }
        DenseStack.requireFinite("points", points);
        int d = mean.length;
        double[] from = points.to(ElementType.FLOAT64).toDoubles();
        double[] scores = new double[points.length(0) * directions.length];
        for (int i = 0; i < points.length(0); i++) {
            for (int k = 0; k < directions.length; k++) {
                double sum = 0;
                for (int j = 0; j < d; j++) {
                    sum += (from[i * d + j] - mean[j]) * directions[k][j];
                }
                scores[i * directions.length + k] = sum / Math.sqrt(variances[k]);
            }
        }
        return Tensor.of(scores, points.length(0), directions.length);
    }
}
