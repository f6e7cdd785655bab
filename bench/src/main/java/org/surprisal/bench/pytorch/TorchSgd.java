package org.surprisal.bench.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/// Gradient descent with momentum, v <- momentum v + rate g, w <- w - v. The gradients themselves are v: the backward pass starts from
/// the rate instead of 1 and adds to them, so that a step is three passes over memory, as PyTorch's own optimiser takes from Python.
/// DJL's `sgdUpdate` takes six, with a copy.
public final class TorchSgd implements TorchOptimiser {
    private final List<PtNDArray> parameters;
    private final List<PtNDArray> velocities = new ArrayList<>();
    private final PtNDArray momentum;
    private final PtNDArray rate;

    public TorchSgd(PyTorch torch, List<PtNDArray> parameters, double rate, double momentum) {
        this.parameters = List.copyOf(parameters);
        this.rate = torch.scalar(rate);
        this.momentum = torch.scalar(momentum);
    }

    @Override
    public void beforeBackward() {
        velocities.forEach(velocity -> JniUtils.muli(velocity, momentum));
    }

    @Override
    public PtNDArray seed() {
        return rate;
    }

    @Override
    public void step() {
        if (velocities.isEmpty()) {
            parameters.forEach(parameter -> velocities.add(parameter.getGradient()));
        }
        for (int i = 0; i < parameters.size(); i++) {
            JniUtils.subi(parameters.get(i), velocities.get(i));
        }
    }
}
