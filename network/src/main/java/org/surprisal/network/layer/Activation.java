package org.surprisal.network.layer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.ActivationKernel;
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

        @Override
        public double derivative(double x) {
            return 0;
        }
    },
    /// -1, 0 or 1. Derivative 0 everywhere, by convention at 0 too.
    SIGN {
        @Override
        public Tensor apply(Tensor x) {
            return x.sign();
        }

        @Override
        public double derivative(double x) {
            return 0;
        }
    },
    /// The hyperbolic tangent.
    TANH {
        @Override
        public Tensor apply(Tensor x) {
            return x.tanh();
        }

        @Override
        public double derivative(double x) {
            return ActivationKernel.TANH.derivative(x);
        }
    },
    /// 1 / (1 + e^-x).
    SIGMOID {
        @Override
        public Tensor apply(Tensor x) {
            return x.sigmoid();
        }

        @Override
        public double derivative(double x) {
            return ActivationKernel.SIGMOID.derivative(x);
        }
    },
    /// The error function, whose mean-field theory has closed forms.
    ERF {
        @Override
        public Tensor apply(Tensor x) {
            return x.erf();
        }

        @Override
        public double derivative(double x) {
            return 2 / Math.sqrt(Math.PI) * gaussian(x, 1);
        }
    },
    /// max(x, 0), with derivative 0 at 0.
    RELU {
        @Override
        public Tensor apply(Tensor x) {
            return x.relu();
        }

        @Override
        public double derivative(double x) {
            return ActivationKernel.RELU.derivative(x);
        }
    },
    /// [LeakyRelu] of slope 0.01.
    LEAKY_RELU {
        @Override
        public Tensor apply(Tensor x) {
            return new LeakyRelu(0.01).apply(x);
        }

        @Override
        public double derivative(double x) {
            return x > 0 ? 1 : 0.01;
        }
    },
    /// [Elu] with alpha 1, whose derivative is continuous.
    ELU {
        @Override
        public Tensor apply(Tensor x) {
            return new Elu(1).apply(x);
        }

        @Override
        public double derivative(double x) {
            return x > 0 ? 1 : StrictMath.exp(x);
        }
    },
    /// lambda times [Elu] with the lambda and alpha for which N(0, 1) is a stable fixed point of the layers' means and
    /// variances (Klambauer et al. 2017, 'Self-normalizing neural networks'). Derivative lambda alpha at 0, from the
    /// left.
    SELU {
        @Override
        public Tensor apply(Tensor x) {
            return new Elu(SELU_ALPHA).apply(x).times(SELU_SCALE);
        }

        @Override
        public double derivative(double x) {
            return SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * StrictMath.exp(x));
        }
    },
    /// x Phi(x), Phi being the standard normal distribution function (Hendrycks and Gimpel 2016).
    GELU {
        @Override
        public Tensor apply(Tensor x) {
            return x.times(x.normalCdf());
        }

        @Override
        public double derivative(double x) {
            double distribution = Tensor.of(new double[]{x}).normalCdf().item();
            // Beyond 40 the density is 0, and so is its product with an infinite x.
            double bounded = Math.clamp(x, -40, 40);
            return distribution + bounded * gaussian(bounded, 0.5) / Math.sqrt(2 * Math.PI);
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

        @Override
        public double derivative(double x) {
            double bounded = Math.clamp(x, -40, 40);
            double inner = 2 * Math.sqrt(2 / Math.PI) * (bounded + 0.044715 * bounded * bounded * bounded);
            double slope = 2 * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * bounded * bounded);
            return ActivationKernel.SIGMOID.at(inner)
                    + bounded * slope * ActivationKernel.SIGMOID.derivative(inner);
        }
    },
    /// ln(1 + e^x).
    SOFTPLUS {
        @Override
        public Tensor apply(Tensor x) {
            return x.softplus();
        }

        @Override
        public double derivative(double x) {
            return ActivationKernel.SIGMOID.at(x);
        }
    },
    /// x itself.
    IDENTITY {
        @Override
        public Tensor apply(Tensor x) {
            return x;
        }

        @Override
        public double derivative(double x) {
            return 1;
        }
    };

    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;

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
        return kernel().map(kernel -> kernel.at(x)).orElseGet(() -> apply(Tensor.of(new double[]{x})).item());
    }

    /// f'(x) of one number, in float64, without a record of operations; at a kink the number stated above. Precise in
    /// the tails, as the gradients are.
    public abstract double derivative(double x);

    /// e^(-factor x²), with the relative precision of small results: the square of what fits a float is exact.
    private static double gaussian(double x, double factor) {
        double bounded = Math.clamp(x, -40, 40);
        double coarse = (float) bounded;
        double rest = (bounded - coarse) * (bounded + coarse);
        return StrictMath.exp(-factor * (coarse * coarse)) * StrictMath.exp(-factor * rest);
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
