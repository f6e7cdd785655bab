package org.surprisal.network.loss;

import org.surprisal.tensor.Tensor;

/// 1/(2m) times the sum of (output - target)^2 over the m samples of the first axis and all outputs, the quadratic cost
/// of textbooks. After a linear output its gradient is (output - target) / m.
public record HalfSquaredError() implements Loss {
    /// @throws IllegalArgumentException when the shapes differ
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        Targets.requireShapeOf(outputs, targets);
        return outputs.minus(targets).square().sum().times(0.5 / outputs.length(0));
    }
}
