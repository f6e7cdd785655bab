package org.surprisal.network.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.network.PyTorchFixture;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.GradientCheck;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.Tensor;

/// Every loss against differences, PyTorch, and what theory says of its gradient.
class LossTest {
    /// Recorded by a script that makes outputs z_i = ((7i + 3) mod 20 - 10) / 4 of shape (4, 5), targets as here, and
    /// takes value and gradient of torch.nn.functional.mse_loss, of the same with reduction 'sum' over 4 and over 8, of
    /// binary_cross_entropy_with_logits, cross_entropy with classes and with probabilities, and nll_loss.
    static Stream<Arguments> losses() {
        Tensor real = PyTorchFixture.tensor(ElementType.FLOAT64, i -> (3 * i + 1) % 20 / 8.0 - 1, 4, 5);
        Tensor probabilities = PyTorchFixture.tensor(ElementType.FLOAT64, i -> (3 * i + 1) % 17 / 16.0, 4, 5);
        Tensor weights = PyTorchFixture.tensor(ElementType.FLOAT64, i -> (3 * i + 1) % 7 + 1, 4, 5);
        Tensor distributions = weights.over(weights.sum(1).reshape(4, 1));
        Tensor classes = PyTorchFixture.tensor(ElementType.FLOAT64, i -> 3 * i % 5, 4);
        return Stream.of(Arguments.of("mean-squared-error", new MeanSquaredError(), real),
                Arguments.of("squared-error", new SquaredError(), real),
                Arguments.of("half-squared-error", new HalfSquaredError(), real),
                Arguments.of("binary-cross-entropy", new BinaryCrossEntropy(), probabilities),
                Arguments.of("cross-entropy", new CrossEntropy(), classes),
                Arguments.of("distribution-cross-entropy", new DistributionCrossEntropy(), distributions),
                Arguments.of("negative-log-likelihood", new NegativeLogLikelihood(), classes));
    }

    private static Tensor outputs(ElementType type) {
        return PyTorchFixture.tensor(type, i -> ((7 * i + 3) % 20 - 10) / 4.0, 4, 5);
    }

