package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.surprisal.data.Batch;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Section;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.measure.LogSpaced;
import org.surprisal.study.measure.PlaneMeasure;
import org.surprisal.study.measure.PlaneQuantities;

/// What the layers of small classifiers know of their input and of the labels, epoch by epoch (Landsverk's Figs 4.1,
/// 4.2, 4.4; Shwartz-Ziv & Tishby 2017; Saxe et al. 2018).
///
/// A plane's activations are measured at the end of the epoch at which they occur, and dropped: memory does not grow
/// with the number of epochs.
public final class InformationPlaneStudy implements Study {
    private static final BottleneckNetworks NETWORKS = BottleneckNetworks.of("tanh", "relu");
    private static final PlaneQuantities PLANE = new PlaneQuantities("");
    private static final Setting<Integer> POINTS = BottleneckNetworks.points(4096);
    private static final Setting<Integer> PLANES = Setting.integer("planes", 20, 2, 1000,
            "planes at epochs of equal ratios, beside the one before training; each is measured when it occurs, and its"
                    + " activations are dropped");
    private static final Setting<Integer> PERMUTATIONS = Setting.integer("permutations", 19, 0, 100_000,
            "labels shuffled so often at the last plane, for the value of I(T;Y) where there is nothing; 0 for none");
    private static final Setting<String> ESTIMATOR = Setting.choice("estimator", "kde",
            List.of("kde", "binning", "both"), "kde: pairwise distances with Gaussian noise, both kinds of bounds");
    private static final Setting<String> NOISE = Setting.choice("noise", "fixed", List.of("fixed", "quantile"),
            "kde: fixed is noise-variance for every layer; quantile is each layer's own, a quantile of its pairwise"
                    + " distances divided by noise-divisor (noise-variance where that is 0)");
    private static final Setting<Double> NOISE_VARIANCE = Setting.decimal("noise-variance", 1e-3, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "kde, noise=fixed: 1e-3 for the 12-bit task, 0.1 for images");
    private static final Setting<Double> NOISE_QUANTILE = Setting.decimal("noise-quantile", 0.9, Double.MIN_VALUE, 1,
            "kde, noise=quantile: of the distances");
    private static final Setting<Double> NOISE_DIVISOR = Setting.decimal("noise-divisor", 1000, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "kde, noise=quantile: the variance is the quantile divided by it");
    private static final Setting<Double> BIN_WIDTH = Setting.decimal("bin-width", 0.07, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "binning: 0.07 for the 12-bit task, 0.5 for images");

    private static final String SHUFFLED_LABELS = "shuffled labels: `permutations` above 0";
    private static final String LABELS = "label-information-by-epoch";
    private static final String INPUT = "input-information-by-epoch";

    /// Share of H(Y) from which on information about the labels counts.
    private static final double GAINED = 0.1;
    /// Nats from which on a difference, rise or fall of I(X;T) counts. A maximum over planes is never below one of
    /// them, so an interval above 0 would be no evidence.
    private static final double MOVED = 0.1;

    private static final Quantity SHARE = Quantity.of("share", "1", "share of H(Y)");
    /// The figures below which claims stand, except the plane itself.
    private static final Map<String, String> FIGURES = Map.of("last-hidden-layer-gains", LABELS, "output-gains", LABELS,
            "falls-back", LABELS, "fitting", INPUT, "compression", INPUT, "mean-compression", INPUT, "gap-shrinks",
            "gap-of-bounds");

    @Override
    public String name() {
        return "information-plane";
    }

    @Override
    public String summary() {
        return "what each layer knows of input and labels as it trains, both bounds (the thesis's Figs 4.1, 4.2, 4.4)";
    }

    @Override
    public String title() {
        return "Information plane";
    }

    @Override
    public String lead() {
        return "A layer T of a deterministic network determines all of a finite set of inputs or"
                + " nearly so, and"
                + " what is measured is what is left of that behind noise of a given variance, or behind bins of a"
                + " given width."
                + " The numbers depend on that choice and on the scale of the layer. For the noisy layer the true"
                + " I(X;T) lies"
                + " between the lower and the upper bound; I(T;Y) of one kind is a difference of two bounds and no"
                + " bound itself."
                + " Compare a value with its limits, with the other kind, and with what shuffled labels give, before"
                + " reading"
                + " anything into it.";
    }

    @Override
    public String subtitle(Results results) {
        return NETWORKS.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return NETWORKS.settings(POINTS, PLANES, ESTIMATOR, NOISE, NOISE_VARIANCE, NOISE_QUANTILE, NOISE_DIVISOR,
                BIN_WIDTH,
                PERMUTATIONS);
    }

