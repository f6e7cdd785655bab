package org.surprisal.network.dag;

import java.util.Locale;
import org.surprisal.network.dag.UnitGraph.Connection;

/// The forward pass of one sample: s_i = sum_j w_ij a_j and a_i = f_i(s_i), unit by unit in topological order
/// (Klambauer, 'Forward Pass of an MLP').
///
/// It costs one multiplication a connection; calls of activation functions are not counted.
public final class ForwardPass {
    private final UnitGraph graph;
    private final double[] weights;
    private final double[] preActivations;
    private final double[] activations;
    private long multiplications;

    private ForwardPass(UnitGraph graph, double[] weights) {
        this.graph = graph;
        this.weights = weights;
        this.preActivations = new double[graph.units()];
        this.activations = new double[graph.units()];
    }

    /// Runs one sample.
    ///
    /// @param weights one a connection, in their order
    /// @param input one number an input unit
    /// @throws IllegalArgumentException for another number of weights or inputs
    /// @throws ArithmeticException naming the first unit whose pre-activation is NaN or infinite
    public static ForwardPass of(UnitGraph graph, double[] weights, double... input) {
        if (weights.length != graph.connections().size() || input.length != graph.inputs()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d weights and %d inputs for a graph of %d connections and %d inputs",
                            weights.length, input.length, graph.connections().size(), graph.inputs()));
        }
        ForwardPass pass = new ForwardPass(graph, weights.clone());
        pass.activations[UnitGraph.BIAS] = 1;
        System.arraycopy(input, 0, pass.activations, 1, input.length);
        graph.order().forEach(pass::run);
        return pass;
    }

    private void run(int unit) {
        double sum = 0;
        for (int number : graph.incoming(unit)) {
            Connection connection = graph.connections().get(number);
            sum += weights[number] * activations[connection.from()];
            multiplications++;
        }
        if (!Double.isFinite(sum)) {
            throw new ArithmeticException(
                    "the pre-activation of unit " + unit + " is " + sum + ": weights and inputs must be finite");
        }
        preActivations[unit] = sum;
        activations[unit] = graph.activation(unit).at(sum);
    }

    /// The graph that was run.
    public UnitGraph graph() {
        return graph;
    }

    /// The weight of a connection, by its number.
    public double weight(int connection) {
        return weights[connection];
    }

    /// s_i of a computing unit; 0 for bias and inputs, which have none.
    public double preActivation(int unit) {
        return preActivations[unit];
    }

    /// a_i.
    public double activation(int unit) {
        return activations[unit];
    }

    /// f_i'(s_i) of a computing unit.
    double slope(int unit) {
        return graph.activation(unit).derivative(preActivations[unit]);
    }

    /// The activations of the output units, in their order.
    public double[] outputs() {
        return graph.outputs().stream().mapToDouble(this::activation).toArray();
    }

    /// How many numbers were multiplied.
    public long multiplications() {
        return multiplications;
    }
}
