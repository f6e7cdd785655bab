package org.surprisal.network.layer;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Pass;
import org.surprisal.network.PyTorchFixture;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.GradientCheck;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Tracking;

/// Every activation against differences, PyTorch and the numbers of the lecture notes (Table 6 and section 5.1).
class ActivationTest {
    static Stream<Arguments> activations() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        for (Activation activation : Activation.values()) {
            layers.put(activation.label(), activation);
        }
        layers.put("leaky-relu(0.3)", new LeakyRelu(0.3));
        layers.put("elu(0.7)", new Elu(0.7));
        layers.put("softmax", new Softmax());
        layers.put("log-softmax", new LogSoftmax());
        return layers.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    private static Tensor run(Layer layer, Tensor x) {
        return layer.forward(x, Pass.evaluation());
    }

    private static Tensor at(double... x) {
        return Tensor.of(x, 1, x.length);
    }

    private static double derivative(Layer layer, double x) {
        Tensor variable = at(x).tracked();
        return Gradients.of(run(layer, variable).sum(), variable).getFirst().item();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("activations")
    void gradientsAgreeWithDifferences(String name, Layer layer) {
        // 12 numbers from -2.9 to 3.15, none near the kink at 0; squared, so that no second derivative vanishes for
        // want of one.
        Tensor x = PyTorchFixture.tensor(ElementType.FLOAT64, i -> (5 * i + 1) % 12 * 0.55 - 2.9, 3, 4);
        Tensor weights = PyTorchFixture.tensor(ElementType.FLOAT64, i -> 0.3 + Math.cos(i), 3, 4);
        java.util.function.Function<List<Tensor>, Tensor> f = v -> run(layer, v.getFirst()).square().times(weights)
                .plus(run(layer, v.getFirst()).times(v.getFirst())).sum();
        assertThat(GradientCheck.firstOrder(f, List.of(x))).as(name).isLessThan(1e-8);
        assertThat(GradientCheck.secondOrder(f, List.of(x))).as(name).isLessThan(1e-8);
    }

    /// Recorded by a script that makes x_i = ((7i + 3) mod 25 - 12) / 2, so every half from -6 to 6, the kink included,
    /// of shape (5, 5), calls torch.heaviside (1 at 0), sign, tanh, ..., torch.nn.functional.gelu (both forms), softmax
    /// and log_softmax along axis 1 on it, and takes the gradient of the output weighted by ((11i + 5) mod 23 - 11)
    /// / 8. torch.heaviside has none.
    @ParameterizedTest(name = "{0}")
    @MethodSource("activations")
    void valuesAndGradientsArePyTorchs(String name, Layer layer) throws IOException {
        PyTorchFixture fixture = new PyTorchFixture("activations.txt");
        for (ElementType type : ElementType.values()) {
            Tensor x = PyTorchFixture.tensor(type, i -> ((7 * i + 3) % 25 - 12) / 2.0, 5, 5).tracked();
            Tensor upstream = PyTorchFixture.tensor(type, i -> ((11 * i + 5) % 23 - 11) / 8.0, 5, 5);
            Tensor y = run(layer, x);
            fixture.compare(name, "value", y);
            Tensor gradient = Gradients.of(y.times(upstream).sum(), x).getFirst();
            if (layer == Activation.HEAVISIDE) {
                assertThat(fixture.has(name, type, "gradient")).isFalse();
                assertThat(gradient.toDoubles()).containsOnly(0);
            } else {
                fixture.compare(name, "gradient", gradient);
            }
        }
    }

    @Test
    void theStepsAreThoseOfTheNotes() {
        assertThat(Activation.HEAVISIDE.apply(at(0, -1e-9, 3, -0.0)).toDoubles()).containsExactly(1, 0, 1, 1);
        assertThat(Activation.SIGN.apply(at(0, -1e-9, 3)).toDoubles()).containsExactly(0, -1, 1);
        assertThat(Activation.HEAVISIDE.apply(at(Double.NaN)).item()).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"HEAVISIDE, 0", "SIGN, 0", "TANH, 1", "SIGMOID, 0.25", "RELU, 0", "LEAKY_RELU, 0.01", "ELU, 1",
            "SELU, 1.7580993408473766", "GELU, 0.5", "GELU_TANH, 0.5", "SOFTPLUS, 0.5", "IDENTITY, 1",
            "ERF, 1.1283791670955126"})
    void theDerivativeAtZeroIsTheOneStated(Activation activation, double expected) {
        assertThat(derivative(activation, 0)).isCloseTo(expected, Offset.offset(1e-15));
    }

