package org.surprisal.network.layer;

import java.util.List;
import org.surprisal.network.Layer;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// y = x W^T + b: (n, in) becomes (n, out); further axes before the last, times of a sequence say, are kept: (n, …, in)
/// becomes (n, …, out).
///
/// @param weight W, shape (out, in)
/// @param bias b, shape (out)
public record Linear(Parameter weight, Parameter bias) implements Layer {
    /// @throws IllegalArgumentException when the shapes of weight and bias do not fit
    public Linear {
        Shape w = weight.value().shape();
        Shape b = bias.value().shape();
        if (w.rank() != 2 || !b.equals(Shape.of(w.length(0)))) {
            throw new IllegalArgumentException("weight " + w + " must be (out, in) and bias " + b + " (out)");
        }
    }

    /// A layer that starts from these numbers.
    public static Linear of(Tensor weight, Tensor bias) {
        return new Linear(Parameter.of("weight", weight), Parameter.of("bias", bias));
    }

    /// The layer of the same weight without its bias, which a normalisation behind it makes redundant.
    public LinearMap withoutBias() {
        return new LinearMap(weight);
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
        int rows = rows(input, inputs());
        if (input.rank() < 3) {
            return input.linear(weight.value(), bias.value());
        }
        int[] lengths = input.shape().lengths();
        lengths[lengths.length - 1] = outputs();
        return input.reshape(rows, inputs()).linear(weight.value(), bias.value()).reshape(lengths);
    }

    /// Returns how many rows of features a batch has, over the samples and all axes but the last.
    ///
    /// @throws IllegalArgumentException for a batch of another number of features
    static int rows(Tensor input, int features) {
        if (input.rank() < 2 || input.length(-1) != features) {
            throw new IllegalArgumentException(input.shape() + " given; a batch (n, " + (input.rank() < 3 ? "" : "…, ")
                    + features + ") is needed");
        }
        return features == 0 ? 0 : input.size() / features;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }
}
