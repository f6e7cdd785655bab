package org.surprisal.examples;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.surprisal.data.Batch;
import org.surprisal.data.Split;
import org.surprisal.data.sets.Digits;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.initialisation.VarianceScaling.Distribution;
import org.surprisal.network.initialisation.VarianceScaling.Fan;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.metric.ConfusionMatrix;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// A multilayer perceptron reads drawn digits, images of 28x28 pixels in ten classes.
///
/// Expect the loss to fall, few counts off the diagonal of the confusion matrix, and a test accuracy above 0.8; chance
/// is 0.1.
public final class DrawnDigits {
    public static void main(String[] args) {
        Split digits = Digits.generate(3000, 1000, 1);
        Network network = new MultilayerPerceptron(784, List.of(100, 10), Activation.RELU, Activation.IDENTITY)
                .build(ElementType.FLOAT32, VarianceScaling.he(Fan.IN, Distribution.NORMAL), RandomStream.seeded(1));
        List<TrainingListener.Epoch> history = new Trainer(network, new CrossEntropy(), new Sgd(0.05, 0.9))
                .epochs(6).batchSize(64).validation(digits.test()).fit(digits.train(), RandomStream.seeded(2));
        for (TrainingListener.Epoch epoch : history) {
            System.out.printf(Locale.ROOT, "epoch %d: training loss %.3f nat, test loss %.3f nat%n", epoch.epoch(),
                    epoch.trainLoss(), epoch.validation().orElseThrow().loss());
        }

        Batch test = digits.test().all();
        int[] actual = DoubleStream.of(test.targets().toDoubles()).mapToInt(label -> (int) label).toArray();
        ConfusionMatrix confusion = ConfusionMatrix.of(network.evaluate(test.inputs()), actual);
        System.out.println(confusion);
        System.out.printf(Locale.ROOT, "test accuracy %.3f%n", confusion.accuracy());
    }
}
