package org.surprisal.network.layer;

import java.util.List;
import org.surprisal.network.Layer;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;

/// y = x W^T, a [Linear] layer without bias, which a normalisation behind it makes redundant: (n, in) becomes (n, out);
/// further axes before the last are kept: (n, …, in) becomes (n, …, out).
///
/// @param weight W, shape (out, in)
public record LinearMap(Parameter weight) implements Layer {
    /// @throws IllegalArgumentException when the weight is no matrix
    public LinearMap {
        if (weight.value().rank() != 2) {
            throw new IllegalArgumentException("weight " + weight.value().shape() + " must be (out, in)");
        }
    }

    /// A layer that starts from these numbers.
    public static LinearMap of(Tensor weight) {
        return new LinearMap(Parameter.of("weight", weight));
    }

    /// Number of input features.
    public int inputs() {
        return weight.value().length(1);
    }

    /// Number of output features.
    public int outputs() {
        return weight.value().length(0);
    }

    /// @throws IllegalArgumentException for an input of another shape or element type
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        int[] lengths = input.shape().lengths();
        int rows = Linear.rows(input, inputs());
        lengths[lengths.length - 1] = outputs();
        return input.rank() == 2
                ? input.matmulTransposed(weight.value())
                : input.reshape(rows, inputs()).matmulTransposed(weight.value()).reshape(lengths);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight);
    }
}
