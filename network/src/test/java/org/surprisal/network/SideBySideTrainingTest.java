package org.surprisal.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.Dataset;
import org.surprisal.data.sets.Digits;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.optimiser.Optimiser;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Processors;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Two different networks that are trained at the same time in one process, each with a share of the processors,
/// against the same networks trained one after the other.
class SideBySideTrainingTest {
    private static final Dataset DIGITS = Digits.generate(600, 0, 3).train();
    private static final List<List<float[]>> ONE_AFTER_THE_OTHER = List.of(perceptron(), otherPerceptron());

    /// Products of several blocks: 128 x 784 x 300 multiply-adds are more than one.
    private static List<float[]> perceptron() {
        return trained(List.of(300, 300, 10), Activation.TANH, new Sgd(0.02, 0.8), 1);
    }

    private static List<float[]> otherPerceptron() {
        return trained(List.of(200, 100, 100, 100, 10), Activation.RELU, new Adam(0.001), 2);
    }

    private static List<float[]> trained(List<Integer> widths, Activation activation, Optimiser optimiser, int seed) {
        Network network = new MultilayerPerceptron(784, widths, activation, Activation.IDENTITY)
                .build(ElementType.FLOAT32, new Initialisation.Gaussian(1.5, 0.05), RandomStream.seeded(seed));
        new Trainer(network, new CrossEntropy(), optimiser).batchSize(128).epochs(3).fit(DIGITS,
                RandomStream.seeded(seed));
        return network.parameters().stream().map(Parameter::value).map(Tensor::toFloats).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void neighbourDoesNotChangeABit(int share) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(2);
        List<Future<List<float[]>>> networks = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            networks.add(threads.submit(() -> {
                begin.await();
                return Processors.within(share, SideBySideTrainingTest::perceptron);
            }));
            networks.add(threads.submit(() -> {
                begin.await();
                return Processors.within(share, SideBySideTrainingTest::otherPerceptron);
            }));
        }
        for (int i = 0; i < 2; i++) {
            same(networks.get(i).resultNow(), ONE_AFTER_THE_OTHER.get(i));
        }
    }

    /// Without shares, both use the threads of the process by turns.
    @Test
    void neighbourWithoutAShareDoesNotChangeABit() throws Exception {
        List<Future<List<float[]>>> networks = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            networks.add(threads.submit(SideBySideTrainingTest::perceptron));
            networks.add(threads.submit(SideBySideTrainingTest::otherPerceptron));
        }
        for (int i = 0; i < 2; i++) {
            same(networks.get(i).resultNow(), ONE_AFTER_THE_OTHER.get(i));
        }
    }

    private static void same(List<float[]> weights, List<float[]> expected) {
        assertThat(weights).hasSameSizeAs(expected);
        for (int i = 0; i < weights.size(); i++) {
            assertThat(weights.get(i)).as("parameter " + i).isEqualTo(expected.get(i));
        }
    }
}