    @Override
    public Design design(Settings settings) {
        return NETWORKS.design(3);
    }

    @Override
    public void check(Inputs inputs) {
        if (inputs.get(PERMUTATIONS) == 1) {
            throw SettingException.badValue(PERMUTATIONS.key(), "1", "0, or at least 2 (19 for a p-value of 0.05)");
        }
        estimators(inputs);
        NETWORKS.tasks(inputs);
    }

    /// The estimators asked for, at least one.
    private static List<Function<Continuous, MutualInformationEstimator>> estimators(Inputs inputs) {
        List<Function<Continuous, MutualInformationEstimator>> estimators = new ArrayList<>();
        if (!inputs.get(ESTIMATOR).equals("binning")) {
            estimators.add(PlaneMeasure.pairwiseDistance(inputs.get(NOISE).equals("fixed")
                    ? new NoiseVariance.Fixed(inputs.get(NOISE_VARIANCE))
                    : new NoiseVariance.DistanceQuantile(inputs.get(NOISE_QUANTILE), inputs.get(NOISE_DIVISOR)),
                    inputs.get(NOISE_VARIANCE)));
        }
        if (!inputs.get(ESTIMATOR).equals("kde")) {
            Binning binning = new Binning(new Binning.Bins.FixedWidth(inputs.get(BIN_WIDTH)), PlugIn.Correction.NONE);
            estimators.add(layer -> binning);
        }
        return estimators;
    }

    @Override
    public void run(Trial trial) {
        new Measured(trial).run();
    }

    /// One network's training and planes.
    private static final class Measured implements TrainingListener {
        private final Trial trial;
        private final BottleneckNetwork network;
        private final Batch points;
        private final PlaneMeasure measure;
        private final int permutations;
        private final int[] shuffled;
        private final Set<Integer> planes;
        private final Set<Integer> curve;

        Measured(Trial trial) {
            this.trial = trial;
            this.network = NETWORKS.network(trial);
            this.points = NETWORKS.task(trial).points(trial.get(POINTS), trial.seed());
            this.measure = PlaneMeasure.of(PLANE, points, estimators(trial));
            this.permutations = trial.get(PERMUTATIONS);
            this.shuffled = trial.stream("shuffled-labels").permutation(points.size());
            this.planes = LogSpaced.epochs(trial.get(BottleneckNetworks.EPOCHS), trial.get(PLANES));
            this.curve = BottleneckNetworks.curve(trial.settings());
        }

        void run() {
            trial.stage("before", () -> {
                measure.recordEntropies(trial);
                measure(0);
                NETWORKS.recordTest(trial, network.network(), 0);
            });
            trial.train(BottleneckNetworks.trainer(trial, network, BottleneckNetworks.adam(trial)).listener(this),
                    NETWORKS.task(trial).train());
            if (permutations > 0) {
                trial.stage("after", () -> measure.recordNull(trial, network.layers(points.inputs()), permutations));
            }
        }

        @Override
        public void onEpoch(Epoch epoch) {
            if (curve.contains(epoch.epoch())) {
                NETWORKS.recordTest(trial, network.network(), epoch.epoch());
            }
            if (planes.contains(epoch.epoch())) {
                measure(epoch.epoch());
            }
        }

        private void measure(int epoch) {
            List<Continuous> layers = network.layers(points.inputs());
            measure.record(trial, epoch, layers);
            if (permutations > 0) {
                measure.recordShuffled(trial, epoch, layers.subList(layers.size() - 2, layers.size()), shuffled);
            }
        }
    }

    private static Sample named(Results results, Sample sample) {
        return planes(results).named(sample);
    }

    private static PlaneSamples planes(Results results) {
        return new PlaneSamples(results, NETWORKS, PLANE);
    }

