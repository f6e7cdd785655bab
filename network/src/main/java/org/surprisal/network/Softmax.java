package org.surprisal.network;

import org.surprisal.tensor.Tensor;

/// Each row's softmax, e^z_k / sum_j e^z_j: (n, classes) becomes probabilities of the same shape.
///
/// No loss wants it in front: [CrossEntropy] and [DistributionCrossEntropy] take the logits themselves and stay finite.
public record Softmax() implements Layer {
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        return input.softmax();
    }
}
