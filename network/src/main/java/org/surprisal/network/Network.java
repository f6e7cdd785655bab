package org.surprisal.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Tracking;

/// A whole network: a root layer whose parts have paths (`encoder.linear1`), whose parameters have names
/// (`encoder.linear1.weight`), and into which probes listen.
///
/// One thread at a time: a network knows who listens to it.
public final class Network {
    private final Layer root;
    private final Map<String, Layer> modules = new LinkedHashMap<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final Map<String, List<Pass.Tap>> taps = new LinkedHashMap<>();

    public Network(Layer root) {
        this.root = root;
        register("", root);
    }

    /// Messages call the numbers of parameters and buffers by these paths from now on.
    private void register(String path, Layer layer) {
        String prefix = path.isEmpty() ? "" : path + ".";
        if (!path.isEmpty()) {
            modules.put(path, layer);
        }
        for (Parameter parameter : layer.parameters()) {
            // A layer used twice has one set of parameters: an optimiser must not step them twice.
            if (parameters.stream().noneMatch(known -> known.value() == parameter.value())) {
                parameters.add(parameter.named(prefix + parameter.name()));
                InPlace.name(parameter.value(), prefix + parameter.name());
            }
        }
        for (Buffer buffer : layer.buffers()) {
            if (buffers.stream().noneMatch(known -> known.value() == buffer.value())) {
                buffers.add(buffer.named(prefix + buffer.name()));
                InPlace.name(buffer.value(), prefix + buffer.name());
            }
        }
        layer.children().forEach((name, child) -> register(prefix + name, child));
    }

    /// The layer that is the whole network.
    public Layer root() {
        return root;
    }

    /// Returns the layer whose output is the network's: the last one where layers run one after the other.
    public Layer last() {
        return root.last();
    }

    /// The outputs for these samples, one a row, of the network as it is used: nothing is dropped, batch normalisation
    /// takes its running averages, noise that is part of the network is the same each time. Recorded for
    /// differentiation unless tracking is off.
    ///
    /// @throws IllegalArgumentException where a layer refuses its input; the message names the layer by its path
    public Tensor forward(Tensor inputs) {
        return root.forward(inputs, Pass.evaluation().heardBy(taps));
    }

    /// The outputs of [#forward] with other noise, where noise is part of the network.
    ///
    /// @param noise what the layers draw their noise from, of this pass alone
    /// @throws IllegalArgumentException as [#forward]
    public Tensor forward(Tensor inputs, RandomStream noise) {
        return root.forward(inputs, Pass.evaluation(noise).heardBy(taps));
    }

    /// The outputs as training sees them: dropout drops, batch normalisation normalises by this batch and moves its
    /// running averages.
    ///
    /// @throws IllegalArgumentException as [#forward]
    /// @param stream what the layers draw from, of this pass alone
    public Tensor forwardInTraining(Tensor inputs, RandomStream stream) {
        return root.forward(inputs, Pass.training(stream).heardBy(taps));
    }

    /// The outputs of [#forward] as constants.
    public Tensor evaluate(Tensor inputs) {
        return Tracking.off(() -> forward(inputs));
    }

    /// The outputs of [#forward(Tensor, RandomStream)] as constants.
    public Tensor evaluate(Tensor inputs, RandomStream noise) {
        return Tracking.off(() -> forward(inputs, noise));
    }

    /// Every parameter once, under the path of its first use, in order of use.
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /// Every buffer once, under the path of its first use, in order of use.
    public List<Buffer> buffers() {
        return List.copyOf(buffers);
    }

    /// All numbers that training changes, parameters and buffers, by name: what a trained network is beside its layers.
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        parameters.forEach(parameter -> state.put(parameter.name(), parameter.value()));
        buffers.forEach(buffer -> state.put(buffer.name(), buffer.value()));
        return Collections.unmodifiableMap(state);
    }

    /// Number of trainable numbers.
    public long parameterCount() {
        return parameters.stream().mapToLong(parameter -> parameter.value().size()).sum();
    }

    /// The path of every module below the root, in order of use.
    public Set<String> modules() {
        return Collections.unmodifiableSet(modules.keySet());
    }

    /// The module at this path.
    ///
    /// @throws IllegalArgumentException for an unknown path; the message lists those there are
    public Layer module(String path) {
        Layer layer = modules.get(path);
        if (layer == null) {
            throw new IllegalArgumentException(
                    "no module '" + path + "'; there are " + String.join(", ", modules.keySet()));
        }
        return layer;
    }

    /// Lets a tap hear a module in every pass until it is detached: what probes are made of.
    ///
    /// @throws IllegalArgumentException for an unknown path
    public void attach(String path, Pass.Tap tap) {
        module(path);
        taps.computeIfAbsent(path, key -> new ArrayList<>()).add(tap);
    }

    /// Whether a tap is attached to a module: training computes what taps hear only then.
    public boolean isHeard() {
        return !taps.isEmpty();
    }

    /// Removes a tap from a module; without effect if it is not attached there.
    public void detach(String path, Pass.Tap tap) {
        List<Pass.Tap> there = taps.get(path);
        if (there != null) {
            there.remove(tap);
            if (there.isEmpty()) {
                taps.remove(path);
            }
        }
    }
}
