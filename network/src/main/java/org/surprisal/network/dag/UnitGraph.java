package org.surprisal.network.dag;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.surprisal.network.layer.Activation;

/// The architecture of a network of single units: which exist, which are connected, what each applies to its
/// pre-activation.
///
/// Unit 0 is the bias, units 1 … D are the inputs, units D + 1 … Q compute. Connections may lead from any unit to any
/// that computes, past others or to units of lower number, as long as they form no cycle. Immutable.
public final class UnitGraph {
    /// The unit whose activation is always 1.
    public static final int BIAS = 0;

    private final int inputs;
    private final List<Activation> activations;
    private final List<Connection> connections;
    private final List<Integer> outputs;
    private final List<List<Integer>> incoming;
    private final List<Integer> order;

    /// Says that the weight w_ij exists.
    ///
    /// @param to i, the unit that computes with it
    /// @param from j, the unit whose activation it multiplies
    public record Connection(int to, int from) {}

    /// @param inputs D, at least 1
    /// @param activations those of the computing units D + 1 … Q, in order
    /// @param connections each pair of units once; a computing unit needs one that leads to it
    /// @param outputs the computing units whose activations are the network's outputs, in order
    /// @throws IllegalArgumentException for an unknown unit, a connection that leads to an input or to the bias or is
    /// there twice, a unit that nothing leads to, and a cycle, each by name
    public UnitGraph(int inputs, List<Activation> activations, List<Connection> connections, List<Integer> outputs) {
        if (inputs < 1 || activations.isEmpty() || outputs.isEmpty()) {
            throw new IllegalArgumentException("inputs (=" + inputs + "), activations (=" + activations
                    + ") and outputs (=" + outputs + ") must be one at least of each");
        }
        this.inputs = inputs;
        this.activations = List.copyOf(activations);
        this.connections = List.copyOf(connections);
        this.outputs = List.copyOf(outputs);
        requireDistinct("connection", this.connections);
        requireDistinct("output", this.outputs);
        this.outputs.forEach(unit -> requireComputing(unit, "an output"));
        this.incoming = incoming();
        this.order = topologicalOrder();
    }

