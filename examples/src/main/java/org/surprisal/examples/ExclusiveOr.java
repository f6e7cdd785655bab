package org.surprisal.examples;

import java.util.List;
import java.util.Locale;
import org.surprisal.data.Dataset;
import org.surprisal.data.sets.Xor;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Exclusive or, which no straight line decides, learnt by a network with one hidden layer.
///
/// Expect the right class at each of the four corners, 0, 1, 1, 0, with a probability close to 1.
public final class ExclusiveOr {
    public static void main(String[] args) {
        Dataset corners = Xor.corners();
        Network network = new MultilayerPerceptron(2, List.of(8, 2), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT64, new Initialisation.Gaussian(1, 0.5), RandomStream.seeded(1));
        new Trainer(network, new CrossEntropy(), new Adam(0.05)).epochs(200).batchSize(4)
                .fit(corners, RandomStream.seeded(2));

        Tensor inputs = corners.all().inputs();
        Tensor probabilities = network.evaluate(inputs).softmax();
        int[] answers = probabilities.argmaxRows();
        for (int i = 0; i < answers.length; i++) {
            System.out.printf(Locale.ROOT, "%.0f xor %.0f = %d (probability %.3f)%n", inputs.at(i, 0), inputs.at(i, 1),
                    answers[i], probabilities.at(i, answers[i]));
        }
    }
}
