package org.surprisal.network.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Batch;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.Orthogonal;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.HalfSquaredError;
import org.surprisal.network.loss.SquaredError;
import org.surprisal.network.probe.Probe;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class LossGradientsTest {
    private static final Network NETWORK = new MultilayerPerceptron(4, List.of(5, 3), Activation.TANH,
            Activation.IDENTITY).build(ElementType.FLOAT64, new Initialisation.Gaussian(1.5, 0.05),
                    RandomStream.seeded(51));
    private static final Tensor INPUTS = RandomStream.seeded(52).gaussian(ElementType.FLOAT64, 0, 1, 6, 4);
    private static final Batch CLASSES = new Batch(INPUTS, Tensor.of(new float[]{0, 2, 1, 1, 0, 2}));

    @Test
    void theMeanOverSamplesIsTheBatchGradient() {
        Map<String, Tensor> each = LossGradients.perSample(NETWORK, new CrossEntropy(), CLASSES);
        Map<String, Tensor> batch = LossGradients.byParameter(NETWORK, new CrossEntropy(), CLASSES);
        assertThat(each.keySet()).containsExactlyElementsOf(batch.keySet()).containsExactly("linear0.weight",
                "linear0.bias", "linear1.weight", "linear1.bias");
        assertThat(Objects.requireNonNull(each.get("linear1.weight")).shape()).isEqualTo(Shape.of(6, 3, 5));
        assertThat(Objects.requireNonNull(each.get("linear1.bias")).shape()).isEqualTo(Shape.of(6, 3));
        batch.forEach(
                (name, gradient) -> assertThat(Objects.requireNonNull(each.get(name)).sum(0).times(1 / 6.0).toDoubles())
                        .containsExactly(gradient.toDoubles(), Offset.offset(1e-15)));
    }

    @Test
    void aSamplesGradientIsItsDeltaTimesItsActivations() {
        // delta = p - y at the logits, dL/dW = delta a^T, dL/db = delta
        Map<String, Tensor> each = LossGradients.perSample(NETWORK, new CrossEntropy(), CLASSES);
        Tensor activations = Objects.requireNonNull(Probe.of(NETWORK, List.of("tanh0")).observe(INPUTS).get("tanh0"))
                .output();
        Tensor probabilities = NETWORK.evaluate(INPUTS).softmax();
        for (int sample = 0; sample < 6; sample++) {
            for (int i = 0; i < 3; i++) {
                double delta = probabilities.at(sample, i) - (CLASSES.targets().at(sample) == i ? 1 : 0);
                assertThat(Objects.requireNonNull(each.get("linear1.bias")).at(sample, i)).isCloseTo(delta,
                        Offset.offset(1e-14));
                for (int j = 0; j < 5; j++) {
                    assertThat(Objects.requireNonNull(each.get("linear1.weight")).at(sample, i, j))
                            .isCloseTo(delta * activations.at(sample, j), Offset.offset(1e-14));
                }
            }
        }
    }

    @Test
    void deltaNormsOfEachSample() {
        Map<String, Tensor> norms = LossGradients.deltaNorms(NETWORK, new CrossEntropy(), CLASSES,
                List.of("linear1", "linear0"));
        assertThat(norms.keySet()).containsExactly("linear1", "linear0");
        Map<String, Tensor> each = LossGradients.perSample(NETWORK, new CrossEntropy(), CLASSES);
        for (String layer : norms.keySet()) {
            for (int sample = 0; sample < 6; sample++) {
                // The gradient by a bias is the delta itself.
                assertThat(Objects.requireNonNull(norms.get(layer)).at(sample))
                        .isCloseTo(Objects.requireNonNull(each.get(layer + ".bias")).rows(sample)
                                .euclideanNorm(), Offset.offset(1e-14));
            }
        }
    }

    @Test
    void aModuleWithoutARowASampleIsRefused() {
        Layer turned = (input, pass) -> input.transpose();
        Layer back = (input, pass) -> input.transpose();
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("turned", turned);
        layers.put("back", back);
        Batch batch = new Batch(INPUTS, INPUTS);
        assertThatThrownBy(
                () -> LossGradients.deltaNorms(new Network(new Sequential(layers)), new SquaredError(), batch,
                        List.of("turned")))
                .hasMessageContaining("'turned'").hasMessageContaining("(4, 6)");
    }

    @Test
    void sigmoidDeltasShrinkToAQuarterOrLessALayer() {
        // |delta^l| <= max f' |W| |delta^(l+1)|, with f' <= 1/4 and |W| = 1 for orthogonal weights
        List<Integer> widths = List.of(16, 16, 16, 16, 16, 16, 16, 16);
        List<String> layers = new ArrayList<>();
        for (int m = 0; m < widths.size(); m++) {
            layers.add(MultilayerPerceptron.preActivation(m));
        }
        Batch batch = new Batch(RandomStream.seeded(53).gaussian(ElementType.FLOAT64, 0, 1, 5, 16),
                RandomStream.seeded(54).gaussian(ElementType.FLOAT64, 0, 1, 5, 16));
        Network sigmoid = new MultilayerPerceptron(16, widths, Activation.SIGMOID, Activation.IDENTITY)
                .build(ElementType.FLOAT64, new Orthogonal(1), RandomStream.seeded(55));
        List<Tensor> norms = List
                .copyOf(LossGradients.deltaNorms(sigmoid, new HalfSquaredError(), batch, layers).values());
        for (int m = 1; m < norms.size(); m++) {
            for (int sample = 0; sample < 5; sample++) {
                assertThat(norms.get(m - 1).at(sample)).isPositive()
                        .isLessThanOrEqualTo(0.25 * norms.get(m).at(sample));
            }
        }
        // Linear units between orthogonal weights keep every delta's norm.
        Network linear = new MultilayerPerceptron(16, widths, Activation.IDENTITY, Activation.IDENTITY)
                .build(ElementType.FLOAT64, new Orthogonal(1), RandomStream.seeded(55));
        List<Tensor> kept = List
                .copyOf(LossGradients.deltaNorms(linear, new HalfSquaredError(), batch, layers).values());
        assertThat(kept.getFirst().toDoubles()).containsExactly(kept.getLast().toDoubles(), Offset.offset(1e-12));
    }
}
