package org.surprisal.network.loss;

import java.util.Optional;
import org.surprisal.network.Network;
import org.surprisal.network.layer.Softmax;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Cross-entropy of softmax(outputs) against class indices, -ln p(class), in nats: outputs (n, classes), targets (n).
///
/// Computed from the outputs' log-softmax, so it is finite unless a row's outputs span more than their type holds. The
/// softmax belongs to the loss: a [Softmax] layer before it would apply it twice, and [Trainer] warns.
public record CrossEntropy() implements Loss {
    /// @throws IllegalArgumentException when the shapes do not fit, or for a target that is no class index
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        int[] classes = classes(outputs, targets);
        return outputs.logSoftmax().pick(classes).mean().negate();
    }

    @Override
    public Optional<String> warning(Network network) {
        return network.last() instanceof Softmax
                ? Optional
                        .of("CrossEntropy takes logits and applies the softmax itself: leave out the network's last"
                                + " layer, a softmax, or take LogSoftmax and NegativeLogLikelihood")
                : Optional.empty();
    }

    /// Returns the class index of each row of outputs, from a tensor of numbers.
    ///
    /// @throws IllegalArgumentException when the shapes do not fit, or for a target that is no class index
    public static int[] classes(Tensor outputs, Tensor targets) {
        return classes(outputs.shape(), targets);
    }

    /// As [#classes(Tensor, Tensor)], of outputs of this shape.
    public static int[] classes(Shape outputs, Tensor targets) {
        if (outputs.rank() != 2) {
            throw new IllegalArgumentException("outputs must have shape (n, classes), not " + outputs);
        }
        return classes(outputs, targets, outputs.length(1));
    }

    /// As [#classes(Shape, Tensor)], of outputs whose number is not that of the classes.
    static int[] classes(Shape outputs, Tensor targets, int classes) {
        if (targets.rank() != 1) {
            throw new IllegalArgumentException("class targets have shape (n), not " + targets.shape()
                    + (targets.shape().equals(outputs)
                            ? ": for a row of probabilities for each sample, such as a one-hot row,"
                                    + " take DistributionCrossEntropy"
                            : targets.rank() == 2 && targets.length(1) == 1
                                    ? ": reshape them to (" + targets.length(0) + ")"
                                    : ""));
        }
        if (targets.length(0) != outputs.length(0)) {
            throw new IllegalArgumentException(targets.length(0) + " targets for " + outputs.length(0)
                    + " outputs: targets " + targets.shape() + ", outputs " + outputs);
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
