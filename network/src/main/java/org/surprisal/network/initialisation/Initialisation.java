package org.surprisal.network.initialisation;

import org.surprisal.network.layer.Linear;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// How the parameters of a layer start. [VarianceScaling] has Xavier's, He's and others' rules, [Orthogonal] orthogonal
/// weights.
public interface Initialisation {
    /// Weights and biases 0: a layer whose units all stay alike.
    static Initialisation zeros() {
        return new Constant(0);
    }

    /// A weight.
    ///
    /// @param shape (out, in), or (out, in, …) for a convolution, the axes of its kernel last
    Tensor weight(ElementType type, Shape shape, RandomStream stream);

    /// A bias of shape (out); zeros unless said otherwise.
    ///
    /// @param weight the shape of the layer's weight
    default Tensor bias(ElementType type, Shape weight, RandomStream stream) {
        return Tensor.zeros(type, weight.length(0));
    }

    /// A linear layer that starts so. Weight and bias draw from children of the stream, so one does not shift the
    /// other.
    default Linear linear(ElementType type, int inputs, int outputs, RandomStream stream) {
        Shape weight = Shape.of(outputs, inputs);
        return Linear.of(weight(type, weight, stream.child("weight")), bias(type, weight, stream.child("bias")));
    }

    /// Every weight the same number; biases 0.
    ///
    /// @param value finite
    record Constant(double value) implements Initialisation {
        public Constant {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value (=" + value + ") must be finite");
            }
        }

        @Override
        public Tensor weight(ElementType type, Shape shape, RandomStream stream) {
            return Tensor.full(type, value, shape.lengths());
        }
    }

    /// W_ij ~ N(0, sigma_w2 / fan_in), b_i ~ N(0, sigma_b2): the ensemble of the mean-field theory (Poole et al. 2016,
    /// Schoenholz et al. 2017), in which both variances are of order one in the width.
    ///
    /// @param sigmaW2 weight variance times fan-in, positive
    /// @param sigmaB2 bias variance, not negative
    record Gaussian(double sigmaW2, double sigmaB2) implements Initialisation {
        public Gaussian {
            if (!(sigmaW2 > 0) || Double.isInfinite(sigmaW2)) {
                throw new IllegalArgumentException("sigmaW2 (=" + sigmaW2 + ") must be positive and finite");
            }
            if (!(sigmaB2 >= 0) || Double.isInfinite(sigmaB2)) {
                throw new IllegalArgumentException("sigmaB2 (=" + sigmaB2 + ") must be finite and not negative");
            }
        }

        @Override
        public Tensor weight(ElementType type, Shape shape, RandomStream stream) {
            return stream.gaussian(type, 0, Math.sqrt(sigmaW2 / VarianceScaling.Fan.IN.of(shape)), shape.lengths());
        }

        @Override
        public Tensor bias(ElementType type, Shape weight, RandomStream stream) {
            return stream.gaussian(type, 0, Math.sqrt(sigmaB2), weight.length(0));
        }
    }
}
