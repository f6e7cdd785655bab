package org.surprisal.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.data.Dataset;
import org.surprisal.data.sets.Digits;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Pass;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Dropout;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
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
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Training whose steps use each other's memory, and apply each gradient as it comes, against training that keeps
/// everything because somebody listens.
class MemoryOfTrainingTest {
    private static final Dataset DIGITS = Digits.generate(300, 0, 3).train();

    private static final class Listening implements TrainingListener {
        private final List<List<Tensor>> gradients = new ArrayList<>();

        @Override
        public boolean wantsTensors() {
            return true;
        }

        @Override
        public void onStep(Step step) {
            gradients.add(step.gradients());
        }
    }

    static Stream<Supplier<Optimiser>> optimisers() {
        return Stream.of(() -> new Sgd(0.05, 0), () -> new Sgd(0.05, 0.8), () -> new HeavyBall(0.05, 0.8),
                () -> new Nesterov(0.05, 0.8), () -> new RmsProp(0.001), () -> new Adam(0.001),
                () -> new AdamW(0.001, 0.1),
                () -> new Penalised(new Adam(0.001), new Penalty.L2(0.01, Regularised.ALL)),
                () -> new Penalised(new AdamW(0.001, 0.1), new Penalty.L1(0.01, Regularised.WEIGHTS)),
                () -> new Clipped(new Sgd(0.05, 0.8), new GradientClipping.ByNorm(0.1)),
                () -> new Penalised(new Clipped(new Adam(0.01), new GradientClipping.ByValue(1e-3)),
                        new Penalty.L2(0.01, Regularised.ALL)));
    }

    private static Network network() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        RandomStream stream = RandomStream.seeded(1);
        Initialisation start = new Initialisation.Gaussian(1.5, 0.05);
        Linear shared = start.linear(ElementType.FLOAT32, 100, 100, stream.child(1));
        layers.put("linear0", start.linear(ElementType.FLOAT32, 784, 100, stream.child(0)));
        layers.put("tanh0", Activation.TANH);
        layers.put("linear1", shared);
        layers.put("dropout", new Dropout(0.2));
        layers.put("again", shared);
        layers.put("tanh1", Activation.TANH);
        layers.put("linear2", start.linear(ElementType.FLOAT32, 100, 10, stream.child(2)));
        return new Network(new Sequential(layers));
    }

    private static Trainer trainer(Network network, Optimiser optimiser) {
        return new Trainer(network, new CrossEntropy(), optimiser).batchSize(64).epochs(3);
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void nobodyListeningChangesNoBit(Supplier<Optimiser> optimiser) {
        Network alone = network();
        List<TrainingListener.Epoch> first = trainer(alone, optimiser.get()).fit(DIGITS, RandomStream.seeded(2));
        Network heard = network();
        Listening listening = new Listening();
        List<TrainingListener.Epoch> second = trainer(heard, optimiser.get()).listener(listening).fit(DIGITS,
                RandomStream.seeded(2));
        assertThat(first).isEqualTo(second);
        Network start = network();
        for (int i = 0; i < alone.parameters().size(); i++) {
            assertThat(alone.parameters().get(i).value().toFloats())
                    .isEqualTo(heard.parameters().get(i).value().toFloats())
                    .isNotEqualTo(start.parameters().get(i).value().toFloats());
        }
        assertThat(listening.gradients).hasSize(15)
                .allSatisfy(step -> assertThat(step).hasSize(6).allSatisfy(g -> assertThat(g.isFinite()).isTrue()));
    }

    @Test
    void gradientsAreThereForThoseWhoAskOnly() {
        List<Integer> counts = new ArrayList<>();
        trainer(network(), new Sgd(0.05, 0)).epochs(1).listener(new TrainingListener() {
            @Override
            public void onStep(Step step) {
                counts.add(step.gradients().size());
            }
        }).fit(DIGITS, RandomStream.seeded(2));
        assertThat(counts).containsExactly(0, 0, 0, 0, 0);
    }

    /// A layer that remembers what it made in the step before, which is gone.
    @Test
    void aLayerThatKeepsATensorIsTold() {
        Layer keeping = new Layer() {
            private final List<Tensor> kept = new ArrayList<>();

            @Override
            public Tensor forward(Tensor input, Pass pass) {
                Tensor output = kept.isEmpty() ? input.tanh() : input.plus(kept.getFirst()).tanh();
                kept.add(output.detached());
                return output;
            }
        };
        Map<String, Layer> layers = new LinkedHashMap<>(network().root().children());
        layers.put("tanh0", keeping);
        assertThatThrownBy(() -> trainer(new Network(new Sequential(layers)), new Sgd(0.05, 0)).fit(DIGITS,
                RandomStream.seeded(2))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its memory is used again");
    }
}
