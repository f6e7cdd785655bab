package org.surprisal.bench.pytorch;

import ai.djl.pytorch.engine.PtNDArray;

/// An optimiser of PyTorch's side, in the fewest passes over memory that DJL can ask for.
interface TorchOptimiser {
    /// Before the backward pass, which adds to the gradients.
    void beforeBackward();

    /// What the backward pass starts from.
    PtNDArray seed();

    /// After it.
    void step();
}
