package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The record of a computation as a graph: its nodes are operations and what they start from, variables and constants;
/// its edges lead from an input to the operation that uses it.
///
/// ```java
/// Tensor w = Tensor.full(ElementType.FLOAT64, 3).tracked();
/// Tensor x = Tensor.full(ElementType.FLOAT64, 2).tracked();
/// System.out.println(ComputationalGraph.of(w.times(x).exp(), Map.of("w", w, "x", x)));
/// // 1  w         variable   ()
/// // 2  x         variable   ()
/// // 3  multiply  operation  ()  of 1, 2
/// // 4  exp       operation  ()  of 3
/// ```
///
/// @param nodes in an order of computation: each after its inputs, variables and constants right before their first
/// use; the result is last
public record ComputationalGraph(List<Node> nodes) {
    public ComputationalGraph {
        nodes = List.copyOf(nodes);
    }

    /// What a node is.
    public enum Kind {
        /// Made from others.
        OPERATION,
        /// An independent variable: gradients can be taken by it.
        VARIABLE,
        /// Data, or what was made from data alone: such operations are not recorded.
        CONSTANT
    }

    /// One tensor of the computation.
    ///
    /// @param kind what it is
    /// @param operations what it was made by, the first operation first; several where [#collapsed] joined them, none
    /// for variables and constants
    /// @param name the name it was given, or ""
    /// @param shape its shape
    /// @param inputs the positions in [#nodes] of what it was made from, in the order of the operation's arguments
    public record Node(Kind kind, List<String> operations, String name, Shape shape, List<Integer> inputs) {
        public Node {
            operations = List.copyOf(operations);
            inputs = List.copyOf(inputs);
        }

        /// The name, the operations, or both: `z = add`; for what has neither, its kind.
        public String label() {
            String made = String.join(", ", operations);
            if (name.isEmpty()) {
                return made.isEmpty() ? kind.name().toLowerCase(Locale.ROOT) : made;
            }
            return made.isEmpty() ? name : name + " = " + made;
        }
    }

    /// The graph of how `result` came about.
    public static ComputationalGraph of(Tensor result) {
        return of(result, Map.of());
    }

    /// The graph of how `result` came about, with names for some of its tensors.
    ///
    /// @param names tensors of the computation by name
    /// @throws IllegalArgumentException if a named tensor is not part of the computation, or has two names
    public static ComputationalGraph of(Tensor result, Map<String, Tensor> names) {
        IdentityHashMap<Tensor, String> nameOf = new IdentityHashMap<>();
        names.forEach((name, tensor) -> {
            String other = nameOf.put(tensor, name);
            if (other != null) {
                throw new IllegalArgumentException("one tensor, shape " + tensor.shape() + ", is named '" + other
                        + "' and '" + name + "'");
            }
        });
        List<Tensor> operations = Gradients.inputsFirst(result).stream()
                .filter(tensor -> tensor.node() != null || tensor == result).toList();
        IdentityHashMap<Tensor, Integer> places = new IdentityHashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (Tensor tensor : operations) {
            List<Integer> inputs = new ArrayList<>();
            for (Tensor input : inputsOf(tensor)) {
                if (!places.containsKey(input)) {
                    places.put(input, nodes.size());
                    nodes.add(node(input, nameOf, List.of()));
                }
                inputs.add(places.get(input));
            }
            places.put(tensor, nodes.size());
            nodes.add(node(tensor, nameOf, inputs));
        }
        nameOf.forEach((tensor, name) -> {
            if (!places.containsKey(tensor)) {
                throw new IllegalArgumentException("'" + name + "', shape " + tensor.shape()
                        + ", is not part of this computation: what is made from constants alone is not recorded, nor is"
                        + " what is made while tracking is off");
            }
        });
        return new ComputationalGraph(nodes);
    }

    private static List<Tensor> inputsOf(Tensor tensor) {
        var made = tensor.node();
        return made == null ? List.of() : made.inputs();
    }

