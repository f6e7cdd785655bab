package org.surprisal.network;

import java.util.Optional;
import org.surprisal.tensor.Tensor;

/// What training makes small.
@FunctionalInterface
public interface Loss {
    /// The loss of these outputs against these targets, averaged over the samples: shape ().
    Tensor of(Tensor outputs, Tensor targets);

    /// What is probably a mistake when this loss trains this network: a softmax or sigmoid layer before a loss that applies its
    /// own, for example. [Trainer] logs it as a warning.
    default Optional<String> warning(Network network) {
        return Optional.empty();
    }
}
