package org.surprisal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.MeanSquaredError;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.GradientCheck;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class NetworkTest {
    private static final Initialisation START = new Initialisation.Gaussian(1.5, 0.05);

    private static Network network(ElementType type, int... widths) {
        return new MultilayerPerceptron(widths[0], Arrays.stream(widths).skip(1).boxed().toList(), Activation.TANH,
                Activation.IDENTITY).build(type, START, RandomStream.seeded(3));
    }

    @Test
    void parametersOfTheThesisNetwork() {
        // Schmidt, Fig 4: 784-16-16-10 has 13,002 parameters.
        assertThat(network(ElementType.FLOAT32, 784, 16, 16, 10).parameterCount()).isEqualTo(13_002);
    }

    @Test
    void modulesAndParametersHavePaths() {
        Network network = network(ElementType.FLOAT32, 4, 3, 2);
        assertThat(network.modules()).containsExactly("linear0", "tanh0", "linear1");
        assertThat(network.parameters()).extracting(Parameter::name).containsExactly("linear0.weight", "linear0.bias",
                "linear1.weight", "linear1.bias");
        assertThatThrownBy(() -> network.module("tanh1")).hasMessageContaining("tanh1")
                .hasMessageContaining("linear0, tanh0, linear1");
        Map<String, Layer> outer = new LinkedHashMap<>();
        outer.put("encoder", new Sequential(Map.of("inner", Activation.TANH)));
        assertThat(new Network(new Sequential(outer)).modules()).containsExactly("encoder", "encoder.inner");
        assertThatThrownBy(() -> new Sequential(Map.of("a.b", Activation.TANH))).hasMessageContaining("a.b");
    }

    @Test
    void theForwardPassIsTheFormula() {
        Network network = network(ElementType.FLOAT64, 3, 2, 2);
        List<Parameter> p = network.parameters();
        double[] x = {0.2, -1, 0.7};
        double[] hidden = affine(p.get(0).value(), p.get(1).value(), x);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Math.tanh(hidden[i]);
        }
        double[] y = affine(p.get(2).value(), p.get(3).value(), hidden);
        assertThat(network.evaluate(Tensor.of(x, 1, 3)).toDoubles()).containsExactly(y, Offset.offset(1e-15));
    }

    private static double[] affine(Tensor weight, Tensor bias, double[] x) {
        double[] y = bias.toDoubles();
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += weight.at(i, j) * x[j];
            }
        }
        return y;
    }

    @Test
    void gradientsOfAWholeNetworkAgreeWithDifferences() {
        Tensor inputs = RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, 5, 4);
        Tensor labels = Tensor.of(new float[]{0, 2, 1, 2, 0});
        List<Tensor> start = network(ElementType.FLOAT64, 4, 6, 3).parameters().stream().map(Parameter::value).toList();
        java.util.function.Function<List<Tensor>, Tensor> crossEntropy = p -> new CrossEntropy()
                .of(inputs.linear(p.get(0), p.get(1)).tanh().linear(p.get(2), p.get(3)), labels);
        assertThat(GradientCheck.firstOrder(crossEntropy, start)).isLessThan(1e-8);
        assertThat(GradientCheck.secondOrder(crossEntropy, start)).isLessThan(1e-8);
        Tensor values = RandomStream.seeded(2).gaussian(ElementType.FLOAT64, 0, 1, 5, 3);
        assertThat(GradientCheck.firstOrder(p -> new MeanSquaredError()
                .of(inputs.linear(p.get(0), p.get(1)).sigmoid().linear(p.get(2), p.get(3)), values), start))
                .isLessThan(1e-8);
    }

    @Test
    void crossEntropyBySoftmaxHasTheGradientOutputMinusTarget() {
        Tensor outputs = Tensor.of(new double[]{1, 2, 3, -1, 0, 1}, 2, 3).tracked();
        Tensor loss = new CrossEntropy().of(outputs, Tensor.of(new float[]{2, 0}));
        double[] gradient = Gradients.of(loss, outputs).getFirst().toDoubles();
        double[] softmax = outputs.softmax().toDoubles();
        double[] target = {0, 0, 1, 1, 0, 0};
        for (int i = 0; i < 6; i++) {
            assertThat(gradient[i]).isCloseTo((softmax[i] - target[i]) / 2, Offset.offset(1e-15));
        }
        // -ln softmax by hand
        double z = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3));
        double y = Math.log(Math.exp(-1) + 1 + Math.exp(1));
        assertThat(loss.item()).isCloseTo(((z - 3) + (y + 1)) / 2, Offset.offset(1e-14));
    }

    @Test
    void theLossOfTanhOutputsHasTheFloorOfTheSpecification() {
        // Outputs within [-1, 1] of ten classes: at best ln(e + 9/e) - 1.
        double[] best = new double[10];
        Arrays.fill(best, -1);
        best[4] = 1;
        double loss = new CrossEntropy().of(Tensor.of(best, 1, 10), Tensor.of(new float[]{4})).item();
        assertThat(loss).isCloseTo(0.7966138, Offset.offset(5e-8));
    }

    @Test
    void wrongTargetsAreNamed() {
        Tensor outputs = Tensor.zeros(ElementType.FLOAT32, 2, 3);
        assertThatThrownBy(() -> new CrossEntropy().of(outputs, Tensor.of(new float[]{0, 3})))
                .hasMessageContaining("3.0 of sample 1");
        assertThatThrownBy(() -> new CrossEntropy().of(outputs, Tensor.of(new float[]{0.5f, 1})))
                .hasMessageContaining("0.5 of sample 0");
        assertThatThrownBy(() -> new CrossEntropy().of(outputs, outputs)).hasMessageContaining("(2, 3)");
        assertThatThrownBy(() -> new MeanSquaredError().of(outputs, Tensor.zeros(ElementType.FLOAT32, 3, 2)))
                .hasMessageContaining("(2, 3)").hasMessageContaining("(3, 2)");
    }

    @Test
    void gaussianInitialisationHasItsVariances() {
        Linear layer = START.linear(ElementType.FLOAT64, 500, 400, RandomStream.seeded(9));
        assertThat(variance(layer.weight().value())).isCloseTo(1.5 / 500,
                Offset.offset(4 * 1.5 / 500 * Math.sqrt(2.0 / 200_000)));
        assertThat(variance(layer.bias().value())).isCloseTo(0.05, Offset.offset(4 * 0.05 * Math.sqrt(2.0 / 400)));
        assertThatThrownBy(() -> new Initialisation.Gaussian(0, 0)).hasMessageContaining("sigmaW2 (=0.0)");
        assertThatThrownBy(() -> new Initialisation.Gaussian(1, Double.NaN)).hasMessageContaining("sigmaB2 (=NaN)");
    }

    private static double variance(Tensor x) {
        double mean = x.mean().item();
        return x.plus(-mean).square().mean().item();
    }

    @Test
    void aParameterUsedTwiceIsTrainedOnce() {
        Linear shared = Linear.of(Tensor.of(new float[]{1}, 1, 1), Tensor.of(new float[]{0}));
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("first", shared);
        parts.put("second", shared);
        Network network = new Network(new Sequential(parts));
        assertThat(network.parameterCount()).isEqualTo(2);
        assertThat(network.parameters()).extracting(Parameter::name).containsExactly("first.weight", "first.bias");
        assertThat(network.modules()).containsExactly("first", "second");
    }

    @Test
    void aParameterMustBeAVariable() {
        assertThatThrownBy(() -> new Parameter("weight", Tensor.zeros(ElementType.FLOAT32, 2)))
                .hasMessageContaining("weight").hasMessageContaining("tracked");
    }
}
