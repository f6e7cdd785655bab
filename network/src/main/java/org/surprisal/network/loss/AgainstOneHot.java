package org.surprisal.network.loss;

import java.util.Optional;
import org.surprisal.network.Network;
import org.surprisal.tensor.Tensor;

/// A loss between values, of classes: outputs (n, classes) against rows of zeros with a single one at the class. So
/// Nielsen's first network is trained, by [HalfSquaredError] after sigmoids. Targets are class indices, (n).
///
/// Of two classes there may be one output as well: outputs (n, 1) against the class indices 0 and 1 themselves.
///
/// @param loss of outputs and targets of one shape
public record AgainstOneHot(Loss loss) implements Loss {
    /// @throws IllegalArgumentException when the shapes do not fit, or for a target that is no class index
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        boolean single = outputs.rank() == 2 && outputs.length(1) == 1;
        int[] indices = single
                ? CrossEntropy.classes(outputs.shape(), targets, 2)
                : CrossEntropy.classes(outputs, targets);
        int width = single ? 1 : outputs.length(1);
        double[] rows = new double[outputs.size()];
        for (int i = 0; i < indices.length; i++) {
            if (single) {
                rows[i] = indices[i];
            } else {
                rows[i * width + indices[i]] = 1;
            }
        }
        return loss.of(outputs, Tensor.of(rows, outputs.shape().lengths()).to(outputs.type()));
    }

    @Override
    public double threshold() {
        return loss.threshold();
    }

    @Override
    public Optional<String> warning(Network network) {
        return loss.warning(network);
    }
}