    private static Tensor gradient(Loss loss, Tensor outputs, Tensor targets) {
        Tensor variable = outputs.tracked();
        return Gradients.of(loss.of(variable, targets), variable).getFirst();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void valuesAndGradientsArePyTorchs(String name, Loss loss, Tensor targets) throws IOException {
        PyTorchFixture fixture = new PyTorchFixture("losses.txt");
        for (ElementType type : ElementType.values()) {
            fixture.compare(name, "value", loss.of(outputs(type), targets.to(type)));
            fixture.compare(name, "gradient", gradient(loss, outputs(type), targets.to(type)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void gradientsAgreeWithDifferences(String name, Loss loss, Tensor targets) {
        // Through tanh, so that the second derivative of the linear loss is put to the test, too.
        List<Tensor> z = List.of(outputs(ElementType.FLOAT64));
        assertThat(GradientCheck.firstOrder(x -> loss.of(x.getFirst().tanh(), targets), z)).as(name).isLessThan(1e-8);
        assertThat(GradientCheck.secondOrder(x -> loss.of(x.getFirst().tanh(), targets), z)).as(name)
                .isLessThan(1e-8);
    }

    @Test
    void theThreeSquaredErrorsDifferByTheirDivisorsOnly() {
        Tensor outputs = Tensor.of(new double[]{1, 2, 3, 4}, 2, 2);
        Tensor targets = Tensor.of(new double[]{0, 0, 3, 7}, 2, 2);
        // squares 1, 4, 0, 9
        assertThat(new HalfSquaredError().of(outputs, targets).item()).isEqualTo(14 / 4.0);
        assertThat(new SquaredError().of(outputs, targets).item()).isEqualTo(14 / 2.0);
        assertThat(new MeanSquaredError().of(outputs, targets).item()).isEqualTo(14 / 4.0);
        Tensor vector = Tensor.of(new double[]{1, 2});
        assertThat(new MeanSquaredError().of(vector, vector.plus(1)).item()).isEqualTo(1);
        assertThat(new HalfSquaredError().of(vector, vector.plus(1)).item()).isEqualTo(0.5);
    }

    @Test
    void canonicalPairsHaveTheGradientOutputMinusTarget() {
        // m = 4 is a power of two, so dividing by it rounds nothing: the identity holds to the bit where a - y is
        // formed once.
        Tensor z = outputs(ElementType.FLOAT64);
        Tensor real = PyTorchFixture.tensor(ElementType.FLOAT64, i -> Math.sin(i), 4, 5);
        assertThat(gradient(new HalfSquaredError(), z, real).toDoubles())
                .isEqualTo(z.minus(real).times(0.25).toDoubles());
        Tensor oneHot = PyTorchFixture.tensor(ElementType.FLOAT64, i -> i % 5 == 3 * (i / 5) % 5 ? 1 : 0, 4, 5);
        Tensor classes = PyTorchFixture.tensor(ElementType.FLOAT64, i -> 3 * i % 5, 4);
        double[] expected = z.softmax().minus(oneHot).times(0.25).toDoubles();
        assertThat(gradient(new CrossEntropy(), z, classes).toDoubles()).isEqualTo(expected);
        assertThat(gradient(new DistributionCrossEntropy(), z, oneHot).toDoubles()).isEqualTo(expected);
        Tensor column = PyTorchFixture.tensor(ElementType.FLOAT64, i -> 2.5 * i - 4, 4, 1);
        Tensor yesOrNo = PyTorchFixture.tensor(ElementType.FLOAT64, i -> new double[]{0, 1, 0.25, 1}[i], 4, 1);
        // sigmoid(z) - 1 is formed as -sigmoid(-z): one rounding of a number near 1 apart
        assertThat(gradient(new BinaryCrossEntropy(), column, yesOrNo).toDoubles())
                .containsExactly(column.sigmoid().minus(yesOrNo).times(0.25).toDoubles(), Offset.offset(5e-17));
    }

    @Test
    void theSquaredErrorOfASigmoidIsNoCanonicalPairAndSaturates() {
        Loss squared = (z, y) -> new HalfSquaredError().of(z.sigmoid(), y);
        Tensor zero = Tensor.of(new double[]{0}, 1, 1);
        Tensor wrong = Tensor.of(new double[]{100}, 1, 1);
        // Target 0, z = 100: the worst answer, and nothing to learn from it ...
        assertThat(squared.of(wrong, zero).item()).isEqualTo(0.5);
        assertThat(gradient(squared, wrong, zero).item()).isLessThan(1e-40);
        // ... but with the cross-entropy.
        assertThat(new BinaryCrossEntropy().of(wrong, zero).item()).isEqualTo(100);
        assertThat(gradient(new BinaryCrossEntropy(), wrong, zero).item()).isEqualTo(1);
        // Nielsen's neuron w = b = 2 at x = 1: a = .9820, whose error .9820 comes back times sigma'(4) = .0177.
        Tensor four = Tensor.of(new double[]{4}, 1, 1);
        double a = four.sigmoid().item();
        assertThat(a).isCloseTo(0.9820, Offset.offset(5e-5));
        assertThat(gradient(squared, four, zero).item()).isCloseTo(a * a * (1 - a), Offset.offset(1e-16));
        assertThat(gradient(new BinaryCrossEntropy(), four, zero).item()).isCloseTo(a, Offset.offset(1e-16));
    }

    @Test
    void gradientsByTheWeightsAreThoseOfTheNotes() {
        // Generalised perceptron: 1/m sum y^(1 - y^)(y^ - y) x for the squared error, 1/m sum (y^ - y) x for
        // cross-entropy.
        double[] x = {0.5, -1, 2, 0.25};
        double[] y = {1, 0, 1, 0};
        double squared = 0;
        double crossEntropy = 0;
        for (int i = 0; i < x.length; i++) {
            double a = 1 / (1 + Math.exp(-(0.7 * x[i] - 0.2)));
            squared += a * (1 - a) * (a - y[i]) * x[i] / 4;
            crossEntropy += (a - y[i]) * x[i] / 4;
        }
        Tensor w = Tensor.of(new double[]{0.7}, 1, 1).tracked();
        Tensor z = Tensor.of(x, 4, 1).linear(w, Tensor.of(new double[]{-0.2}));
        Tensor targets = Tensor.of(y, 4, 1);
        assertThat(Gradients.of(new HalfSquaredError().of(z.sigmoid(), targets), w).getFirst().item())
                .isCloseTo(squared, Offset.offset(1e-16));
        assertThat(Gradients.of(new BinaryCrossEntropy().of(z, targets), w).getFirst().item())
                .isCloseTo(crossEntropy, Offset.offset(1e-16));
    }

    @Test
    void crossEntropyIsConvexInTheLogitAndTheSquaredErrorIsNot() {
        Tensor zero = Tensor.of(new double[]{0}, 1, 1);
        for (double z = -6; z <= 6; z += 0.5) {
            assertThat(curvature(new BinaryCrossEntropy(), z, zero)).isPositive();
        }
        assertThat(curvature((z, y) -> new HalfSquaredError().of(z.sigmoid(), y), 3, zero)).isNegative();
    }

    private static double curvature(Loss loss, double at, Tensor target) {
        Tensor z = Tensor.of(new double[]{at}, 1, 1).tracked();
        Tensor slope = Gradients.differentiable(loss.of(z, target), List.of(z)).getFirst();
        return Gradients.of(slope.sum(), z).getFirst().item();
    }

    @Test
    void binaryCrossEntropyIsItsFormulaAndKeepsItsTail() {
        double z = 0.8;
        double h = 1 / (1 + Math.exp(-z));
        for (double y : new double[]{0, 0.3, 1}) {
            double expected = -y * Math.log(h) - (1 - y) * Math.log(1 - h);
            assertThat(new BinaryCrossEntropy().of(Tensor.of(new double[]{z}), Tensor.of(new double[]{y})).item())
                    .isCloseTo(expected, Offset.offset(1e-15));
        }
        // -ln sigmoid(100) = ln(1 + e^-100), mpmath
        assertThat(new BinaryCrossEntropy().of(Tensor.of(new double[]{100}), Tensor.of(new double[]{1})).item())
                .isCloseTo(3.720075976020836e-44, Percentage.withPercentage(1e-12));
    }

    @Test
    void theFormsOfCrossEntropyAgree() {
        Tensor z = outputs(ElementType.FLOAT64);
        Tensor classes = Tensor.of(new double[]{0, 3, 1, 4});
        double[] oneHot = new double[20];
        for (int i = 0; i < 4; i++) {
            oneHot[5 * i + (int) classes.at(i)] = 1;
        }
        double loss = new CrossEntropy().of(z, classes).item();
        assertThat(new NegativeLogLikelihood().of(z.logSoftmax(), classes).item()).isEqualTo(loss);
        assertThat(new DistributionCrossEntropy().of(z, Tensor.of(oneHot, 4, 5)).item())
                .isCloseTo(loss, Offset.offset(1e-15));
        // two classes with logits (0, z) are the binary question z
        Tensor pair = Tensor.of(new double[]{0, 1.7}, 1, 2);
        assertThat(new CrossEntropy().of(pair, Tensor.of(new double[]{1})).item()).isCloseTo(
                new BinaryCrossEntropy().of(Tensor.of(new double[]{1.7}), Tensor.of(new double[]{1})).item(),
                Offset.offset(1e-15));
        // ten classes held equally likely
        assertThat(new CrossEntropy().of(Tensor.zeros(ElementType.FLOAT64, 3, 10), Tensor.of(new double[]{0, 9, 4}))
                .item()).isCloseTo(Math.log(10), Offset.offset(1e-15));
    }

    @Test
    void againstItselfCrossEntropyIsTheEntropy() {
        // The least value over the outputs is the entropy of the targets, reached at p = q.
        Tensor q = Tensor.of(new double[]{0.5, 0.25, 0.25}, 1, 3);
        Loss loss = new DistributionCrossEntropy();
        assertThat(loss.of(q.log(), q).item()).isCloseTo(1.5 * Math.log(2), Offset.offset(1e-15));
        for (double slope : gradient(loss, q.log(), q).toDoubles()) {
            assertThat(slope).isCloseTo(0, Offset.offset(1e-16));
        }
    }

    @Test
    void wrongTargetsAreNamed() {
        Tensor z = Tensor.zeros(ElementType.FLOAT32, 2, 2);
        Tensor wrongShape = Tensor.zeros(ElementType.FLOAT32, 2, 3);
        Map<String, Loss> sameShape = new LinkedHashMap<>();
        sameShape.put("mean", new MeanSquaredError());
        sameShape.put("sum", new SquaredError());
        sameShape.put("half", new HalfSquaredError());
        sameShape.put("binary", new BinaryCrossEntropy());
        sameShape.put("distribution", new DistributionCrossEntropy());
        sameShape.forEach((name, loss) -> {
            assertThatThrownBy(() -> loss.of(z, wrongShape)).as(name).hasMessageContaining("(2, 2)")
                    .hasMessageContaining("(2, 3)");
            assertThatThrownBy(() -> loss.of(z.sum(), z.sum())).as(name).hasMessageContaining("()");
            assertThatThrownBy(() -> loss.of(z.rows(), z.rows())).as(name).hasMessageContaining("(0, 2)");
        });
        assertThatThrownBy(() -> new BinaryCrossEntropy().of(z, Tensor.of(new float[]{0, 1, 0.5f, 2}, 2, 2)))
                .hasMessageContaining("2.0 of sample 1");
        assertThatThrownBy(() -> new BinaryCrossEntropy().of(z, Tensor.of(new float[]{Float.NaN, 1, 0, 0}, 2, 2)))
                .hasMessageContaining("NaN of sample 0");
        assertThatThrownBy(() -> new DistributionCrossEntropy().of(z, Tensor.of(new float[]{0, 1, 0.5f, 0.25f}, 2, 2)))
                .hasMessageContaining("sample 1").hasMessageContaining("0.75");
        assertThatThrownBy(() -> new NegativeLogLikelihood().of(z, Tensor.of(new float[]{0, 2})))
                .hasMessageContaining("2.0 of sample 1");
    }
}
