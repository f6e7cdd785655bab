package org.surprisal.network.metric;

import java.util.Locale;
import org.surprisal.tensor.Tensor;

/// Whether a sample's class is among its k largest outputs.
///
/// Equal outputs rank by class, the lower first, as in [Tensor#argmaxRows], so that k = 1 is the accuracy. A
/// network that gives every class the same output therefore scores the share of the first k classes.
///
/// @param k how many outputs count, at least 1; k = classes makes every sample right
public record TopK(int k) {

    /// @throws IllegalArgumentException if k is less than 1
    public TopK {
        if (k < 1) {
            throw new IllegalArgumentException("k (=" + k + ") must be at least 1");
        }
    }

    /// The number of samples whose class is among their k largest outputs.
    ///
    /// @param outputs shape (n, classes), without NaN
    /// @param actual the class of each sample, n
    /// @throws IllegalArgumentException if the shape does not fit, k exceeds the classes, an output is NaN, or a class
    ///     is out of range
    public int correct(Tensor outputs, int[] actual) {
        double[] values = ClassOutputs.require(outputs, actual);
        int classes = outputs.length(1);
        if (k > classes) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "k (=%d) must be at most the number of classes (=%d)", k,
                            classes));
        }
        int correct = 0;
        for (int i = 0; i < actual.length; i++) {
            correct += rank(values, i * classes, classes, actual[i]) < k ? 1 : 0;
        }
        return correct;
    }

    /// The share of samples whose class is among their k largest outputs; arguments and errors of [#correct].
    public double accuracy(Tensor outputs, int[] actual) {
        return (double) correct(outputs, actual) / actual.length;
    }

    /// How many classes come before this one.
    private static int rank(double[] values, int row, int classes, int label) {
        double own = values[row + label];
        int rank = 0;
        for (int j = 0; j < classes; j++) {
            rank += values[row + j] > own || (values[row + j] == own && j < label) ? 1 : 0;
        }
        return rank;
    }
}
