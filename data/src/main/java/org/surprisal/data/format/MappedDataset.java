package org.surprisal.data.format;

import java.util.List;
import java.util.Objects;
import org.surprisal.data.Batch;
import org.surprisal.data.ClassIndices;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// A data set whose inputs stay in a file that may be larger than memory; a batch reads its own rows only. Targets are
/// in memory. Inputs are looked at when they are read: the batch that holds a number which is not finite is refused.
public final class MappedDataset implements Dataset {
    private final String name;
    private final MappedArray inputs;
    private final Tensor targets;
    private final List<String> classNames;

    private MappedDataset(String name, MappedArray inputs, Tensor targets, List<String> classNames) {
        if (targets.length(0) != inputs.length()) {
            throw new DataException("data set " + name + ": " + inputs.source() + " holds " + inputs.length()
                    + " rows, but there are " + targets.length(0) + " targets");
        }
        if (!targets.isFinite()) {
            throw new DataException("data set " + name + ": targets hold a number that is not finite");
        }
        this.name = name;
        this.inputs = inputs;
        this.targets = targets;
        this.classNames = List.copyOf(classNames);
    }

    /// Samples that each belong to one of the classes 0, 1, … up to the largest label.
    ///
    /// @param labels shape (n), (n, 1) or (1, n): whole numbers from 0
    /// @throws DataException when row counts differ or a label is no class index
    public static MappedDataset classification(String name, MappedArray inputs, Tensor labels) {
        Tensor vector = ClassIndices.vector(name, labels);
        return classification(name, inputs, vector, ClassIndices.names(ClassIndices.count(name, vector)));
    }

    /// Samples that each belong to a class with a name.
    ///
    /// @param targets shape (n): whole numbers, places in `classNames` counted from 0
    /// @throws DataException when row counts differ or a target is no class index
    public static MappedDataset classification(String name, MappedArray inputs, Tensor targets,
            List<String> classNames) {
        ClassIndices.require(name, targets, classNames.size());
        return new MappedDataset(name, inputs, targets, classNames);
    }

    /// Samples with values to predict.
    ///
    /// @param targets shape (n, outputs)
    /// @throws DataException when row counts differ or a target is not finite
    public static MappedDataset regression(String name, MappedArray inputs, Tensor targets) {
        if (targets.rank() != 2) {
            throw new DataException(
                    "data set " + name + ": values have shape (" + inputs.length() + ", outputs), not "
                            + targets.shape());
        }
        return new MappedDataset(name, inputs, targets, List.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return inputs.length();
    }

    @Override
    public Shape inputShape() {
        return inputs.rowShape();
    }

    @Override
    public int classes() {
        return classNames.size();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public Batch batch(int... rows) {
        for (int row : rows) {
            Objects.checkIndex(row, size());
        }
        Tensor read = inputs.rows(rows);
        if (!read.isFinite()) {
            throw notFinite(rows, read);
        }
        return new Batch(read, targets.rows(rows));
    }

    private DataException notFinite(int[] rows, Tensor read) {
        double[] values = read.toDoubles();
        int at = 0;
        while (Double.isFinite(values[at])) {
            at++;
        }
        return new DataException("data set " + name + ": " + inputs.source() + " holds " + values[at] + " in row "
                + rows[at / (values.length / rows.length)] + ", where every number must be finite");
    }
}
