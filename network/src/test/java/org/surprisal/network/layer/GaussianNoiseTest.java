package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.surprisal.data.InMemory;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.probe.Probe;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.GradientCheck;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class GaussianNoiseTest {
    private static RandomStream seeded(long seed) {
        return RandomStream.seeded(seed);
    }

    /// The mean of n numbers of deviation β errs by β/√n, their variance by β² √(2/n); four of them are allowed.
    @Test
    void noiseHasMeanZeroAndTheGivenDeviation() {
        int n = 200_000;
        Tensor x = Tensor.full(ElementType.FLOAT64, 3, n / 2, 2);
        for (Pass pass : List.of(Pass.training(seeded(1)), Pass.evaluation(seeded(2)), Pass.evaluation())) {
            Tensor noise = new GaussianNoise(0.3).forward(x, pass).minus(x);
            assertThat(noise.mean().item()).isCloseTo(0, within(4 * 0.3 / Math.sqrt(n)));
            assertThat(noise.square().mean().item()).isCloseTo(0.09, within(4 * 0.09 * Math.sqrt(2.0 / n)));
        }
        assertThat(new GaussianNoise(0).forward(x, Pass.evaluation())).isSameAs(x);
    }

    @Test
    void deviationBelowZeroOrWithoutLimitIsRefused() {
        for (double wrong : new double[]{-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new GaussianNoise(wrong)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("deviation (=" + wrong + ") must be at least 0 and finite");
        }
    }

    private static Network network(ElementType type) {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("linear0", VarianceScaling.fanInUniform().linear(type, 4, 5, seeded(3)));
        parts.put("tanh0", Activation.TANH);
        parts.put("noise0", new GaussianNoise(0.2));
        parts.put("linear1", VarianceScaling.fanInUniform().linear(type, 5, 3, seeded(4)));
        parts.put("tanh1", Activation.TANH);
        parts.put("noise1", new GaussianNoise(0.2));
        return new Network(new Sequential(parts));
    }

    /// With the seed fixed, the noise is a constant and the network a function.
    @Test
    void gradientsWithAFixedSeedAgreeWithDifferences() {
        Tensor x = seeded(5).gaussian(ElementType.FLOAT64, 0, 1, 6, 4);
        List<Tensor> weights = network(ElementType.FLOAT64).parameters().stream().map(Parameter::value)
                .map(Tensor::detached).toList();
        for (boolean trains : new boolean[]{true, false}) {
            Function<List<Tensor>, Tensor> loss = v -> {
                Pass pass = trains ? Pass.training(seeded(6)) : Pass.evaluation(seeded(6));
                Tensor t = noisy(v.get(0).linear(v.get(1), v.get(2)), pass);
                return noisy(t.linear(v.get(3), v.get(4)), pass).square().sum();
            };
            List<Tensor> inputs = List.of(x, weights.get(0), weights.get(1), weights.get(2), weights.get(3));
            assertThat(GradientCheck.firstOrder(loss, inputs)).isLessThan(1e-8);
            assertThat(GradientCheck.secondOrder(loss, inputs)).isLessThan(1e-8);
        }
    }

    private static Tensor noisy(Tensor preActivation, Pass pass) {
        return new GaussianNoise(0.2).forward(preActivation.tanh(), pass);
    }

    @Test
    void anEvaluatedNetworkIsAFunctionUnlessItIsGivenAStream() {
        Network network = network(ElementType.FLOAT64);
        Tensor x = seeded(7).gaussian(ElementType.FLOAT64, 0, 1, 6, 4);
        double[] same = network.evaluate(x).toDoubles();
        assertThat(network.evaluate(x).toDoubles()).isEqualTo(same);
        assertThat(network.forward(x).toDoubles()).isEqualTo(same);
        double[] one = network.evaluate(x, seeded(8)).toDoubles();
        assertThat(network.evaluate(x, seeded(8)).toDoubles()).isEqualTo(one).isNotEqualTo(same);
        assertThat(network.forward(x, seeded(8)).isTracked()).isTrue();
        assertThat(network.evaluate(x, seeded(9)).toDoubles()).isNotEqualTo(one);
        // A pass draws the same noise in evaluation as in training, where nothing else draws.
        assertThat(network.forwardInTraining(x, seeded(8)).toDoubles()).isEqualTo(one);
    }

    /// What goes into a noisy layer is what the layer before put out, noise included.
    @Test
    void aProbeHearsLayersBeforeAndBehindTheirNoise() {
        Network network = network(ElementType.FLOAT64);
        Tensor x = seeded(7).gaussian(ElementType.FLOAT64, 0, 1, 6, 4);
        Map<String, Observation> seen = Probe.of(network, List.of("noise0", "linear1", "noise1")).observe(x, seeded(8));
        Observation first = Objects.requireNonNull(seen.get("noise0"));
        Observation second = Objects.requireNonNull(seen.get("noise1"));
        assertThat(Objects.requireNonNull(seen.get("linear1")).input()).isSameAs(first.output());
        assertThat(first.output().minus(first.input()).euclideanNorm()).isBetween(0.4, 2.0);
        assertThat(second.output().toDoubles()).isEqualTo(network.evaluate(x, seeded(8)).toDoubles());
        assertThat(first.output().isTracked()).isFalse();
    }

    @Test
    void trainingWithNoiseLearnsAndIsTheSameForTheSameSeed() {
        Tensor x = seeded(10).gaussian(ElementType.FLOAT32, 0, 1, 400, 4);
        double[] classes = new double[400];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = x.at(i, 0) + x.at(i, 1) > 0 ? 1 : 0;
        }
        double[][] ends = new double[3][];
        for (int run = 0; run < 3; run++) {
            Network network = network(ElementType.FLOAT32);
            Tensor targets = Tensor.of(classes);
            InMemory data = InMemory.classification("half-space", x, targets, 2);
            List<Double> losses = new ArrayList<>();
            new Trainer(network, new CrossEntropy(), new Sgd(0.5, 0)).epochs(20).batchSize(20)
                    .listener(new TrainingListener() {
                        @Override
                        public void onEpoch(Epoch epoch) {
                            losses.add(epoch.trainLoss());
                        }
                    }).fit(data, seeded(run == 2 ? 12 : 11));
            ends[run] = network.parameters().getFirst().value().toDoubles();
            assertThat(losses.getLast()).isLessThan(0.7 * losses.getFirst());
        }
        assertThat(ends[1]).isEqualTo(ends[0]);
        assertThat(ends[2]).isNotEqualTo(ends[0]);
    }
}
