package org.surprisal.network.layer;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;

/// Layers that feed one another in any order without circles: skips, branches, dense connections. Each node is a named
/// layer fed by one earlier node, by the sum of several, or by their features side by side; the last node is the
/// output.
///
/// ```java
/// LayerGraph block = LayerGraph.builder()
///         .node("first", convolution1, LayerGraph.INPUT)
///         .concatenating("second", convolution2, LayerGraph.INPUT, "first")
///         .summing("out", Activation.RELU, "first", "second")
///         .build();
/// ```
///
/// Features are the last axis of (n, features) and (n, time, features), the channels of (n, channels, height, width).
/// An output is let go after the last node that it feeds; one that training has recorded lives until the gradients are
/// there. The same layer under two names is one set of parameters.
public final class LayerGraph implements Layer {
    /// What the graph's own input is called.
    public static final String INPUT = "input";

    private enum Join {
        SUM, CONCATENATION
    }

    private record Node(Layer layer, Join join, List<String> sources) {}

    private final Map<String, Node> nodes;
    private final Map<String, Layer> children = new LinkedHashMap<>();
    /// The last node that each source feeds.
    private final Map<String, String> lastUse = new HashMap<>();

    private LayerGraph(Map<String, Node> nodes) {
        this.nodes = nodes;
        nodes.forEach((name, node) -> {
            children.put(name, node.layer());
            node.sources().forEach(source -> lastUse.put(source, name));
        });
    }

    /// A graph without nodes.
    public static Builder builder() {
        return new Builder();
    }

    /// Adds nodes in an order in which each is fed by earlier ones only, so that no circle can arise.
    public static final class Builder {
        private final Map<String, Node> nodes = new LinkedHashMap<>();

        private Builder() {
        }

        /// A layer fed by one node or [LayerGraph#INPUT].
        ///
        /// @throws IllegalArgumentException for a name that is taken or no part of a path, or a source that is not
        /// there yet
        public Builder node(String name, Layer layer, String source) {
            return add(name, layer, Join.SUM, List.of(source));
        }

        /// A layer fed by the sum of nodes, whose outputs have one shape.
        /// [org.surprisal.network.layer.Activation#IDENTITY] only sums.
        ///
        /// @throws IllegalArgumentException as [#node]
        public Builder summing(String name, Layer layer, String... sources) {
            return add(name, layer, Join.SUM, List.of(sources));
        }

        /// A layer fed by the features of nodes side by side, in the order of the sources.
        ///
        /// @throws IllegalArgumentException as [#node]
        public Builder concatenating(String name, Layer layer, String... sources) {
            return add(name, layer, Join.CONCATENATION, List.of(sources));
        }

        private Builder add(String name, Layer layer, Join join, List<String> sources) {
            if (name.isBlank() || name.contains(".")) {
                throw new IllegalArgumentException(
                        "node name '" + name + "' must have letters and no dot: dots separate the parts of a path");
            }
            if (name.equals(INPUT) || nodes.containsKey(name)) {
                throw new IllegalArgumentException("node name '" + name + "' is taken: choose another");
            }
            if (sources.isEmpty()) {
                throw new IllegalArgumentException("node '" + name + "' needs one source at least");
            }
            for (String source : sources) {
                if (!source.equals(INPUT) && !nodes.containsKey(source)) {
                    throw new IllegalArgumentException("node '" + name + "' cannot be fed by '" + source
                            + "', which is not there yet; there are " + INPUT
                            + nodes.keySet().stream().reduce("", (all, known) -> all + ", " + known));
                }
            }
            nodes.put(name, new Node(layer, join, sources));
            return this;
        }

        /// The graph whose output is that of the node added last.
        ///
        /// @throws IllegalStateException when there is no node, or one other than the last feeds none: it would be
        /// computed, and trained, for nothing
        public LayerGraph build() {
            if (nodes.isEmpty()) {
                throw new IllegalStateException("a layer graph needs one node at least");
            }
            Set<String> used = new HashSet<>();
            nodes.values().forEach(node -> used.addAll(node.sources()));
            String output = List.copyOf(nodes.keySet()).getLast();
            for (String name : nodes.keySet()) {
                if (!name.equals(output) && !used.contains(name)) {
                    throw new IllegalStateException("node '" + name + "' feeds no other, and the output is that of '"
                            + output + "', added last: use it or leave it out");
                }
            }
            return new LayerGraph(new LinkedHashMap<>(nodes));
        }
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        Map<String, Tensor> alive = new HashMap<>();
        alive.put(INPUT, input);
        Tensor output = input;
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            Node node = entry.getValue();
            String name = entry.getKey();
            output = joined(name, node, alive);
            alive.keySet().removeIf(source -> name.equals(lastUse.get(source)));
            output = pass.run(name, node.layer(), output);
            alive.put(name, output);
        }
        return output;
    }

    private static Tensor joined(String name, Node node, Map<String, Tensor> alive) {
        List<Tensor> parts = node.sources().stream().map(source -> Objects.requireNonNull(alive.get(source))).toList();
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        return switch (node.join()) {
            case SUM -> sum(name, node, parts);
            case CONCATENATION -> concatenation(name, node, parts);
        };
    }

    private static Tensor sum(String name, Node node, List<Tensor> parts) {
        Tensor sum = parts.getFirst();
        for (int i = 1; i < parts.size(); i++) {
            if (!parts.get(i).shape().equals(sum.shape())) {
                throw new IllegalArgumentException("node '" + name + "' sums " + sum.shape() + " of '"
                        + node.sources().getFirst() + "' and " + parts.get(i).shape() + " of '" + node.sources().get(i)
                        + "': the shapes must agree");
            }
            sum = sum.plus(parts.get(i));
        }
        return sum;
    }

    private static Tensor concatenation(String name, Node node, List<Tensor> parts) {
        Tensor first = parts.getFirst();
        int axis = first.rank() == 4 ? 1 : first.rank() - 1;
        for (int i = 0; i < parts.size(); i++) {
            Tensor part = parts.get(i);
            boolean fits = first.rank() >= 2 && part.rank() == first.rank();
            for (int other = 0; other < first.rank() && fits; other++) {
                fits = other == axis || part.length(other) == first.length(other);
            }
            if (!fits) {
                throw new IllegalArgumentException("node '" + name + "' puts features of " + first.shape() + " of '"
                        + node.sources().getFirst() + "' and " + part.shape() + " of '" + node.sources().get(i)
                        + "' side by side: all other axes must agree");
            }
        }
        return Tensor.concatenate(axis, parts);
    }

    @Override
    public Map<String, Layer> children() {
        return Collections.unmodifiableMap(children);
    }
}
