package org.surprisal.examples;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.surprisal.data.Dataset;
import org.surprisal.data.sets.Digits;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.initialisation.VarianceScaling.Distribution;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// A listener of one's own follows the training of a deep network: the mean size of each weight's gradient.
///
/// Expect gradients that vanish towards the input under sigmoids, by orders of magnitude, and stay within one order
/// under tanh.
public final class OwnListener {
    /// The mean Euclidean norm of each weight's gradient over the steps of a run.
    static final class GradientNorms implements TrainingListener {
        private final Map<String, Double> means = new TreeMap<>();

        @Override
        public boolean wantsTensors() {
            return true;
        }

        @Override
        public void onStep(Step step) {
            for (int i = 0; i < step.parameters().size(); i++) {
                String name = step.parameters().get(i).name();
                if (name.endsWith("weight")) {
                    means.merge(name, step.gradients().get(i).euclideanNorm() / step.steps(), Double::sum);
                }
            }
        }
    }

    public static void main(String[] args) {
        Dataset digits = Digits.generate(1000, 0, 1).train();
        for (Activation activation : List.of(Activation.SIGMOID, Activation.TANH)) {
            Network network = new MultilayerPerceptron(784, List.of(50, 50, 50, 50, 50, 10), activation,
                    Activation.IDENTITY).build(ElementType.FLOAT32, VarianceScaling.xavier(Distribution.NORMAL),
                            RandomStream.seeded(1));
            GradientNorms norms = new GradientNorms();
            new Trainer(network, new CrossEntropy(), new Sgd(0.05, 0)).epochs(2).batchSize(50).listener(norms)
                    .fit(digits, RandomStream.seeded(2));
            norms.means.forEach((weight, mean) -> System.out.printf(Locale.ROOT, "%s, %s: mean gradient norm %.2e%n",
                    activation.label(), weight, mean));
        }
    }
}
