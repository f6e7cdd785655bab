package org.surprisal.theory.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.tensor.Tensor;

class ActivationFunctionTest {

    private static final double[] POINTS = {-30, -6.5, -2, -1, -0.3, 0.2, 0.9, 1.7, 3, 8, 40};

    static List<ActivationFunction> all() {
        return ActivationFunction.all();
    }

    static Stream<Arguments> tensorFunctions() {
        return Stream.of(Arguments.of("tanh", (UnaryOperator<Tensor>) Tensor::tanh),
                Arguments.of("sigmoid", (UnaryOperator<Tensor>) Tensor::sigmoid),
                Arguments.of("relu", (UnaryOperator<Tensor>) Tensor::relu),
                Arguments.of("identity", (UnaryOperator<Tensor>) x -> x));
    }

    /// The function that networks run is the function the theory speaks of.
    @ParameterizedTest(name = "{0}")
    @MethodSource("tensorFunctions")
    void areThoseOfTheTensors(String label, UnaryOperator<Tensor> function) {
        double[] expected = function.apply(Tensor.of(POINTS)).toDoubles();
        for (int i = 0; i < POINTS.length; i++) {
            assertThat(ActivationFunction.labelled(label).value(POINTS[i])).as("at %s", POINTS[i])
                    .isCloseTo(expected[i], within(1e-15 + 1e-14 * Math.abs(expected[i])));
        }
    }

    @Test
    void erfIsThatOfAnotherLibrary() {
        for (double x : POINTS) {
            assertThat(SaturatingActivation.ERF.value(x)).isCloseTo(Erf.erf(x), within(1e-15));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void derivativesAreFiniteDifferences(ActivationFunction activation) {
        double h = 1e-5;
        for (double x : POINTS) {
            double first = (activation.value(x + h) - activation.value(x - h)) / (2 * h);
            double second = (activation.derivative(x + h) - activation.derivative(x - h)) / (2 * h);
            assertThat(activation.derivative(x)).as("at %s", x).isCloseTo(first, within(1e-9));
            assertThat(activation.secondDerivative(x)).as("at %s", x).isCloseTo(second, within(1e-9));
        }
    }

    @Test
    void aLeakySlopeIsTheOneAsked() {
        assertThat(PiecewiseLinear.leaky(0.2).value(-3)).isEqualTo(-0.6000000000000001);
        assertThat(ActivationFunction.labelled("leaky-relu").value(-3)).isEqualTo(-0.03);
    }

    @Test
    void namesWhatItHasAndWhatASlopeMayBe() {
        assertThatThrownBy(() -> ActivationFunction.labelled("gelu")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no activation 'gelu' in mean-field theory;"
                        + " there are tanh, erf, sigmoid, relu, leaky-relu, identity");
        assertThatThrownBy(() -> PiecewiseLinear.leaky(1.5)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slope below 0 = 1.5, -1 to 1 needed");
        assertThatThrownBy(() -> PiecewiseLinear.leaky(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
