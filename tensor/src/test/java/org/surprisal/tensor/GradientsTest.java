package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation against central differences, first and second order; then what the walk promises.
class GradientsTest {
    private static final Window UNEVEN = new Window(new Window.Span(2, 2, 1, 0, 2),
            new Window.Span(3, 1, 0, 2, 1));
    private static final SparseMatrix SPARSE = SparseMatrix.of(2, 3, new int[]{1, 0, 1}, new int[]{2, 1, 0},
            new double[]{2, -1, 0.5});

    private static Tensor random(String label, int... lengths) {
        return RandomStream.seeded(5).child(label).gaussian(ElementType.FLOAT64, 0, 1, lengths);
    }

    private static Tensor positive(String label, int... lengths) {
        return random(label, lengths).square().plus(0.5);
    }

    /// Weighs every element differently, so that no error cancels in the sum.
    private static Tensor weighted(Tensor y) {
        double[] weights = new double[y.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 0.3 + Math.cos(i);
        }
        return y.times(Tensor.of(weights, y.shape().lengths())).sum();
    }

    private static Arguments operation(String name, Function<List<Tensor>, Tensor> f, Tensor... inputs) {
        return Arguments.of(name, (Function<List<Tensor>, Tensor>) xs -> weighted(f.apply(xs)), List.of(inputs));
    }