    private static Node node(Tensor tensor, IdentityHashMap<Tensor, String> names, List<Integer> inputs) {
        var made = tensor.node();
        Kind kind = made != null ? Kind.OPERATION : tensor.isTracked() ? Kind.VARIABLE : Kind.CONSTANT;
        return new Node(kind, made == null ? List.of() : List.of(made.operation()), names.getOrDefault(tensor, ""),
                tensor.shape(), inputs);
    }

    /// The same graph with chains drawn together: an operation of one input joins the operation that makes that input,
    /// where nothing else uses it and it has no name. A layer `x.linear(w, b).sigmoid()` becomes one node.
    public ComputationalGraph collapsed() {
        int[] uses = new int[nodes.size()];
        nodes.forEach(node -> node.inputs().forEach(input -> uses[input]++));
        int[] places = new int[nodes.size()];
        List<@Nullable Node> kept = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            List<Integer> inputs = node.inputs().stream().map(input -> places[input]).toList();
            Node whole = new Node(node.kind(), node.operations(), node.name(), node.shape(), inputs);
            if (inputs.size() == 1 && joins(nodes.get(node.inputs().getFirst()), uses[node.inputs().getFirst()])) {
                Node before = Objects.requireNonNull(kept.set(inputs.getFirst(), null));
                List<String> operations = new ArrayList<>(before.operations());
                operations.addAll(node.operations());
                whole = new Node(Kind.OPERATION, operations, node.name(), node.shape(), before.inputs());
            }
            places[i] = kept.size();
            kept.add(whole);
        }
        return new ComputationalGraph(withoutGaps(kept));
    }

    private static boolean joins(Node before, int uses) {
        return before.kind() == Kind.OPERATION && before.name().isEmpty() && uses == 1;
    }

    private static List<Node> withoutGaps(List<@Nullable Node> nodes) {
        int[] places = new int[nodes.size()];
        List<Node> result = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            Node node = nodes.get(i);
            if (node != null) {
                places[i] = result.size();
                List<Integer> inputs = node.inputs().stream().map(input -> places[input]).toList();
                result.add(new Node(node.kind(), node.operations(), node.name(), node.shape(), inputs));
            }
        }
        return result;
    }

    /// The nodes as lines of a table, numbered from 1: label, kind, shape, and the numbers of the inputs.
    @Override
    public String toString() {
        int labels = nodes.stream().mapToInt(node -> node.label().length()).max().orElse(0);
        int digits = Integer.toString(nodes.size()).length();
        return IntStream.range(0, nodes.size()).mapToObj(i -> {
            Node node = nodes.get(i);
            String inputs = node.inputs().stream().map(input -> Integer.toString(input + 1))
                    .collect(Collectors.joining(", "));
            return String.format(Locale.ROOT, "%" + digits + "d  %-" + labels + "s  %-9s  %s%s", i + 1, node.label(),
                    node.kind().name().toLowerCase(Locale.ROOT), node.shape(),
                    inputs.isEmpty() ? "" : "  of " + inputs);
        }).collect(Collectors.joining("\n"));
    }

    /// The graph in the language of Graphviz: boxes for operations, ellipses for variables, dashed ones for constants.
    public String toDot() {
        StringBuilder dot = new StringBuilder("digraph computation {\n");
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            String style = switch (node.kind()) {
                case OPERATION -> "shape=box";
                case VARIABLE -> "shape=ellipse";
                case CONSTANT -> "shape=ellipse, style=dashed";
            };
            dot.append("  n").append(i + 1).append(" [label=\"").append(escaped(node.label())).append("\\n")
                    .append(node.shape()).append("\", ").append(style).append("];\n");
        }
        for (int i = 0; i < nodes.size(); i++) {
            for (int input : nodes.get(i).inputs()) {
                dot.append("  n").append(input + 1).append(" -> n").append(i + 1).append(";\n");
            }
        }
        return dot.append("}\n").toString();
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
