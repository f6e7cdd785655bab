package org.surprisal.tensor.kernel;

/// A function of two numbers, element by element. The last three are the backward passes of activations: the incoming
/// gradient `g` times the derivative, written with the activation's output `y`.
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
    /// g (1 - y^2).
    TANH_GRADIENT {
        @Override
        public double apply(double g, double y) {
            return g * (1 - y * y);
        }
    },
    /// g y (1 - y).
    SIGMOID_GRADIENT {
        @Override
        public double apply(double g, double y) {
            return g * (y * (1 - y));
        }
    },
    /// g where y > 0, else 0: the derivative of ReLU at 0 is 0.
    RELU_GRADIENT {
        @Override
        public double apply(double g, double y) {
            return y > 0 ? g : 0;
        }
    };

    public abstract double apply(double x, double y);
}
