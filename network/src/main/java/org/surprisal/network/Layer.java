package org.surprisal.network;

import java.util.List;
import java.util.Map;
import org.surprisal.tensor.Tensor;

/// A part of a network: parameters and a differentiable function of its input. Layers hold no activations and no
/// gradients.
public interface Layer {
    /// The output for these samples, one a row.
    ///
    /// A layer made of others runs each with [Pass#run], under the name it has in [#children()], so that probes can
    /// listen.
    Tensor forward(Tensor input, Pass pass);

    /// The parameters of this layer itself, without its children's.
    default List<Parameter> parameters() {
        return List.of();
    }

    /// What training changes in this layer itself beside parameters.
    default List<Buffer> buffers() {
        return List.of();
    }

    /// Returns the layer whose output is this layer's output: this layer itself, except where it runs layers one after
    /// the other.
    default Layer last() {
        return this;
    }

    /// The layers this one is made of, by name, in order of first use.
    default Map<String, Layer> children() {
        return Map.of();
    }
}
