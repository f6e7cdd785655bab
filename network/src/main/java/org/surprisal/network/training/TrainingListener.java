package org.surprisal.network.training;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.data.Batch;
import org.surprisal.network.Parameter;
import org.surprisal.tensor.Tensor;

/// Follows a training run.
public interface TrainingListener {
    /// A step has been taken.
    ///
    /// @param epoch from 1
    /// @param step from 1, counted over the whole run
    /// @param steps steps of the whole run
    /// @param batch the samples
    /// @param loss the loss before the step
    /// @param parameters the network's parameters, after the step
    /// @param gradients their gradients, in the same order; none of them where no listener wants tensors
    record Step(int epoch, long step, long steps, Batch batch, double loss, List<Parameter> parameters,
            List<Tensor> gradients) {}

    /// An epoch is over.
    ///
    /// @param epoch from 1
    /// @param step steps so far
    /// @param trainLoss mean loss over the epoch's batches, each before its step
    /// @param trainAccuracy the same for the share of right classes, where there are classes
    /// @param validation loss and accuracy after the epoch, where there is a validation set
    record Epoch(int epoch, long step, double trainLoss, OptionalDouble trainAccuracy,
            Optional<Evaluation> validation) {}

    /// A step begins; its forward pass follows.
    default void beforeStep(long step) {
    }

    /// Whether the listener will want gradients of the step that begins: asked after [#beforeStep].
    default boolean wantsGradients() {
        return false;
    }

    /// Whether the listener will read what the step that begins computes: [Step#gradients()], or the outputs of modules
    /// after the step. Where no listener will, each gradient is used up as it comes, and the step's memory serves the
    /// next one. Asked after [#beforeStep].
    default boolean wantsTensors() {
        return wantsGradients();
    }

    /// Results of this step's forward pass by which the listener wants the gradient of the loss.
    default List<Tensor> watched() {
        return List.of();
    }

    /// The gradients by what was [#watched()], in its order. Called before parameters change, at every step
    /// whose tensors a listener wants.
    default void onGradients(int epoch, long step, List<Tensor> gradients) {
    }

    /// A step has been taken.
    default void onStep(Step step) {
    }

    /// An epoch is over.
    default void onEpoch(Epoch epoch) {
    }
}
