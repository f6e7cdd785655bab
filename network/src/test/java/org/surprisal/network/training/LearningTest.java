package org.surprisal.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Split;
import org.surprisal.data.sets.Digits;
import org.surprisal.data.sets.Mnist;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// Networks learn what they should.
class LearningTest {
    private static double testAccuracy(List<Integer> widths, Split data, double rate, double momentum, int batch,
            int epochs) {
        Network network = new MultilayerPerceptron(784, widths, Activation.RELU, Activation.IDENTITY)
                .build(ElementType.FLOAT32, new Initialisation.Gaussian(2, 0), RandomStream.seeded(1));
        new Trainer(network, new CrossEntropy(), new Sgd(rate, momentum)).batchSize(batch).epochs(epochs)
                .fit(data.train(), RandomStream.seeded(2));
        return Evaluation.of(network, new CrossEntropy(), data.test()).accuracy().orElseThrow();
    }

    @Test
    void drawnDigitsNeedMoreThanALinearModel() {
        // 86 % from scikit-learn's converged logistic regression on the same number of images.
        Split data = Digits.generate(10_000, 4_000, 7);
        assertThat(testAccuracy(List.of(10), data, 0.1, 0.9, 100, 20)).isBetween(0.75, 0.90);
    }

    @Test
    void drawnDigitsAreLearntByAMultilayerPerceptron() {
        assertThat(testAccuracy(List.of(200, 10), Digits.generate(20_000, 4_000, 7), 0.1, 0.9, 100, 10))
                .isGreaterThan(0.97);
    }

    @Test
    void mnistWithTwoHundredHiddenUnits() {
        String set = System.getenv("SURPRISAL_DATA");
        Path folder = Path.of(set != null ? set : "../../shared/data");
        assumeThat(Files.isDirectory(folder.resolve("mnist")))
                .as("MNIST is not in %s: set SURPRISAL_DATA to run this test", folder).isTrue();
        double error = 1 - testAccuracy(List.of(200, 10), Mnist.load(folder), 0.1, 0, 16, 10);
        assertThat(error).isLessThanOrEqualTo(0.024);
    }
}
