package org.surprisal.network.layer;

import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.network.loss.NegativeLogLikelihood;
import org.surprisal.tensor.Tensor;

/// The natural logarithm of each row's softmax: (n, classes) becomes log-probabilities of the same shape, in nats,
/// finite for every finite input. [NegativeLogLikelihood] takes them.
public record LogSoftmax() implements Layer {
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        return input.logSoftmax();
    }
}
