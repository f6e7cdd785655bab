package org.surprisal.network.layer;

import java.util.List;
import org.surprisal.network.Layer;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.SparseMatrix;
import org.surprisal.tensor.Tensor;

/// A X W^T + b: each node takes what a linear layer makes of its neighbours, weighed by the graph's matrix A (Kipf and
/// Welling 2017; Landsverk, Eqs 1.12 and 1.15, where W is transposed and the bias left out). (nodes, in) becomes
/// (nodes, out).
///
/// The samples are the nodes, all of them, row i being node i: batches are the whole graph, in its order, and the loss
/// looks at the nodes whose labels are known. Shuffled rows would meet the wrong neighbours, which no shape shows.
///
/// @param adjacency A, (nodes x nodes) and constant, [Graph#symmetricallyNormalised()] say
/// @param weight W, shape (out, in)
/// @param bias b, shape (out)
public record GraphConvolution(SparseMatrix adjacency, Parameter weight, Parameter bias) implements Layer {
    /// @throws IllegalArgumentException when the matrix is not square or the shapes of weight and bias do not fit
    public GraphConvolution {
        if (adjacency.rows() != adjacency.columns()) {
            throw new IllegalArgumentException("the matrix of a graph must be square, not " + adjacency.rows() + " x "
                    + adjacency.columns());
        }
        Shape w = weight.value().shape();
        Shape b = bias.value().shape();
        if (w.rank() != 2 || !b.equals(Shape.of(w.length(0)))) {
            throw new IllegalArgumentException("weight " + w + " must be (out, in) and bias " + b + " (out)");
        }
    }

    /// A layer that starts as `initialisation` starts a linear one.
    public static GraphConvolution start(Initialisation initialisation, SparseMatrix adjacency, ElementType type,
            int inputs, int outputs, RandomStream stream) {
        var linear = initialisation.linear(type, inputs, outputs, stream);
        return new GraphConvolution(adjacency, linear.weight(), linear.bias());
    }

    /// @throws IllegalArgumentException when the input is not one row of `in` features for each node
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        int outputs = weight.value().length(0);
        int inputs = weight.value().length(1);
        if (input.rank() != 2 || input.length(0) != adjacency.rows() || input.length(1) != inputs) {
            throw new IllegalArgumentException("a graph of " + adjacency.rows() + " nodes needs one row of " + inputs
                    + " features for each, shape (" + adjacency.rows() + ", " + inputs + "), not " + input.shape());
        }
        // The sparse product is cheaper on fewer columns.
        Tensor mixed = outputs < inputs
                ? adjacency.times(input.matmulTransposed(weight.value()))
                : adjacency.times(input).matmulTransposed(weight.value());
        return mixed.plus(bias.value());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }
}
