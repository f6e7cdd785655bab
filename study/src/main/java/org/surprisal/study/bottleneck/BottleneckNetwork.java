package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.probe.Probe;
import org.surprisal.tensor.Tensor;

/// A classifier whose layers T are measured: the hidden layers' activations, numbered from 1, and then the class
/// probabilities. The class scores themselves have no scale of their own, and noise of a fixed variance means nothing
/// to them.
///
/// @param network what is trained
/// @param modules whose outputs are the layers, that of the class scores last
record BottleneckNetwork(Network network, List<String> modules) {

    /// The layers' activations for these inputs, in their order.
    List<Continuous> layers(Tensor inputs) {
        Map<String, Observation> seen = Probe.of(network, modules).observe(inputs);
        List<Continuous> layers = new ArrayList<>();
        for (String module : modules) {
            Tensor output = Objects.requireNonNull(seen.get(module)).output();
            layers.add(Continuous.of(Integer.toString(layers.size() + 1),
                    module.equals(modules.getLast()) ? output.softmax() : output));
        }
        return layers;
    }
}
