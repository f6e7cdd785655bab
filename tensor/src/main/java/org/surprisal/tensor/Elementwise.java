package org.surprisal.tensor;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.surprisal.tensor.kernel.BinaryFunction;
import org.surprisal.tensor.kernel.UnaryFunction;

/// Functions of one and of two numbers, element by element, and their backward passes. [Tensor] documents each.
final class Elementwise {
    private Elementwise() {
    }

    /// A backward pass that needs the operands, both in the common shape.
    private interface Pullback {
        UnaryOperator<Tensor> of(Tensor a, Tensor b);
    }

    static Tensor plus(Tensor a, Tensor b) {
        return combine(BinaryFunction.ADD, a, b, (p, q) -> g -> g, (p, q) -> g -> g);
    }

    static Tensor minus(Tensor a, Tensor b) {
        return combine(BinaryFunction.SUBTRACT, a, b, (p, q) -> g -> g, (p, q) -> Tensor::negate);
    }

    static Tensor times(Tensor a, Tensor b) {
        return combine(BinaryFunction.MULTIPLY, a, b, (p, q) -> g -> g.times(q), (p, q) -> g -> g.times(p));
    }

    static Tensor over(Tensor a, Tensor b) {
        return combine(BinaryFunction.DIVIDE, a, b, (p, q) -> g -> g.over(q),
                (p, q) -> g -> g.over(q).times(p.over(q)).negate());
    }

    private static Tensor combine(BinaryFunction f, Tensor a, Tensor b, Pullback toA, Pullback toB) {
        String operation = f.name().toLowerCase(Locale.ROOT);
        if (a.type() != b.type()) {
            throw new IllegalArgumentException(operation + ": element types differ: " + a.type() + " " + a.shape()
                    + " and " + b.type() + " " + b.shape() + b.type().remedy("the first"));
        }
        Shape common = Shape.broadcast(a.shape(), b.shape(), operation);
        Tensor p = a.broadcastTo(common);
        Tensor q = b.broadcastTo(common);
        return Tensor.result(operation, common, p.storage().combine(f, q.storage()), List.of(p, q),
                List.of(toA.of(p, q), toB.of(p, q)));
    }

    /// A backward pass that is written with the operation's own output.
    private interface OutputPullback {
        Tensor apply(Tensor gradient, Tensor output);
    }

    static Tensor exp(Tensor x) {
        return withOutput(UnaryFunction.EXP, x, Tensor::times);
    }

    /// Its derivative is e^x again and not y + 1, which is 0 where y has rounded to -1.
    static Tensor expm1(Tensor x) {
        return withInput(UnaryFunction.EXPM1, x, g -> g.times(x.exp()));
    }

    static Tensor log(Tensor x) {
        return withInput(UnaryFunction.LOG, x, g -> g.over(x));
    }

    static Tensor log1p(Tensor x) {
        return withInput(UnaryFunction.LOG1P, x, g -> g.over(x.plus(1)));
    }

    static Tensor sqrt(Tensor x) {
        return withOutput(UnaryFunction.SQRT, x, (g, y) -> g.times(0.5).over(y));
    }

    static Tensor square(Tensor x) {
        return withInput(UnaryFunction.SQUARE, x, g -> g.times(2).times(x));
    }

    static Tensor tanh(Tensor x) {
        return withOutput(UnaryFunction.TANH, x, (g, y) -> tanhGradient(g, x, y));
    }

    static Tensor sigmoid(Tensor x) {
        return withInput(UnaryFunction.SIGMOID, x, g -> sigmoidGradient(g, x));
    }

    static Tensor softplus(Tensor x) {
        return withInput(UnaryFunction.SOFTPLUS, x, g -> g.times(x.sigmoid()));
    }

    static Tensor erf(Tensor x) {
        return withInput(UnaryFunction.ERF, x, g -> g.times(gaussian(x).times(2 / Math.sqrt(Math.PI))));
    }

