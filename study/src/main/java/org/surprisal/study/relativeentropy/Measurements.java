package org.surprisal.study.relativeentropy;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.study.RunFolder;
import org.surprisal.study.Settings;
import org.surprisal.tensor.Tensor;

/// What a run of the study measured, read back from its folder. An interrupted run has fewer networks, or some without an
/// 'after'; a stage that a kill cut short counts as not measured.
final class Measurements {
    static final String VALUE = "relative-entropy";
    static final String ERROR = "relative-entropy-standard-error";
    static final String NORMALISED = "relative-entropy-normalised";
    static final String NORMALISED_ERROR = "relative-entropy-normalised-standard-error";
    static final String MEAN_FIELD = "entropy-difference-normalised";
    static final String REFERENCE_CODE = "reference-code-form-normalised";
    static final String VARIANCE = "pre-activation-variance";
    static final String INPUT = "input";
    private static final String SIGMA_W2 = "sigma-w2";
    private static final String SEED = "seed";

    private final RunFolder folder;
    private final Set<Double> variances = new LinkedHashSet<>();
    private final Set<Long> seeds = new LinkedHashSet<>();
    private final int lastEpoch;
    private final int measuredLayers;
    private final Map<String, TreeMap<Integer, Double>> byLayer = new HashMap<>();
    private final Map<String, TreeMap<Long, Double>> byStep = new HashMap<>();
    private final Map<String, TreeMap<Integer, Double>> byEpoch = new HashMap<>();

    private Measurements(RunFolder folder, int lastEpoch, int measuredLayers) {
        this.folder = folder;
        this.lastEpoch = lastEpoch;
        this.measuredLayers = measuredLayers;
    }

    /// The case of one network.
    static Case network(double sigmaW2, long seed) {
        return Case.of(SIGMA_W2, number(sigmaW2)).and(SEED, seed);
    }

    /// The shortest text of a variance: `2`, `1.75`.
    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /// The name of a network's arrays.
    static String arrays(Stage stage, Case which) {
        return stage.label() + "-sigma-w2-" + which.get(SIGMA_W2) + "-seed-" + which.get(SEED);
    }

    static Measurements read(RunFolder folder, RelativeEntropySettings settings) throws IOException {
        List<Metric> metrics = folder.metrics();
        Settings values = Settings.of(settings.all(), folder.record().settings());
        Measurements read = new Measurements(folder, values.get(settings.epochs()), values.get(settings.depth()) - 1);
        metrics.forEach(read::add);
        for (Metric metric : metrics) {
            double sigmaW2 = Double.parseDouble(metric.in().get(SIGMA_W2));
            long seed = Long.parseLong(metric.in().get(SEED));
            if (read.layers(VALUE, Stage.BEFORE, sigmaW2, seed).isPresent()) {
                read.variances.add(sigmaW2);
                read.seeds.add(seed);
            }
        }
        return read;
    }

    private void add(Metric metric) {
        String key = metric.name() + " " + metric.in();
        if (!metric.layer().isEmpty()) {
            byLayer.computeIfAbsent(key + " " + metric.epoch().orElseThrow(), k -> new TreeMap<>())
                    .put(Integer.parseInt(metric.layer()), metric.value());
        } else if (metric.step().isPresent()) {
            byStep.computeIfAbsent(key, k -> new TreeMap<>()).put(metric.step().getAsLong(), metric.value());
        } else {
            byEpoch.computeIfAbsent(key, k -> new TreeMap<>()).put(metric.epoch().orElseThrow(), metric.value());
        }
    }

    /// The weight variances measured, in the order of the setting.
    List<Double> variances() {
        return List.copyOf(variances);
    }

    /// The seeds of which at least one network was measured.
    List<Long> seeds() {
        return List.copyOf(seeds);
    }

    /// Number of epochs asked for: that of [Stage#AFTER].
    int lastEpoch() {
        return lastEpoch;
    }

    /// The numbers of layers 0, 1, …, for one network; absent if it was not measured at that stage.
    Optional<double[]> layers(String name, Stage stage, double sigmaW2, long seed) {
        if (stage == Stage.AFTER && lastEpoch == 0) {
            return Optional.empty();
        }
        String at = network(sigmaW2, seed) + " " + (stage == Stage.BEFORE ? 0 : lastEpoch);
        // What is kept last of a stage: when it is whole, so are the others.
        String last = stage == Stage.BEFORE ? REFERENCE_CODE : VARIANCE;
        return byLayer.getOrDefault(last + " " + at, new TreeMap<>()).size() < measuredLayers
                ? Optional.empty()
                : Optional.of(byLayer.getOrDefault(name + " " + at, new TreeMap<>()).values().stream()
                        .mapToDouble(Double::doubleValue).toArray());
    }

    /// The same for every seed that has it, in the order of the seeds.
    List<double[]> layers(String name, Stage stage, double sigmaW2) {
        return seeds.stream().flatMap(seed -> layers(name, stage, sigmaW2, seed).stream()).toList();
    }

    /// A number that was kept step by step, by step.
    Map<Long, Double> steps(String name, double sigmaW2, long seed) {
        return byStep.getOrDefault(key(name, sigmaW2, seed), new TreeMap<>());
    }

    /// A number that was kept epoch by epoch, by epoch.
    Map<Integer, Double> epochs(String name, double sigmaW2, long seed) {
        return byEpoch.getOrDefault(key(name, sigmaW2, seed), new TreeMap<>());
    }

    /// The arrays of one network; absent if it was not measured at that stage.
    Optional<SequencedMap<String, Tensor>> arrays(Stage stage, double sigmaW2, long seed) {
        return folder.arrays(arrays(stage, network(sigmaW2, seed)));
    }

    private static String key(String name, double sigmaW2, long seed) {
        return name + " " + network(sigmaW2, seed);
    }
}
