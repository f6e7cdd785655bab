package org.surprisal.tensor;

import java.util.function.UnaryOperator;
import org.surprisal.tensor.kernel.BinaryFunction;
import org.surprisal.tensor.kernel.UnaryFunction;

/// An activation whose value and whose gradient are one loop each, so that operations which compute many steps at once
/// ([Recurrence], [NarrowPerceptron]) can apply it where the numbers lie.
public enum ActivationKernel implements UnaryOperator<Tensor> {
    /// The hyperbolic tangent.
    TANH(UnaryFunction.TANH, BinaryFunction.TANH_GRADIENT, false) {
        @Override
        public Tensor apply(Tensor x) {
            return x.tanh();
        }
    },
    /// 1 / (1 + e^-x).
    SIGMOID(UnaryFunction.SIGMOID, BinaryFunction.SIGMOID_GRADIENT, false) {
        @Override
        public Tensor apply(Tensor x) {
            return x.sigmoid();
        }
    },
    /// max(x, 0), with derivative 0 at 0.
    RELU(UnaryFunction.RELU, BinaryFunction.RELU_GRADIENT, true) {
        @Override
        public Tensor apply(Tensor x) {
            return x.relu();
        }
    };

    private final UnaryFunction value;
    private final BinaryFunction gradient;
    private final boolean byValue;

    ActivationKernel(UnaryFunction value, BinaryFunction gradient, boolean byValue) {
        this.value = value;
        this.gradient = gradient;
        this.byValue = byValue;
    }

    /// f(x) of one number, in float64.
    public double at(double x) {
        return value.apply(x);
    }

    /// f'(x) of one number, in float64.
    public double derivative(double x) {
        return gradient.apply(1, byValue ? at(x) : x);
    }

    UnaryFunction value() {
        return value;
    }

    BinaryFunction gradient() {
        return gradient;
    }

    /// Whether the gradient is written with the value; else with what the function is taken of.
    boolean isByValue() {
        return byValue;
    }
}
