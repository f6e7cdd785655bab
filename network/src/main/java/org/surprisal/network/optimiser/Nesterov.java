package org.surprisal.network.optimiser;

import java.util.List;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// Nesterov's accelerated gradient: v <- momentum v + g, w <- w - rate (g + momentum v), v starting from 0 (PyTorch's
/// form).
///
/// Nesterov's own form moves a point x and takes the gradient ahead of it: m <- momentum m + rate g(x - momentum m),
/// x <- x - m. Here the parameters are that point ahead, w = x - momentum m, so that the gradient is one at the
/// parameters; at a constant rate m = rate v, and both forms are the same sequence.
public final class Nesterov extends GradientMethod {
    private final double momentum;

    /// @param learningRate positive
    /// @param momentum in [0, 1)
    public Nesterov(double learningRate, double momentum) {
        super(learningRate, 1);
        this.momentum = HyperParameter.share("momentum", momentum);
    }

    @Override
    void update(Tensor value, Tensor gradient, List<Tensor> moments, double rate, long step) {
        Tensor velocity = moments.getFirst();
        InPlace.blend(velocity, 1, gradient, momentum);
        InPlace.blend(value, -rate, gradient, 1);
        InPlace.blend(value, -rate * momentum, velocity, 1);
    }
}
