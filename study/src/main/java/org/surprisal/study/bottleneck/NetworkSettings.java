package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.surprisal.network.layer.Activation;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Run;

/// What is trained: the settings that the studies share, with defaults of their own. Those of the network are the
/// 12-bit task's (Shwartz-Ziv & Tishby 2017).
record NetworkSettings(Setting<Integer> epochs, Setting<String> activations) {
    private static final Setting<String> DATA = Setting.choice("data", "spheres", Task.names(),
            "what is learnt: spheres is made here and like tishby, the 12-bit task of the information bottleneck;"
                    + " both are"
                    + " taken whole");
    private static final Setting<Integer> SAMPLES = Setting.integer("samples", 4096, 10, 1_000_000,
            "training samples of the other data sets, the first ones");
    private static final Setting<List<Integer>> WIDTHS = Setting.integers("widths", List.of(10, 7, 5, 4, 3), 1, 100_000,
            "neurons of the hidden layers; inputs and classes are the data's");
    private static final Setting<Integer> BATCH = Setting.integer("batch", 256, 1, 1_000_000, "samples in a step");
    private static final Setting<Double> LEARNING_RATE = Setting.decimal("learning-rate", 4e-4, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of Adam");

    private static final Setting<List<Double>> FRACTIONS = Setting.decimals("train-fractions", List.of(1.0),
            Double.MIN_VALUE, 1, "share of the samples to train on, one network each; what is measured stays the same");

    /// @param activations comma-separated
    static NetworkSettings with(int epochs, String activations) {
        return new NetworkSettings(
                Setting.integer("epochs", epochs, 1, 1_000_000, "passes over the training samples"),
                Setting.text("activations", activations,
                        "of the hidden layers, one network each, separated by commas: tanh, relu, sigmoid, …"));
    }

    /// How many samples to measure on; not every study has it.
    static Setting<Integer> points(int most) {
        return Setting.integer("points", most, 2, 1_000_000,
                "samples that the layers are measured on, all of the data set if it has no more");
    }

    List<Setting<?>> all() {
        return List.of(DATA, SAMPLES, FRACTIONS, WIDTHS, activations, epochs, BATCH, LEARNING_RATE);
    }

    Setting<List<Integer>> widths() {
        return WIDTHS;
    }

    Setting<Integer> batch() {
        return BATCH;
    }

    Setting<Double> learningRate() {
        return LEARNING_RATE;
    }

    /// The task of a fraction of the samples. The draw is the run's, so that seeds differ by their networks alone.
    Task task(Run run, double fraction) {
        return new Task.Source(run.get(DATA), run.get(SAMPLES), fraction, run.seed())
                .load(run.data(run.get(DATA)));
    }

    /// The activations asked for.
    ///
    /// @throws SettingException for an unknown one, the identity, or one named twice
    List<Activation> activations(Run run) {
        String text = run.get(activations);
        List<Activation> read = new ArrayList<>();
        for (String label : text.split(",", -1)) {
            try {
                read.add(Activation.labelled(label.strip()));
            } catch (IllegalArgumentException e) {
                throw SettingException.badValue(activations.key(), text,
                        "known activations separated by commas, such as "
                                + String.join(", ", Arrays.stream(Activation.values())
                                        .filter(known -> known != Activation.IDENTITY).map(Activation::label)
                                        .toList()));
            }
        }
        if (read.contains(Activation.IDENTITY) || read.stream().distinct().count() < read.size()) {
            throw SettingException.badValue(activations.key(), text,
                    "different activations, none of them the identity");
        }
        return read;
    }

    /// The fractions asked for.
    ///
    /// @throws SettingException if one is there twice
    List<Double> fractions(Run run) {
        List<Double> fractions = run.get(FRACTIONS);
        if (fractions.stream().distinct().count() < fractions.size()) {
            throw SettingException.badValue(FRACTIONS.key(), FRACTIONS.text(fractions),
                    "different numbers: each is one network");
        }
        return fractions;
    }
}