    /// A claim about each group of networks and kind of information.
    private static Claim claim(String id, String text, String place, Function<PlaneSamples, Sample> number,
            double above,
            Coordinate... more) {
        List<Coordinate> each = new ArrayList<>(List.of(NETWORKS.activation(), BottleneckNetworks.FRACTION));
        each.addAll(List.of(more));
        return Claim.of("information-plane-" + id, text, new Citation("Landsverk", place),
                results -> named(results, number.apply(planes(results))), new Rule.Above(above))
                .forEach(each.toArray(Coordinate[]::new)).below(FIGURES.getOrDefault(id, "information-plane"));
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                claim("last-hidden-layer-gains", "Training adds at least a tenth of H(Y) to what I(T;Y) of the last"
                        + " hidden layer"
                        + " has over shuffled labels", "Fig 4.1", planes -> gain(planes, planes.hidden()), GAINED,
                        Index.KIND).needing(SHUFFLED_LABELS),
                claim("output-gains", "Training adds at least a tenth of H(Y) to what I(T;Y) of the output has over"
                        + " shuffled"
                        + " labels", "Fig 4.1", planes -> gain(planes, planes.hidden() + 1), GAINED, Index.KIND)
                        .needing(SHUFFLED_LABELS),
                claim("fitting", "Fitting phase: I(X;T) of each hidden layer rises by more than 0.1 nat from before"
                        + " training to"
                        + " its maximum", "Fig 4.1", planes -> planes.rise(planes.hidden(planes.input())), MOVED,
                        Index.KIND,
                        Index.LAYER),
                claim("compression", "Compression phase: I(X;T) of each hidden layer falls by more than 0.1 nat from"
                        + " its maximum"
                        + " to the end of training", "Fig 4.1", planes -> planes.fall(planes.hidden(planes.input())),
                        MOVED,
                        Index.KIND, Index.LAYER),
                claim("mean-compression", "The fall of I(X;T) from its maximum, mean over the hidden layers, is more"
                        + " than 0.1 nat",
                        "Fig 4.1", InformationPlaneStudy::compression, MOVED, Index.KIND),
                Claim.of("information-plane-tanh-compresses-more",
                        "Hidden layers of tanh compress more than those of ReLU that start from the same random"
                                + " numbers",
                        new Citation("Saxe et al. 2018", "Fig 1"), results -> {
                            Sample mean = compression(planes(results));
                            return named(results, mean.at(NETWORKS.activation(), "tanh")
                                    .minus(mean.at(NETWORKS.activation(), "relu")));
                        }, new Rule.Above(0)).forEach(BottleneckNetworks.FRACTION, Index.KIND)
                        .below(INPUT).needing("networks of tanh and of relu that start alike"),
                claim("deep-layers-keep-less", "After training, the last hidden layer keeps less I(X;T) than the"
                        + " first, by more than 0.1 nat", "Fig 4.1",
                        planes -> planes.end(planes.input()).at(Index.LAYER, 1)
                                .minus(planes.end(planes.input()).at(Index.LAYER, planes.hidden())),
                        MOVED, Index.KIND),
                claim("falls-back", "Trained on a part of the data, I(T;Y) of the last hidden layer less that of"
                        + " shuffled labels"
                        + " falls back from its maximum by more than 0.01 nat", "Fig 4.2",
                        planes -> planes.fall(planes.excess().at(Index.LAYER, planes.hidden())
                                .where(BottleneckNetworks.FRACTION, fraction -> fraction < 1)),
                        MOVED / 10, Index.KIND)
                        .needing("networks trained on a part of the data, and shuffled labels"),
                claim("gap-shrinks", "Training narrows the gap between the bounds of I(X;T) by more than 0.01 nat, mean"
                        + " over the layers", "section 4.2",
                        planes -> planes.change(planes.gap().meanOver(Index.LAYER)).map(planes.gap().quantity(),
                                gap -> -gap),
                        MOVED / 10).needing("both bounds: `estimator` must be kde or both"),
                Claim.of("information-plane-keeps-limits",
                        "I(T;Y) ≤ I(X;T), I(T;Y) ≤ H(Y) and I(X;T) ≤ H(X), which are theorems because each layer is a"
                                + " function of its input, hold within rounding: the largest excess of all networks of"
                                + " a seed, in units of N × 2^-52, is below 1; by so much sums over N samples in"
                                + " float64 may be wrong",
                        new Citation("Landsverk", "(3.4) to (3.6)"), results -> planes(results).beyondLimits(),
                        new Rule.Below(1)).below("information-plane"));
    }

    /// By how much I(T;Y) less that of shuffled labels grows, in units of H(Y).
    private static Sample gain(PlaneSamples planes, int layer) {
        return planes.change(planes.excess().at(Index.LAYER, layer))
                .combine(planes.results().of(PlaneQuantities.LABEL_ENTROPY), (gain, entropy) -> gain / entropy);
    }

    private static Sample compression(PlaneSamples planes) {
        return planes.fall(planes.hidden(planes.input())).meanOver(Index.LAYER);
    }

    @Override
    public List<Section> report(Results results) {
        PlaneSamples planes = planes(results);
        PlanePlots plots = new PlanePlots(planes, "");
        Section plane = Section.of("The plane")
                .prose(Wording.count((long) plots.mean(PlaneQuantities.POINTS), "sample") + ": ln N = "
                        + Wording.fixed(plots.ceiling(), 4) + " nat, H(X) = "
                        + Wording.fixed(plots.mean(PlaneQuantities.INPUT_ENTROPY), 4) + " nat, H(Y) = "
                        + Wording.fixed(plots.mean(PlaneQuantities.LABEL_ENTROPY), 4) + " nat. Layers are the hidden"
                        + " layers' activations, and the class probabilities (output).");
        for (String words : planes.leftOutWords()) {
            plane = plane.prose(words);
        }
        return List.of(plane.pictures(plots.plane("information-plane")),
                Section.of("Information by epoch").picture(plots.labelsByEpoch().figure())
                        .picture(plots.inputByEpoch().figure()).picture(plots.gap().figure()),
                Section.of("How far to trust it").prose(PlaneSamples.ORDER_READING).table(planes.order())
                        .table(NETWORKS.table(results.settings(), Index.KIND, Index.LAYER)
                                .column("I(T;Y) (nat)", planes.named(planes.end(planes.labels())
                                        .combine(planes.alive(PlaneQuantities.NULL_MEAN), (value, _) -> value)))
                                .column("shuffled, mean (nat)",
                                        planes.named(planes.alive(PlaneQuantities.NULL_MEAN)))
                                .column("shuffled, 95 % quantile (nat)",
                                        planes.named(planes.alive(PlaneQuantities.NULL_QUANTILE)))
                                .column("p", planes.named(planes.alive(PlaneQuantities.NULL_P_VALUE)))
                                .table("shuffled-labels", "I(T;Y) of the last plane beside shuffled labels",
                                        "Means over seeds; p is the probability of a value as large as the true labels'"
                                                + " among "
                                                + Wording.count(results.settings().get(PERMUTATIONS), "shuffle")
                                                + ". Only what exceeds the shuffled labels is about the labels: a layer"
                                                + " that tells every sample apart shows H(Y) for any labelling.")),
                NETWORKS.training(results, true, planes.leftOut()));
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        PlaneSamples planes = planes(results);
        List<String> found = new ArrayList<>();
        Sample compression = compression(planes);
        if (!compression.isEmpty()) {
            // To four digits after the point: activations of float32 resolve no more.
            Sample fall = PlaneSamples.told(compression)
                    .map(compression.quantity(), value -> Math.rint(value * 1e4) / 1e4);
            found.add("Compression, a fall of I(X;T) by more than " + Wording.shortest(MOVED) + " nat from its maximum"
                    + " to the end of training, is " + compressionWords(compression) + ": by " + estimate(compression)
                    + " the fall is " + fall.across(NETWORKS.activation(), InformationPlaneStudy::nats)
                    + ", on the average over the hidden layers.");
        }
        Sample gain = PlaneSamples.told(gain(planes, planes.hidden())).as(SHARE);
        if (!gain.isEmpty()) {
            found.add("Beyond what shuffled labels give, training adds to I(T;Y) of the last hidden layer a share of"
                    + " H(Y) of " + gain.across(NETWORKS.activation()) + ".");
        }
        found.addAll(planes.deaths());
        return found.isEmpty() ? List.of("No network has been trained to its end yet.") : found;
    }

    /// For which activations there is compression, by all estimates of the networks that saw the largest share of the
    /// data: `found for tanh and undecided for relu`.
    private static String compressionWords(Sample compression) {
        Sample largest = compression.at(BottleneckNetworks.FRACTION,
                (double) compression.values(BottleneckNetworks.FRACTION).getLast());
        SequencedMap<String, List<String>> byWords = new LinkedHashMap<>();
        largest.by(NETWORKS.activation()).forEach((activation, own) -> {
            Set<Verdict> verdicts = own.by(Index.KIND).values().stream()
                    .map(kind -> new Rule.Above(MOVED).of(kind.mean())).collect(Collectors.toSet());
            byWords.computeIfAbsent(verdicts.size() > 1
                    ? "not judged alike by all estimates"
                    : switch (verdicts.iterator().next()) {
                        case HELD -> "found";
                        case NOT_HELD -> "not found";
                        case UNDECIDED -> "undecided";
                    }, _ -> new ArrayList<>()).add(activation);
        });
        return Wording.list(byWords.entrySet().stream()
                .map(each -> each.getKey() + " for " + Wording.list(each.getValue())).toList());
    }

    /// The estimate whose numbers are told.
    private static String estimate(Sample byKind) {
        Object first = byKind.values(Index.KIND).getFirst();
        return first.equals(PlaneQuantities.text(Kind.BINNED)) ? "counting bins" : "the lower bound";
    }

    private static String nats(Estimate mean) {
        return mean + " nat" + (mean.count() == 1 ? " in a single network" : "");
    }
}
