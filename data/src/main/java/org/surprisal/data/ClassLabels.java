package org.surprisal.data;

import java.util.stream.IntStream;
import org.surprisal.tensor.Tensor;

/// The classes of a data set's samples, read without holding more than some samples' inputs at a time.
public final class ClassLabels {
    private static final int ROWS_AT_A_TIME = 1024;

    private ClassLabels() {
    }

    /// The class index of each sample, in order.
    ///
    /// @throws DataException when the targets are values, not classes
    public static int[] of(Dataset data) {
        if (data.classes() == 0) {
            throw new DataException("data set " + data.name() + " has values to predict, not classes");
        }
        int[] labels = new int[data.size()];
        for (int from = 0; from < labels.length; from += ROWS_AT_A_TIME) {
            int to = Math.min(labels.length, from + ROWS_AT_A_TIME);
            Tensor targets = data.batch(IntStream.range(from, to).toArray()).targets();
            ClassIndices.require(data.name(), targets, data.classes());
            double[] indices = targets.toDoubles();
            for (int i = 0; i < indices.length; i++) {
                labels[from + i] = (int) indices[i];
            }
        }
        return labels;
    }

    /// How many samples each class has, that of index 0 first.
    ///
    /// @throws DataException when the targets are values, not classes
    public static int[] counts(Dataset data) {
        return counts(of(data), data.classes());
    }

    static int[] counts(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }
}