    @Test
    void derivativesAreThoseOfTheNotes() {
        for (double z : new double[]{-3, -0.4, 0.2, 5}) {
            double s = 1 / (1 + Math.exp(-z));
            assertThat(derivative(Activation.SIGMOID, z)).isCloseTo(s * (1 - s), Offset.offset(1e-15))
                    .isLessThan(0.25);
            assertThat(derivative(Activation.TANH, z)).isCloseTo(4 / Math.pow(Math.exp(z) + Math.exp(-z), 2),
                    Offset.offset(1e-14));
            assertThat(derivative(new Elu(0.5), z)).isCloseTo(z > 0 ? 1 : 0.5 * Math.exp(z), Offset.offset(1e-15));
            assertThat(derivative(new LeakyRelu(0.2), z)).isEqualTo(z > 0 ? 1 : 0.2);
        }
        assertThat(new Elu(0.5).apply(at(-50)).item()).isEqualTo(-0.5);
    }

    @Test
    void singleNumbersGoThroughTheSameFormulas() {
        for (double x : new double[]{-1.5, 0, 0.75}) {
            assertThat(Activation.TANH.at(x)).isEqualTo(StrictMath.tanh(x));
            assertThat(Activation.SIGMOID.derivative(x)).isCloseTo(1 / (2 + Math.exp(x) + Math.exp(-x)),
                    Offset.offset(1e-15));
            assertThat(Activation.IDENTITY.derivative(x)).isEqualTo(1);
            assertThat(Activation.HEAVISIDE.derivative(x)).isZero();
        }
    }

    /// Against the recorded operations, whose derivatives are PyTorch's: at kinks, near 0, in the tails and beyond.
    @ParameterizedTest
    @EnumSource
    void derivativesOfSingleNumbersAreThoseOfTheRecord(Activation activation) {
        for (double x : new double[]{0, -0.0, 1e-300, -1e-300, 1e-9, -1e-9, 0.1, -0.1, 0.5, -0.7, -1, 1, 2.5, -3,
                5, -6.25, 9, -9, 12, -12, -20, 30, -37.5, 39.999, -39.999, 40, -40, 41, -41, 300, -300, 1e6, -1e6, 1e20,
                -1e20, 1e200, -1e200}) {
            double recorded = derivative(activation, x);
            assertThat(activation.derivative(x)).as("at %s", x)
                    .isCloseTo(recorded, Offset.offset(1e-13 * Math.abs(recorded) + Double.MIN_NORMAL));
            assertThat(activation.at(x)).as("at %s", x).isEqualTo(activation.apply(at(x)).item());
        }
    }

