package org.surprisal.network.loss;

import java.util.Optional;
import org.surprisal.network.Network;
import org.surprisal.network.layer.LogSoftmax;
import org.surprisal.network.layer.Softmax;
import org.surprisal.tensor.Tensor;

/// -ln p(class), in nats, averaged over samples, from outputs that are log-probabilities already, as [LogSoftmax] gives
/// them: outputs (n, classes), targets (n) of class indices. With logits instead, use [CrossEntropy].
public record NegativeLogLikelihood() implements Loss {
    /// @throws IllegalArgumentException when the shapes do not fit, or for a target that is no class index
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        return outputs.pick(CrossEntropy.classes(outputs, targets)).mean().negate();
    }

    @Override
    public Optional<String> warning(Network network) {
        return network.last() instanceof Softmax
                ? Optional.of("NegativeLogLikelihood takes log-probabilities: let the network end with LogSoftmax"
                        + " instead of Softmax")
                : Optional.empty();
    }
}
