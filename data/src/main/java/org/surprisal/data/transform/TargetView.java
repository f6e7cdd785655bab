package org.surprisal.data.transform;

import java.util.List;
import java.util.function.UnaryOperator;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Another data set's samples with a function of their targets.
final class TargetView implements Dataset {
    private final Dataset original;
    private final List<String> classNames;
    private final UnaryOperator<Tensor> function;

    /// @param classNames of the new targets; none where they are values
    TargetView(Dataset original, List<String> classNames, UnaryOperator<Tensor> function) {
        this.original = original;
        this.classNames = List.copyOf(classNames);
        this.function = function;
    }

    @Override
    public String name() {
        return original.name();
    }

    @Override
    public int size() {
        return original.size();
    }

    @Override
    public Shape inputShape() {
        return original.inputShape();
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
        Batch batch = original.batch(rows);
        return new Batch(batch.inputs(), function.apply(batch.targets()));
    }
}
