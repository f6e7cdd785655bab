package org.surprisal.network.loss;

import org.surprisal.tensor.Tensor;

/// A loss between values, of classes: outputs (n, classes) against rows of zeros with a single one at the class. So
/// Nielsen's first network is trained, by [HalfSquaredError] after sigmoids. Targets are class indices, (n).
///
/// @param loss of outputs and targets of one shape
public record AgainstOneHot(Loss loss) implements Loss {
    /// @throws IllegalArgumentException when the shapes do not fit, or for a target that is no class index
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        int[] indices = CrossEntropy.classes(outputs, targets);
        int classes = outputs.length(1);
        double[] rows = new double[outputs.size()];
        for (int i = 0; i < indices.length; i++) {
            rows[i * classes + indices[i]] = 1;
        }
        return loss.of(outputs, Tensor.of(rows, outputs.shape().lengths()).to(outputs.type()));
    }
}
