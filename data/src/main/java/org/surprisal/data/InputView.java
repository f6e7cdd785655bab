package org.surprisal.data;

import java.util.List;
import java.util.function.UnaryOperator;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Another data set's samples with a function of their inputs.
final class InputView implements Dataset {
    private final Dataset original;
    private final Shape shape;
    private final UnaryOperator<Tensor> function;

    InputView(Dataset original, Shape shape, UnaryOperator<Tensor> function) {
        this.original = original;
        this.shape = shape;
        this.function = function;
    }

    static Dataset shaped(Dataset original, Shape shape) {
        Shape before = original.inputShape();
        if (before.size() != shape.size()) {
            throw new DataException("data set " + original.name() + ": samples of shape " + before + " hold "
                    + before.size() + " numbers, not the " + shape.size() + " of shape " + shape);
        }
        return new InputView(original, shape,
                inputs -> inputs.reshape(withSamples(inputs.length(0), shape).lengths()));
    }

    /// The shape of that many samples of a shape.
    static Shape withSamples(int samples, Shape shape) {
        int[] lengths = new int[shape.rank() + 1];
        lengths[0] = samples;
        System.arraycopy(shape.lengths(), 0, lengths, 1, shape.rank());
        return Shape.of(lengths);
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
        return shape;
    }

    @Override
    public int classes() {
        return original.classes();
    }

    @Override
    public List<String> classNames() {
        return original.classNames();
    }

    @Override
    public Batch batch(int... rows) {
        Batch batch = original.batch(rows);
        Tensor inputs = function.apply(batch.inputs());
        if (!inputs.shape().equals(withSamples(rows.length, shape))) {
            throw new DataException("data set " + name() + ": the function of its inputs gave shape " + inputs.shape()
                    + ", not " + withSamples(rows.length, shape));
        }
        if (!inputs.isFinite()) {
            throw new DataException("data set " + name()
                    + ": the function of its inputs gave a number that is not finite");
        }
        return new Batch(inputs, batch.targets());
    }
}
