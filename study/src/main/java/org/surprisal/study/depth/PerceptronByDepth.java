package org.surprisal.study.depth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.network.Network;
import org.surprisal.network.layer.Activation;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.images.ImageClassifier;
import org.surprisal.tensor.Tensor;

/// The settings of studies that measure the relative entropy of deep perceptrons on images, and the networks and
/// measures that follow from them.
///
/// Depth and widths follow the reference code: the width list is `[inputs] + [width] * (depth - 1) + tail-widths`, so
/// the measured layers are m = 0 … depth - 2, all of one width.
///
/// @param network            settings shared with other studies of image classifiers
/// @param depth              entries of the width list before the tail
/// @param tailWidths         widths of the layers after the measured ones
/// @param sigmaW2            weight variance times fan-in
/// @param mcSamples          Monte Carlo samples behind each relative entropy
/// @param probedInputs       test images to measure with
/// @param distributionLayers layers whose distribution of pre-activations is drawn
public record PerceptronByDepth(ImageClassifier network, Setting<Integer> depth, Setting<List<Integer>> tailWidths,
        Factor<Double> sigmaW2, Setting<Integer> mcSamples, Setting<Integer> probedInputs,
        Setting<List<Integer>> distributionLayers) {

    /// The settings with these defaults.
    public static PerceptronByDepth of(ImageClassifier network, int depth, List<Integer> tailWidths,
            List<Double> sigmaW2, int mcSamples, List<Integer> distributionLayers) {
        return new PerceptronByDepth(network,
                Setting.integer("depth", depth, 3, 10_000,
                        "entries of the width list before the tail, the input among them: layers 0 to depth-2 are"
                                + " measured"),
                Setting.integers("tail-widths", tailWidths, 1, 100_000,
                        "widths of the layers after the measured ones, the number of classes last"),
                Factor.of(Setting.decimals("sigma-w2", sigmaW2, 0.06, 1000, "weight variance times fan-in, one"
                        + " network each"),
                        "σ_w²"),
                Setting.integer("mc-samples", mcSamples, 2, 10_000_000,
                        "Monte Carlo samples behind each relative entropy"),
                Setting.integer("probed-inputs", 1, 1, 10_000,
                        "test images to measure with, the first ones; values are means over them"),
                Setting.integers("distribution-layers", distributionLayers, 0, 10_000,
                        "layers whose distribution of pre-activations is drawn; those beyond the depth are left out"));
    }

    /// The same settings with another number of probed inputs.
    public PerceptronByDepth withProbedInputs(int count, String description) {
        return new PerceptronByDepth(network, depth, tailWidths, sigmaW2, mcSamples,
                Setting.integer(probedInputs.key(), count, 1, 10_000, description), distributionLayers);
    }

    /// Every setting, in the order in which a person should read them.
    public List<Setting<?>> settings() {
        return List.of(network.data(), network.trainSamples(), depth, network.width(), tailWidths, network.activation(),
                network.outputActivation(), sigmaW2.values(), network.sigmaB2(), network.epochs(), network.batch(),
                network.learningRate(), network.momentum(), mcSamples, probedInputs, distributionLayers);
    }

    /// Refuses settings that do not fit the data.
    ///
    /// @throws SettingException in one line
    public void check(Inputs inputs) {
        Split images = network.images(inputs);
        List<Integer> tail = inputs.get(tailWidths);
        if (tail.getLast() != images.train().classes()) {
            throw SettingException.badValue(tailWidths.key(), tailWidths.text(tail), "widths that end with "
                    + images.train().classes() + ", the classes of " + images.train().name());
        }
        if (inputs.get(probedInputs) > images.test().size()) {
            throw SettingException.badValue(probedInputs.key(), probedInputs.text(inputs.get(probedInputs)),
                    "at most " + images.test().size() + ", the test images of " + images.test().name());
        }
    }

    /// What the networks of a run are, for the line below a report's title.
    public String subtitle(Results results) {
        return "depth " + results.settings().get(depth) + ", " + network.subtitle(results);
    }

    /// How many layers of one width are measured.
    public int layers(Settings settings) {
        return settings.get(depth) - 1;
    }

    /// One network for each weight variance and seed.
    public Design design(Settings settings, int seeds) {
        return Design.grid(sigmaW2).seeds(seeds).memory(cell -> network.bytes(settings, widths(settings)));
    }

    private List<Integer> widths(Settings settings) {
        List<Integer> widths = new ArrayList<>(Collections.nCopies(layers(settings), settings.get(network.width())));
        widths.addAll(settings.get(tailWidths));
        return widths;
    }

    /// The random network of a trial.
    public Network network(Trial trial, Dataset images) {
        return network.network(trial, images, widths(trial.settings()), trial.get(sigmaW2));
    }

    /// What measures the network of a trial.
    ///
    /// @param inputs what the network is measured on, shape (n, in)
    public DepthMeasure measure(Trial trial, Tensor inputs) {
        return new DepthMeasure(layers(trial.settings()), Activation.labelled(trial.get(network.activation())),
                trial.get(sigmaW2), trial.get(mcSamples), inputs);
    }

    /// The first test images.
    public Tensor probed(Trial trial, Split images) {
        return images.test().batch(IntStream.range(0, trial.get(probedInputs)).toArray()).inputs();
    }
}
