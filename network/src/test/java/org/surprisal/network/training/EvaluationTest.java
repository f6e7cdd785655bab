package org.surprisal.network.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.network.Network;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.loss.AgainstOneHot;
import org.surprisal.network.loss.BinaryCrossEntropy;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.loss.SquaredError;
import org.surprisal.network.loss.WithThreshold;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Batch by batch against all samples at once.
class EvaluationTest {
    /// Drawn numbers with classes 0 to 3, that writes down how many samples it was asked for.
    private record Drawn(Tensor inputs, Tensor targets, List<Integer> asked) implements Dataset {
        static Drawn of(int samples, int features) {
            RandomStream stream = RandomStream.seeded(2);
            double[] classes = new double[samples];
            for (int i = 0; i < samples; i++) {
                classes[i] = i * 7 % 4;
            }
            return new Drawn(stream.gaussian(ElementType.FLOAT64, 0, 1, samples, features), Tensor.of(classes),
                    new ArrayList<>());
        }

        @Override
        public String name() {
            return "drawn";
        }

        @Override
        public int size() {
            return inputs.length(0);
        }

        @Override
        public Shape inputShape() {
            return Shape.of(inputs.length(1));
        }

        @Override
        public int classes() {
            return 4;
        }

        @Override
        public Batch batch(int... rows) {
            asked.add(rows.length);
            return new Batch(inputs.rows(rows), targets.rows(rows));
        }
    }

    /// Up to 1000 samples at once, so that a graph's nodes stay together; more in batches that are the smaller the
    /// wider the inputs are.
    @ParameterizedTest
    @CsvSource({"1, 3000, 1", "1000, 500, 1000", "1001, 3, 1000", "1001, 784, 167", "1001, 3000, 100"})
    void batchesDoNotChangeTheResult(int samples, int features, int batch) {
        Drawn data = Drawn.of(samples, features);
        Network network = new Network(new Initialisation.Gaussian(1, 0).linear(ElementType.FLOAT64, features, 4,
                RandomStream.seeded(3)));
        Evaluation evaluation = Evaluation.of(network, new CrossEntropy(), data);
        assertThat(data.asked().getFirst()).isEqualTo(batch);
        assertThat(data.asked().stream().mapToInt(Integer::intValue).sum()).isEqualTo(samples);
        Tensor outputs = network.evaluate(data.inputs());
        assertThat(evaluation.samples()).isEqualTo(samples);
        assertThat(evaluation.loss()).isCloseTo(new CrossEntropy().of(outputs, data.targets()).item(),
                Offset.offset(1e-12));
        assertThat(evaluation.accuracy()).hasValue((double) Evaluation.correct(outputs, data.targets(), 0) / samples);
    }

    /// Outputs are the inputs: -1, 0, 0.4, 0.5 and 3 of classes 0, 0, 1, 0 and 1.
    @ParameterizedTest
    @CsvSource({"0, 0.8", "0.3, 0.8", "0.5, 0.8", "0.45, 0.6", "-2, 0.4", "3, 0.6"})
    void oneOutputAboveTheThresholdIsTheSecondClass(double threshold, double accuracy) {
        InMemory data = InMemory.classification("line", Tensor.of(new double[]{-1, 0, 0.4, 0.5, 3}, 5, 1),
                Tensor.of(new double[]{0, 0, 1, 0, 1}), 2);
        Network network = new Network(Activation.IDENTITY);
        Loss loss = new AgainstOneHot(new WithThreshold(new BinaryCrossEntropy(), threshold));
        assertThat(Evaluation.of(network, loss, data).accuracy()).hasValue(accuracy);
    }

    /// Nothing is learnt at so small a rate: the accuracy of training is that of the outputs before.
    @Test
    void trainingCountsOneOutputByTheThreshold() {
        InMemory data = InMemory.classification("line", Tensor.of(new double[]{-1, 0.25, 0.4, 0.75}, 4, 1),
                Tensor.of(new double[]{0, 0, 1, 1}), 2);
        Network network = new Network(Linear.of(Tensor.of(new double[]{1}, 1, 1), Tensor.of(new double[]{0})));
        Loss loss = new AgainstOneHot(new SquaredError());
        TrainingListener.Epoch epoch = new Trainer(network, loss, new Sgd(1e-9, 0)).batchSize(2).validation(data)
                .fit(data, RandomStream.seeded(1)).getFirst();
        assertThat(epoch.trainAccuracy()).hasValue(0.75);
        assertThat(epoch.validation().orElseThrow().accuracy()).hasValue(0.75);
    }
}
