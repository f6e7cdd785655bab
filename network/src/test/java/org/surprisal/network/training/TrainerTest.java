package org.surprisal.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.BatchNormalisation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.loss.MeanSquaredError;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class TrainerTest {
    private static final Loss LOSS = new CrossEntropy();

    /// Two Gaussian clouds, 2.4 standard deviations apart each way.
    private static Dataset clouds(int n) {
        RandomStream stream = RandomStream.seeded(4);
        float[] x = new float[2 * n];
        float[] y = new float[n];
        for (int i = 0; i < n; i++) {
            y[i] = i % 2;
            x[2 * i] = (float) (stream.nextGaussian() + (y[i] == 0 ? -1.2 : 1.2));
            x[2 * i + 1] = (float) (stream.nextGaussian() + (y[i] == 0 ? -1.2 : 1.2));
        }
        return InMemory.classification("clouds", Tensor.of(x, n, 2), Tensor.of(y), 2);
    }

    private static Network network() {
        return new MultilayerPerceptron(2, List.of(8, 2), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT32, new Initialisation.Gaussian(1.5, 0.05), RandomStream.seeded(1));
    }

    private static Trainer trainer(Network network) {
        return new Trainer(network, LOSS, new Sgd(0.2, 0.5)).batchSize(32);
    }

    @Test
    void trainingLearnsAndReportsEachEpoch() {
        Network network = network();
        List<TrainingListener.Epoch> history = trainer(network).epochs(5).validation(clouds(500)).fit(clouds(1000),
                RandomStream.seeded(2));
        assertThat(history).hasSize(5);
        assertThat(history).extracting(TrainingListener.Epoch::epoch).containsExactly(1, 2, 3, 4, 5);
        assertThat(history.getLast().step()).isEqualTo(5 * 32);
        Evaluation last = history.getLast().validation().orElseThrow();
        // The best possible is Phi(1.2 sqrt 2) = 0.955; 500 samples scatter by 0.009.
        assertThat(last.accuracy().orElseThrow()).isBetween(0.92, 0.99);
        assertThat(last.loss()).isLessThan(history.getFirst().trainLoss());
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        Network first = network();
        Network second = network();
        trainer(first).epochs(2).fit(clouds(100), RandomStream.seeded(2));
        trainer(second).epochs(2).fit(clouds(100), RandomStream.seeded(2));
        assertThat(first.parameters().getFirst().value().toFloats())
                .isEqualTo(second.parameters().getFirst().value().toFloats());
        Network third = network();
        trainer(third).epochs(2).fit(clouds(100), RandomStream.seeded(3));
        assertThat(third.parameters().getFirst().value().toFloats())
                .isNotEqualTo(first.parameters().getFirst().value().toFloats());
    }

    /// Without a new order each epoch nothing of the training is drawn.
    @Test
    void aFixedOrderIsTheSameForEverySeed() {
        Network first = network();
        Network second = network();
        Network drawn = network();
        trainer(first).epochs(2).shuffled(false).fit(clouds(100), RandomStream.seeded(2));
        trainer(second).epochs(2).shuffled(false).fit(clouds(100), RandomStream.seeded(3));
        trainer(drawn).epochs(2).fit(clouds(100), RandomStream.seeded(3));
        float[] fixed = first.parameters().getFirst().value().toFloats();
        assertThat(second.parameters().getFirst().value().toFloats()).isEqualTo(fixed);
        assertThat(drawn.parameters().getFirst().value().toFloats()).isNotEqualTo(fixed);
    }

    @Test
    void aDivergingLossStopsTheRunAndNamesTheFirstBadLayer() {
        Network network = network();
        Trainer trainer = new Trainer(network, LOSS, new Sgd(3e38, 0)).batchSize(10).epochs(3);
        assertThatThrownBy(() -> trainer.fit(clouds(100), RandomStream.seeded(2)))
                .isInstanceOf(DivergenceException.class).hasMessageContaining("epoch 1, step ")
                .hasMessageContaining("linear");
    }

    @Test
    void aStopLeavesTheFinishedEpochs() {
        int[] steps = {0};
        List<TrainingListener.Epoch> history = trainer(network()).epochs(100).stopWhen(() -> ++steps[0] == 10)
                .fit(clouds(128), RandomStream.seeded(1));
        assertThat(history).hasSize(2);
        assertThat(steps[0]).isEqualTo(10);
    }

    @Test
    void aStopAtAnEpochsLastStepFinishesTheEpoch() {
        int[] steps = {0};
        assertThat(trainer(network()).epochs(100).stopWhen(() -> ++steps[0] == 8).fit(clouds(128),
                RandomStream.seeded(1))).hasSize(2);
    }

    @Test
    void parametersThatTheLastStepMadeInfiniteStopTheRun() {
        Network network = network();
        // One step only: its loss, before the step, is finite.
        Trainer trainer = new Trainer(network, LOSS, new Sgd(1e300, 0)).batchSize(100);
        assertThatThrownBy(() -> trainer.fit(clouds(100), RandomStream.seeded(2)))
                .isInstanceOf(DivergenceException.class).hasMessageContaining("linear0.weight")
                .hasMessageContaining("epoch 1, step 1");
    }

    /// In float32 the variance of such numbers is infinite, what is normalised by it 0, and the loss finite.
    @Test
    void runningAveragesThatAreNotFiniteStopTheRun() {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("norm", BatchNormalisation.start(ElementType.FLOAT32, 1));
        parts.put("linear", VarianceScaling.fanInUniform().linear(ElementType.FLOAT32, 1, 2, RandomStream.seeded(1)));
        Network network = new Network(new Sequential(parts));
        Dataset data = InMemory.classification("far", Tensor.of(new float[]{-1e25f, 1e25f, 3e25f, 0}).reshape(4, 1),
                Tensor.of(new float[]{0, 1, 1, 0}), 2);
        assertThatThrownBy(() -> new Trainer(network, new CrossEntropy(), new Sgd(0.1, 0)).batchSize(4).fit(data,
                RandomStream.seeded(2)))
                .isInstanceOf(DivergenceException.class)
                .hasMessageContaining("'norm.running-variance' is NaN or infinite")
                .hasMessageContaining("epoch 1, step 1");
    }

    @Test
    void aDivergenceSaysWhatIsKnownOfWhereItBegan() {
        Linear layer = Linear.of(Tensor.of(new float[]{Float.NaN, 0, 0, 1}, 2, 2), Tensor.of(new float[]{0, 0}));
        assertThatThrownBy(() -> trainer(new Network(layer)).fit(clouds(8), RandomStream.seeded(2)))
                .hasMessageContaining("first seen in the network's output");
        // Every output is finite, but its square is not.
        Dataset far = InMemory.regression("far", Tensor.of(new float[]{1, 1}, 1, 2),
                Tensor.of(new float[]{3e38f, 0}, 1, 2));
        assertThatThrownBy(() -> new Trainer(network(), new MeanSquaredError(), new Sgd(0.1, 0)).fit(far,
                RandomStream.seeded(2))).hasMessageContaining("first seen in the loss");
        // Only the last validation sample overflows.
        Network deep = new MultilayerPerceptron(2, List.of(8, 2), Activation.RELU, Activation.IDENTITY)
                .build(ElementType.FLOAT32, new Initialisation.Gaussian(50, 0), RandomStream.seeded(1));
        Dataset huge = InMemory.classification("huge", Tensor.of(new float[]{1, 1, 1, 1, 3e38f, 3e38f}, 3, 2),
                Tensor.of(new float[]{0, 1, 0}), 2);
        assertThatThrownBy(() -> new Trainer(deep, LOSS, new Sgd(1e-6, 0)).validation(huge).fit(clouds(8),
                RandomStream.seeded(2))).hasMessageContaining("validation").hasMessageContaining("'linear0'");
    }

    @Test
    void anEmptyDataSetIsNotEvaluated() {
        assertThatThrownBy(() -> Evaluation.of(network(), LOSS, clouds(4).first(0))).hasMessageContaining("no samples");
    }
}
