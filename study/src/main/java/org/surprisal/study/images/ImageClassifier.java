package org.surprisal.study.images;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Trial;
import org.surprisal.tensor.ElementType;
import org.surprisal.theory.meanfield.ActivationFunction;
import org.surprisal.theory.meanfield.MeanField;

/// The settings that studies of perceptrons on images share, with the networks and trainers that follow from them.
///
/// Networks of one seed have the same random numbers in the layers that they share, scaled by their σ_w, and see the
/// images in the same order.
///
/// @param data             images to train on
/// @param trainSamples     training images
/// @param width            neurons of a hidden layer
/// @param activation       after every hidden layer
/// @param outputActivation after the last layer
/// @param sigmaB2          bias variance
/// @param epochs           passes over the training images
/// @param batch            images in a step
/// @param learningRate     of SGD
/// @param momentum         of SGD
public record ImageClassifier(Setting<String> data, Setting<Integer> trainSamples, Setting<Integer> width,
        Setting<String> activation, Setting<String> outputActivation, Setting<Double> sigmaB2, Setting<Integer> epochs,
        Setting<Integer> batch, Setting<Double> learningRate, Setting<Double> momentum) {
    /// What the networks learn to lower.
    public static final Loss LOSS = new CrossEntropy();

    /// The settings with these defaults.
    ///
    /// @param leastWidth  smallest width allowed
    /// @param leastEpochs 0 if networks that are not trained have something to show
    /// @param activations that may follow a hidden layer
    public static ImageClassifier of(int trainSamples, int width, int leastWidth, int epochs, int leastEpochs,
            double learningRate, List<String> activations) {
        return new ImageClassifier(
                Setting.choice("data", "digits", Images.NAMES,
                        "images to train on; digits are drawn, the others are read from the data folder"),
                Setting.integer("train-samples", trainSamples, 1, Integer.MAX_VALUE,
                        "training images, the first ones of the data set"),
                Setting.integer("width", width, leastWidth, 100_000, "neurons of each hidden layer"),
                Setting.choice("activation", "tanh", activations, "after every hidden layer"),
                Setting.choice("output-activation", "tanh", activations(), "after the last layer; the thesis has tanh"),
                Setting.decimal("sigma-b2", 0.05, 0, 1000, "bias variance"),
                Setting.integer("epochs", epochs, leastEpochs, 1_000_000, "passes over the training images"),
                Setting.integer("batch", 128, 1, 1_000_000, "images in a step"),
                Setting.decimal("learning-rate", learningRate, Double.MIN_VALUE, Double.POSITIVE_INFINITY,
                        "of SGD; the thesis has 5e-5 (Fig 21) and 0.005 (Fig 55)"),
                Setting.decimal("momentum", 0.8, 0, 0.999999, "of SGD"));
    }

    /// The names of all activations.
    public static List<String> activations() {
        return Arrays.stream(Activation.values()).map(Activation::label).toList();
    }

    /// The images of a trial: drawn anew for each seed where they are drawn.
    public Split images(Inputs trial) {
        return trial.input(new Images(trial.get(data), trial.get(trainSamples), trial.seed()));
    }

    /// A random network.
    ///
    /// @param widths  of the layers after the input, the number of classes last
    /// @param sigmaW2 weight variance times fan-in
    public Network network(Trial trial, Dataset images, List<Integer> widths, double sigmaW2) {
        return new MultilayerPerceptron(images.inputShape().size(), widths, Activation.labelled(trial.get(activation)),
                Activation.labelled(trial.get(outputActivation))).build(ElementType.FLOAT32,
                        new Initialisation.Gaussian(sigmaW2, trial.get(sigmaB2)), trial.stream("weights"));
    }

    /// Mean-field theory of networks of this activation and bias variance; absent for an activation that it does not
    /// know.
    ///
    /// @throws IllegalArgumentException if theory refuses the variances
    public Optional<MeanField> theory(Settings settings, double sigmaW2) {
        return ActivationFunction.all().stream().filter(known -> known.label().equals(settings.get(activation)))
                .findFirst().map(function -> new MeanField(function, sigmaW2, settings.get(sigmaB2)));
    }

    /// What trains a network by SGD.
    public Trainer trainer(Trial trial, Network network) {
        return new Trainer(network, LOSS, new Sgd(trial.get(learningRate), trial.get(momentum)))
                .epochs(trial.get(epochs)).batchSize(trial.get(batch));
    }

    /// The memory of a float32 perceptron in training: its weights, their gradients, what the optimiser remembers of
    /// them, and the activations of a batch with their gradients.
    ///
    /// @param inputs     of the first layer
    /// @param widths     of the layers
    /// @param batch      samples in a step
    /// @param remembered numbers that the optimiser keeps for each weight: 1 for SGD with momentum, 2 for Adam
    public static long bytes(int inputs, List<Integer> widths, int batch, int remembered) {
        long weights = 0;
        long neurons = inputs;
        long before = inputs;
        for (int width : widths) {
            weights += (before + 1) * width;
            neurons += width;
            before = width;
        }
        return Float.BYTES * ((2L + remembered) * weights + 3L * batch * neurons);
    }

    /// The memory of a network of a trial in training.
    ///
    /// @param widths of the layers after the input
    public long bytes(Settings settings, List<Integer> widths) {
        return bytes(Images.PIXELS, widths, settings.get(batch), 1);
    }

    /// Loss and accuracy on samples.
    public Evaluation evaluate(Network network, Dataset samples) {
        return Evaluation.of(network, LOSS, samples);
    }

    /// Loss and accuracy of a trained network on test images. A loss that is not finite ends the trial as diverged.
    public Evaluation test(Trial trial, Network network, Dataset images) {
        Evaluation test = evaluate(network, images);
        if (!Double.isFinite(test.loss())) {
            trial.diverged("the test loss is " + test.loss());
        }
        return test;
    }

    /// What the networks of a run were trained on, for the line below a report's title.
    public String subtitle(Results results) {
        Settings settings = results.settings();
        return "width " + settings.get(width) + ", trained on "
                + Wording.count(settings.get(trainSamples), "image") + " of " + settings.get(data) + " for "
                + Wording.count(settings.get(epochs), "epoch") + ", " + Wording.count(results.seeds().size(), "seed");
    }
}
