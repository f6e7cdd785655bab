package org.surprisal.network;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.surprisal.tensor.Tensor;

/// A function applied to each pre-activation.
public enum Activation implements Layer, UnaryOperator<Tensor> {
    /// The hyperbolic tangent.
    TANH {
        @Override
        public Tensor apply(Tensor x) {
            return x.tanh();
        }
    },
    /// 1 / (1 + e^-x).
    SIGMOID {
        @Override
        public Tensor apply(Tensor x) {
            return x.sigmoid();
        }
    },
    /// max(x, 0), with derivative 0 at 0.
    RELU {
        @Override
        public Tensor apply(Tensor x) {
            return x.relu();
        }
    },
    /// x itself.
    IDENTITY {
        @Override
        public Tensor apply(Tensor x) {
            return x;
        }
    };

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        return apply(input);
    }

    /// The name users write: `tanh`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
