package org.surprisal.tensor.kernel;

/// A function of one number, element by element. `apply` is the float64 definition, every other implementation's
/// oracle.
public enum UnaryFunction {
    EXP {
        @Override
        public double apply(double x) {
            return StrictMath.exp(x);
        }
    },
    /// e^x - 1, with its relative precision kept near 0.
    EXPM1 {
        @Override
        public double apply(double x) {
            return StrictMath.expm1(x);
        }
    },
    LOG {
        @Override
        public double apply(double x) {
            return StrictMath.log(x);
        }
    },
    /// ln(1 + x), with its relative precision kept near 0.
    LOG1P {
        @Override
        public double apply(double x) {
            return StrictMath.log1p(x);
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
    /// ln(1 + e^x), as max(x, 0) + ln(1 + e^-|x|): no overflow, and relative precision far below 0.
    SOFTPLUS {
        @Override
        public double apply(double x) {
            return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
        }
    },
    /// The error function.
    ERF {
        @Override
        public double apply(double x) {
            return ErrorFunction.erf(x);
        }
    },
    /// The standard normal distribution function.
    NORMAL_CDF {
        @Override
        public double apply(double x) {
            return ErrorFunction.normalCdf(x);
        }
    },
    /// e^(-x^2), with its relative precision kept in the tails: the derivative of erf except for a factor.
    GAUSSIAN {
        @Override
        public double apply(double x) {
            return ErrorFunction.gaussian(x);
        }
    },
    /// e^(-x^2 / 2), with its relative precision kept in the tails: the standard normal density except for a factor.
    HALF_GAUSSIAN {
        @Override
        public double apply(double x) {
            return ErrorFunction.halfGaussian(x);
        }
    },
    /// max(x, 0); NaN stays NaN.
    RELU {
        @Override
        public double apply(double x) {
            return Math.max(x, 0);
        }
    },
    /// min(x, 0); NaN stays NaN.
    NEGATIVE_PART {
        @Override
        public double apply(double x) {
            return Math.min(x, 0);
        }
    },
    /// 1 from 0 on, else 0; NaN stays NaN.
    HEAVISIDE {
        @Override
        public double apply(double x) {
            return x >= 0 ? 1 : x < 0 ? 0 : x;
        }
    },
    /// -1, 0 or 1; NaN stays NaN.
    SIGN {
        @Override
        public double apply(double x) {
            return Math.signum(x);
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
