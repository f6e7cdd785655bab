package org.surprisal.network;

import java.util.List;
import org.surprisal.tensor.Tensor;

/// Changes parameters along their gradients. Keeps moments from step to step, so it belongs to one training run.
public interface Optimiser {
    /// One step: `gradients` in the order of `parameters`, which are the same at every step.
    void step(List<Parameter> parameters, List<Tensor> gradients);
}
