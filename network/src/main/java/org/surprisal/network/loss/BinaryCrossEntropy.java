package org.surprisal.network.loss;

import java.util.Optional;
import org.surprisal.network.Network;
import org.surprisal.network.layer.Activation;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Cross-entropy of sigmoid(z) against probabilities y in [0, 1], in nats, from the logits z: -y ln sigmoid(z) - (1 -
/// y) ln(1 - sigmoid(z)), the mean over samples and outputs alike, as PyTorch's BCEWithLogitsLoss has it. Shapes must
/// be equal. Each output is a yes-or-no question of its own.
///
/// The mean over outputs makes gradients smaller than a sum over outputs does, by their number: a textbook that sums
/// over ten outputs and learns at rate 0.5 (Nielsen, *Neural Networks and Deep Learning*, chapter 3) takes the same
/// steps as this loss does at rate 5.
///
/// Finite wherever the logits are, and precise where the loss is tiny. For one output the gradient by the m logits is
/// (sigmoid(z) - y) / m, for k outputs (sigmoid(z) - y) / (m k).
public record BinaryCrossEntropy() implements Loss {
    /// @throws IllegalArgumentException when the shapes differ or a target is no probability
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        requireProbabilities(outputs.shape(), targets);
        // softplus(z) - y z is the same number, but for y = 1 and large z a difference of two large ones
        Tensor no = targets.affine(-1, 1).times(outputs.softplus());
        Tensor yes = targets.times(outputs.negate().softplus());
        return yes.plus(no).mean();
    }

    /// Refuses targets that [#of] refuses for outputs of this shape.
    ///
    /// @throws IllegalArgumentException when the shapes differ or a target is no probability
    public static void requireProbabilities(Shape outputs, Tensor targets) {
        Targets.requireShapeOf(outputs, targets);
        Targets.requireProbabilities(targets);
    }

    /// The logit of a probability of one half.
    @Override
    public double threshold() {
        return 0;
    }

    @Override
    public Optional<String> warning(Network network) {
        return network.last() == Activation.SIGMOID
                ? Optional.of("BinaryCrossEntropy takes logits and applies the sigmoid itself: leave out the network's"
                        + " last layer, a sigmoid")
                : Optional.empty();
    }
}
