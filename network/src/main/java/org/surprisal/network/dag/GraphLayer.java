package org.surprisal.network.dag;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.surprisal.network.Layer;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.network.dag.UnitGraph.Connection;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// A graph of units with weights, as a layer: (n, D) becomes (n, K) for D inputs and K outputs. Each weight w_ij is a
/// parameter of its own, `w3_1` say, and each unit runs all samples at once.
///
/// Meant for small graphs: fully connected layers run much faster as [org.surprisal.network.layer.Linear].
///
/// @param graph the units
/// @param weights one a connection, in their order, each one number
public record GraphLayer(UnitGraph graph, List<Parameter> weights) implements Layer {
    /// @throws IllegalArgumentException for another number of weights, or one that is not of shape ()
    public GraphLayer {
        weights = List.copyOf(weights);
        if (weights.size() != graph.connections().size()) {
            throw new IllegalArgumentException(
                    weights.size() + " weights for " + graph.connections().size() + " connections");
        }
        for (Parameter weight : weights) {
            if (weight.value().rank() != 0) {
                throw new IllegalArgumentException(
                        "weight " + weight.name() + " has shape " + weight.value().shape() + ", not ()");
            }
        }
    }

    /// A layer that starts from these numbers.
    ///
    /// @param weights shape (connections), in their order
    public static GraphLayer of(UnitGraph graph, Tensor weights) {
        List<Connection> connections = graph.connections();
        if (!weights.shape().equals(Shape.of(connections.size()))) {
            throw new IllegalArgumentException(
                    "weights " + weights.shape() + " must have shape (" + connections.size() + "), one a connection");
        }
        List<Parameter> parameters = new ArrayList<>();
        for (int number = 0; number < connections.size(); number++) {
            Connection connection = connections.get(number);
            parameters.add(Parameter.of("w" + connection.to() + "_" + connection.from(),
                    weights.rows(number).reshape()));
        }
        return new GraphLayer(graph, parameters);
    }

    @Override
    public List<Parameter> parameters() {
        return weights;
    }

    /// The forward pass of one sample with the weights as they are now.
    public ForwardPass forwardPass(double... input) {
        return ForwardPass.of(graph, weights.stream().mapToDouble(weight -> weight.value().item()).toArray(), input);
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        if (input.rank() != 2 || input.length(1) != graph.inputs()) {
            throw new IllegalArgumentException(
                    "input " + input.shape() + " must be (n, " + graph.inputs() + "), one column an input unit");
        }
        int n = input.length(0);
        Tensor ones = Tensor.full(input.type(), 1, n, 1);
        List<Tensor> activations = new ArrayList<>(Collections.nCopies(graph.units(), ones));
        for (int unit = 1; unit <= graph.inputs(); unit++) {
            activations.set(unit, input.slice(1, unit - 1, unit));
        }
        for (int unit : graph.order()) {
            activations.set(unit, graph.activation(unit).apply(preActivation(unit, activations)));
        }
        return Tensor.concatenate(1, graph.outputs().stream().map(activations::get).toList());
    }

    private Tensor preActivation(int unit, List<Tensor> activations) {
        return graph.incoming(unit).stream()
                .map(number -> activations.get(graph.connections().get(number).from())
                        .times(weights.get(number).value()))
                .reduce(Tensor::plus).orElseThrow();
    }
}
