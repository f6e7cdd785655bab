package org.surprisal.network;

import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// How the parameters of a linear layer start.
public interface Initialisation {
    /// A weight of shape (out, in).
    Tensor weight(ElementType type, int outputs, int inputs, RandomStream stream);

    /// A bias of shape (out) for a layer with `inputs` input features.
    Tensor bias(ElementType type, int outputs, int inputs, RandomStream stream);

    /// A linear layer that starts so. Weight and bias draw from children of the stream, so one does not shift the other.
    default Linear linear(ElementType type, int inputs, int outputs, RandomStream stream) {
        return Linear.of(weight(type, outputs, inputs, stream.child("weight")),
                bias(type, outputs, inputs, stream.child("bias")));
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
        public Tensor weight(ElementType type, int outputs, int inputs, RandomStream stream) {
            return stream.gaussian(type, 0, Math.sqrt(sigmaW2 / inputs), outputs, inputs);
        }

        @Override
        public Tensor bias(ElementType type, int outputs, int inputs, RandomStream stream) {
            return stream.gaussian(type, 0, Math.sqrt(sigmaB2), outputs);
        }
    }
}
