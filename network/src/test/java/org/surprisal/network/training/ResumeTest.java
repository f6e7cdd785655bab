package org.surprisal.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.State;
import org.surprisal.network.StateFile;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.BatchNormalisation;
import org.surprisal.network.layer.Dropout;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
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
import org.surprisal.network.optimiser.RmsProp;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A run that is cut off after any step and resumed from its kept state ends with the same bits.
class ResumeTest {
    private static final int EPOCHS = 4;

    @TempDir
    Path folder;

    private static Dataset data(String label) {
        RandomStream stream = RandomStream.seeded(4).child(label);
        Tensor x = stream.gaussian(ElementType.FLOAT32, 0, 1, 50, 3);
        float[] y = new float[50];
        for (int i = 0; i < y.length; i++) {
            y[i] = x.at(i, 0) + stream.nextGaussian() > 0 ? 1 : 0;
        }
        return InMemory.classification(label, x, Tensor.of(y), 2);
    }

    private static Network network() {
        Map<String, Layer> parts = new LinkedHashMap<>();
        RandomStream stream = RandomStream.seeded(1);
        Initialisation start = VarianceScaling.fanInUniform();
        parts.put("linear0", start.linear(ElementType.FLOAT32, 3, 8, stream.child(0)));
        parts.put("norm", BatchNormalisation.start(ElementType.FLOAT32, 8));
        parts.put("relu", Activation.RELU);
        parts.put("dropout", new Dropout(0.3));
        parts.put("linear1", start.linear(ElementType.FLOAT32, 8, 2, stream.child(1)));
        return new Network(new Sequential(parts));
    }

    /// Plateaus and early stopping are impatient enough to act within the run.
    private static Trainer trainer(Network network, Optimiser optimiser) {
        return new Trainer(network, new CrossEntropy(), optimiser).epochs(EPOCHS).batchSize(16)
                .validation(data("validation")).schedule(new Schedule.Cosine(10, 0.1), Schedule.Unit.STEP)
                .schedule(new ReduceOnPlateau(0.5, 0, 0.05, 0, 0)).earlyStopping(new EarlyStopping(2));
    }

    private static List<double[]> numbers(Network network) {
        return network.state().values().stream().map(Tensor::toDoubles).toList();
    }

