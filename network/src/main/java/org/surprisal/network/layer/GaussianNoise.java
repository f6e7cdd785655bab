package org.surprisal.network.layer;

import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;

/// Adds βZ, Z of independent standard normal numbers, in training and in evaluation: T = S + βZ for the input S. A
/// network with such layers is a channel, and the information that a layer keeps of the input is defined by the network
/// itself (Goldfeld et al. 2019, "Estimating Information Flow in Deep Neural Networks"). The gradient passes
/// unchanged.
///
/// In training the noise comes from the pass's stream, in evaluation from [Pass#noise]: a walk with a stream of its own
/// ([org.surprisal.network.Network#evaluate(Tensor, org.surprisal.tensor.RandomStream)]) draws other noise, one without
/// a stream always the same noise.
///
/// @param deviation β of the noise, at least 0 and finite, in the units of the activations
public record GaussianNoise(double deviation) implements Layer {
    public GaussianNoise {
        if (!(deviation >= 0 && Double.isFinite(deviation))) {
            throw new IllegalArgumentException("deviation (=" + deviation + ") must be at least 0 and finite");
        }
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        return deviation == 0
                ? input
                : input.plus(pass.noise().gaussian(input.type(), 0, deviation, input.shape().lengths()));
    }
}