    @Test
    void derivativesOfSingleNumbersNeedNoTracking() {
        assertThat(Tracking.off(() -> Activation.TANH.derivative(0))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void tailsKeepTheirPrecision(ElementType type) {
        Percentage precision = Percentage.withPercentage(type == ElementType.FLOAT64 ? 1e-13 : 5e-5);
        // mpmath, 40 digits
        assertThat(Activation.SOFTPLUS.apply(at(1000).to(type)).item()).isEqualTo(1000);
        assertThat(Activation.SOFTPLUS.apply(at(-30).to(type)).item()).isCloseTo(9.357622968839737e-14, precision);
        assertThat(Activation.ELU.apply(at(-1e-8).to(type)).item()).isCloseTo(-9.99999995e-9, precision);
        assertThat(Activation.GELU.apply(at(-12).to(type)).item()).isCloseTo(-2.1317785344932147e-32, precision);
        // the derivative of ELU where its value has long rounded to -1
        Tensor x = at(-40).to(type).tracked();
        assertThat(Gradients.of(Activation.ELU.apply(x).sum(), x).getFirst().item())
                .isCloseTo(4.248354255291589e-18, precision);
    }

    /// Phi(x) + x phi(x), and the second derivative (2 - x^2) phi(x), in 900 decimal digits.
    @ParameterizedTest
    @CsvSource({"-35, -1.37801378629113611e-265, -4.81910464693735776e-264",
            "-20, -1.10143604831334640e-86, -2.19733744813958575e-85",
            "-8, -3.97960726108679599e-14, -3.13240807179287322e-13",
            "-3, -1.19456472041839270e-2, -3.10229388835660502e-2",
            "-1.5, -1.27469192229979525e-1, -3.23793989164729319e-2",
            "-0.25, 3.04626645116363974e-1, 7.49169476305520338e-1",
            "0.5, 8.67495124656162843e-1, 6.16114321837524086e-1",
            "2, 1.08523180107819690, -1.07981933026376104e-1", "6, 1.00000003546870945, -2.06580016893991707e-7",
            "12, 1, -3.04786490464154569e-30"})
    void derivativesOfGeluKeepTheirPrecision(double at, double first, double second) {
        for (ElementType type : ElementType.values()) {
            if (type == ElementType.FLOAT32 && Math.abs(first) < Float.MIN_NORMAL) {
                continue;
            }
            Percentage precision = Percentage.withPercentage(type == ElementType.FLOAT64 ? 5e-13 : 1e-4);
            Tensor x = at(at).to(type).tracked();
            Tensor slope = Gradients.differentiable(Activation.GELU.apply(x).sum(), List.of(x)).getFirst();
            assertThat(slope.item()).isCloseTo(first, precision);
            assertThat(Gradients.of(slope.sum(), x).getFirst().item()).isCloseTo(second, precision);
        }
    }

    /// The formula's derivative in 900 decimal digits.
    @ParameterizedTest
    @CsvSource({"-9, -2.51573528506742515e-27", "-6, -7.70997393095369551e-10", "-3, -1.15841666309697262e-2",
            "-0.5, 1.32630096465357688e-1", "0.25, 6.95354095151060429e-1", "2, 1.08609925662361838",
            "5, 1.00000154636198753", "8, 1"})
    void derivativeOfGeluByTanhKeepsItsPrecision(double at, double slope) {
        for (ElementType type : ElementType.values()) {
            Tensor x = at(at).to(type).tracked();
            assertThat(Gradients.of(Activation.GELU_TANH.apply(x).sum(), x).getFirst().item())
                    .isCloseTo(slope, Percentage.withPercentage(type == ElementType.FLOAT64 ? 1e-11 : 2e-3));
        }
    }

    /// Where squares and cubes overflow in float32.
    @ParameterizedTest
    @EnumSource
    void farInputsHaveTheSlopesOfTheAsymptotes(ElementType type) {
        Tensor x = at(1e20, -1e20, 1e14, -1e14).to(type).tracked();
        for (Activation activation : Activation.values()) {
            boolean rises = List.of(Activation.RELU, Activation.LEAKY_RELU, Activation.ELU, Activation.SELU,
                    Activation.GELU, Activation.GELU_TANH, Activation.SOFTPLUS, Activation.IDENTITY)
                    .contains(activation);
            double right = activation == Activation.SELU ? 1.0507009873554805 : rises ? 1 : 0;
            double left = activation == Activation.LEAKY_RELU ? 0.01 : activation == Activation.IDENTITY ? 1 : 0;
            Tensor slope = Gradients.differentiable(activation.apply(x).sum(), List.of(x)).getFirst();
            assertThat(slope.toDoubles()).as("%s", activation)
                    .containsExactly(new double[]{right, left, right, left}, Offset.offset(1e-7));
            Tensor curvature = Gradients.of(slope.sum(), List.of(x), Gradients.Unreached.ZERO).getFirst();
            assertThat(curvature.toDoubles()).as("%s", activation).containsOnly(0);
        }
    }

    @Test
    void sigmoidSlopeIsNotZeroWhereTheSigmoidHasRoundedToOne() {
        assertThat(Activation.SIGMOID.derivative(37)).isCloseTo(8.533047625744066e-17,
                Percentage.withPercentage(1e-13));
        assertThat(Activation.SIGMOID.derivative(100)).isCloseTo(3.720075976020836e-44,
                Percentage.withPercentage(1e-13));
        assertThat(Activation.TANH.derivative(-50)).isCloseTo(4 * 3.720075976020836e-44,
                Percentage.withPercentage(1e-13));
    }

    @ParameterizedTest
    @EnumSource(names = {"LEAKY_RELU", "ELU", "SELU"})
    void largeInputsOverflowNowhere(Activation activation) {
        Tensor x = at(1000, -1000, Double.POSITIVE_INFINITY).to(ElementType.FLOAT32).tracked();
        Tensor y = activation.apply(x);
        assertThat(y.toDoubles()[0]).isGreaterThan(999);
        assertThat(y.toDoubles()[2]).isInfinite();
        assertThat(Gradients.of(y.sum(), x).getFirst().isFinite()).isTrue();
    }

    @Test
    void seluKeepsMeanZeroAndVarianceOne() {
        // Midpoint sums over the standard normal density, on each side of the kink; error of order h^2 = 1e-6.
        double h = 1e-3;
        double mean = 0;
        double square = 0;
        double[] z = new double[20_000];
        for (int i = 0; i < z.length; i++) {
            z[i] = (i + 0.5) * h - 10;
        }
        double[] y = Activation.SELU.apply(at(z)).toDoubles();
        for (int i = 0; i < z.length; i++) {
            double weight = h * Math.exp(-z[i] * z[i] / 2) / Math.sqrt(2 * Math.PI);
            mean += weight * y[i];
            square += weight * y[i] * y[i];
        }
        assertThat(mean).isCloseTo(0, Offset.offset(1e-6));
        assertThat(square).isCloseTo(1, Offset.offset(1e-6));
    }

    @Test
    void softmaxIsADistributionThatAShiftDoesNotChange() {
        Tensor z = at(1, -2, 0.5);
        Tensor p = run(new Softmax(), z);
        assertThat(p.sum().item()).isCloseTo(1, Offset.offset(1e-15));
        assertThat(run(new Softmax(), z.plus(1000)).toDoubles()).containsExactly(p.toDoubles(), Offset.offset(1e-12));
        assertThat(run(new Softmax(), at(1000, 0, -1000)).toDoubles()).containsExactly(1, 0, 0);
        assertThat(run(new LogSoftmax(), at(1000, 0, -1000)).toDoubles()).containsExactly(0, -1000, -2000);
        // Jacobian diag(p) - p p^T, row by row
        for (int k = 0; k < 3; k++) {
            Tensor variable = z.tracked();
            double[] row = Gradients.of(run(new Softmax(), variable).pick(k).sum(), variable).getFirst().toDoubles();
            for (int j = 0; j < 3; j++) {
                double expected = (j == k ? p.at(0, k) : 0) - p.at(0, k) * p.at(0, j);
                assertThat(row[j]).isCloseTo(expected, Offset.offset(1e-15));
            }
        }
    }

    @Test
    void theSigmoidAppliedAgainAndAgainForgetsItsInput() {
        // Notes, exercise 5.0: the values gather at 0.659, the derivatives vanish.
        Tensor x = at(-3, 0, 3).tracked();
        Tensor y = x;
        for (int layer = 0; layer < 40; layer++) {
            y = Activation.SIGMOID.apply(y);
        }
        for (double value : y.toDoubles()) {
            assertThat(value).isCloseTo(0.6590461, Offset.offset(5e-8));
        }
        for (double derivative : Gradients.of(y.sum(), x).getFirst().toDoubles()) {
            assertThat(derivative).isPositive().isLessThan(Math.pow(0.25, 39));
        }
    }

    @Test
    void sigmoidsSaturateForWidePreActivations() {
        // P(a < .05 or a > .95) = 2 Phi(-ln 19 / sd): 0.0032 for standard deviation 1, 0.326 for 3.
        double[] share = at(-Math.log(19), -Math.log(19) / 3).normalCdf().times(2).toDoubles();
        assertThat(share[0]).isCloseTo(0.0032, Offset.offset(5e-5));
        assertThat(share[1]).isCloseTo(0.326, Offset.offset(5e-4));
        assertThat(Activation.SIGMOID.apply(at(Math.log(19))).item()).isCloseTo(0.95, Offset.offset(1e-15));
    }

    @Test
    void linearLayersWithoutActivationCollapse() {
        // W2 (W1 x + b1) + b2 = (W2 W1) x + (W2 b1 + b2), exact in whole numbers.
        Tensor w1 = PyTorchFixture.tensor(ElementType.FLOAT64, i -> i * 5 % 7 - 3, 4, 3);
        Tensor b1 = PyTorchFixture.tensor(ElementType.FLOAT64, i -> i - 2, 4);
        Tensor w2 = PyTorchFixture.tensor(ElementType.FLOAT64, i -> i * 3 % 5 - 2, 2, 4);
        Tensor b2 = PyTorchFixture.tensor(ElementType.FLOAT64, i -> 1 - i, 2);
        Tensor x = PyTorchFixture.tensor(ElementType.FLOAT64, i -> i * 4 % 9 - 4, 5, 3);
        Network deep = MultilayerPerceptron.of(List.of(Linear.of(w1, b1), Linear.of(w2, b2)), Activation.IDENTITY,
                Activation.IDENTITY);
        Tensor collapsed = x.linear(w2.matmul(w1), b1.reshape(1, 4).linear(w2, b2).reshape(2));
        assertThat(deep.evaluate(x).toDoubles()).isEqualTo(collapsed.toDoubles());
    }

    @Test
    void labelsNameThem() {
        assertThat(Activation.LEAKY_RELU.label()).isEqualTo("leaky-relu");
        for (Activation activation : Activation.values()) {
            assertThat(Activation.labelled(activation.label())).isEqualTo(activation);
        }
        assertThatThrownBy(() -> Activation.labelled("LEAKY_RELU")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LEAKY_RELU").hasMessageContaining("relu, leaky-relu, elu");
        assertThatThrownBy(() -> new LeakyRelu(Double.NaN)).hasMessageContaining("slope (=NaN)");
        assertThatThrownBy(() -> new Elu(Double.POSITIVE_INFINITY)).hasMessageContaining("alpha (=Infinity)");
    }
}
