package org.surprisal.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.Dataset;
import org.surprisal.data.sets.Digits;
import org.surprisal.information.EstimationProgress;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Processors;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// An estimate on several threads and a training at the same time, against one after the other.
class EstimateBesideTrainingTest {
    private static final Dataset DIGITS = Digits.generate(600, 0, 3).train();

    private static List<Double> estimates() {
        RandomStream stream = RandomStream.seeded(4);
        Continuous x = Continuous.of("x", stream.gaussian(ElementType.FLOAT64, 0, 1, 900, 3));
        Continuous y = Continuous.of("y",
                x.values().plus(stream.gaussian(ElementType.FLOAT64, 0, 1, 900, 3)));
        return List.of(Kraskov.standard(RandomStream.seeded(5)).estimate(x, y).value(),
                PairwiseDistance.withNoise(0.1).ofInput(x).value());
    }

    private static List<float[]> weights() {
        Network network = new MultilayerPerceptron(784, List.of(300, 300, 10), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT32, new Initialisation.Gaussian(1.5, 0.05), RandomStream.seeded(1));
        new Trainer(network, new CrossEntropy(), new Sgd(0.02, 0.8)).batchSize(128).epochs(3).fit(DIGITS,
                RandomStream.seeded(2));
        return network.parameters().stream().map(Parameter::value).map(Tensor::toFloats).toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "3, 2"})
    void neitherChangesABitOfTheOther(int ofTheEstimate, int ofTheTraining) throws Exception {
        List<Double> estimates = Processors.within(1, EstimateBesideTrainingTest::estimates);
        List<float[]> weights = Processors.within(1, EstimateBesideTrainingTest::weights);
        CyclicBarrier begin = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<List<Double>> estimated = threads.submit(() -> {
                begin.await();
                return Processors.within(ofTheEstimate, EstimateBesideTrainingTest::estimates);
            });
            Future<List<float[]>> trained = threads.submit(() -> {
                begin.await();
                return Processors.within(ofTheTraining, EstimateBesideTrainingTest::weights);
            });
            assertThat(estimated.get()).isEqualTo(estimates);
            assertThat(trained.get().toArray(float[][]::new)).isDeepEqualTo(weights.toArray(float[][]::new));
        }
    }

    @Test
    void estimateWithAShareOfOneStaysOnItsThread() {
        Thread here = Thread.currentThread();
        Processors.within(1, () -> EstimationProgress.during(EstimateBesideTrainingTest::estimates,
                (done, total) -> assertThat(Thread.currentThread()).isSameAs(here)));
    }
}
