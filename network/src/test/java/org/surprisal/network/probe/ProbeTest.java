package org.surprisal.network.probe;

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
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.Pass;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class ProbeTest {
    private static final Loss LOSS = new CrossEntropy();
    private static final RandomStream STREAM = RandomStream.seeded(2);

    private record Heard(int epoch, long step, Map<String, Observation> seen) {
        Observation of(String module) {
            return Objects.requireNonNull(seen.get(module), module);
        }
    }

    private final List<Heard> heard = new ArrayList<>();

    private void hear(int epoch, long step, Map<String, Observation> seen) {
        heard.add(new Heard(epoch, step, seen));
    }

    private static Dataset points(int n) {
        RandomStream stream = RandomStream.seeded(4);
        double[] x = new double[2 * n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = i % 2;
            x[2 * i] = stream.nextGaussian() + y[i];
            x[2 * i + 1] = stream.nextGaussian() - y[i];
        }
        return InMemory.classification("points", Tensor.of(x, n, 2).to(ElementType.FLOAT32), Tensor.of(y), 2);
    }

    private static Network network() {
        return new MultilayerPerceptron(2, List.of(8, 2), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT32, new Initialisation.Gaussian(1.5, 0.05), RandomStream.seeded(1));
    }

    private static Trainer trainer(Network network) {
        return new Trainer(network, LOSS, new Sgd(0.2, 0.5)).batchSize(32);
    }

    @Test
    void samplesAreObservedOnce() {
        Network network = network();
        Tensor inputs = points(5).all().inputs();
        Map<String, Observation> seen = Probe.of(network, List.of("linear1", "tanh0", "linear1")).observe(inputs);

        assertThat(seen).containsOnlyKeys("tanh0", "linear1");
        Observation last = Objects.requireNonNull(seen.get("linear1"));
        assertThat(last.output().toFloats()).isEqualTo(network.evaluate(inputs).toFloats());
        assertThat(last.input().toFloats()).isEqualTo(Objects.requireNonNull(seen.get("tanh0")).output().toFloats());
        assertThat(last.output().isTracked()).isFalse();
        assertThat(last.gradient()).isEmpty();
    }

    /// The gradient by the logits is (softmax - one hot) / n.
    @Test
    void samplesAreObservedWithTheGradientsOfTheirLoss() {
        Network network = network();
        Batch samples = points(7).all();
        Observation last = Objects.requireNonNull(
                Probe.of(network, List.of("tanh0", "linear1")).observe(samples, LOSS).get("linear1"));
        double[] probabilities = last.output().softmax().toDoubles();
        double[] expected = new double[14];
        for (int i = 0; i < 14; i++) {
            boolean own = samples.targets().toDoubles()[i / 2] == i % 2;
            expected[i] = (probabilities[i] - (own ? 1 : 0)) / 7;
        }
        assertThat(last.gradient().orElseThrow().toDoubles()).containsExactly(expected, Offset.offset(1e-7));
        assertThat(last.output().isTracked()).isFalse();
        assertThat(last.output().toFloats()).isEqualTo(network.evaluate(samples.inputs()).toFloats());
    }

    @Test
    void trainingBatchesAreObservedAndNumbersLeftAlone() {
        Network network = network();
        trainer(network).listener(Probe.of(network, List.of("linear0", "tanh0")).eachStep(2, this::hear))
                .fit(points(160), STREAM);
        Network plain = network();
        trainer(plain).fit(points(160), STREAM);

        assertThat(network.parameters().getLast().value().toFloats())
                .isEqualTo(plain.parameters().getLast().value().toFloats());
        // Five steps, of which the second and the fourth are heard.
        assertThat(heard).extracting(Heard::step).containsExactly(2L, 4L);
        for (Heard one : heard) {
            Tensor before = one.of("linear0").output();
            assertThat(before.shape().lengths()).containsExactly(32, 8);
            assertThat(one.of("tanh0").input().toFloats()).isEqualTo(before.toFloats());
            assertThat(one.of("tanh0").output().toFloats()).isEqualTo(before.tanh().toFloats());
            assertThat(one.of("tanh0").output().isTracked()).isFalse();
            assertThat(one.of("tanh0").gradient()).isEmpty();
        }
    }

    /// One step with rate 1 and no momentum moves the last bias by the gradient of the loss by it, which is the sum of
    /// those by the layer's outputs.
    @Test
    void trainingBatchesAreObservedWithTheGradientsOfTheirLoss() {
        Network network = network();
        Tensor before = Tensor.of(network.parameters().getLast().value().toFloats());
        new Trainer(network, LOSS, new Sgd(1, 0)).batchSize(32)
                .listener(Probe.of(network, List.of("linear1")).eachStepWithGradients(1, this::hear))
                .fit(points(32), STREAM);

        Tensor moved = before.minus(network.parameters().getLast().value());
        assertThat(heard).singleElement().satisfies(one -> assertThat(
                one.of("linear1").gradient().orElseThrow().sum(0).toDoubles())
                .containsExactly(moved.toDoubles(), Offset.offset(1e-6)));
    }

    @Test
    void samplesAreObservedAfterEpochs() {
        Network network = network();
        Batch samples = points(7).all();
        Probe probe = Probe.of(network, List.of("linear1"));
        List<Heard> plain = new ArrayList<>();
        trainer(network).listener(probe.eachEpoch(2, samples, LOSS, this::hear))
                .listener(probe.eachEpoch(3, samples.inputs(), (epoch, step, seen) -> plain.add(
                        new Heard(epoch, step, seen))))
                .epochs(4).fit(points(64), STREAM);

        assertThat(heard).extracting(Heard::epoch).containsExactly(2, 4);
        assertThat(heard).extracting(Heard::step).containsExactly(4L, 8L);
        assertThat(plain).extracting(Heard::epoch).containsExactly(3);
        assertThat(plain.getFirst().of("linear1").gradient()).isEmpty();
        Observation last = heard.getLast().of("linear1");
        assertThat(last.output().toFloats()).isEqualTo(network.evaluate(samples.inputs()).toFloats());
        Tensor logits = last.output().tracked();
        Tensor expected = Gradients.of(LOSS.of(logits, samples.targets()), logits).getFirst();
        assertThat(last.gradient().orElseThrow().toFloats()).containsExactly(expected.toFloats(),
                Offset.offset(1e-7f));
    }

    /// What stands in front of the first parameter is recorded for those who ask for gradients.
    @Test
    void gradientInFrontOfTheFirstParametersIsObserved() {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("squash", Activation.IDENTITY);
        parts.put("again", Activation.TANH);
        parts.put("linear", Linear.of(Tensor.of(new float[]{1, 0, 0, 1}, 2, 2), Tensor.of(new float[]{0, 0})));
        Network network = new Network(new Sequential(parts));
        Probe probe = Probe.of(network, List.of("squash"));
        trainer(network).listener(probe.eachStepWithGradients(1, this::hear))
                .listener(probe.eachEpoch(1, points(4).all(), LOSS, this::hear)).fit(points(4), STREAM);
        assertThat(heard).hasSize(2).allSatisfy(one -> assertThat(
                one.of("squash").gradient().orElseThrow().toFloats()).hasSize(8).doesNotContain(0f));
    }

    /// A step that fails ends no listening by itself; passes after it are not those of a step.
    @Test
    void passesOutsideStepsAreNotObserved() {
        Network network = network();
        TrainingListener listener = Probe.of(network, List.of("linear0")).eachStep(1, this::hear);
        assertThatThrownBy(() -> new Trainer(network, LOSS, new Sgd(1e38, 0)).batchSize(8).epochs(3)
                .listener(listener).fit(points(64), STREAM)).isInstanceOf(DivergenceException.class);
        int finished = heard.size();
        network.evaluate(points(4).all().inputs());
        listener.beforeStep(1);
        listener.onGradients(1, 1, List.of());
        assertThat(heard).hasSize(finished + 1);
        assertThat(heard.getLast().seen()).isEmpty();
    }

    @Test
    void moduleThatRunsTwiceIsObservedTheLastTimeAndHasNoGradientOfItsOwn() {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("linear", Linear.of(Tensor.of(new float[]{1, 0, 0, 1}, 2, 2), Tensor.of(new float[]{0, 0})));
        parts.put("twice", new Repeated(Activation.TANH));
        Network network = new Network(new Sequential(parts));
        Batch samples = points(4).all();
        Probe probe = Probe.of(network, List.of("twice.layer"));
        Observation last = Objects.requireNonNull(probe.observe(samples.inputs()).get("twice.layer"));
        assertThat(last.output().toFloats()).isEqualTo(network.evaluate(samples.inputs()).toFloats());
        String refusal = "module 'twice.layer' runs more than once in a pass: which of its derivatives is meant is"
                + " not clear";
        assertThatThrownBy(() -> probe.observe(samples, LOSS)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(refusal);
        assertThatThrownBy(() -> trainer(network).listener(probe.eachStepWithGradients(1, this::hear))
                .fit(points(4), STREAM)).hasMessageEndingWith(refusal);
    }

    private record Repeated(Layer layer) implements Layer {
        @Override
        public Tensor forward(Tensor input, Pass pass) {
            return pass.run("layer", layer, pass.run("layer", layer, input));
        }

        @Override
        public Map<String, Layer> children() {
            return Map.of("layer", layer);
        }
    }

    @Test
    void wrongModulesAndIntervalsAreRefused() {
        Network network = network();
        assertThatThrownBy(() -> Probe.of(network, List.of("linear7")))
                .hasMessage("no module 'linear7'; there are linear0, tanh0, linear1");
        assertThatThrownBy(() -> Probe.of(network, List.of()))
                .hasMessage("a probe listens to one module at least, and none is given");
        Probe probe = Probe.of(network, List.of("linear0"));
        assertThatThrownBy(() -> probe.eachStep(0, this::hear)).hasMessage(
                "every (=0) must be at least 1: a probe listens at every step, at every second, and so on");
        assertThatThrownBy(() -> probe.eachEpoch(0, points(2).all().inputs(), this::hear)).hasMessage(
                "every (=0) must be at least 1: a probe listens at every epoch, at every second, and so on");
    }
}
