package org.surprisal.study.relativeentropy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.surprisal.network.Activation;
import org.surprisal.study.Setting;

/// What the study can be told. Two studies share the keys and differ in defaults: the full one and the quick one.
///
/// Depth and widths follow the reference code: the width list is `[inputs] + [width] * (depth - 1) + tail-widths`, so the
/// measured layers are m = 0 … depth - 2, all of one width.
record RelativeEntropySettings(Setting<String> data, Setting<Integer> trainSamples, Setting<Integer> depth,
        Setting<Integer> width, Setting<List<Integer>> tailWidths, Setting<String> activation,
        Setting<String> outputActivation, Setting<List<Double>> sigmaW2, Setting<Double> sigmaB2,
        Setting<Integer> epochs, Setting<Integer> batch, Setting<Double> learningRate, Setting<Double> momentum,
        Setting<Integer> mcSamples, Setting<Integer> probedInputs, Setting<List<Integer>> distributionLayers) {
    /// Defaults at the thesis's size, with one epoch of 12,800 images so that they end in minutes.
    static RelativeEntropySettings full() {
        return with(12_800, 50, 784, List.of(400, 10), List.of(1.5, 1.75, 2.0, 2.25, 2.5), 1, 0.005, 1000,
                List.of(5, 15, 25, 45));
    }

    /// Defaults small enough for about a minute on two cores.
    static RelativeEntropySettings quick() {
        return with(6_000, 12, 324, List.of(200, 10), List.of(1.5, 2.0, 2.5), 3, 0.02, 400, List.of(1, 3, 6, 10));
    }

    private static RelativeEntropySettings with(int trainSamples, int depth, int width, List<Integer> tail,
            List<Double> sigmaW2, int epochs, double learningRate, int mcSamples, List<Integer> layers) {
        List<String> activations = Arrays.stream(Activation.values()).map(Activation::label).toList();
        return new RelativeEntropySettings(
                Setting.choice("data", "digits", ImageSource.names(),
                        "images to train on and to probe with; digits are drawn, the others are read from the data folder"),
                Setting.integer("train-samples", trainSamples, 1, Integer.MAX_VALUE,
                        "training images, the first ones of the data set"),
                Setting.integer("depth", depth, 3, 10_000,
                        "entries of the width list before the tail, the input among them: layers 0 to depth-2 are measured"),
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

    List<Setting<?>> all() {
        return List.of(data, trainSamples, depth, width, tailWidths, activation, outputActivation, sigmaW2, sigmaB2,
                epochs, batch, learningRate, momentum, mcSamples, probedInputs, distributionLayers);
    }

    /// The widths of the linear layers' outputs: the measured ones, then the tail.
    static List<Integer> widths(int depth, int width, List<Integer> tail) {
        List<Integer> widths = new ArrayList<>(Collections.nCopies(depth - 1, width));
        widths.addAll(tail);
        return widths;
    }
}
