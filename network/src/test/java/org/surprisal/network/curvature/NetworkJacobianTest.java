package org.surprisal.network.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.Batch;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Pass;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.BatchNormalisation;
import org.surprisal.network.layer.Dropout;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.HalfSquaredError;
import org.surprisal.network.probe.Probe;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Tracking;

class NetworkJacobianTest {
    private static final Network NETWORK = new MultilayerPerceptron(4, List.of(5, 3, 2), Activation.TANH,
            Activation.SIGMOID).build(ElementType.FLOAT64, new Initialisation.Gaussian(1.5, 0.05),
                    RandomStream.seeded(31));
    private static final Tensor INPUTS = RandomStream.seeded(32).gaussian(ElementType.FLOAT64, 0, 1, 6, 4);

    @Test
    void ofAWholeNetworkAgreesWithDifferences() {
        Tensor jacobian = NetworkJacobian.inputOutput(NETWORK, INPUTS);
        assertThat(jacobian.shape()).isEqualTo(Shape.of(6, 2, 4));
        for (int sample = 0; sample < 6; sample++) {
            for (int j = 0; j < 4; j++) {
                double[] coarse = quotient(sample, j, 1e-3);
                double[] fine = quotient(sample, j, 5e-4);
                for (int k = 0; k < 2; k++) {
                    assertThat(jacobian.at(sample, k, j)).isCloseTo((4 * fine[k] - coarse[k]) / 3,
                            Offset.offset(1e-10));
                }
            }
        }
    }

    private static double[] quotient(int sample, int j, double h) {
        double[] up = INPUTS.rows(sample).toDoubles();
        double[] down = up.clone();
        up[j] += h;
        down[j] -= h;
        return NETWORK.evaluate(Tensor.of(up, 1, 4)).minus(NETWORK.evaluate(Tensor.of(down, 1, 4))).times(0.5 / h)
                .toDoubles();
    }

    @Test
    void ofALayerIsTheDerivativeTimesTheWeights() {
        Tensor jacobian = NetworkJacobian.ofModules(NETWORK, INPUTS, "linear1", "tanh1");
        assertThat(jacobian.shape()).isEqualTo(Shape.of(6, 3, 5));
        Tensor weight = ((Linear) NETWORK.module("linear1")).weight().value();
        Tensor activations = Objects.requireNonNull(Probe.of(NETWORK, List.of("tanh1")).observe(INPUTS).get("tanh1"))
                .output();
        for (int sample = 0; sample < 6; sample++) {
            for (int i = 0; i < 3; i++) {
                double a = activations.at(sample, i);
                for (int j = 0; j < 5; j++) {
                    assertThat(jacobian.at(sample, i, j)).isCloseTo((1 - a * a) * weight.at(i, j),
                            Offset.offset(1e-14));
                }
            }
        }
        assertThat(NetworkJacobian.ofModule(NETWORK, INPUTS, "linear1").rows(0).toDoubles())
                .containsExactly(weight.toDoubles(), Offset.offset(1e-15));
    }

    @Test
    void ofANetworkIsTheProductOfItsLayers() {
        Tensor whole = NetworkJacobian.inputOutput(NETWORK, INPUTS);
        Tensor first = NetworkJacobian.ofModules(NETWORK, INPUTS, "linear0", "tanh0");
        Tensor second = NetworkJacobian.ofModules(NETWORK, INPUTS, "linear1", "tanh1");
        Tensor third = NetworkJacobian.ofModules(NETWORK, INPUTS, "linear2", "sigmoid2");
        for (int sample = 0; sample < 6; sample++) {
            Tensor product = third.rows(sample).reshape(2, 3).matmul(second.rows(sample).reshape(3, 5))
                    .matmul(first.rows(sample).reshape(5, 4));
            assertThat(whole.rows(sample).toDoubles()).containsExactly(product.toDoubles(), Offset.offset(1e-14));
        }
    }

    @Test
    void ofANetworkAsItIsUsedNothingIsDroppedAndRowsAreApart() {
        Linear linear = new Initialisation.Gaussian(1, 0.1).linear(ElementType.FLOAT64, 4, 3, RandomStream.seeded(34));
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("linear", linear);
        parts.put("norm", BatchNormalisation.start(ElementType.FLOAT64, 3));
        parts.put("dropout", new Dropout(0.5));
        Tensor jacobian = NetworkJacobian.inputOutput(new Network(new Sequential(parts)), INPUTS);
        double[] expected = linear.weight().value().times(1 / Math.sqrt(1 + 1e-5)).toDoubles();
        for (int sample = 0; sample < 6; sample++) {
            assertThat(jacobian.rows(sample).toDoubles()).containsExactly(expected, Offset.offset(1e-14));
        }
    }

