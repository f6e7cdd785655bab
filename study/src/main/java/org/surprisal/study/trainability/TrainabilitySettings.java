package org.surprisal.study.trainability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.surprisal.network.layer.Activation;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Run;
import org.surprisal.study.relativeentropy.ImageSource;
import org.surprisal.theory.meanfield.ActivationFunction;

/// What the study can be told; the defaults end in minutes on two cores.
final class TrainabilitySettings {
    static final Setting<String> DATA = Setting.choice("data", "digits", ImageSource.names(),
            "images to train on; digits are drawn, the others are read from the data folder");
    static final Setting<Integer> TRAIN_SAMPLES = Setting.integer("train-samples", 3_000, 1, Integer.MAX_VALUE,
            "training images, the first ones of the data set");
    static final Setting<List<Integer>> DEPTHS = Setting.integers("depths", List.of(5, 10, 15, 20, 25, 30, 40, 50, 60),
            1, 10_000, "hidden layers, one row of the grid each");
    static final Setting<Integer> WIDTH = Setting.integer("width", 200, 1, 100_000, "neurons of each hidden layer");
    static final Setting<List<Double>> SIGMA_W2 = Setting.decimals("sigma-w2",
            List.of(1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 2.75, 3.0, 3.5, 4.0), Double.MIN_VALUE, 1000,
            "weight variance times fan-in, one column of the grid each");
    static final Setting<Double> SIGMA_B2 = Setting.decimal("sigma-b2", 0.05, 0, 1000, "bias variance");
    // Those that mean-field theory knows: without a correlation length there is nothing to compare with.
    static final Setting<String> ACTIVATION = Setting.choice("activation", "tanh",
            ActivationFunction.all().stream().map(ActivationFunction::label).toList(), "after every hidden layer");
    static final Setting<String> OUTPUT_ACTIVATION = Setting.choice("output-activation", "tanh",
            List.of(Activation.values()).stream().map(Activation::label).toList(),
            "after the last layer; the thesis has tanh");
    static final Setting<Integer> EPOCHS = Setting.integer("epochs", 15, 1, 1_000_000,
            "passes over the training images");
    static final Setting<Integer> BATCH = Setting.integer("batch", 128, 1, 1_000_000, "images in a step");
    static final Setting<Double> LEARNING_RATE = Setting.decimal("learning-rate", 0.005, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of SGD");
    static final Setting<Double> MOMENTUM = Setting.decimal("momentum", 0.8, 0, 0.999999, "of SGD");

    private TrainabilitySettings() {
    }

    static List<Setting<?>> all() {
        return List.of(DATA, TRAIN_SAMPLES, DEPTHS, WIDTH, SIGMA_W2, SIGMA_B2, ACTIVATION, OUTPUT_ACTIVATION, EPOCHS,
                BATCH, LEARNING_RATE, MOMENTUM);
    }

    /// The networks of the grid in the order in which they are kept: seed by seed, the deepest first, so that the last
    /// to be trained are short and the threads end together.
    ///
    /// @throws SettingException if a depth or a variance is given twice
    static List<Cell> cells(Run run, int seeds) {
        List<Integer> depths = new ArrayList<>(different(run, DEPTHS));
        depths.sort(Collections.reverseOrder());
        List<Cell> cells = new ArrayList<>();
        for (long seed = run.seed(); seed < run.seed() + seeds; seed++) {
            for (int depth : depths) {
                for (double sigmaW2 : different(run, SIGMA_W2)) {
                    cells.add(new Cell(depth, sigmaW2, seed));
                }
            }
        }
        return cells;
    }

    private static <T> List<T> different(Run run, Setting<List<T>> setting) {
        List<T> values = run.get(setting);
        if (values.stream().distinct().count() < values.size()) {
            throw SettingException.badValue(setting.key(), setting.text(values),
                    "different numbers: each is a row or a column of the grid");
        }
        return values;
    }
}
