package org.surprisal.network.optimiser;

import java.util.List;
import java.util.OptionalDouble;
import org.surprisal.network.Parameter;
import org.surprisal.network.State;
import org.surprisal.tensor.Tensor;

/// An optimiser that is given gradients within a limit.
public final class Clipped implements Optimiser {
    private final Optimiser inner;
    private final GradientClipping clipping;
    private OptionalDouble norm = OptionalDouble.empty();

    public Clipped(Optimiser inner, GradientClipping clipping) {
        this.inner = inner;
        this.clipping = clipping;
    }

    @Override
    public double learningRate() {
        return inner.learningRate();
    }

    /// The norm of all gradients together at the last step, before clipping; empty before the first.
    public OptionalDouble norm() {
        return norm;
    }

    @Override
    public void step(List<Parameter> parameters, List<Tensor> gradients, double rate) {
        GradientClipping.Result clipped = clipping.clip(gradients);
        norm = OptionalDouble.of(clipped.norm());
        inner.step(parameters, clipped.gradients(), rate);
    }

    @Override
    public void save(State to) {
        inner.save(to);
    }

    @Override
    public void restore(State from) {
        inner.restore(from);
    }
}
