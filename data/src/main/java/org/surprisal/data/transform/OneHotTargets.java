package org.surprisal.data.transform;

import java.util.List;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.Tensor;

/// Classes as rows of zeros with a single one, for losses between values; and back.
public final class OneHotTargets {
    private OneHotTargets() {
    }

    /// Targets of shape (n, K) in place of class indices: values, so that [Dataset#classes] is 0.
    ///
    /// @throws DataException when the targets are values already
    public static Dataset of(Dataset data) {
        int classes = data.classes();
        if (classes == 0) {
            throw new DataException("data set " + data.name() + " has values to predict: only classes become one-hot");
        }
        return new TargetView(data, List.of(), targets -> {
            double[] indices = targets.toDoubles();
            double[] rows = new double[Math.multiplyExact(indices.length, classes)];
            for (int i = 0; i < indices.length; i++) {
                rows[i * classes + (int) indices[i]] = 1;
            }
            return Tensor.of(rows, indices.length, classes).to(targets.type());
        });
    }

    /// Class indices of shape (n) in place of one-hot rows of shape (n, K). Rows are checked when they are read.
    ///
    /// @param classNames that of the first column first
    /// @throws DataException when the targets are classes already; from its batches, when a row is not one 1 among K -
    /// 1 zeros
    public static Dataset undone(Dataset data, List<String> classNames) {
        if (data.classes() != 0) {
            throw new DataException("data set " + data.name() + " has classes already, not one-hot rows");
        }
        return new TargetView(data, classNames, targets -> {
            int classes = classNames.size();
            if (targets.rank() != 2 || targets.length(1) != classes) {
                throw new DataException("data set " + data.name() + ": targets of shape " + targets.shape()
                        + " are not one-hot rows of " + classes + " classes");
            }
            double[] rows = targets.toDoubles();
            double[] indices = new double[targets.length(0)];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = place(data.name(), rows, i * classes, classes);
            }
            return Tensor.of(indices).to(targets.type());
        });
    }

    private static int place(String dataset, double[] rows, int from, int classes) {
        int place = -1;
        for (int c = 0; c < classes; c++) {
            double value = rows[from + c];
            if (value == 1 && place < 0) {
                place = c;
            } else if (value != 0) {
                throw notOneHot(dataset, value, c);
            }
        }
        if (place < 0) {
            throw new DataException("data set " + dataset + ": a row of targets is all 0, not one-hot");
        }
        return place;
    }

    private static DataException notOneHot(String dataset, double value, int column) {
        return new DataException("data set " + dataset + ": a row of targets has " + value + " in column " + column
                + ", where a one-hot row has a single 1 and zeros");
    }
}
