package org.surprisal.network.optimiser;

import java.util.List;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// Gradient descent, with momentum where asked: v <- momentum v + g, w <- w - rate v, v starting from 0 (PyTorch's
/// convention, without dampening). Momentum 0 is plain gradient descent, w <- w - rate g.
///
/// A change of the rate acts at once on the whole velocity; [HeavyBall] is the other convention.
public final class Sgd extends GradientMethod {
    private final double momentum;

    /// @param learningRate positive
    /// @param momentum in [0, 1)
    public Sgd(double learningRate, double momentum) {
        super(learningRate, momentum == 0 ? 0 : 1);
        this.momentum = HyperParameter.share("momentum", momentum);
    }

    @Override
    void update(Tensor value, Tensor gradient, List<Tensor> moments, double rate, long step) {
        if (moments.isEmpty()) {
            InPlace.blend(value, -rate, gradient, 1);
            return;
        }
        InPlace.followMomentum(value, rate, momentum, gradient, moments.getFirst());
    }
}
