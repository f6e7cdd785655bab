package org.surprisal.network.loss;

import org.surprisal.tensor.Tensor;

/// 1/m times the sum of (output - target)^2: squared distances ||output - target||^2, averaged over the m samples of
/// the first axis but summed over outputs. [MeanSquaredError] averages over both, [HalfSquaredError] is half of this.
public record SquaredError() implements Loss {
    /// @throws IllegalArgumentException when the shapes differ
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        Targets.requireShapeOf(outputs, targets);
        return outputs.minus(targets).square().sum().times(1.0 / outputs.length(0));
    }
}
