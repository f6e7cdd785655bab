package org.surprisal.network.probe;

import org.surprisal.tensor.Tensor;

/// What a probe heard of one module at one moment.
///
/// @param module the module's path
/// @param quantity which of its tensors
/// @param epoch from 1
/// @param step from 1, counted over the whole run
/// @param values the numbers, one sample a row, as a constant
public record Recording(String module, Quantity quantity, int epoch, long step, Tensor values) {
    /// The tensors of a module that a probe can record.
    public enum Quantity {
        /// What goes in.
        INPUT,
        /// What comes out: a linear layer's pre-activations, an activation's activations.
        OUTPUT,
        /// The gradient of the loss (a mean over the batch) by what comes out.
        GRADIENT
    }
}
