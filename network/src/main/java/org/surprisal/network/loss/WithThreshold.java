package org.surprisal.network.loss;

import java.util.Optional;
import org.surprisal.network.Network;
import org.surprisal.tensor.Tensor;

/// A loss under which a network of one output answers with the second of two classes above another threshold: lower
/// where missing that class costs more. Training is the same.
///
/// @param loss that training makes small
/// @param threshold a finite output
public record WithThreshold(Loss loss, double threshold) implements Loss {
    /// @throws IllegalArgumentException when the threshold is not finite
    public WithThreshold {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold (=" + threshold + ") must be finite");
        }
    }

    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        return loss.of(outputs, targets);
    }

    @Override
    public Optional<String> warning(Network network) {
        return loss.warning(network);
    }
}
