package org.surprisal.tensor.kernel;

/// A function of two numbers, element by element. The last three are the backward passes of activations: the incoming
/// gradient `g` times the derivative. Those of tanh and the sigmoid are written with the activation's input `x`,
/// because the output rounds to 1 where the derivative is still far from 0; they keep their relative precision until
/// they underflow.
public enum BinaryFunction {
    ADD {
        @Override
        public double apply(double x, double y) {
            return x + y;
        }
    },
    SUBTRACT {
        @Override
        public double apply(double x, double y) {
            return x - y;
        }
    },
    MULTIPLY {
        @Override
        public double apply(double x, double y) {
            return x * y;
        }
    },
    DIVIDE {
        @Override
        public double apply(double x, double y) {
            return x / y;
        }
    },
    /// g (1 - tanh(x)^2) = 4 g s (1 - s) with s = sigmoid(-2|x|).
    TANH_GRADIENT {
        @Override
        public double apply(double g, double x) {
            double s = UnaryFunction.SIGMOID.apply(-2 * Math.abs(x));
            return g * (4 * (s * (1 - s)));
        }
    },
    /// g sigmoid(x) (1 - sigmoid(x)) = g s (1 - s) with s = sigmoid(-|x|).
    SIGMOID_GRADIENT {
        @Override
        public double apply(double g, double x) {
            double s = UnaryFunction.SIGMOID.apply(-Math.abs(x));
            return g * (s * (1 - s));
        }
    },
    /// g where the output y > 0, else 0: the derivative of ReLU at 0 is 0.
    RELU_GRADIENT {
        @Override
        public double apply(double g, double y) {
            return y > 0 ? g : 0;
        }
    };

    public abstract double apply(double x, double y);
}
