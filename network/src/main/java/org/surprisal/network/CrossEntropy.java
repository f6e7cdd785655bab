package org.surprisal.network;

import org.surprisal.tensor.Tensor;

/// Cross-entropy of softmax(outputs) against class indices, -ln p(class), in nats: outputs (n, classes), targets (n).
///
/// Computed from the outputs' log-softmax, so it is finite unless a row's outputs span more than their type holds.
public record CrossEntropy() implements Loss {
    /// @throws IllegalArgumentException for a target that is no class index
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        return outputs.logSoftmax().pick(classes(targets, outputs.length(1))).mean().negate();
    }

    /// Class indices from a tensor of numbers.
    static int[] classes(Tensor targets, int classes) {
        if (targets.rank() != 1) {
            throw new IllegalArgumentException("class targets have shape (n), not " + targets.shape());
        }
        double[] numbers = targets.toDoubles();
        int[] indices = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            indices[i] = (int) numbers[i];
            if (indices[i] != numbers[i] || indices[i] < 0 || indices[i] >= classes) {
                throw new IllegalArgumentException("target " + numbers[i] + " of sample " + i
                        + " is no class index from 0 to " + (classes - 1));
            }
        }
        return indices;
    }
}
