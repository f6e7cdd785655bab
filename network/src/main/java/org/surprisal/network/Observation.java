package org.surprisal.network;

import java.util.Optional;
import org.surprisal.tensor.Tensor;

/// What a module took in and put out for some samples, one a row.
///
/// @param input    of the module
/// @param output   of the module: a linear layer's pre-activations, an activation's activations
/// @param gradient of the loss (a mean over the samples) by the output, where it was asked for
public record Observation(Tensor input, Tensor output, Optional<Tensor> gradient) {
    /// An observation without a gradient.
    public static Observation of(Tensor input, Tensor output) {
        return new Observation(input, output, Optional.empty());
    }

    /// The same numbers as constants, with a gradient.
    public Observation with(Tensor found) {
        return new Observation(input.detached(), output.detached(), Optional.of(found));
    }

    /// The same numbers as constants.
    public Observation detached() {
        return new Observation(input.detached(), output.detached(), gradient.map(Tensor::detached));
    }
}