    /// Fully connected layers in a row, each unit with a bias. Units are numbered layer by layer, connections unit by
    /// unit, the bias first.
    ///
    /// @param inputs number of input features
    /// @param widths number of units of each layer, the output layer last
    /// @param activation of the units below the output layer
    /// @param outputActivation of the units of the output layer
    public static UnitGraph layered(int inputs, List<Integer> widths, Activation activation,
            Activation outputActivation) {
        if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("widths (=" + widths + ") must be positive, with one layer at least");
        }
        List<Activation> activations = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        int belowStart = 1;
        int start = inputs + 1;
        for (int layer = 0; layer < widths.size(); layer++) {
            int end = start + widths.get(layer);
            boolean last = layer == widths.size() - 1;
            for (int to = start; to < end; to++) {
                activations.add(last ? outputActivation : activation);
                connections.add(new Connection(to, BIAS));
                for (int from = belowStart; from < start; from++) {
                    connections.add(new Connection(to, from));
                }
            }
            belowStart = start;
            start = end;
        }
        return new UnitGraph(inputs, activations, connections, IntStream.range(belowStart, start).boxed().toList());
    }

    private static <T> void requireDistinct(String what, List<T> all) {
        Set<T> seen = new HashSet<>();
        for (T one : all) {
            if (!seen.add(one)) {
                throw new IllegalArgumentException(what + " " + one + " is there twice: once is enough");
            }
        }
    }

    private void requireComputing(int unit, String what) {
        requireUnit(unit, what);
        if (!computes(unit)) {
            throw new IllegalArgumentException("unit " + unit + " is " + (unit == BIAS ? "the bias" : "an input")
                    + ": " + what + " must be one of the units " + (inputs + 1) + " to " + (units() - 1));
        }
    }

    private void requireUnit(int unit, String what) {
        if (unit < 0 || unit >= units()) {
            throw new IllegalArgumentException(
                    "no unit " + unit + ", " + what + ": there are units 0 to " + (units() - 1));
        }
    }

    /// For each unit the numbers of the connections that lead to it.
    private List<List<Integer>> incoming() {
        List<List<Integer>> numbers = new ArrayList<>();
        for (int unit = 0; unit < units(); unit++) {
            numbers.add(new ArrayList<>());
        }
        for (int number = 0; number < connections.size(); number++) {
            Connection connection = connections.get(number);
            requireUnit(connection.from(), "the start of " + connection);
            requireComputing(connection.to(), "the end of " + connection);
            numbers.get(connection.to()).add(number);
        }
        for (int unit = inputs + 1; unit < units(); unit++) {
            if (numbers.get(unit).isEmpty()) {
                throw new IllegalArgumentException("nothing leads to unit " + unit + ": it needs a connection");
            }
        }
        return numbers.stream().map(List::copyOf).toList();
    }

    /// Kahn's algorithm (1962): a unit is due as soon as all below it have had their turn.
    private List<Integer> topologicalOrder() {
        List<List<Integer>> above = new ArrayList<>();
        int[] waitingFor = new int[units()];
        for (int unit = 0; unit < units(); unit++) {
            above.add(new ArrayList<>());
        }
        for (Connection connection : connections) {
            above.get(connection.from()).add(connection.to());
            waitingFor[connection.to()]++;
        }
        List<Integer> turns = new ArrayList<>();
        Deque<Integer> due = new ArrayDeque<>(IntStream.rangeClosed(BIAS, inputs).boxed().toList());
        while (!due.isEmpty()) {
            int unit = due.remove();
            if (computes(unit)) {
                turns.add(unit);
            }
            for (int next : above.get(unit)) {
                if (--waitingFor[next] == 0) {
                    due.add(next);
                }
            }
        }
        if (turns.size() < activations.size()) {
            Set<Integer> stuck = IntStream.range(inputs + 1, units()).boxed().collect(Collectors.toSet());
            turns.forEach(stuck::remove);
            throw new IllegalArgumentException("units " + cycle(stuck) + " form a cycle: a forward pass needs none");
        }
        return List.copyOf(turns);
    }

    /// Each stuck unit waits for another one, so going from one to the one it waits for must come back.
    private String cycle(Set<Integer> stuck) {
        List<Integer> path = new ArrayList<>();
        int unit = Collections.min(stuck);
        while (!path.contains(unit)) {
            path.add(unit);
            unit = incoming.get(unit).stream().map(number -> connections.get(number).from()).filter(stuck::contains)
                    .findFirst().orElseThrow();
        }
        List<Integer> around = new ArrayList<>(path.subList(path.indexOf(unit), path.size()));
        around.add(unit);
        return around.reversed().stream().map(Objects::toString).collect(Collectors.joining(" -> "));
    }

    /// Q + 1: bias, inputs and computing units together.
    public int units() {
        return 1 + inputs + activations.size();
    }

    /// D, the number of input units.
    public int inputs() {
        return inputs;
    }

    /// Whether a unit is neither bias nor input, so that it has a pre-activation and depends on weights.
    public boolean computes(int unit) {
        return unit > inputs;
    }

    /// What a computing unit applies to its pre-activation.
    public Activation activation(int unit) {
        requireComputing(unit, "a unit with an activation function");
        return activations.get(unit - inputs - 1);
    }

    /// Every connection, in the order of their weights everywhere in this package.
    public List<Connection> connections() {
        return connections;
    }

    /// The numbers of the connections, from 0, that lead to a unit.
    public List<Integer> incoming(int unit) {
        requireUnit(unit, "which was asked for");
        return incoming.get(unit);
    }

    /// The output units.
    public List<Integer> outputs() {
        return outputs;
    }

    /// These numbers at the output units, in their order, and 0 at all others: the derivatives of a loss by
    /// activations.
    double[] atOutputs(double[] values) {
        if (values.length != outputs.size()) {
            throw new IllegalArgumentException(
                    values.length + " derivatives of the loss for " + outputs.size() + " outputs");
        }
        double[] all = new double[units()];
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                throw new IllegalArgumentException(
                        "the loss's derivative by output " + k + " (=" + values[k] + ") must be finite");
            }
            all[outputs.get(k)] = values[k];
        }
        return all;
    }

    /// The computing units, each after all that lead to it.
    public List<Integer> order() {
        return order;
    }
}
