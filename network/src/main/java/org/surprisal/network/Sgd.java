package org.surprisal.network;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// Stochastic gradient descent with momentum: v <- momentum v + g, w <- w - rate v, v starting from 0 (PyTorch's convention,
/// without dampening).
public final class Sgd implements Optimiser {
    private final double learningRate;
    private final double momentum;
    private final List<Tensor> velocities = new ArrayList<>();

    /// @param learningRate positive
    /// @param momentum in [0, 1)
    public Sgd(double learningRate, double momentum) {
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate (=" + learningRate + ") must be positive and finite");
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum (=" + momentum + ") must be in [0, 1)");
        }
        this.learningRate = learningRate;
        this.momentum = momentum;
    }

    @Override
    public void step(List<Parameter> parameters, List<Tensor> gradients) {
        for (int i = 0; i < parameters.size(); i++) {
            Tensor value = parameters.get(i).value();
            Tensor direction = momentum == 0 ? gradients.get(i) : velocity(i, gradients.get(i));
            InPlace.blend(value, -learningRate, direction, 1);
        }
    }

    private Tensor velocity(int i, Tensor gradient) {
        if (i == velocities.size()) {
            velocities.add(Tensor.zeros(gradient.type(), gradient.shape().lengths()));
        }
        Tensor velocity = velocities.get(i);
        InPlace.blend(velocity, 1, gradient, momentum);
        return velocity;
    }
}
