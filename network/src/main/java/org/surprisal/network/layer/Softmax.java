package org.surprisal.network.layer;

import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.DistributionCrossEntropy;
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
