package org.surprisal.study.relativeentropy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.training.Trainer;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Run;
import org.surprisal.study.depth.DepthProbe;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// What a study of such networks can be told, and the networks that follow from it. Several studies share the keys and
/// differ in defaults: the full one, the quick one, and the one that tells the network's part from the data's.
///
/// Depth and widths follow the reference code: the width list is `[inputs] + [width] * (depth - 1) + tail-widths`, so
/// the measured layers are m = 0 … depth - 2, all of one width.
public record RelativeEntropySettings(Setting<String> data, Setting<Integer> trainSamples, Setting<Integer> depth,
        Setting<Integer> width, Setting<List<Integer>> tailWidths, Setting<String> activation,
        Setting<String> outputActivation, Setting<List<Double>> sigmaW2, Setting<Double> sigmaB2,
        Setting<Integer> epochs, Setting<Integer> batch, Setting<Double> learningRate, Setting<Double> momentum,
        Setting<Integer> mcSamples, Setting<Integer> probedInputs, Setting<List<Integer>> distributionLayers) {
    /// What the networks learn to lower.
    public static final Loss LOSS = new CrossEntropy();

    /// Defaults at the thesis's size, with one epoch of 12,800 images so that they end in minutes.
    static RelativeEntropySettings full() {
        return with(12_800, 50, 784, List.of(400, 10), List.of(1.5, 1.75, 2.0, 2.25, 2.5), 1, 0.005, 1000,
                List.of(5, 15, 25, 45));
    }

    /// Defaults small enough for about a minute on two cores.
    static RelativeEntropySettings quick() {
        return with(6_000, 12, 324, List.of(200, 10), List.of(1.5, 2.0, 2.5), 3, 0.02, 400, List.of(1, 3, 6, 10));
    }

    /// Defaults of networks as wide as their inputs have pixels, which can be measured from the input too.
    public static RelativeEntropySettings asWideAsTheInput() {
        return with(6_000, 12, 784, List.of(200, 10), List.of(1.5, 2.5), 3, 0.02, 100, List.of(1, 3, 6, 10));
    }

    private static RelativeEntropySettings with(int trainSamples, int depth, int width, List<Integer> tail,
            List<Double> sigmaW2, int epochs, double learningRate, int mcSamples, List<Integer> layers) {
        List<String> activations = Arrays.stream(Activation.values()).map(Activation::label).toList();
        return new RelativeEntropySettings(
                Setting.choice("data", "digits", ImageSource.names(),
                        "images to train on and to probe with; digits are drawn, the others are read from the data"
                                + " folder"),
                Setting.integer("train-samples", trainSamples, 1, Integer.MAX_VALUE,
                        "training images, the first ones of the data set"),
                Setting.integer("depth", depth, 3, 10_000,
                        "entries of the width list before the tail, the input among them: layers 0 to depth-2 are"
                                + " measured"),
                // the Anderson-Darling test of the report needs eight neurons
                Setting.integer("width", width, 8, 100_000, "neurons of each measured layer"),
                Setting.integers("tail-widths", tail, 1, 100_000,
                        "widths of the layers after the measured ones, the number of classes last"),
                Setting.choice("activation", "tanh", activations, "after every layer but the last"),
                Setting.choice("output-activation", "tanh", activations, "after the last layer; the thesis has tanh"),
                Setting.decimals("sigma-w2", sigmaW2, 0.06, 1000,
                        "weight variance times fan-in, one network each"),
                Setting.decimal("sigma-b2", 0.05, 0, 1000, "bias variance"),
                Setting.integer("epochs", epochs, 0, 1_000_000, "passes over the training images"),
                Setting.integer("batch", 128, 1, 1_000_000, "images in a step"),
                Setting.decimal("learning-rate", learningRate, Double.MIN_VALUE, Double.POSITIVE_INFINITY,
                        "of SGD; the thesis has 5e-5 (Fig 21) and 0.005 (Fig 55)"),
                Setting.decimal("momentum", 0.8, 0, 0.999999, "of SGD"),
                Setting.integer("mc-samples", mcSamples, 2, 10_000_000,
                        "Monte Carlo samples behind each relative entropy"),
                Setting.integer("probed-inputs", 1, 1, 10_000,
                        "test images to measure with, the first ones; values are means over them"),
                Setting.integers("distribution-layers", layers, 0, 10_000,
                        "layers whose distribution of pre-activations is drawn; those beyond the depth are left out"));
    }

    /// Every setting, in the order in which they are listed.
    public List<Setting<?>> all() {
        return List.of(data, trainSamples, depth, width, tailWidths, activation, outputActivation, sigmaW2, sigmaB2,
                epochs, batch, learningRate, momentum, mcSamples, probedInputs, distributionLayers);
    }

    /// The weight variances, one network each, once it is known that networks for these data can be built.
    ///
    /// @throws SettingException if one is there twice, or the last layer has not one neuron a class
    public List<Double> variances(Run run, Dataset data) {
        List<Double> variances = run.get(sigmaW2);
        if (variances.stream().distinct().count() < variances.size()) {
            throw SettingException.badValue(sigmaW2.key(), sigmaW2.text(variances),
                    "different numbers: each is one network");
        }
        if (run.get(tailWidths).getLast() != data.classes()) {
            throw SettingException.badValue(tailWidths.key(), tailWidths.text(run.get(tailWidths)),
                    "widths that end with " + data.classes() + ", the classes of " + data.name());
        }
        return variances;
    }

    /// The random network of one weight variance.
    ///
    /// @param stream of the network; equal streams give the same normal numbers, scaled by each σ_w
    public Network network(Run run, Dataset data, double sigmaW2, RandomStream stream) {
        List<Integer> widths = new ArrayList<>(Collections.nCopies(measuredLayers(run), run.get(width)));
        widths.addAll(run.get(tailWidths));
        return new MultilayerPerceptron(data.inputShape().size(), widths, Activation.labelled(run.get(activation)),
                Activation.labelled(run.get(outputActivation))).build(ElementType.FLOAT32,
                        new Initialisation.Gaussian(sigmaW2, run.get(sigmaB2)), stream.child("weights"));
    }

    /// How many layers of one width there are: those numbered from 0 to `depth - 2`.
    public int measuredLayers(Run run) {
        return run.get(depth) - 1;
    }

    /// What trains a network, validating on the test samples after each epoch, until it is done or the run is to stop.
    public Trainer trainer(Run run, Network network, Split data) {
        return new Trainer(network, LOSS, new Sgd(run.get(learningRate), run.get(momentum))).epochs(run.get(epochs))
                .batchSize(run.get(batch)).validation(data.test()).stopWhen(run::interrupted);
    }

    /// What measures such a network's layers of one width.
    ///
    /// @param inputs what it is measured on, shape (n, in)
    public DepthProbe probe(Run run, double sigmaW2, Tensor inputs) {
        return new DepthProbe(measuredLayers(run), Activation.labelled(run.get(activation)), sigmaW2,
                run.get(mcSamples), inputs);
    }
}
