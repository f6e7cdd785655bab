package org.surprisal.theory.meanfield;

import java.util.Locale;
import org.surprisal.tensor.Tensor;

/// Smooth rising functions with values in [-1, 1], each odd but for a constant. For each, E[φ(√q z)²] is concave in q,
/// so that the variance map of a network has one stable fixed point.
public enum SaturatingActivation implements ActivationFunction {
    /// The hyperbolic tangent.
    TANH {
        @Override
        public double value(double x) {
            return Math.tanh(x);
        }

        @Override
        public double derivative(double x) {
            // tanh rounds to 1 where the derivative is still far from 0
            double e = Math.exp(-2 * Math.abs(x));
            return 4 * e / ((1 + e) * (1 + e));
        }

        @Override
        public double secondDerivative(double x) {
            return -2 * Math.tanh(x) * derivative(x);
        }
    },
    /// The error function erf x = 2/√π ∫_0^x exp(-t²) dt, whose kernel is an arcsine (Williams 1997).
    ERF {
        @Override
        public double value(double x) {
            // five times as fast as Hipparchus's incomplete gamma function
            return Tensor.of(new double[]{x}).erf().item();
        }

        @Override
        public double derivative(double x) {
            // Beyond 28 it underflows. The rounding error of the square is taken along: an exponent of hundreds
            // magnifies it.
            double z = Math.min(Math.abs(x), 28);
            double square = z * z;
            return 2 / Math.sqrt(Math.PI) * Math.exp(-square) * (1 - Math.fma(z, z, -square));
        }

        @Override
        public double secondDerivative(double x) {
            return -2 * x * derivative(x);
        }
    },
    /// 1 / (1 + exp(-x)). Not 0 at 0: a network without biases has no silent state.
    SIGMOID {
        @Override
        public double value(double x) {
            return 1 / (1 + Math.exp(-x));
        }

        @Override
        public double derivative(double x) {
            // exp(|x|) would overflow
            double e = Math.exp(-Math.abs(x));
            return e / ((1 + e) * (1 + e));
        }

        @Override
        public double secondDerivative(double x) {
            return -derivative(x) * Math.tanh(0.5 * x);
        }
    };

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
