package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.surprisal.data.file.FileName;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;
import org.surprisal.study.measure.LogSpaced;

/// A layer that an experiment listens to, and what is measured of it: `- {layer: relu0, measure: mutual-information,
/// noise-variance: 0.001}`.
///
/// @param layer    name of a layer
/// @param epochs   at which it is listened to, 0 for the network before training
/// @param part     whose samples are run through the network
/// @param samples  how many of them, the first ones
/// @param keep     whether the outputs themselves are kept as arrays
/// @param measures what is measured, besides mean and standard deviation
/// @param noises   with each of which information is measured; empty for bins
/// @param binWidth of bins, where information is measured by counting them
record ProbeEntries(String layer, Set<Integer> epochs, DataPart part, int samples, boolean keep, Set<Measure> measures,
        List<LayerNoise> noises, double binWidth) {
    private static final Setting<Integer> EVERY = Setting.integer("every", 1, 1, Integer.MAX_VALUE, "so many epochs");
    private static final Setting<Integer> LOG_SPACED = Setting.integer("log-spaced", 20, 1, Integer.MAX_VALUE,
            "about so many epochs at equal ratios, beside the network before training");
    private static final Setting<Integer> SAMPLES = Setting.integer("samples", 1000, 1, Integer.MAX_VALUE,
            "run through the network");
    private static final Setting<Boolean> KEEP = Setting.flag("keep", true, "whether outputs are kept as arrays");
    private static final Setting<String> PART = Setting.choice("part", "validation",
            List.of("training", "validation", "test"), "whose samples");
    private static final Setting<String> ESTIMATOR = Setting.choice("estimator", "kde", List.of("kde", "binning"),
            "of information");
    private static final Setting<Double> BIN_WIDTH = Setting.decimal("bin-width", 0.07, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of bins");
    private static final Setting<Double> VARIANCE = Setting.decimal("noise-variance", 0.001, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of the noise");
    private static final Setting<Double> QUANTILE = Setting.decimal("quantile", 0.9, Double.MIN_VALUE, 1,
            "of the distances between samples");
    private static final Setting<Double> DIVISOR = Setting.decimal("divisor", 1000, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of the quantile");
    private static final Setting<String> FOUND = Setting.choice("found", "once", List.of("once", "each-epoch"),
            "on the network before training, or anew at each epoch");

    /// The name of what the network gives, with classes as probabilities.
    static final String OUTPUT = "output";

    /// The longest that can follow a layer's name in the name of a file: see [#arrays].
    private static final String LONGEST_END = "-epoch-" + Integer.MAX_VALUE + ".npz";

    /// What can be measured of a layer's outputs.
    enum Measure {
        /// I(X;T) and I(T;Y).
        MUTUAL_INFORMATION,
        /// Differential entropy of the layer's numbers.
        ENTROPY,
        /// Skewness, excess kurtosis and the Anderson–Darling statistic of the layer's numbers.
        GAUSSIANITY,
        /// Relative entropy of the layer's numbers against those of the first layer listened to.
        RELATIVE_ENTROPY,
        /// Quantiles of the distances between the samples.
        DISTANCES,
        /// Mean and deviation of the gradients of the layer's weights.
        GRADIENT_SNR;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// The probes of a list.
    ///
    /// @param architecture whose layers are named
    /// @param data         whose samples are run through the network
    /// @param lastEpoch    of the training
    static List<ProbeEntries> read(Entry list, Architecture architecture, ExperimentData data, int lastEpoch) {
        List<ProbeEntries> probes = new ArrayList<>();
        Map<String, String> kept = new HashMap<>();
        Map<String, Set<Measure>> measured = new HashMap<>();
        for (Entry item : list.items()) {
            Fields fields = item.fieldsOr("layer", "layer", EVERY.key(), LOG_SPACED.key(), SAMPLES.key(), KEEP.key(),
                    "measure", PART.key(), ESTIMATOR.key(), BIN_WIDTH.key(), VARIANCE.key());
            Entry layers = fields.require("layer");
            for (Entry layer : layers.isList() ? layers.items() : List.of(layers)) {
                ProbeEntries probe = read(fields, layer, architecture, data, lastEpoch);
                ProbeEntries other = probes.stream().filter(before -> before.layer().equals(probe.layer())).findFirst()
                        .orElse(probe);
                if (other.part() != probe.part() || other.samples() != probe.samples()) {
                    throw layer.refusal(" is '" + probe.layer() + "', to which another probe listens on other samples:"
                            + " all probes of a layer need the same part and samples, because numbers are told apart"
                            + " by their layer");
                }
                if (probe.keep()) {
                    requireFiles(probe.layer(), kept, layer);
                }
                for (Measure measure : probe.measures()) {
                    if (!measured.computeIfAbsent(probe.layer(), name -> new HashSet<>()).add(measure)) {
                        throw layer.refusal(" is '" + probe.layer() + "', of which " + measure.label()
                                + " is measured already: once for each layer, with several values of noise-variance"
                                + " if wanted");
                    }
                }
                probes.add(probe);
            }
        }
        if (measured.values().stream().anyMatch(measures -> measures.contains(Measure.RELATIVE_ENTROPY))
                && probes.stream().allMatch(probe -> isReference(probe, probes)
                        || !probe.measures().contains(Measure.RELATIVE_ENTROPY))) {
            throw list.refusal(": relative-entropy is that of a layer to '" + probes.getFirst().layer() + "', the first"
                    + " layer listened to: measure it of another layer");
        }
        return probes;
    }

    /// Whether a probe is of the layer that the others are compared with by relative entropy: the first.
    static boolean isReference(ProbeEntries probe, List<ProbeEntries> probes) {
        return probe.layer().equals(probes.getFirst().layer());
    }

    private static ProbeEntries read(Fields fields, Entry layer, Architecture architecture, ExperimentData data,
            int lastEpoch) {
        List<String> names = architecture.parts().stream().map(Architecture.Part::name).toList();
        int place = layer.text().equals(OUTPUT) && !names.contains(OUTPUT)
                ? names.size() - 1
                : names.indexOf(layer.text());
        if (place < 0) {
            throw layer.refusal(" is '" + layer.text() + "': must be a layer of the network, one of "
                    + String.join(", ", names) + ", or '" + OUTPUT + "' for the class probabilities");
        }
        Set<Measure> measures = fields.find("measure").map(ProbeEntries::measures).orElseGet(LinkedHashSet::new);
        DataPart part = part(fields, data);
        boolean informed = measures.contains(Measure.MUTUAL_INFORMATION);
        if (informed && data.train().classes() == 0) {
            throw fields.require("measure").refusal(": mutual-information is that with classes, and the targets are"
                    + " values");
        }
        boolean binned = fields.get(ESTIMATOR).equals("binning");
        if (informed && !binned && !fields.has(VARIANCE.key())) {
            throw fields.require("measure").refusal(": mutual-information needs 'noise-variance', such as 0.001 for"
                    + " layers of a few units, 0.1 for images, or {quantile: 0.9, divisor: 1000}");
        }
        requireUse(fields, informed, binned);
        List<LayerNoise> noises = informed && !binned
                ? noises(fields.require(VARIANCE.key()), layer.text())
                : List.of();
        return new ProbeEntries(layer.text(), epochs(fields, measures, lastEpoch), part, fields.get(SAMPLES),
                fields.has(KEEP.key()) ? fields.get(KEEP) : measures.isEmpty(), measures, noises,
                fields.get(BIN_WIDTH));
    }

    /// Refuses keys of a measure that is not asked for.
    private static void requireUse(Fields fields, boolean informed, boolean binned) {
        for (String key : List.of(ESTIMATOR.key(), VARIANCE.key(), BIN_WIDTH.key())) {
            if (fields.has(key) && !informed) {
                throw fields.require(key).refusal(": this is a key of 'measure: mutual-information', which is not asked"
                        + " for");
            }
        }
        if (binned && fields.has(VARIANCE.key())) {
            throw fields.require(VARIANCE.key()).refusal(": 'estimator: binning' adds no noise: leave it out");
        }
        if (!binned && fields.has(BIN_WIDTH.key())) {
            throw fields.require(BIN_WIDTH.key()).refusal(": bins need 'estimator: binning'");
        }
    }

    /// Whether an entry of the list asks for a measure.
    static boolean asksFor(Measure measure, Entry item) {
        Entry measures = item.isMap() ? item.map().get("measure") : null;
        return measures != null && measures(measures).contains(measure);
    }

    /// Refuses gradient-snr of layers without a weight matrix, such as activations and batch normalisation: vectors,
    /// biases among them, are left out of it.
    ///
    /// @param list     of probes, as [#read] has accepted it
    /// @param weighted the names of the layers that have one
    static void requireWeights(Entry list, List<String> weighted) {
        for (Entry item : list.items()) {
            if (asksFor(Measure.GRADIENT_SNR, item)) {
                Entry layers = Objects.requireNonNull(item.map().get("layer"));
                for (Entry layer : layers.isList() ? layers.items() : List.of(layers)) {
                    if (!weighted.contains(layer.text())) {
                        throw layer.refusal(" is '" + layer.text() + "', which has no weight matrix: gradient-snr is"
                                + " of layers with one" + (weighted.isEmpty()
                                        ? ", and the network has none"
                                        : ", such as " + String.join(", ", weighted)));
                    }
                }
            }
        }
    }

    private static Set<Measure> measures(Entry entry) {
        Set<Measure> measures = new LinkedHashSet<>();
        for (Entry item : entry.isList() ? entry.items() : List.of(entry)) {
            Optional<Measure> found = List.of(Measure.values()).stream()
                    .filter(measure -> measure.label().equals(item.text())).findFirst();
            measures.add(found.orElseThrow(() -> item.refusal(": there is no measure '" + item.text() + "'"
                    + NearestName.advice(item.text(), List.of(Measure.values()).stream().map(Measure::label).toList(),
                            "measures"))));
        }
        return measures;
    }

    private static DataPart part(Fields fields, ExperimentData data) {
        if (!fields.has(PART.key())) {
            return data.validation().isPresent()
                    ? DataPart.VALIDATION
                    : data.test().isPresent() ? DataPart.TEST : DataPart.TRAINING;
        }
        DataPart part = DataPart.valueOf(fields.get(PART).toUpperCase(Locale.ROOT));
        if (part.of(data).isEmpty()) {
            throw fields.require(PART.key()).refusal(" is '" + fields.get(PART) + "', and the data have no such part:"
                    + " 'split' makes one");
        }
        return part;
    }

    /// Each epoch where outputs are kept and nothing is measured; about twenty at equal ratios otherwise, because what
    /// training changes, it changes by the logarithm of time.
    private static Set<Integer> epochs(Fields fields, Set<Measure> measures, int last) {
        if (fields.has(EVERY.key()) && fields.has(LOG_SPACED.key())) {
            throw fields.require(LOG_SPACED.key()).refusal(": there is 'every' too, and one of them says when");
        }
        Set<Integer> epochs = new TreeSet<>();
        if (fields.has(LOG_SPACED.key()) || (!measures.isEmpty() && !fields.has(EVERY.key()))) {
            epochs.addAll(LogSpaced.epochs(last, fields.get(LOG_SPACED)));
            epochs.add(0);
        } else {
            for (long epoch = 0; epoch <= last; epoch += fields.get(EVERY)) {
                epochs.add((int) epoch);
            }
        }
        return epochs;
    }

    /// One variance, several, one of each layer, or a rule.
    private static List<LayerNoise> noises(Entry entry, String layer) {
        if (entry.isList()) {
            List<LayerNoise> noises = new ArrayList<>();
            for (Entry item : entry.items()) {
                LayerNoise noise = LayerNoise.fixed(item.as(VARIANCE));
                if (noises.stream().anyMatch(other -> other.label().equals(noise.label()))) {
                    throw item.refusal(" is '" + item.text() + "', which stands there already: different values are"
                            + " needed, each makes a plane of its own");
                }
                noises.add(noise);
            }
            if (noises.isEmpty()) {
                throw entry.refusal(" is an empty list: a variance is needed, or several");
            }
            return noises;
        }
        if (!entry.isMap()) {
            return List.of(LayerNoise.fixed(entry.as(VARIANCE)));
        }
        if (entry.map().containsKey(QUANTILE.key())) {
            Fields rule = entry.fields(QUANTILE.key(), DIVISOR.key(), FOUND.key());
            return List.of(LayerNoise.quantile(rule.get(QUANTILE), rule.get(DIVISOR), rule.get(FOUND).equals("once")));
        }
        Entry own = entry.map().get(layer);
        if (own == null) {
            throw entry.refusal(": the variance of '" + layer + "' is missing: one of each layer is needed, or"
                    + " 'quantile'");
        }
        return List.of(LayerNoise.ofLayer(own.as(VARIANCE)));
    }

    /// Kept outputs become files that have the layer's name: it must do, and no two may be one file.
    private static void requireFiles(String name, Map<String, String> kept, Entry layer) {
        FileName.problem(name + LONGEST_END).ifPresent(problem -> {
            throw layer.refusal(
                    " is '" + name + "': outputs cannot be kept under this name, because a file's name with it "
                            + problem + "; give the layer another name, or say 'keep: false'");
        });
        String other = kept.putIfAbsent(FileName.folded(name), name);
        if (other != null) {
            throw layer.refusal(" is '" + name + "': " + (other.equals(name)
                    ? "outputs of this layer are kept already"
                    : "layer '" + other + "' is kept already, and its name differs in capitals only, which some systems"
                            + " take for one file")
                    + "; " + (other.equals(name) ? "say 'keep: false'" : "give one of them another name"));
        }
    }

    /// The name of the arrays that hold the outputs after an epoch.
    String arrays(int epoch) {
        return layer + "-epoch-" + epoch;
    }
}
