package org.surprisal.network.optimiser;

import java.util.List;
import java.util.Optional;
import org.surprisal.network.Parameter;
import org.surprisal.network.Resumable;
import org.surprisal.network.training.Schedule;
import org.surprisal.tensor.Tensor;

/// Changes parameters along their gradients. Keeps moments from step to step, so it belongs to one training run.
public interface Optimiser extends Resumable {
    /// The learning rate it was made with, which a [Schedule] multiplies.
    double learningRate();

    /// One step: `gradients` in the order of `parameters`, which are the same at every step. The gradients are left as
    /// they are.
    ///
    /// @param rate the learning rate of this step, finite and not negative
    void step(List<Parameter> parameters, List<Tensor> gradients, double rate);

    /// One step whose gradients come one after the other.
    @FunctionalInterface
    interface Update {
        /// Changes `parameters.get(index)` along its gradient, which is left as it is, and which may be valid during
        /// this call only.
        void accept(int index, Tensor gradient);
    }

    /// Begins a step whose gradients come one after the other, in any order, each once: each parameter is changed at
    /// once, so that no two gradients need be in memory. Empty where the step of one parameter needs the gradients of
    /// others; then [#step] is given them all.
    ///
    /// @param rate the learning rate of this step, finite and not negative
    default Optional<Update> begin(List<Parameter> parameters, double rate) {
        return Optional.empty();
    }

    /// One step with [#learningRate()].
    default void step(List<Parameter> parameters, List<Tensor> gradients) {
        step(parameters, gradients, learningRate());
    }
}
