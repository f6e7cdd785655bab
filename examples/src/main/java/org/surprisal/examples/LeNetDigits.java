package org.surprisal.examples;

import java.util.Locale;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.data.sets.Digits;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.architecture.KnownArchitectures;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.initialisation.VarianceScaling.Distribution;
import org.surprisal.network.initialisation.VarianceScaling.Fan;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// LeNet, a convolutional network, reads drawn digits. An architecture knows every shape and parameter count before it
/// is built.
///
/// Expect a table of its layers and a test accuracy that rises from about 0.1, which is chance, to above 0.9.
public final class LeNetDigits {
    public static void main(String[] args) {
        Architecture leNet = KnownArchitectures.leNet();
        System.out.println(leNet);

        Split digits = Digits.generate(2000, 500, 1);
        Dataset train = digits.train().shaped(1, 28, 28); // channels, height, width
        Dataset test = digits.test().shaped(1, 28, 28);
        Network network = leNet.build(ElementType.FLOAT32, VarianceScaling.he(Fan.IN, Distribution.NORMAL),
                RandomStream.seeded(1));
        System.out.printf(Locale.ROOT, "test accuracy before training %.3f%n", accuracy(network, test));
        new Trainer(network, new CrossEntropy(), new Sgd(0.02, 0.9)).epochs(3).batchSize(20)
                .fit(train, RandomStream.seeded(2));
        System.out.printf(Locale.ROOT, "test accuracy after training %.3f%n", accuracy(network, test));
    }

    private static double accuracy(Network network, Dataset data) {
        return Evaluation.of(network, new CrossEntropy(), data).accuracy().orElseThrow();
    }
}