    static Stream<Arguments> optimisers() {
        Map<String, Supplier<Optimiser>> all = new LinkedHashMap<>();
        all.put("sgd", () -> new Sgd(0.3, 0));
        all.put("momentum", () -> new Sgd(0.3, 0.9));
        all.put("heavy ball", () -> new HeavyBall(0.3, 0.9));
        all.put("Nesterov", () -> new Nesterov(0.3, 0.9));
        all.put("AdaGrad", () -> new AdaGrad(0.3));
        all.put("RMSProp", () -> new RmsProp(0.01));
        all.put("Adam with L1, clipped",
                () -> new Clipped(new Penalised(new Adam(0.1), new Penalty.L1(0.01)), new GradientClipping.ByNorm(1)));
        all.put("AdamW", () -> new AdamW(0.1, 0.01));
        return all.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimisers")
    void aResumedRunEndsWithTheSameBits(String name, Supplier<Optimiser> optimiser) {
        Network whole = network();
        List<State> kept = new ArrayList<>();
        List<TrainingListener.Epoch> history = trainer(whole, optimiser.get())
                .keep(Duration.ZERO, state -> kept.add(state.copy()))
                .fit(data("train"), RandomStream.seeded(7));
        assertThat(kept).hasSizeGreaterThan(4);
        for (State state : kept) {
            StateFile.write(folder.resolve("state.safetensors"), state);
            State read = StateFile.read(folder.resolve("state.safetensors"));
            Network again = network();
            assertThat(trainer(again, optimiser.get()).resume(read).fit(data("train"), RandomStream.seeded(7)))
                    .isEqualTo(history);
            List<double[]> expected = numbers(whole);
            List<double[]> ended = numbers(again);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(ended.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void aStoppedRunKeepsItsLastStep() {
        Network stopped = network();
        List<State> kept = new ArrayList<>();
        int[] steps = {0};
        trainer(stopped, new Adam(0.1)).stopWhen(() -> ++steps[0] == 6)
                .keep(Duration.ofDays(1), state -> kept.add(state.copy()))
                .fit(data("train"), RandomStream.seeded(7));
        assertThat(kept).hasSize(1);
        Network whole = network();
        List<TrainingListener.Epoch> history = trainer(whole, new Adam(0.1)).fit(data("train"),
                RandomStream.seeded(7));
        Network again = network();
        assertThat(trainer(again, new Adam(0.1)).resume(kept.getFirst()).fit(data("train"), RandomStream.seeded(7)))
                .isEqualTo(history);
        assertThat(again.parameters().getFirst().value().toDoubles())
                .isEqualTo(whole.parameters().getFirst().value().toDoubles());
    }

    @Test
    void aStateOfAnotherRunIsRefused() {
        List<State> kept = new ArrayList<>();
        trainer(network(), new Adam(0.1)).epochs(1).keep(Duration.ZERO, state -> kept.add(state.copy())).fit(
                data("train"),
                RandomStream.seeded(7));
        State state = kept.getFirst();
        assertThatThrownBy(() -> trainer(network(), new Sgd(0.1, 0.9)).resume(state).fit(data("train"),
                RandomStream.seeded(7))).hasMessage("the saved state is of another optimiser than Sgd");
        Network other = new MultilayerPerceptron(3, List.of(2), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT32, VarianceScaling.fanInUniform(), RandomStream.seeded(1));
        assertThatThrownBy(() -> trainer(other, new Adam(0.1)).resume(state).fit(data("train"),
                RandomStream.seeded(7)))
                .hasMessage("the saved state's 'network.linear0.weight' is FLOAT32 (8, 3), and this"
                        + " run's FLOAT32 (2, 3)");
        assertThatThrownBy(() -> trainer(network(), new Adam(0.1)).resume(new State()).fit(data("train"),
                RandomStream.seeded(7))).hasMessage("the saved state has no number 'position.epoch'");
    }

    private static State keptOf(Optimiser optimiser) {
        List<State> kept = new ArrayList<>();
        trainer(network(), optimiser).epochs(1).keep(Duration.ZERO, state -> kept.add(state.copy())).fit(data("train"),
                RandomStream.seeded(7));
        return kept.getFirst();
    }

    @Test
    void aStateOfOtherBatchesIsRefused() {
        State state = keptOf(new Adam(0.1));
        assertThatThrownBy(() -> trainer(network(), new Adam(0.1)).batchSize(10).resume(state).fit(data("train"),
                RandomStream.seeded(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the saved state is of a run on 50 samples in batches of 16, and this one is on 50 in"
                        + " batches of 10");
    }

    @Test
    void aStateOfAnotherOptimiserWithAsManyMomentsIsRefused() {
        State state = keptOf(new Sgd(0.1, 0.9));
        assertThatThrownBy(() -> trainer(network(), new RmsProp(0.01)).resume(state).fit(data("train"),
                RandomStream.seeded(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the saved state is of another optimiser than RmsProp");
        assertThatThrownBy(() -> trainer(network(), new Sgd(0.1, 0)).resume(state).fit(data("train"),
                RandomStream.seeded(7))).hasMessage("the saved state is of another optimiser: it keeps 1 moments of a"
                        + " parameter, and this one 0");
    }

    @Test
    void aRunThatIsStoppedWhereItStopsEarlyKeepsThatItIsOver() {
        Network whole = network();
        List<TrainingListener.Epoch> history = trainer(whole, new Adam(0.1)).epochs(40).fit(data("train"),
                RandomStream.seeded(7));
        long end = history.getLast().step();
        assertThat(history).hasSizeLessThan(40);
        List<State> kept = new ArrayList<>();
        long[] steps = {0};
        trainer(network(), new Adam(0.1)).epochs(40).stopWhen(() -> ++steps[0] == end)
                .keep(Duration.ofDays(1), state -> kept.add(state.copy())).fit(data("train"), RandomStream.seeded(7));
        assertThat(kept).hasSize(1);
        Network again = network();
        assertThat(trainer(again, new Adam(0.1)).epochs(40).resume(kept.getFirst()).fit(data("train"),
                RandomStream.seeded(7))).isEqualTo(history);
        for (int i = 0; i < numbers(whole).size(); i++) {
            assertThat(numbers(again).get(i)).isEqualTo(numbers(whole).get(i));
        }
    }

    @Test
    void anIntervalMayBeForEver() {
        List<State> kept = new ArrayList<>();
        assertThat(trainer(network(), new Adam(0.1)).epochs(1)
                .keep(ChronoUnit.FOREVER.getDuration(), state -> kept.add(state.copy()))
                .fit(data("train"), RandomStream.seeded(7))).hasSize(1);
        assertThat(kept).isEmpty();
    }

    @Test
    void aDamagedNumberIsNamed() {
        for (String damaged : List.of("many", "-1", "3000000000", "1.5")) {
            Map<String, String> numbers = new LinkedHashMap<>(keptOf(new Adam(0.1)).numbers());
            State state = State.of(keptOf(new Adam(0.1)).tensors(), numbers);
            numbers.put("position.batches", damaged);
            State wrong = State.of(state.tensors(), numbers);
            assertThatThrownBy(() -> trainer(network(), new Adam(0.1)).resume(wrong).fit(data("train"),
                    RandomStream.seeded(7))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the saved state's 'position.batches' (=" + damaged + ") must be");
        }
        State wrong = State.of(Map.of(), Map.of("rate", "fast"));
        assertThatThrownBy(() -> wrong.number("rate")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the saved state's 'rate' (=fast) must be a number");
    }
}