    static Stream<Arguments> operations() {
        Tensor a = random("a", 3, 4);
        Tensor b = random("b", 3, 4);
        Tensor row = random("row", 4);
        Tensor column = random("column", 3, 1);
        Tensor images = random("images", 2, 3, 5, 6);
        // No two closer than 0.05: which one is largest does not change within the differences' step.
        Tensor apart = Tensor.of(IntStream.range(0, 180).mapToDouble(i -> (i * 77 % 180 - 80) * 0.05).toArray(), 2, 3,
                5, 6);
        return Stream.of(operation("plus", x -> x.get(0).plus(x.get(1)), a, b),
                operation("plus row", x -> x.get(0).plus(x.get(1)).square(), a, row),
                operation("minus column", x -> x.get(0).minus(x.get(1)).square(), a, column),
                operation("minus from row", x -> x.get(0).minus(x.get(1)).square(), row, a),
                operation("times", x -> x.get(0).times(x.get(1)), a, b),
                operation("times outer", x -> x.get(0).times(x.get(1)), column, row),
                operation("times itself", x -> x.get(0).times(x.get(0)), a),
                operation("over", x -> x.get(0).over(x.get(1)), a, positive("d", 3, 4)),
                operation("affine", x -> x.get(0).affine(2.5, -1).square(), a),
                operation("negate", x -> x.get(0).negate().exp(), a), operation("exp", x -> x.get(0).exp(), a),
                operation("log", x -> x.get(0).log(), positive("l", 3, 4)),
                operation("expm1", x -> x.get(0).expm1(), a),
                operation("log1p", x -> x.get(0).log1p(), positive("l", 3, 4)),
                operation("softplus", x -> x.get(0).softplus(), a), operation("erf", x -> x.get(0).erf(), a),
                operation("normalCdf", x -> x.get(0).normalCdf(), a),
                operation("negativePart", x -> x.get(0).negativePart().square(), a),
                operation("heaviside", x -> x.get(0).heaviside().times(x.get(0)).square(), a),
                operation("sign", x -> x.get(0).sign().times(x.get(0)).square(), a),
                operation("sqrt", x -> x.get(0).sqrt(), positive("s", 3, 4)),
                operation("square", x -> x.get(0).square(), a), operation("tanh", x -> x.get(0).tanh(), a),
                operation("sigmoid", x -> x.get(0).sigmoid(), a),
                // away from the kink; squared so that the second derivative is not zero
                operation("relu", x -> x.get(0).relu().square(), a),
                operation("sum", x -> x.get(0).square().sum(), a), operation("mean", x -> x.get(0).exp().mean(), a),
                operation("sum over axis 0", x -> x.get(0).square().sum(0), a),
                operation("sum over middle axis", x -> x.get(0).square().sum(1), random("m", 2, 3, 4)),
                operation("reshape", x -> x.get(0).reshape(2, 6).square(), a),
                operation("broadcastTo", x -> x.get(0).broadcastTo(Shape.of(2, 3, 4)).square(), column),
                operation("transpose", x -> x.get(0).transpose().exp(), a),
                operation("matmul", x -> x.get(0).matmul(x.get(1)).tanh(), a, random("k", 4, 2)),
                operation("matmulTransposed", x -> x.get(0).matmulTransposed(x.get(1)).tanh(), a, random("t", 2, 4)),
                operation("linear", x -> x.get(0).linear(x.get(1), x.get(2)).tanh(), a, random("w", 2, 4),
                        random("bias", 2)),
                operation("logSoftmax", x -> x.get(0).logSoftmax().square(), a),
                operation("softmax", x -> x.get(0).softmax().square(), a),
                operation("pick", x -> x.get(0).pick(1, 3, 0).square(), a),
                operation("permute", x -> x.get(0).permute(2, 0, 1).exp(), random("p", 2, 3, 4)),
                operation("take, repeating", x -> x.get(0).take(1, 2, 0, 2).square(), random("p", 2, 3, 4)),
                operation("take of the last axis", x -> x.get(0).take(-1, 3, 3, 1).square(), a),
                operation("rows", x -> x.get(0).rows(2, 2, 0).square(), a),
                operation("slice", x -> x.get(0).slice(1, 1, 3).square(), a),
                operation("concatenate",
                        x -> Tensor.concatenate(1, List.of(x.get(0), x.get(1), x.get(0))).square(), a,
                        random("c", 3, 2)),
                operation("convolve", x -> x.get(0).convolve(x.get(1), Window.of(3).padding(1)).tanh(), images,
                        random("w", 2, 3, 3, 3)),
                operation("convolve, strided, dilated, not square",
                        x -> x.get(0).convolve(x.get(1), UNEVEN).square(), images, random("w", 2, 3, 2, 3)),
                operation("convolve, with a bias", x -> x.get(0).convolve(x.get(1), x.get(2), UNEVEN).square(), images,
                        random("w", 2, 3, 2, 3), random("bias", 2)),
                operation("maxPool", x -> x.get(0).maxPool(Window.of(2).stride(2)).square(), apart),
                operation("maxPool, overlapping, padded", x -> x.get(0).maxPool(Window.of(3).padding(1)).square(),
                        apart),
                operation("averagePool", x -> x.get(0).averagePool(Window.of(3).stride(2).padding(1)).square(),
                        images),
                operation("sparse product", x -> SPARSE.times(x.get(0)).square(), a));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void firstOrderAgreesWithDifferences(String name, Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
        assertThat(GradientCheck.firstOrder(f, inputs)).as(name).isLessThan(1e-8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void secondOrderAgreesWithDifferences(String name, Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
        assertThat(GradientCheck.secondOrder(f, inputs)).as(name).isLessThan(1e-8);
    }

    @Test
    void thirdDerivativeOfATanhIsRight() {
        Tensor x = Tensor.of(new double[]{0.3}).tracked();
        Tensor first = Gradients.differentiable(x.tanh().sum(), List.of(x)).getFirst();
        Tensor second = Gradients.differentiable(first.sum(), List.of(x)).getFirst();
        double third = Gradients.of(second.sum(), x).getFirst().item();
        double t = Math.tanh(0.3);
        assertThat(third).isCloseTo(-2 * (1 - t * t) * (1 - 3 * t * t), org.assertj.core.data.Offset.offset(1e-14));
    }

    @Test
    void theCheckFindsAWrongGradient() {
        // The detached factor is missing from the gradient: x * x differentiates to x instead of 2x.
        Tensor x = random("x", 3);
        assertThat(GradientCheck.firstOrder(xs -> xs.get(0).times(xs.get(0).detached()).sum(), List.of(x)))
                .isGreaterThan(0.3);
    }

    @Test
    void aDeepChainNeedsNoDeepStack() {
        Tensor x = Tensor.of(new double[]{1}).tracked();
        Tensor y = x;
        for (int i = 0; i < 100_000; i++) {
            y = y.times(1.00001);
        }
        assertThat(Gradients.of(y.sum(), x).getFirst().item()).isCloseTo(Math.pow(1.00001, 100_000),
                org.assertj.core.data.Percentage.withPercentage(1e-6));
    }

    @Test
    void variableThatTheResultDoesNotDependOnHasGradientZeroOnRequest() {
        Tensor x = random("x", 2).tracked();
        Tensor unused = random("u", 2, 3).tracked();
        assertThat(Gradients.of(x.sum(), List.of(x, unused), Gradients.Unreached.ZERO).get(1).toDoubles())
                .containsOnly(0).hasSize(6);
    }

    @Test
    void gradientsOfIntermediateResultsCanBeAsked() {
        Tensor x = Tensor.of(new double[]{2}).tracked();
        Tensor middle = x.square();
        List<Tensor> gradients = Gradients.of(middle.times(3).sum(), middle, x);
        assertThat(gradients.get(0).item()).isEqualTo(3);
        assertThat(gradients.get(1).item()).isEqualTo(12);
    }

    @Test
    void onlyOneNumberHasGradients() {
        Tensor x = random("x", 2, 3).tracked();
        assertThatThrownBy(() -> Gradients.of(x.square(), x)).hasMessageContaining("(2, 3)")
                .hasMessageContaining("sum");
    }

    @Test
    void nothingIsRecordedWhileTrackingIsOff() {
        Tensor x = random("x", 2).tracked();
        assertThat(Tracking.off(() -> x.square().isTracked())).isFalse();
        assertThat(x.square().isTracked()).isTrue();
        assertThat(Gradients.of(x.square().sum(), x).getFirst().isTracked()).isFalse();
    }

    @Test
    void aWriteBetweenUseAndGradientIsRefused() {
        Tensor weight = random("w", 2).tracked();
        Tensor y = weight.square().sum();
        InPlace.blend(weight, -0.1, random("g", 2), 1);
        assertThatThrownBy(() -> Gradients.of(y, weight)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("written in place").hasMessageContaining("(2)");
        Tensor made = weight.square();
        assertThatThrownBy(() -> InPlace.assign(made, weight)).hasMessageContaining("square");
    }

    @Test
    void aWriteThroughAnotherViewOfTheNumbersIsRefusedToo() {
        Tensor x = random("x", 1, 3).tracked();
        Tensor constant = random("c", 3);
        // The product uses a reshaped view of the constant, which holds the same numbers.
        Tensor product = x.times(constant).sum();
        InPlace.assign(constant, random("n", 3));
        assertThatThrownBy(() -> Gradients.of(product, x)).hasMessageContaining("written in place");

        Tensor weight = random("w", 3).tracked();
        Tensor squared = weight.square().sum();
        InPlace.assign(weight.detached(), random("n", 3));
        assertThatThrownBy(() -> Gradients.of(squared, weight)).hasMessageContaining("written in place");

        // tanh's backward pass uses its own output.
        Tensor output = x.tanh();
        Tensor sum = output.sum();
        InPlace.assign(output.detached(), random("n", 1, 3));
        assertThatThrownBy(() -> Gradients.of(sum, x)).hasMessageContaining("written in place");
    }

    @Test
    void aQuotientsGradientNeedsNoSquareOfTheDivisor() {
        Tensor a = Tensor.of(new float[]{1e25f}).tracked();
        Tensor b = Tensor.of(new float[]{1e20f}).tracked();
        assertThat(Gradients.of(a.over(b).sum(), b).getFirst().item()).isCloseTo(-1e-15,
                org.assertj.core.data.Percentage.withPercentage(1e-4));
    }

    @Test
    void aScalarInputStaysAScalar() {
        Tensor scalar = Tensor.of(new double[]{0.7}).reshape();
        assertThat(Tensor.of(scalar.toDoubles(), scalar.shape().lengths()).shape()).isEqualTo(Shape.of());
        assertThat(GradientCheck.firstOrder(xs -> xs.get(0).exp().reshape(), List.of(scalar))).isLessThan(1e-8);
    }

    /// A small recurrent network: its weight is used three times, its bias twice, and one input is a constant view of
    /// the weight.
    private static Tensor recurrent(Tensor x, Tensor weight, Tensor bias) {
        Tensor h = x.linear(weight, bias).tanh();
        h = h.linear(weight, bias).plus(x).tanh();
        return h.matmul(weight).times(weight.detached().sum(0)).square().mean();
    }

    @Test
    void gradientsThatComeOneByOneAreTheSame() {
        Tensor x = random("x", 80, 70).tracked();
        Tensor weight = random("w", 70, 70).times(0.1).tracked();
        Tensor bias = random("b", 70).tracked();
        Tensor unused = random("u", 3).tracked();
        List<Tensor> variables = List.of(bias, unused, weight, x);
        List<Tensor> expected = Gradients.of(recurrent(x, weight, bias), variables, Gradients.Unreached.ZERO);
        Workspace workspace = new Workspace();
        for (int round = 0; round < 3; round++) {
            double[][] got = new double[4][];
            workspace.run(() -> {
                Gradients.each(recurrent(x, weight, bias), variables, Gradients.Unreached.ZERO, (i, gradient) -> {
                    assertThat(got[i]).as("variable %d comes once", i).isNull();
                    got[i] = gradient.toDoubles();
                });
                return got;
            });
            for (int i = 0; i < 4; i++) {
                assertThat(got[i]).isEqualTo(expected.get(i).toDoubles());
            }
        }
    }

    /// As an optimiser does that changes each parameter at once: no gradient may see a variable that has been
    /// overwritten.
    @Test
    void whoTakesAGradientMayOverwriteItsVariable() {
        Tensor x = random("x", 80, 70).tracked();
        Tensor weight = random("w", 70, 70).times(0.1).tracked();
        Tensor bias = random("b", 70).tracked();
        List<Tensor> variables = List.of(x, weight, bias);
        List<Tensor> expected = Gradients.of(recurrent(x, weight, bias), variables);
        new Workspace().run(() -> {
            Gradients.each(recurrent(x, weight, bias), variables, (i, gradient) -> {
                assertThat(gradient.toDoubles()).isEqualTo(expected.get(i).toDoubles());
                InPlace.blend(variables.get(i), 0, variables.get(i), Double.NaN);
            });
            return x;
        });
    }

    @Test
    void aVariableIsNamedOnce() {
        Tensor x = random("x", 2).tracked();
        assertThatThrownBy(() -> Gradients.each(x.sum(), List.of(x, x), (i, gradient) -> {
        })).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("variable 1").hasMessageContaining(
                "is variable 0 again");
    }
}
