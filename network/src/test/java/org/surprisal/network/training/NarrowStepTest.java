package org.surprisal.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.Parameter;
import org.surprisal.network.State;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.BatchNormalisation;
import org.surprisal.network.layer.Dropout;
import org.surprisal.network.layer.Elu;
import org.surprisal.network.layer.GaussianNoise;
import org.surprisal.network.layer.LeakyRelu;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.layer.LinearMap;
import org.surprisal.network.layer.LogSoftmax;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.layer.Softmax;
import org.surprisal.network.loss.AgainstOneHot;
import org.surprisal.network.loss.BinaryCrossEntropy;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.DistributionCrossEntropy;
import org.surprisal.network.loss.HalfSquaredError;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.loss.MeanSquaredError;
import org.surprisal.network.loss.NegativeLogLikelihood;
import org.surprisal.network.loss.SquaredError;
import org.surprisal.network.loss.WithThreshold;
import org.surprisal.network.optimiser.AdaGrad;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.optimiser.AdamW;
import org.surprisal.network.optimiser.Clipped;
import org.surprisal.network.optimiser.GradientClipping;
import org.surprisal.network.optimiser.HeavyBall;
import org.surprisal.network.optimiser.Nesterov;
import org.surprisal.network.optimiser.Optimiser;
import org.surprisal.network.optimiser.Penalised;
import org.surprisal.network.optimiser.Penalty;
import org.surprisal.network.optimiser.Regularised;
import org.surprisal.network.optimiser.RmsProp;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.probe.Probe;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Processors;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Training of narrow perceptrons in one pass a step, against training of the same networks operation by operation: an
/// identity in front, which changes no number, makes them networks of another kind.
class NarrowStepTest {
    private static final int FEATURES = 5;
    private static final int CLASSES = 3;

    private static Sequential layers(Layer... layers) {
        Map<String, Layer> named = new LinkedHashMap<>();
        for (Layer layer : layers) {
            named.put("layer" + named.size(), layer);
        }
        return new Sequential(named);
    }

    private static Linear linear(int inputs, int units) {
        return new Initialisation.Gaussian(1.5, 0.05).linear(ElementType.FLOAT32, inputs, units,
                RandomStream.seeded(7).child(inputs * 100L + units));
    }

    private static Network network(Layer activation, Layer... tail) {
        return new Network(layers(Stream.concat(
                Stream.of(linear(FEATURES, 7), activation, linear(7, 6), activation, linear(6, CLASSES)),
                Arrays.stream(tail)).toArray(Layer[]::new)));
    }

    /// The same layers, which share no parameter, behind an identity.
    private static Network operationByOperation(Network narrow) {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("identity", Activation.IDENTITY);
        narrow.root().children().forEach((name, layer) -> parts.put(name, layer instanceof Linear linear
                ? Linear.of(linear.weight().value(), linear.bias().value())
                : layer));
        return new Network(new Sequential(parts));
    }

    private static Dataset classes(int n) {
        RandomStream stream = RandomStream.seeded(4);
        Tensor x = stream.child("x").gaussian(ElementType.FLOAT32, 0, 1, n, FEATURES);
        float[] y = new float[n];
        for (int i = 0; i < n; i++) {
            y[i] = x.at(i, 0) + stream.nextGaussian() > 0 ? 1 : x.at(i, 1) > 0 ? 2 : 0;
        }
        return InMemory.classification("classes", x, Tensor.of(y), CLASSES);
    }

    private static Dataset values(int n) {
        RandomStream stream = RandomStream.seeded(4);
        Tensor x = stream.child("x").gaussian(ElementType.FLOAT32, 0, 1, n, FEATURES);
        return InMemory.regression("values", x,
                x.slice(1, 0, CLASSES).times(2).plus(stream.child("y").gaussian(ElementType.FLOAT32, 0, 1, n, CLASSES))
                        .softmax());
    }

    private static List<float[]> parameters(Network network) {
        return network.parameters().stream().map(Parameter::value).map(Tensor::toFloats).toList();
    }

    /// The largest difference of two networks' parameters.
    private static double difference(Network a, Network b) {
        double largest = 0;
        for (int i = 0; i < a.parameters().size(); i++) {
            float[] x = parameters(a).get(i);
            float[] y = parameters(b).get(i);
            for (int j = 0; j < x.length; j++) {
                largest = Math.max(largest, Math.abs(x[j] - y[j]));
            }
        }
        return largest;
    }

