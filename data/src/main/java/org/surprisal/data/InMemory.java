package org.surprisal.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Workspace;

/// A data set whose samples are the rows of two tensors. Batches have the tensors' element types.
public final class InMemory implements Dataset {
    private final String name;
    private final Batch whole;
    private final List<String> classNames;

    private InMemory(String name, Batch whole, List<String> classNames) {
        requireFinite(name, "inputs", whole.inputs());
        requireFinite(name, "targets", whole.targets());
        this.name = name;
        this.whole = whole;
        this.classNames = List.copyOf(classNames);
    }

    /// Samples that each belong to one of `classes` classes.
    ///
    /// @param inputs shape (n, features…)
    /// @param targets shape (n): whole numbers in 0 … classes - 1
    /// @throws DataException when row counts differ, a number is not finite or a target is not a class index
    public static InMemory classification(String name, Tensor inputs, Tensor targets, int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("classes must be positive, not " + classes);
        }
        return classification(name, inputs, targets, ClassIndices.names(classes));
    }

    /// Samples that each belong to a class with a name.
    ///
    /// @param inputs shape (n, features…)
    /// @param targets shape (n): whole numbers, places in `classNames` counted from 0
    /// @throws DataException when row counts differ, a number is not finite or a target is not a class index
    public static InMemory classification(String name, Tensor inputs, Tensor targets, List<String> classNames) {
        Batch whole = new Batch(inputs, targets);
        ClassIndices.require(name, targets, classNames.size());
        return new InMemory(name, whole, classNames);
    }

    /// Samples that each belong to one of the classes 0, 1, … up to the largest label.
    ///
    /// @param inputs shape (n, features…)
    /// @param labels shape (n), (n, 1) or (1, n), as other programs write them: whole numbers from 0
    /// @throws DataException when row counts differ, a number is not finite or a label is not a class index
    public static InMemory classification(String name, Tensor inputs, Tensor labels) {
        Tensor targets = ClassIndices.vector(name, labels);
        return classification(name, inputs, targets, ClassIndices.count(name, targets));
    }

    /// Samples with values to predict.
    ///
    /// @param inputs shape (n, features…)
    /// @param targets shape (n, outputs)
    /// @throws DataException when row counts differ or a number is not finite
    public static InMemory regression(String name, Tensor inputs, Tensor targets) {
        Batch whole = new Batch(inputs, targets);
        if (targets.rank() != 2) {
            throw new DataException(
                    "data set " + name + ": values have shape (" + whole.size() + ", outputs), not " + targets.shape());
        }
        return new InMemory(name, whole, List.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return whole.size();
    }

    @Override
    public Shape inputShape() {
        int[] lengths = whole.inputs().shape().lengths();
        return Shape.of(Arrays.copyOfRange(lengths, 1, lengths.length));
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
        // A batch is no part of what is computed where it is asked for, and lasts.
        return Workspace.outside(() -> new Batch(whole.inputs().detached().rows(rows),
                whole.targets().detached().rows(rows)));
    }

    @Override
    public Batch all() {
        return whole;
    }

    private static void requireFinite(String name, String what, Tensor tensor) {
        if (tensor.isFinite()) {
            return;
        }
        double[] values = tensor.toDoubles();
        int width = values.length / tensor.length(0);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new DataException("data set " + name + ": " + what + " hold " + values[i] + " in row "
                        + i / width + ", where every number must be finite");
            }
        }
    }
}
