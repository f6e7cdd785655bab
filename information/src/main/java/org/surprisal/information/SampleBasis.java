package org.surprisal.information;

import java.util.Arrays;
import java.util.OptionalInt;
import org.surprisal.tensor.Tensor;

/// Orthonormal directions of the coordinates of samples, found one coordinate after the other by modified Gram–Schmidt
/// with each projection done twice (Giraud, Langou & Rozložník 2005), and from them how far each coordinate is
/// determined by those before it. The variance that a linear regression leaves of a coordinate has the relative
/// accuracy of its own size here; computed from a covariance matrix it would be lost below 1e-16 of the coordinate's
/// variance.
///
/// This is the one place that says which coordinates are linearly dependent. Numbers are stored with rounding: softmax
/// outputs add up to 1 ± 1e-7 in float32, and the variance of that sum is not information. A coordinate counts as
/// determined by those before it if the standard deviation that they leave of it is at most four times the rounding of
/// all of them,
///
///     s_i <= 4 √(δ_i² + Σ_j b_ij² δ_j²) + 4 i 2^-52,
///
/// with b the regression coefficients of coordinates in units of their standard deviations, and δ_j = ε √⟨x_j²⟩ / σ_j.
/// The unit in the last place ε is 2^-23 for a coordinate whose values are all float32 numbers, whatever type they are
/// kept in, else 2^-52. Coarser errors are not recognised: fewer digits in a text file, or a float32 sum of hundreds of
/// terms in one strand. O(n d²) time, O(n d) memory.
public final class SampleBasis {

    private static final double MARGIN = 4;
    private static final double ARITHMETIC = 4 * Math.ulp(1.0);
    /// A coordinate of which more is left is independent whatever its rounding.
    private static final double SUSPICIOUS = 1e-2;

    private final double[][] directions;
    private final double[][] coefficients;
    private final double[] resolution;

    private SampleBasis(double[][] directions, double[][] coefficients, double[] resolution) {
        this.directions = directions;
        this.coefficients = coefficients;
        this.resolution = resolution;
    }

    /// The basis of standardised coordinates.
    ///
    /// @param columns element `[j][i]` is coordinate j of sample i, each coordinate with mean 0 and population variance
    /// 1
    /// @param resolution δ of each coordinate, from [#resolution(double...)]
    public static SampleBasis of(double[][] columns, double... resolution) {
        int d = columns.length;
        double[][] directions = new double[d][];
        double[][] coefficients = new double[d][d];
        for (int i = 0; i < d; i++) {
            double[] rest = columns[i].clone();
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    double projection = dot(rest, directions[j]);
                    coefficients[i][j] += projection;
                    subtract(rest, projection, directions[j]);
                }
            }
            double length = Math.sqrt(dot(rest, rest));
            coefficients[i][i] = length;
            directions[i] = length == 0 ? rest : Arrays.stream(rest).map(x -> x / length).toArray();
        }
        double scale = 1 / Math.sqrt(columns[0].length);
        for (double[] row : coefficients) {
            for (int j = 0; j < d; j++) {
                row[j] *= scale;
            }
        }
        return new SampleBasis(directions, coefficients, resolution.clone());
    }

    /// The first coordinate of samples that is constant or that those before it determine up to rounding; empty if no
    /// coordinate is.
    ///
    /// @param samples shape (n, d), finite, n above d
    public static OptionalInt dependent(Tensor samples) {
        double[][] standardised = new double[samples.length(1)][];
        double[] resolution = new double[standardised.length];
        for (int j = 0; j < standardised.length; j++) {
            double[] column = samples.slice(1, j, j + 1).toDoubles();
            double origin = column[0];
            double[] centred = Arrays.stream(column).map(x -> x - origin).toArray();
            double largest = Arrays.stream(centred).map(Math::abs).max().orElseThrow();
            if (largest == 0) {
                return OptionalInt.of(j);
            }
            Moments moments = Moments.of(Arrays.stream(centred).map(x -> x / largest).toArray());
            standardised[j] = Arrays.stream(centred)
                    .map(x -> (x / largest - moments.mean()) / moments.standardDeviation()).toArray();
            resolution[j] = resolution(column);
        }
        return of(standardised, resolution).dependent();
    }

    /// δ, the rounding of a coordinate's stored values in units of its standard deviation.
    ///
    /// @param column finite values, not all equal
    public static double resolution(double... column) {
        boolean single = Arrays.stream(column).allMatch(x -> (float) x == x);
        double largest = Arrays.stream(column).map(Math::abs).max().orElseThrow();
        double mean = Arrays.stream(column).map(x -> x / largest).average().orElseThrow();
        double squares = Arrays.stream(column).map(x -> x / largest).map(x -> x * x).sum();
        double deviations = Arrays.stream(column).map(x -> x / largest - mean).map(x -> x * x).sum();
        return (single ? Math.ulp(1f) : Math.ulp(1.0)) * Math.sqrt(squares / deviations);
    }

    /// The first coordinate that those before it determine up to rounding; empty if no coordinate is determined.
    public OptionalInt dependent() {
        for (int i = 0; i < coefficients.length; i++) {
            if (left(i) < SUSPICIOUS && left(i) <= MARGIN * rounding(i) + ARITHMETIC * (i + 1)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /// s_i, the standard deviation of coordinate i that those before it leave.
    public double left(int i) {
        return coefficients[i][i];
    }

    /// ln s_i² summed over coordinates from `from` on: of all coordinates the log-determinant of their correlations.
    public double logDeterminant(int from) {
        double sum = 0;
        for (int i = from; i < coefficients.length; i++) {
            sum += 2 * Math.log(left(i));
        }
        return sum;
    }

    /// The sum of the squared cosines between the directions of two bases of the same samples, which is that of the
    /// squared canonical correlations.
    public double squaredCosines(SampleBasis other) {
        double sum = 0;
        for (double[] a : directions) {
            for (double[] b : other.directions) {
                double cosine = dot(a, b);
                sum += cosine * cosine;
            }
        }
        return sum;
    }

    /// The lower triangular L with L Lᵀ the correlations, copied: shape (d, d).
    double[][] factor() {
        return Arrays.stream(coefficients).map(double[]::clone).toArray(double[][]::new);
    }

    private double rounding(int i) {
        // b solves Σ_j b_j L_jk = L_ik for k < i, from the last coordinate back.
        double[] b = new double[i];
        double squares = resolution[i] * resolution[i];
        for (int k = i - 1; k >= 0; k--) {
            double sum = coefficients[i][k];
            for (int j = k + 1; j < i; j++) {
                sum -= b[j] * coefficients[j][k];
            }
            b[k] = sum / coefficients[k][k];
            squares += b[k] * b[k] * resolution[k] * resolution[k];
        }
        return Math.sqrt(squares);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int s = 0; s < a.length; s++) {
            sum += a[s] * b[s];
        }
        return sum;
    }

    private static void subtract(double[] from, double factor, double[] direction) {
        for (int s = 0; s < from.length; s++) {
            from[s] -= factor * direction[s];
        }
    }
}
