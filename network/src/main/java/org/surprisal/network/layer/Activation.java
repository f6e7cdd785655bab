package org.surprisal.network.layer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.ActivationKernel;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.Tensor;

/// A function applied to each pre-activation, without parameters or with their usual values. [LeakyRelu] and [Elu] take
/// others; [Softmax] and [LogSoftmax] act on whole rows.
public enum Activation implements Layer, UnaryOperator<Tensor> {
    /// Heaviside's step, the neuron of McCulloch and Pitts: 1 from 0 on, else 0. Derivative 0 everywhere, by convention
    /// at 0 too.
    HEAVISIDE {
        @Override
        public Tensor apply(Tensor x) {
            return x.heaviside();
        }
    },
    /// -1, 0 or 1. Derivative 0 everywhere, by convention at 0 too.
    SIGN {
        @Override
        public Tensor apply(Tensor x) {
            return x.sign();
        }
    },
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
    /// The error function, whose mean-field theory has closed forms.
    ERF {
        @Override
        public Tensor apply(Tensor x) {
            return x.erf();
        }
    },
    /// max(x, 0), with derivative 0 at 0.
    RELU {
        @Override
        public Tensor apply(Tensor x) {
            return x.relu();
        }
    },
    /// [LeakyRelu] of slope 0.01.
    LEAKY_RELU {
        @Override
        public Tensor apply(Tensor x) {
            return new LeakyRelu(0.01).apply(x);
        }
    },
    /// [Elu] with alpha 1, whose derivative is continuous.
    ELU {
        @Override
        public Tensor apply(Tensor x) {
            return new Elu(1).apply(x);
        }
    },
    /// lambda times [Elu] with the lambda and alpha for which N(0, 1) is a stable fixed point of the layers' means and
    /// variances (Klambauer et al. 2017, 'Self-normalizing neural networks'). Derivative lambda alpha at 0, from the
    /// left.
    SELU {
        @Override
        public Tensor apply(Tensor x) {
            return new Elu(1.6732632423543772).apply(x).times(1.0507009873554805);
        }
    },
    /// x Phi(x), Phi being the standard normal distribution function (Hendrycks and Gimpel 2016).
    GELU {
        @Override
        public Tensor apply(Tensor x) {
            return x.times(x.normalCdf());
        }
    },
    /// The approximation of [#GELU] by x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2, off by up to 5e-4, with which
    /// some networks were trained.
    GELU_TANH {
        @Override
        public Tensor apply(Tensor x) {
            // Far beyond where the sigmoid is 0 or 1 in float64; a cube would overflow in the end.
            Tensor bounded = x.clamp(-40, 40);
            Tensor inner = bounded.plus(bounded.square().times(bounded).times(0.044715)).times(Math.sqrt(2 / Math.PI));
            // (1 + tanh u) / 2 = sigmoid(2u), which keeps its precision far below 0
            return x.times(inner.times(2).sigmoid());
        }
    },
    /// ln(1 + e^x).
    SOFTPLUS {
        @Override
        public Tensor apply(Tensor x) {
            return x.softplus();
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

    /// Returns the loops of the activation's own, where it has them.
    public Optional<ActivationKernel> kernel() {
        return switch (this) {
            case TANH -> Optional.of(ActivationKernel.TANH);
            case SIGMOID -> Optional.of(ActivationKernel.SIGMOID);
            case RELU -> Optional.of(ActivationKernel.RELU);
            default -> Optional.empty();
        };
    }

    /// f(x) of one number, in float64.
    public double at(double x) {
        return apply(Tensor.of(new double[]{x})).item();
    }

    /// f'(x) of one number, in float64; at a kink the number stated above.
    ///
    /// @throws IllegalStateException inside [org.surprisal.tensor.Tracking#off], where nothing can be differentiated
    public double derivative(double x) {
        Tensor variable = Tensor.of(new double[]{x}).tracked();
        Tensor value = apply(variable);
        if (!value.isTracked()) {
            throw new IllegalStateException(
                    "the derivative of " + label() + " cannot be taken inside Tracking.off: take it outside");
        }
        return Gradients.of(value, variable).getFirst().item();
    }

    /// The name users write: `tanh`, `leaky-relu`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The activation of this label.
    ///
    /// @throws IllegalArgumentException for an unknown label; the message lists those there are
    public static Activation labelled(String label) {
        for (Activation activation : values()) {
            if (activation.label().equals(label)) {
                return activation;
            }
        }
        throw new IllegalArgumentException("no activation '" + label + "'; there are "
                + Arrays.stream(values()).map(Activation::label).collect(Collectors.joining(", ")));
    }
}
