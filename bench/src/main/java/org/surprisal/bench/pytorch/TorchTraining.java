package org.surprisal.bench.pytorch;

import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.IntFunction;
import org.surprisal.bench.harness.Side;

/// Training steps of PyTorch's side: forward, loss, backward, update, by DJL's calls into the library, without its training loop.
public final class TorchTraining implements Side {
    private final PyTorch torch;
    private final int batches;
    private final IntFunction<PtNDArray> loss;
    private final TorchOptimiser optimiser;
    private int next;

    /// @param torch   closed with this
    /// @param batches that are visited in turns
    /// @param loss    of a batch, recorded for differentiation
    TorchTraining(PyTorch torch, int batches, IntFunction<PtNDArray> loss, TorchOptimiser optimiser) {
        this.torch = torch;
        this.batches = batches;
        this.loss = loss;
        this.optimiser = optimiser;
    }

    @Override
    public double step() {
        optimiser.beforeBackward();
        float number;
        // What a step makes is freed with the scope, not when the garbage collector comes by.
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            JniUtils.setGradMode(true);
            PtNDArray value;
            try {
                value = loss.apply(next);
                JniUtils.backward(value, optimiser.seed(), false, false);
            } finally {
                JniUtils.setGradMode(false);
            }
            number = value.getFloat();
        }
        optimiser.step();
        next = (next + 1) % batches;
        return number;
    }

    @Override
    public void close() {
        torch.close();
    }
}