    static Stream<Layer> activations() {
        return Stream.concat(Arrays.stream(Activation.values()), Stream.of(new LeakyRelu(0.3), new Elu(0.7)));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everyActivationTakesTheSameStep(Layer activation) {
        for (int batch : new int[]{1, 31, 32, 45}) {
            Network narrow = network(activation);
            Network general = operationByOperation(narrow);
            assertThat(NarrowStep.of(narrow, new CrossEntropy())).isPresent();
            assertThat(NarrowStep.of(general, new CrossEntropy())).isEmpty();
            List<TrainingListener.Epoch> first = new Trainer(narrow, new CrossEntropy(), new Sgd(1, 0))
                    .batchSize(batch).fit(classes(batch), RandomStream.seeded(2));
            List<TrainingListener.Epoch> second = new Trainer(general, new CrossEntropy(), new Sgd(1, 0))
                    .batchSize(batch).fit(classes(batch), RandomStream.seeded(2));
            assertThat(first.getFirst().trainLoss()).isCloseTo(second.getFirst().trainLoss(), within(2e-6));
            assertThat(first.getFirst().trainAccuracy()).isEqualTo(second.getFirst().trainAccuracy());
            // Gradients here are below 2; the longest chain has some 60 roundings of 6e-8 each.
            assertThat(difference(narrow, general)).isBetween(0d, 60 * 0x1p-24 * 2);
        }
    }

    record Minimised(Loss loss, boolean classes, List<Layer> tail) {
        Minimised(Loss loss, boolean classes, Layer... tail) {
            this(loss, classes, List.of(tail));
        }
    }

    static Stream<Minimised> losses() {
        return Stream.of(new Minimised(new CrossEntropy(), true), new Minimised(new BinaryCrossEntropy(), false),
                new Minimised(new MeanSquaredError(), false), new Minimised(new SquaredError(), false),
                new Minimised(new HalfSquaredError(), false, Activation.SIGMOID),
                new Minimised(new DistributionCrossEntropy(), false),
                new Minimised(new NegativeLogLikelihood(), true, new LogSoftmax()),
                new Minimised(new MeanSquaredError(), false, new Softmax()),
                new Minimised(new CrossEntropy(), true, Activation.TANH),
                new Minimised(new WithThreshold(new CrossEntropy(), 0.3), true),
                new Minimised(new AgainstOneHot(new HalfSquaredError()), true, Activation.SIGMOID),
                new Minimised((outputs, targets) -> outputs.minus(targets).tanh().square().mean(), false));
    }

    static Stream<Supplier<Optimiser>> optimisers() {
        return Stream.of(() -> new Sgd(0.05, 0), () -> new Sgd(0.05, 0.8), () -> new HeavyBall(0.05, 0.8),
                () -> new Nesterov(0.05, 0.8), () -> new RmsProp(0.001), () -> new AdaGrad(0.01),
                () -> new Adam(0.001), () -> new AdamW(0.001, 0.1),
                () -> new Penalised(new Adam(0.001), new Penalty.L2(0.01, Regularised.ALL)),
                () -> new Penalised(new Sgd(0.05, 0.8), new Penalty.L1(0.001)),
                () -> new Clipped(new Sgd(0.05, 0.8), new GradientClipping.ByNorm(0.1)),
                () -> new Clipped(new Adam(0.001), new GradientClipping.ByValue(0.01)));
    }

    /// 200 steps, the last one of each epoch on a smaller batch. Rounding errors of 1e-7 a step add up, and those of a
    /// direction in which the loss falls steeply grow for a while: a thousand of them are allowed.
    @ParameterizedTest
    @MethodSource("losses")
    void everyLossAndOptimiserLearnTheSame(Minimised minimised) {
        optimisers().forEach(optimiser -> {
            Dataset data = minimised.classes ? classes(230) : values(230);
            Network narrow = network(Activation.TANH, minimised.tail.toArray(Layer[]::new));
            Network general = operationByOperation(narrow);
            assertThat(NarrowStep.of(narrow, minimised.loss)).isPresent();
            List<TrainingListener.Epoch> first = fit(narrow, minimised.loss, optimiser.get(), data);
            List<TrainingListener.Epoch> second = fit(general, minimised.loss, optimiser.get(), data);
            assertThat(first.getLast().step()).isEqualTo(200);
            assertThat(first.getLast().trainLoss()).isCloseTo(second.getLast().trainLoss(), within(1e-4));
            assertThat(difference(narrow, general)).isLessThan(1e-4);
        });
    }

    private static List<TrainingListener.Epoch> fit(Network network, Loss loss, Optimiser optimiser, Dataset data) {
        return new Trainer(network, loss, optimiser).batchSize(50).epochs(40).fit(data, RandomStream.seeded(2));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void whoeverListensChangesNoBit(Supplier<Optimiser> optimiser) {
        Network alone = network(Activation.TANH);
        Network heard = network(Activation.TANH);
        List<TrainingListener.Epoch> first = fit(alone, new CrossEntropy(), optimiser.get(), classes(230));
        List<Observation> observations = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        Probe probe = Probe.of(heard, List.of("layer1", "layer4"));
        List<TrainingListener.Epoch> second = new Trainer(heard, new CrossEntropy(), optimiser.get()).batchSize(50)
                .epochs(40)
                .listener(probe.eachStepWithGradients(50, (epoch, step, seen) -> observations.addAll(seen.values())))
                .listener(new TrainingListener() {
                    @Override
                    public void onStep(Step step) {
                        counts.add(step.gradients().size());
                    }
                }).fit(classes(230), RandomStream.seeded(2));
        assertThat(second).isEqualTo(first);
        for (int i = 0; i < parameters(alone).size(); i++) {
            assertThat(parameters(heard).get(i)).isEqualTo(parameters(alone).get(i));
        }
        assertThat(observations).hasSize(4 * 2).allMatch(each -> each.gradient().isPresent());
        assertThat(counts.stream().filter(count -> count == 6)).hasSize(4);
        assertThat(counts.stream().filter(count -> count == 0)).hasSize(196);
    }

    /// With rate 1 the step is the gradient, and what modules put out is what the network puts out before the step.
    @Test
    void listenersHearWhatTheStepComputed() {
        Network network = network(Activation.TANH);
        Dataset data = classes(40);
        List<float[]> before = parameters(network);
        List<Tensor> heard = new ArrayList<>();
        List<Tensor> gradients = new ArrayList<>();
        List<Batch> batches = new ArrayList<>();
        Network untrained = network(Activation.TANH);
        Probe probe = Probe.of(network, List.of("layer3"));
        new Trainer(network, new CrossEntropy(), new Sgd(1, 0)).batchSize(40)
                .listener(probe.eachStep(1, (epoch, step, seen) -> seen.values().forEach(each -> heard
                        .add(each.output()))))
                .listener(new TrainingListener() {
                    @Override
                    public void onStep(Step step) {
                        gradients.addAll(step.gradients());
                        batches.add(step.batch());
                    }
                }).fit(data, RandomStream.seeded(2));
        for (int i = 0; i < before.size(); i++) {
            float[] gradient = gradients.get(i).toFloats();
            for (int j = 0; j < gradient.length; j++) {
                assertThat(parameters(network).get(i)[j]).isEqualTo(before.get(i)[j] - gradient[j]);
            }
        }
        assertThat(heard.getFirst().toFloats()).isEqualTo(Probe.of(untrained, List.of("layer3"))
                .observe(batches.getFirst().inputs()).values().iterator().next().output().toFloats());
    }

    @Test
    void aTapThatIsAttachedForGoodHearsEveryStep() {
        Network network = network(Activation.TANH);
        List<String> heard = new ArrayList<>();
        network.attach("layer2", (module, input, output) -> heard.add(module));
        new Trainer(network, new CrossEntropy(), new Sgd(0.1, 0)).batchSize(10).fit(classes(40),
                RandomStream.seeded(2));
        assertThat(heard).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void threadsChangeNoBit(int threads) {
        Network alone = network(Activation.TANH);
        fit(alone, new CrossEntropy(), new Adam(0.01), classes(230));
        Network shared = network(Activation.TANH);
        Processors.within(threads, () -> fit(shared, new CrossEntropy(), new Adam(0.01), classes(230)));
        for (int i = 0; i < parameters(alone).size(); i++) {
            assertThat(parameters(shared).get(i)).isEqualTo(parameters(alone).get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 23, 24})
    void aRunThatGoesOnEndsWithTheSameBits(int step) {
        Network whole = network(Activation.TANH);
        List<TrainingListener.Epoch> expected = trainer(whole).fit(classes(230), RandomStream.seeded(2));
        List<State> kept = new ArrayList<>();
        int[] steps = {0};
        trainer(network(Activation.TANH)).stopWhen(() -> ++steps[0] == step)
                .keep(Duration.ZERO, state -> kept.add(state.copy())).fit(classes(230), RandomStream.seeded(2));
        Network goesOn = network(Activation.TANH);
        // What it goes on from is the state and nothing else.
        goesOn.parameters().forEach(parameter -> InPlace.clamp(parameter.value(), 0, 0));
        assertThat(trainer(goesOn).resume(kept.getLast()).fit(classes(230), RandomStream.seeded(2)))
                .isEqualTo(expected);
        for (int i = 0; i < parameters(whole).size(); i++) {
            assertThat(parameters(goesOn).get(i)).isEqualTo(parameters(whole).get(i));
        }
    }

    private static Trainer trainer(Network network) {
        return new Trainer(network, new CrossEntropy(), new Penalised(new Adam(0.01), new Penalty.L2(1e-3)))
                .batchSize(50).epochs(6).validation(classes(100)).earlyStopping(new EarlyStopping(2))
                .schedule(new ReduceOnPlateau(0.5, 1));
    }

    @Test
    void otherNetworksAreLeftToRecordedOperations() {
        Linear shared = linear(4, 4);
        Loss loss = new MeanSquaredError();
        assertThat(NarrowStep.of(new Network(linear(64, 64)), loss)).isPresent();
        assertThat(NarrowStep.of(new Network(layers(shared, Activation.TANH, layers(linear(4, 2)))), loss)).isPresent();
        assertThat(NarrowStep.of(new Network(layers(linear(4, 4).withoutBias(), Activation.GELU)), loss)).isPresent();
        for (Layer other : List.of(linear(4, 65), layers(shared, shared), layers(Activation.TANH, shared), layers(),
                layers(shared, Activation.TANH, Activation.TANH), layers(shared, new Dropout(0.5)),
                layers(shared, new GaussianNoise(0.1)),
                layers(shared, new Softmax(), linear(4, 2)), layers(linear(4, 3), linear(4, 3)),
                layers(shared, BatchNormalisation.start(ElementType.FLOAT32, 4)),
                new MultilayerPerceptron(4, List.of(3), Activation.TANH, Activation.IDENTITY)
                        .build(ElementType.FLOAT64, VarianceScaling.fanInUniform(), RandomStream.seeded(1)).root())) {
            assertThat(NarrowStep.of(new Network(other), loss)).isEmpty();
        }
        assertThat(new Network(new LinearMap(shared.weight())).parameters()).hasSize(1);
    }

    @Test
    void lossThatLooksAtParametersIsLeftToRecordedOperations() {
        Network network = network(Activation.TANH);
        Tensor weight = network.parameters().getFirst().value();
        Loss loss = (outputs, targets) -> outputs.minus(targets).square().mean().plus(weight.square().sum().times(10));
        double before = weight.euclideanNorm();
        new Trainer(network, loss, new Sgd(0.01, 0)).batchSize(50).fit(values(50), RandomStream.seeded(2));
        assertThat(weight.euclideanNorm()).isCloseTo(0.8 * before, within(0.05 * before));
    }

    @Test
    void inputsThatDoNotFitAreRefusedAsEver() {
        assertThatThrownBy(() -> new Trainer(network(Activation.TANH), new CrossEntropy(), new Sgd(0.1, 0))
                .fit(InMemory.classification("wide", Tensor.zeros(ElementType.FLOAT32, 2, 6),
                        Tensor.of(new float[]{0, 1}), 2), RandomStream.seeded(1)))
                .hasMessageContaining("layer0").hasMessageContaining("(2, 6)");
        assertThatThrownBy(() -> new Trainer(network(Activation.TANH), new CrossEntropy(), new Sgd(0.1, 0))
                .fit(InMemory.classification("many", Tensor.zeros(ElementType.FLOAT32, 2, FEATURES),
                        Tensor.of(new float[]{0, 3}), 4), RandomStream.seeded(1)))
                .hasMessageContaining("target 3.0 of sample 1 is no class index from 0 to 2");
    }
}