    @Test
    void byParameterTheLossFollowsByTheChainRule() {
        Tensor targets = RandomStream.seeded(33).gaussian(ElementType.FLOAT64, 0, 1, 6, 2);
        Map<String, Tensor> jacobians = NetworkJacobian.byParameter(NETWORK, INPUTS);
        assertThat(Objects.requireNonNull(jacobians.get("linear1.weight")).shape()).isEqualTo(Shape.of(6, 2, 15));
        // L = 1/(2m) sum (y - t)^2, so dL/dw = 1/m sum (y - t) dy/dw
        Tensor errors = NETWORK.evaluate(INPUTS).minus(targets).times(1 / 6.0).reshape(1, 12);
        Map<String, Tensor> gradients = LossGradients.byParameter(NETWORK, new HalfSquaredError(),
                new Batch(INPUTS, targets));
        assertThat(gradients.keySet()).containsExactlyElementsOf(jacobians.keySet());
        jacobians.forEach((name, jacobian) -> assertThat(
                errors.matmul(jacobian.reshape(12, jacobian.length(2))).toDoubles())
                .containsExactly(Objects.requireNonNull(gradients.get(name)).toDoubles(), Offset.offset(1e-14)));
    }

    /// The mean squared singular value of a layer's Jacobian where the pre-activations have the variance q* of the
    /// mean-field theory is its chi_1 (sigma_b2 = 0.05): 0.9386 and 1.1335. An earlier measurement found the numbers of
    /// the last column but one, with the standard errors of the last.
    @ParameterizedTest
    @CsvSource({"1.5, 0.4180372, 0.9386363, 0.934, 0.003", "2.5, 1.0639584, 1.1335157, 1.129, 0.004"})
    void theMeanSquaredSingularValueIsChi1(double sigmaW2, double qStar, double chi1, double measured,
            double measuredError) {
        int width = 256;
        int samples = 2;
        int networks = 60;
        double sum = 0;
        double squares = 0;
        for (int seed = 0; seed < networks; seed++) {
            RandomStream stream = RandomStream.seeded(41).child(seed);
            Network layer = new MultilayerPerceptron(width, List.of(width), Activation.TANH, Activation.TANH)
                    .build(ElementType.FLOAT64, new Initialisation.Gaussian(sigmaW2, 0.05), stream.child("layer"));
            Tensor inputs = stream.child("z").gaussian(ElementType.FLOAT64, 0, Math.sqrt(qStar), samples, width)
                    .tanh();
            Tensor jacobians = NetworkJacobian.inputOutput(layer, inputs);
            double mean = jacobians.square().sum().item() / (samples * width);
            sum += mean;
            squares += mean * mean;
        }
        double mean = sum / networks;
        double error = Math.sqrt((squares / networks - mean * mean) / (networks - 1));
        assertThat(error).isLessThan(0.01);
        assertThat(mean).isCloseTo(chi1, Offset.offset(4 * error));
        assertThat(mean).isCloseTo(measured, Offset.offset(4 * Math.hypot(error, measuredError)));
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(() -> NetworkJacobian.ofModule(NETWORK, INPUTS, "linear9")).hasMessageContaining("linear9")
                .hasMessageContaining("linear0");
        Map<String, Layer> twice = new LinkedHashMap<>();
        twice.put("a", Activation.TANH);
        Layer repeated = new Layer() {
            @Override
            public Tensor forward(Tensor input, Pass pass) {
                return pass.run("a", Activation.TANH, pass.run("a", Activation.TANH, input));
            }

            @Override
            public Map<String, Layer> children() {
                return twice;
            }
        };
        Network network = new Network(repeated);
        assertThatThrownBy(() -> NetworkJacobian.ofModule(network, INPUTS, "a")).hasMessageContaining("'a'")
                .hasMessageContaining("more than once");
        // and nobody listens any more
        assertThat(network.evaluate(INPUTS).toDoubles()).containsExactly(INPUTS.tanh().tanh().toDoubles());
        assertThatThrownBy(() -> Tracking.off(() -> NetworkJacobian.byParameter(NETWORK, INPUTS)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("tracking is off");
        Layer centring = (input, pass) -> input.minus(input.sum(0).times(1.0 / input.length(0)));
        assertThatThrownBy(() -> NetworkJacobian.inputOutput(new Network(centring), INPUTS))
                .hasMessageContaining("do not see each other");
    }
}
