package org.surprisal.gallery;

import java.util.HashMap;
import java.util.Map;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// Squared distances as |a|² + |b|² - 2 a·b in single precision, which is how libraries for matrices take them, and the
/// pairwise upper bounds of information (Landsverk, Eqs 3.11 to 3.16) that follow. The distance of a row to itself is
/// then not 0. Everything else in Surprisal measures distances exactly; this class shows what happens otherwise.
final class SquaredDistances {
    private SquaredDistances() {
    }

    /// The distances of all pairs of rows, none below 0, each sum over the row's numbers in one go.
    ///
    /// @param rows shape (n, width)
    /// @param part how many numbers are added up before the sum is added to the total: matrix libraries choose it by
    ///             the size of the matrix, and rounding depends on it
    static double[] single(Tensor rows, int part) {
        int n = rows.length(0);
        int width = rows.size() / n;
        float[] values = rows.toFloats();
        float[] squares = new float[n];
        for (int i = 0; i < n; i++) {
            squares[i] = product(values, i, i, width, width);
        }
        double[] distances = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                float distance = squares[i] + squares[j] - 2 * product(values, i, j, width, part);
                distances[i * n + j] = Math.max(0, distance);
                distances[j * n + i] = distances[i * n + j];
            }
        }
        return distances;
    }

    private static float product(float[] values, int i, int j, int width, int part) {
        float total = 0;
        for (int start = 0; start < width; start += part) {
            float sum = 0;
            for (int k = start; k < Math.min(width, start + part); k++) {
                sum += values[i * width + k] * values[j * width + k];
            }
            total += sum;
        }
        return total;
    }

    /// The distances in double precision.
    static double[] exact(Tensor rows) {
        int n = rows.length(0);
        Tensor wide = rows.to(ElementType.FLOAT64);
        double[] products = wide.matmulTransposed(wide).toDoubles();
        double[] distances = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                distances[i * n + j] = i == j
                        ? 0
                        : Math.max(0, products[i * n + i] + products[j * n + j] - 2 * products[i * n + j]);
            }
        }
        return distances;
    }

    /// The upper bound of I(X;Z) in nats: the mean of -ln of the mean of exp(-d² / (2 σ²)).
    static double informationAboutInput(double[] distances, int n, double noiseVariance) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += logOverlap(distances, n, i, noiseVariance, j -> true);
        }
        return -sum / n;
    }

    /// I(Y;Z) in nats: the bound for all samples less that of each class, weighed by the class's share.
    ///
    /// @param distances of all samples
    /// @param own       of samples of one class, as they come out when each class is a matrix of its own
    static double informationAboutLabel(double[] distances, double[] own, double[] labels, double noiseVariance) {
        int n = labels.length;
        double within = 0;
        for (int i = 0; i < n; i++) {
            double label = labels[i];
            within += logOverlap(own, n, i, noiseVariance, j -> labels[j] == label);
        }
        return informationAboutInput(distances, n, noiseVariance) + within / n;
    }

    private interface Choice {
        boolean has(int row);
    }

    private static double logOverlap(double[] distances, int n, int i, double noiseVariance, Choice choice) {
        double nearest = Double.POSITIVE_INFINITY;
        int count = 0;
        for (int j = 0; j < n; j++) {
            if (choice.has(j)) {
                nearest = Math.min(nearest, distances[i * n + j]);
                count++;
            }
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            if (choice.has(j)) {
                sum += Math.exp((nearest - distances[i * n + j]) / (2 * noiseVariance));
            }
        }
        return -nearest / (2 * noiseVariance) + Math.log(sum / count);
    }

    /// The entropy of labels in nats.
    static double entropy(double[] labels) {
        Map<Double, Integer> counts = new HashMap<>();
        for (double label : labels) {
            counts.merge(label, 1, Integer::sum);
        }
        return counts.values().stream().mapToDouble(count -> -count * Math.log(count / (double) labels.length)
                / labels.length).sum();
    }
}
