package org.surprisal.network;

import org.surprisal.tensor.Tensor;

/// The mean of (output - target)^2 over samples and outputs alike, as PyTorch's MSELoss has it. Shapes must be equal.
public record MeanSquaredError() implements Loss {
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        if (!outputs.shape().equals(targets.shape())) {
            throw new IllegalArgumentException(
                    "outputs " + outputs.shape() + " and targets " + targets.shape() + " differ in shape");
        }
        return outputs.minus(targets).square().mean();
    }
}
