package org.surprisal.study.depth;

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
import org.surprisal.tensor.Tensor;

/// What a run of the study measured, read back from its folder. An interrupted run has fewer networks, or some without
/// an 'after'; a stage that a kill cut short counts as not measured.
public final class Measurements {
    /// D_m, mean over the probed inputs, in nats.
    public static final String VALUE = "relative-entropy";
    /// Its Monte Carlo standard error, in nats.
    public static final String ERROR = "relative-entropy-standard-error";
    /// [#VALUE] / ((N/2) ln(2πe σ_w²)).
    public static final String NORMALISED = "relative-entropy-normalised";
    /// [#ERROR] likewise.
    public static final String NORMALISED_ERROR = "relative-entropy-normalised-standard-error";
    /// (N/2) ln(σ_m²/σ_0²) of the measured variances, normalised likewise.
    public static final String MEAN_FIELD = "entropy-difference-normalised";
    /// The reference code's form, normalised likewise, before training only.
    public static final String REFERENCE_CODE = "reference-code-form-normalised";
    /// σ_m² over the neurons, mean over the probed inputs.
    public static final String VARIANCE = "pre-activation-variance";
    /// The input whose pre-activations are kept, among the arrays.
    public static final String INPUT = "input";
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
    public static Case network(double sigmaW2, long seed) {
        return Case.of(SIGMA_W2, number(sigmaW2)).and(SEED, seed);
    }

    /// The weight variance of a network's case.
    public static double sigmaW2(Case which) {
        return Double.parseDouble(which.get(SIGMA_W2));
    }

    /// The seed of a network's case.
    public static long seed(Case which) {
        return Long.parseLong(which.get(SEED));
    }

    /// The shortest text of a variance: `2`, `1.75`.
    public static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /// The name of a network's arrays.
    public static String arrays(Stage stage, Case which) {
        return stage.label() + "-sigma-w2-" + which.get(SIGMA_W2) + "-seed-" + which.get(SEED);
    }

    /// Reads a folder.
    ///
    /// @param lastEpoch      how many epochs were asked for
    /// @param measuredLayers how many layers the study measures
    public static Measurements read(RunFolder folder, int lastEpoch, int measuredLayers) throws IOException {
        List<Metric> metrics = folder.metrics();
        Measurements read = new Measurements(folder, lastEpoch, measuredLayers);
        metrics.forEach(read::add);
        for (Metric metric : metrics) {
            double sigmaW2 = sigmaW2(metric.in());
            long seed = seed(metric.in());
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
    public List<Double> variances() {
        return List.copyOf(variances);
    }

    /// The seeds of which at least one network was measured.
    public List<Long> seeds() {
        return List.copyOf(seeds);
    }

    /// Number of epochs asked for: that of [Stage#AFTER].
    public int lastEpoch() {
        return lastEpoch;
    }

    /// The numbers of layers 0, 1, …, for one network; absent if it was not measured at that stage.
    public Optional<double[]> layers(String name, Stage stage, double sigmaW2, long seed) {
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
    public List<double[]> layers(String name, Stage stage, double sigmaW2) {
        return seeds.stream().flatMap(seed -> layers(name, stage, sigmaW2, seed).stream()).toList();
    }

    /// A number that was kept step by step, by step.
    public Map<Long, Double> steps(String name, double sigmaW2, long seed) {
        return byStep.getOrDefault(key(name, sigmaW2, seed), new TreeMap<>());
    }

    /// A number that was kept epoch by epoch, by epoch.
    public Map<Integer, Double> epochs(String name, double sigmaW2, long seed) {
        return byEpoch.getOrDefault(key(name, sigmaW2, seed), new TreeMap<>());
    }

    /// The arrays of one network; absent if it was not measured at that stage.
    public Optional<SequencedMap<String, Tensor>> arrays(Stage stage, double sigmaW2, long seed) {
        return folder.arrays(arrays(stage, network(sigmaW2, seed)));
    }

    private static String key(String name, double sigmaW2, long seed) {
        return name + " " + network(sigmaW2, seed);
    }
}
