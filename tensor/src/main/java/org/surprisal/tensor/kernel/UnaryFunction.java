package org.surprisal.tensor.kernel;

/// A function of one number, element by element. `apply` is the float64 definition, every other implementation's oracle.
public enum UnaryFunction {
    EXP {
        @Override
        public double apply(double x) {
            return StrictMath.exp(x);
        }
    },
    LOG {
        @Override
        public double apply(double x) {
            return StrictMath.log(x);
        }
    },
    TANH {
        @Override
        public double apply(double x) {
            return StrictMath.tanh(x);
        }
    },
    /// 1 / (1 + e^-x).
    SIGMOID {
        @Override
        public double apply(double x) {
            return 1 / (1 + StrictMath.exp(-x));
        }
    },
    /// max(x, 0); NaN stays NaN.
    RELU {
        @Override
        public double apply(double x) {
            return Math.max(x, 0);
        }
    },
    SQRT {
        @Override
        public double apply(double x) {
            return Math.sqrt(x);
        }
    },
    SQUARE {
        @Override
        public double apply(double x) {
            return x * x;
        }
    };

    public abstract double apply(double x);
}
