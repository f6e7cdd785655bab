package org.surprisal.network.optimiser;

import java.util.List;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// Momentum as Polyak (1964) has it: m <- momentum m + rate g, w <- w - m, m starting from 0.
///
/// At a constant rate it takes the same steps as [Sgd]. Where the rate changes, the velocity gathered before keeps the
/// rate of its time. A constant gradient g leads to steps of rate g / (1 - momentum).
public final class HeavyBall extends GradientMethod {
    private final double momentum;

    /// @param learningRate positive
    /// @param momentum in [0, 1)
    public HeavyBall(double learningRate, double momentum) {
        super(learningRate, 1);
        this.momentum = HyperParameter.share("momentum", momentum);
    }

    @Override
    void update(Tensor value, Tensor gradient, List<Tensor> moments, double rate, long step) {
        Tensor last = moments.getFirst();
        InPlace.blend(last, rate, gradient, momentum);
        InPlace.blend(value, -1, last, 1);
    }
}
