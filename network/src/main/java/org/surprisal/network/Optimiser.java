package org.surprisal.network;

import java.util.List;
import org.surprisal.tensor.Tensor;

/// Changes parameters along their gradients. Keeps moments from step to step, so it belongs to one training run.
public interface Optimiser extends Resumable {
    /// The learning rate it was made with, which a [Schedule] multiplies.
    double learningRate();

    /// One step: `gradients` in the order of `parameters`, which are the same at every step. The gradients are left as they are.
    ///
    /// @param rate the learning rate of this step, finite and not negative
    void step(List<Parameter> parameters, List<Tensor> gradients, double rate);

    /// One step with [#learningRate()].
    default void step(List<Parameter> parameters, List<Tensor> gradients) {
        step(parameters, gradients, learningRate());
    }
}
