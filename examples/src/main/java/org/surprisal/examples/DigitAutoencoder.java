package org.surprisal.examples;

import java.util.List;
import java.util.Locale;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.data.sets.Digits;
import org.surprisal.data.transform.Reconstruction;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.initialisation.VarianceScaling.Distribution;
import org.surprisal.network.initialisation.VarianceScaling.Fan;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.MeanSquaredError;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// An autoencoder squeezes images of 784 pixels through 32 numbers and draws them again from these.
///
/// Expect a test image beside what became of it, alike, and a squared error less than half the pixels' variance, which
/// is the error of always drawing the mean image.
public final class DigitAutoencoder {
    public static void main(String[] args) {
        Split digits = Digits.generate(2000, 500, 1);
        Dataset test = Reconstruction.of(digits.test());
        Network network = new MultilayerPerceptron(784, List.of(128, 32, 128, 784), Activation.RELU, Activation.SIGMOID)
                .build(ElementType.FLOAT32, VarianceScaling.he(Fan.IN, Distribution.NORMAL), RandomStream.seeded(1));
        new Trainer(network, new MeanSquaredError(), new Adam(0.002)).epochs(10).batchSize(50)
                .fit(Reconstruction.of(digits.train()), RandomStream.seeded(2));

        Tensor image = test.batch(0).inputs();
        Tensor drawnAgain = network.evaluate(image);
        for (int row = 0; row < 28; row += 2) {
            System.out.println(line(image, row) + "  " + line(drawnAgain, row));
        }
        Tensor pixels = test.all().inputs();
        Tensor mean = pixels.sum(0).times(1.0 / test.size());
        System.out.printf(Locale.ROOT, "squared error %.4f, variance of the pixels %.4f%n",
                Evaluation.of(network, new MeanSquaredError(), test).loss(), pixels.minus(mean).square().mean().item());
    }

    private static String line(Tensor image, int row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < 28; column++) {
            line.append(" .:-=+*#%@".charAt((int) (9 * image.at(0, 28 * row + column))));
        }
        return line.toString();
    }
}
