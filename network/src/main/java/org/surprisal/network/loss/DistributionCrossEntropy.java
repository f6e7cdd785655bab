package org.surprisal.network.loss;

import java.util.Optional;
import org.surprisal.network.Network;
import org.surprisal.network.layer.Softmax;
import org.surprisal.tensor.Tensor;

/// Cross-entropy of softmax(outputs) against target distributions q, -sum_k q_k ln p_k, in nats, averaged over samples:
/// outputs and targets (n, classes), each target row of probabilities that sum to 1. [CrossEntropy] takes class indices
/// instead.
///
/// Computed from the outputs' log-softmax, so it is finite unless a row's outputs span more than their type holds. The
/// gradient by the outputs is (p - q) / n.
public record DistributionCrossEntropy() implements Loss {
    /// @throws IllegalArgumentException when the shapes differ or a target row is no distribution
    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        Targets.requireShapeOf(outputs, targets);
        Tensor logProbabilities = outputs.logSoftmax();
        Targets.requireDistributions(targets);
        return targets.times(logProbabilities).sum().times(-1.0 / outputs.length(0));
    }

    @Override
    public Optional<String> warning(Network network) {
        return network.last() instanceof Softmax
                ? Optional.of("DistributionCrossEntropy takes logits and applies the softmax itself: leave out"
                        + " the network's last layer, a softmax")
                : Optional.empty();
    }
}
