package org.surprisal.network;

import org.surprisal.tensor.Tensor;

/// What training makes small.
@FunctionalInterface
public interface Loss {
    /// The loss of these outputs against these targets, averaged over the samples: shape ().
    Tensor of(Tensor outputs, Tensor targets);
}
