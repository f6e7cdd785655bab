package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.surprisal.network.layer.Activation;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Run;
import org.surprisal.study.relativeentropy.ImageSource;

/// What the study can be told. The defaults are the thesis's for Ising states but for the epochs, so that they end in
/// minutes on two cores.
final class AutoencoderSettings {
    /// The name of the Ising states among the data.
    static final String ISING = "ising";

    private static final List<String> ACTIVATIONS = Stream.of(Activation.values()).map(Activation::label).toList();
    /// What the tests of normality need.
    private static final int NARROWEST = 8;

    static final Setting<String> DATA = Setting.choice("data", ISING,
            Stream.concat(Stream.of(ISING), ImageSource.names().stream()).toList(),
            "what to reconstruct; ising and digits need no file, the others are read from the data folder");
    static final Setting<Integer> TRAIN_SAMPLES = Setting.integer("train-samples", 800, 1, Integer.MAX_VALUE,
            "images to train on, the first ones; ising: a fortieth of them at each temperature");
    static final Setting<Integer> TEST_SAMPLES = Setting.integer("test-samples", 400, 2, Integer.MAX_VALUE,
            "other images, the first ones, to judge and to probe with");
    static final Setting<Integer> HIDDEN_LAYERS = Setting.integer("hidden-layers", 6, 1, 10_000,
            "layers between input and output; the thesis has 6 (ising, and mnist in Fig 56) and 18 (mnist)");
    static final Setting<Integer> WIDTH = Setting.integer("width", 0, 0, 100_000,
            "neurons of each hidden layer, 8 at least; 0: as many as the image has pixels");
    static final Setting<Integer> LATENT = Setting.integer("latent", 0, 0, 100_000,
            "neurons of the middle hidden layer, a bottleneck; 0: none, all layers are equally wide");
    static final Setting<String> ACTIVATION = Setting.choice("activation", "tanh", ACTIVATIONS,
            "after every hidden layer");
    static final Setting<String> OUTPUT_ACTIVATION = Setting.choice("output-activation", "tanh", ACTIVATIONS,
            "after the last layer; the thesis has tanh");
    static final Setting<List<Double>> SIGMA_W2 = Setting.decimals("sigma-w2", List.of(1.5, 1.75), 0.06, 1000,
            "weight variance times fan-in, one network each");
    static final Setting<Double> SIGMA_B2 = Setting.decimal("sigma-b2", 0.05, 0, 1000, "bias variance");
    static final Setting<Integer> EPOCHS = Setting.integer("epochs", 10, 0, 1_000_000,
            "passes over the training images; the thesis has 200 (ising) and 1000 (mnist)");
    static final Setting<Integer> BATCH = Setting.integer("batch", 6, 1, 1_000_000, "images in a step");
    static final Setting<Double> LEARNING_RATE = Setting.decimal("learning-rate", 3e-4, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of Adam");
    static final Setting<Double> WEIGHT_DECAY = Setting.decimal("weight-decay", 1e-8, 0, 1e6,
            "λ, added to the gradient as λw before Adam's step, biases too");
    static final Setting<Integer> MC_SAMPLES = Setting.integer("mc-samples", 200, 2, 10_000_000,
            "Monte Carlo samples behind each relative entropy");
    static final Setting<Integer> PROBED_INPUTS = Setting.integer("probed-inputs", 40, 1, 10_000,
            "test images to measure relative entropy with, for ising spread over the temperatures; values are means"
                    + " over them");
    static final Setting<List<Integer>> DISTRIBUTION_LAYERS = Setting.integers("distribution-layers",
            List.of(1, 2, 3, 4, 5), 0, 10_000,
            "layers whose distribution of pre-activations is drawn, the first hidden layer being 0; those beyond the"
                    + " depth are left out");

    private AutoencoderSettings() {
    }

    static List<Setting<?>> all() {
        return List.of(DATA, TRAIN_SAMPLES, TEST_SAMPLES, HIDDEN_LAYERS, WIDTH, LATENT, ACTIVATION, OUTPUT_ACTIVATION,
                SIGMA_W2, SIGMA_B2, EPOCHS, BATCH, LEARNING_RATE, WEIGHT_DECAY, MC_SAMPLES, PROBED_INPUTS,
                DISTRIBUTION_LAYERS);
    }

    /// The number of every hidden layer's neurons, first layer first.
    static List<Integer> hiddenWidths(Settings settings, int pixels) {
        int width = settings.get(WIDTH) == 0 ? pixels : settings.get(WIDTH);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(settings.get(HIDDEN_LAYERS), width));
        if (settings.get(LATENT) > 0) {
            widths.set(codeLayer(settings), settings.get(LATENT));
        }
        return widths;
    }

    /// The hidden layer whose activations are the code, the middle one; of an even number the earlier.
    static int codeLayer(Settings settings) {
        return (settings.get(HIDDEN_LAYERS) - 1) / 2;
    }

    /// The networks, seed by seed.
    ///
    /// @throws SettingException if a variance is given twice or the width is too small to be judged
    static List<Member> members(Run run, int seeds) {
        List<Double> variances = run.get(SIGMA_W2);
        if (variances.stream().distinct().count() < variances.size()) {
            throw SettingException.badValue(SIGMA_W2.key(), SIGMA_W2.text(variances),
                    "different numbers: each is one network");
        }
        if (run.get(WIDTH) > 0 && run.get(WIDTH) < NARROWEST) {
            throw SettingException.badValue(WIDTH.key(), WIDTH.text(run.get(WIDTH)),
                    "0 or at least " + NARROWEST + ": the tests of normality need that many neurons");
        }
        List<Member> members = new ArrayList<>();
        for (int s = 0; s < seeds; s++) {
            for (double sigmaW2 : variances) {
                members.add(new Member(sigmaW2, run.seed() + s));
            }
        }
        return members;
    }
}
