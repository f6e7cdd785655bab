package org.surprisal.network.layer;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;

/// Nodes of one graph as samples: the input is numbers of nodes, (n) or (n, 1); the layers within always see every node
/// of the graph, and the output is that of the nodes asked for. So graph convolutions train on some nodes' labels, in
/// any batches, while neighbours without a label help (transductive learning; Kipf and Welling 2017).
///
/// @param features of every node, a constant, shape (nodes, …)
/// @param layers from (nodes, …) to (nodes, …)
public record WholeGraph(Tensor features, Layer layers) implements Layer {
    /// The share of numbers other than zero below which the first product goes without the zeros. Estimated: a number
    /// costs it about ten times as much as one of many costs a dense product. Measured at 1.3 % only, Cora's.
    private static final double FEW = 0.05;

    /// @throws IllegalArgumentException when features have no rows, or are tracked, or are mostly zeros and not all
    /// finite
    public WholeGraph {
        if (features.rank() == 0 || features.isTracked()) {
            throw new IllegalArgumentException(
                    "features " + features.shape() + " of a graph must be constant, with one row a node");
        }
        if (features.rank() == 2 && nonZeros(features) < FEW * features.size()) {
            features = features.skippingZeros();
        }
    }

    private static long nonZeros(Tensor features) {
        return DoubleStream.of(features.toDoubles()).filter(number -> number != 0).count();
    }

    /// @throws IllegalArgumentException for a number that is no node
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        if (input.rank() == 0 || input.size() != input.length(0)) {
            throw new IllegalArgumentException("numbers of nodes must have shape (n) or (n, 1), not " + input.shape());
        }
        int nodes = features.length(0);
        double[] numbers = input.toDoubles();
        int[] rows = new int[numbers.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) numbers[i];
            if (rows[i] != numbers[i] || rows[i] < 0 || rows[i] >= nodes) {
                throw new IllegalArgumentException("element " + i + " of the input, " + numbers[i]
                        + ", is no node: whole numbers from 0 to " + (nodes - 1) + " are");
            }
        }
        return pass.run("layers", layers, features).rows(rows);
    }

    @Override
    public Map<String, Layer> children() {
        return Map.of("layers", layers);
    }
}