    static Tensor normalCdf(Tensor x) {
        return withInput(UnaryFunction.NORMAL_CDF, x, g -> g.times(halfGaussian(x).times(1 / Math.sqrt(2 * Math.PI))));
    }

    static Tensor relu(Tensor x) {
        return withOutput(UnaryFunction.RELU, x, Elementwise::reluGradient);
    }

    static Tensor negativePart(Tensor x) {
        return withInput(UnaryFunction.NEGATIVE_PART, x, g -> g.times(x.negate().heaviside()));
    }

    static Tensor heaviside(Tensor x) {
        return withInput(UnaryFunction.HEAVISIDE, x, Elementwise::zerosLike);
    }

    static Tensor sign(Tensor x) {
        return withInput(UnaryFunction.SIGN, x, Elementwise::zerosLike);
    }

    private static Tensor withInput(UnaryFunction f, Tensor x, UnaryOperator<Tensor> backward) {
        return Tensor.result(name(f), x.shape(), x.storage().map(f), List.of(x), List.of(backward));
    }

    private static Tensor withOutput(UnaryFunction f, Tensor x, OutputPullback backward) {
        Tensor[] y = new Tensor[1];
        y[0] = withInput(f, x, g -> backward.apply(g, y[0]));
        return y[0];
    }

    private static String name(UnaryFunction f) {
        return f.name().toLowerCase(Locale.ROOT);
    }

    /// e^(-x^2).
    private static Tensor gaussian(Tensor x) {
        return withOutput(UnaryFunction.GAUSSIAN, x, (g, y) -> g.times(y).times(x).times(-2));
    }

    /// e^(-x^2 / 2).
    private static Tensor halfGaussian(Tensor x) {
        return withOutput(UnaryFunction.HALF_GAUSSIAN, x, (g, y) -> g.times(y).times(x).negate());
    }

    static Tensor clamp(Tensor x, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("clamp: low (=" + low + ") must not exceed high (=" + high + ")");
        }
        Storage<?> bounded = x.storage().copy();
        bounded.clamp(low, high);
        return Tensor.result("clamp", x.shape(), bounded, List.of(x),
                List.of(g -> g.times(x.plus(-low).heaviside().times(x.affine(-1, high).heaviside()))));
    }

    private static Tensor zerosLike(Tensor x) {
        return Tensor.zeros(x.type(), x.shape().lengths());
    }

    /// g (1 - y^2) with y = tanh x; its derivative by x is -2 y times as large.
    private static Tensor tanhGradient(Tensor g, Tensor x, Tensor y) {
        return gradient(BinaryFunction.TANH_GRADIENT, "tanhGradient", g, x, u -> tanhGradient(u, x, y),
                u -> tanhGradient(u.times(g), x, y).times(y).times(-2));
    }

    /// g s (1 - s) with s = sigmoid(x); its derivative by x is 1 - 2 s = -tanh(x / 2) times as large.
    private static Tensor sigmoidGradient(Tensor g, Tensor x) {
        return gradient(BinaryFunction.SIGMOID_GRADIENT, "sigmoidGradient", g, x, u -> sigmoidGradient(u, x),
                u -> sigmoidGradient(u.times(g), x).times(x.times(0.5).tanh()).negate());
    }

    /// g where y > 0. Its derivative by y is zero wherever it exists.
    private static Tensor reluGradient(Tensor g, Tensor y) {
        return gradient(BinaryFunction.RELU_GRADIENT, "reluGradient", g, y, u -> reluGradient(u, y),
                Elementwise::zerosLike);
    }

    /// @param of what the derivative is written with
    private static Tensor gradient(BinaryFunction f, String operation, Tensor g, Tensor of, UnaryOperator<Tensor> toG,
            UnaryOperator<Tensor> toOf) {
        return Tensor.result(operation, g.shape(), g.storage().combine(f, of.storage()), List.of(g, of),
                List.of(toG, toOf));
    }
}
