package org.surprisal.information;

import java.util.Arrays;
import java.util.Locale;
import org.surprisal.information.internal.Samples;
import org.surprisal.tensor.Tensor;

/// The normal fit of samples with a shrunk covariance (Ledoit & Wolf 2004, A well-conditioned estimator for
/// large-dimensional covariance matrices): with S the population covariance of n samples in d dimensions and μ = tr S /
/// d,
///
///     Σ = (1 - s) S + s μ I
///
/// where s estimates the intensity of least mean squared error ||Σ - true covariance||² (Frobenius norm). It is
/// positive definite for any n >= 3 and d, but for samples of two points, each as often as the other. S underrates
/// small and overrates large variances when d is not far below n; Σ is pulled the other way, towards equal ones, so it
/// is biased, and the bias fades as n grows. It follows a rotation or a common scale of the coordinates, not different
/// scales.
///
/// @param samples n
/// @param intensity s, from 0 (none) to 1 (a multiple of the identity)
/// @param normal N(mean of the samples, Σ)
public record LedoitWolf(int samples, double intensity, MultivariateGaussian normal) {

    /// The fit.
    ///
    /// @param samples shape (n, d), finite, one sample a row, at least two that differ
    /// @throws IllegalArgumentException if the shape is another, a value is not finite, there are fewer than two
    /// samples, all are equal, or s is estimated as 0 and some combination of the coordinates has no variance (two
    /// samples, say)
    public static LedoitWolf fit(Tensor samples) {
        if (samples.rank() != 2 || samples.length(0) < 2 || samples.length(1) < 1) {
            throw new IllegalArgumentException(
                    "samples have the shape %s, (n, d) with n >= 2 and d >= 1 needed".formatted(samples.shape()));
        }
        int n = samples.length(0);
        int d = samples.length(1);
        double[][] rows = rows(samples, n, d);
        double[] mean = center(rows, d);
        double[][] covariance = covariance(rows, d);
        double trace = 0;
        double squares = 0;
        for (int i = 0; i < d; i++) {
            trace += covariance[i][i];
            for (int j = 0; j < d; j++) {
                squares += covariance[i][j] * covariance[i][j];
            }
        }
        double average = trace / d;
        if (!(average > 0 && Double.isFinite(squares))) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "the %d samples have a total variance of %s, a finite value > 0 needed",
                            n, trace));
        }
        double intensity = intensity(rows, squares, d, average);
        if (intensity == 0 && d > 1) {
            // Nothing is added to the covariance: it must be one by itself.
            return new LedoitWolf(n, 0, MultivariateGaussian.fit(samples));
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                covariance[i][j] *= 1 - intensity;
            }
            covariance[i][i] += intensity * average;
        }
        return new LedoitWolf(n, intensity, new MultivariateGaussian(mean, covariance));
    }

    private static double[][] rows(Tensor samples, int n, int d) {
        double[] flat = samples.toDoubles();
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * d, (i + 1) * d);
            Samples.requireFinite(String.format(Locale.ROOT, "samples[%d]", i), rows[i], d);
        }
        return rows;
    }

    /// Takes the mean off the rows.
    private static double[] center(double[][] rows, int d) {
        double[] mean = new double[d];
        for (int j = 0; j < d; j++) {
            int column = j;
            mean[j] = Moments.of(Arrays.stream(rows).mapToDouble(row -> row[column]).toArray()).mean();
            for (double[] row : rows) {
                row[j] -= mean[j];
            }
        }
        return mean;
    }

    private static double[][] covariance(double[][] centred, int d) {
        double[][] covariance = new double[d][d];
        for (double[] row : centred) {
            for (int i = 0; i < d; i++) {
                double[] target = covariance[i];
                double factor = row[i] / centred.length;
                for (int j = 0; j <= i; j++) {
                    target[j] += factor * row[j];
                }
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    /// The estimated error of S over the estimated distance of S from μ I, both squared; at most 1.
    ///
    /// @param squares ||S||²
    private static double intensity(double[][] centred, double squares, int d, double average) {
        double distance = squares - d * average * average;
        // In one dimension, or where S is a multiple of I, there is nothing to shrink towards.
        if (distance <= d * Math.ulp(squares)) {
            return d == 1 ? 0 : 1;
        }
        double fourth = 0;
        for (double[] row : centred) {
            double norm = 0;
            for (double x : row) {
                norm += x * x;
            }
            fourth += norm * norm;
        }
        double n = centred.length;
        return Math.clamp((fourth / n - squares) / n / distance, 0.0, 1.0);
    }
}
