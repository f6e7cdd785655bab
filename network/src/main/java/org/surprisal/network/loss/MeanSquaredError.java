package org.surprisal.network.loss;

import org.surprisal.tensor.Tensor;

/// The mean of (output - target)^2 over samples and outputs alike, as PyTorch's MSELoss has it. Shapes must be equal.
/// [SquaredError] and [HalfSquaredError] divide by the number of samples only.
public record MeanSquaredError() implements Loss {
    /// @throws IllegalArgumentException when the shapes differ
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        Targets.requireShapeOf(outputs, targets);
        return outputs.minus(targets).square().mean();
    }
}
