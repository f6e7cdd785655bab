package org.surprisal.data;

import java.util.Arrays;
import java.util.Objects;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// A data set whose samples are the rows of two tensors. Batches have the tensors' element types.
public final class InMemory implements Dataset {
    private final String name;
    private final Batch whole;
    private final Rows inputs;
    private final Rows targets;
    private final int classes;

    private InMemory(String name, Batch whole, int classes) {
        requireFinite(name, "inputs", whole.inputs());
        requireFinite(name, "targets", whole.targets());
        this.name = name;
        this.whole = whole;
        this.inputs = new Rows(whole.inputs());
        this.targets = new Rows(whole.targets());
        this.classes = classes;
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
        Batch whole = new Batch(inputs, targets);
        if (targets.rank() != 1) {
            throw new DataException(
                    "data set " + name + ": class indices have shape (" + whole.size() + "), not " + targets.shape());
        }
        double[] indices = targets.toDoubles();
        for (int row = 0; row < indices.length; row++) {
            double index = indices[row];
            if (index != Math.rint(index) || index < 0 || index >= classes) {
                throw new DataException("data set " + name + ": target " + index + " of row " + row
                        + " is not a class index in 0 … " + (classes - 1));
            }
        }
        return new InMemory(name, whole, classes);
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
        return new InMemory(name, whole, 0);
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
        return classes;
    }

    @Override
    public Batch batch(int... rows) {
        for (int row : rows) {
            Objects.checkIndex(row, size());
        }
        return new Batch(inputs.gather(rows), targets.gather(rows));
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

    /// A tensor's numbers laid open for gathering rows.
    private static final class Rows {
        private final Tensor tensor;
        private final Object numbers;
        private final int width;

        Rows(Tensor tensor) {
            this.tensor = tensor;
            this.numbers = switch (tensor.type()) {
                case FLOAT32 -> tensor.toFloats();
                case FLOAT64 -> tensor.toDoubles();
            };
            this.width = tensor.length(0) == 0 ? 0 : tensor.size() / tensor.length(0);
        }

        Tensor gather(int[] rows) {
            int[] lengths = tensor.shape().lengths();
            lengths[0] = rows.length;
            int size = Shape.of(lengths).size();
            return switch (tensor.type()) {
                case FLOAT32 -> Tensor.of(copyInto(new float[size], rows), lengths);
                case FLOAT64 -> Tensor.of(copyInto(new double[size], rows), lengths);
            };
        }

        private <A> A copyInto(A gathered, int[] rows) {
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(numbers, rows[i] * width, gathered, i * width, width);
            }
            return gathered;
        }
    }
}
