package org.surprisal.examples;

import java.util.List;
import java.util.Locale;
import org.surprisal.data.Split;
import org.surprisal.data.sets.Digits;
import org.surprisal.information.DenseLayer;
import org.surprisal.information.RelativeEntropy;
import org.surprisal.information.RelativeEntropyProfile;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.probe.Probe;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// What is in each layer of a trained network: a measure of one's own, how many dimensions the test images take up
/// there, beside the library's relative entropy to the first layer for one image.
///
/// Expect fewer dimensions layer by layer, of 100 there are, and a relative entropy that rises from 0.
public final class OwnMeasure {
    /// The participation ratio (tr C)^2 / tr(C^2) of the covariance C of activations, shape (samples, neurons): k where
    /// they spread evenly over k dimensions, NaN where they do not differ at all.
    static double dimensions(Tensor activations) {
        Tensor centred = activations.minus(activations.sum(0).times(1.0 / activations.length(0)));
        double trace = centred.square().sum().item();
        return trace * trace / centred.transpose().matmul(centred).square().sum().item();
    }

    public static void main(String[] args) {
        Split digits = Digits.generate(2000, 500, 1);
        Network network = new MultilayerPerceptron(784, List.of(100, 100, 100, 100, 100, 100, 10), Activation.TANH,
                Activation.IDENTITY).build(ElementType.FLOAT32, new Initialisation.Gaussian(1.75, 0.05),
                        RandomStream.seeded(1));
        new Trainer(network, new CrossEntropy(), new Sgd(0.01, 0.8)).epochs(3)
                .fit(digits.train(), RandomStream.seeded(2));

        Tensor images = digits.test().all().inputs();
        List<String> names = List.of("linear0", "linear1", "linear2", "linear3", "linear4", "linear5");
        Probe.of(network, names).observe(images)
                .forEach((name, seen) -> System.out.printf(Locale.ROOT, "%s: %.1f dimensions%n",
                        name, dimensions(seen.output())));

        List<DenseLayer> layers = names.stream().map(name -> (Linear) network.module(name))
                .map(linear -> new DenseLayer(linear.weight().value(), linear.bias().value())).toList();
        RelativeEntropyProfile profile = RelativeEntropy.of(layers, Activation.TANH)
                .profiles(images.rows(0), RandomStream.seeded(3)).getFirst();
        for (RelativeEntropyProfile.Layer layer : profile.layers()) {
            System.out.printf(Locale.ROOT, "linear%d: relative entropy %.1f +- %.1f nat%n", layer.layer(),
                    layer.value(), layer.standardError());
        }
    }
}
