package org.surprisal.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.tensor.Tensor;

/// Checks that every data set makes of the targets of a classification: whole numbers from 0, one a sample.
public final class ClassIndices {
    /// A larger label is an identifier, not a class: a network would have an output for each number below it.
    public static final int MOST = 1 << 16;

    private ClassIndices() {
    }

    /// Returns numbers as names, for classes that have no others.
    public static List<String> names(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    /// Checks that targets are class indices.
    ///
    /// @param dataset named in errors
    /// @param targets shape (n)
    /// @throws DataException when the shape is another, or a target is no whole number from 0 to `classes` - 1
    public static void require(String dataset, Tensor targets, int classes) {
        if (targets.rank() != 1) {
            throw new DataException("data set " + dataset + ": class indices have shape (" + targets.length(0)
                    + "), not " + targets.shape());
        }
        double[] indices = targets.toDoubles();
        for (int row = 0; row < indices.length; row++) {
            double index = indices[row];
            if (index != Math.rint(index) || index < 0 || index >= classes) {
                throw new DataException("data set " + dataset + ": target " + index + " of row " + row
                        + " is not a class index in 0 … " + (classes - 1));
            }
        }
    }

    /// Returns labels as a vector, where another program keeps them as a row or a column.
    ///
    /// @throws DataException when the shape is none of (n), (n, 1), (1, n)
    public static Tensor vector(String dataset, Tensor labels) {
        boolean line = labels.rank() == 1
                || (labels.rank() == 2 && (labels.length(0) == 1 || labels.length(1) == 1));
        if (!line) {
            throw new DataException("data set " + dataset + ": labels have shape (n), (n, 1) or (1, n), not "
                    + labels.shape());
        }
        return labels.reshape(labels.size());
    }

    /// Returns the number of classes if the largest label is the last of them.
    ///
    /// @throws DataException when the largest label is not below [#MOST]
    public static int count(String dataset, Tensor labels) {
        double largest = Arrays.stream(labels.toDoubles()).max().orElse(0);
        if (!(largest < MOST)) {
            throw new DataException("data set " + dataset + ": label " + largest + " is no class index: they are 0 … "
                    + (MOST - 1));
        }
        return (int) Math.max(largest, 0) + 1;
    }
}
