package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Axis;
import org.surprisal.report.Band;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Section;
import org.surprisal.report.Values;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Factor;
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
import org.surprisal.study.measure.PlaneChart;
import org.surprisal.study.measure.PlaneMeasure;
import org.surprisal.study.measure.PlaneQuantities;
import org.surprisal.tensor.Tensor;

/// Pairwise distances by layer and epoch, and what becomes of the information plane when the noise of each layer
/// follows them (Landsverk's section 5.2).
public final class DistancesStudy implements Study {
    /// Mean distance of all pairs of a layer's samples.
    static final Quantity MEAN = Quantity.of("distance-mean", "1", "mean distance", Index.EPOCH, Index.LAYER);
    /// With noise of a variance that is the same for all layers and epochs.
    private static final PlaneQuantities FIXED = new PlaneQuantities("");
    /// With noise of each layer's own.
    private static final PlaneQuantities BY_LAYER = new PlaneQuantities("-with-noise-by-layer");
    private static final BottleneckNetworks NETWORKS = BottleneckNetworks.of("tanh", "relu");
    private static final Setting<Integer> POINTS = BottleneckNetworks.points(2048);
    private static final Setting<Integer> MEASURED = Setting.integer("measured-epochs", 6, 2, 1000,
            "epochs of equal ratios at which the layers are measured, beside the network before training");
    private static final Setting<String> LAYER_NOISE = Setting.choice("layer-noise", "each-epoch",
            List.of("each-epoch", "once", "constants"),
            "the variance of each layer's own noise: a quantile of its distances, found anew at each epoch, or once,"
                    + " before training; or layer-noise-variances");
    private static final Setting<List<Double>> LAYER_VARIANCES = Setting.decimals("layer-noise-variances",
            List.of(1e-3), Double.MIN_VALUE, Double.POSITIVE_INFINITY,
            "layer-noise=constants: of each hidden layer and then of the output, the same at all epochs");
    private static final Setting<Double> QUANTILE = Setting.decimal("noise-quantile", 0.9, Double.MIN_VALUE, 1,
            "of a layer's distances; divided by noise-divisor it is the variance of the layer's own noise");
    private static final Setting<Double> DIVISOR = Setting.decimal("noise-divisor", 1000, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "what the quantile is divided by");
    private static final Setting<Double> VARIANCE = Setting.decimal("noise-variance", 1e-3, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY,
            "of the noise that is the same for every layer, for comparison, and where the quantile is 0");
    private static final Quantity SHARE = Quantity.of("share", "1", "share of the pairs of layers");
    private static final Citation SECTION = new Citation("Landsverk", "section 5.2");

    @Override
    public String name() {
        return "distances";
    }

    @Override
    public String summary() {
        return "pairwise distances by layer, and planes with noise that follows them (the thesis's Figs 5.9-5.13)";
    }

    @Override
    public String title() {
        return "Pairwise distances by layer";
    }

    @Override
    public String lead() {
        return "The pairwise-distance estimate of a layer's information sees nothing but the"
                + " distances of its samples, measured by the noise. A layer whose distances have grown shows more"
                + " information at the same noise, with nothing learnt. The heuristic takes a quantile of each layer's"
                + " distances, divided by a number, as the variance of that layer's noise; as a variance it follows the"
                + " scale of the layer only half: twice the distances want four times the variance and get two. The"
                + " noise is found anew at each epoch, or once, before training, or is a constant of each layer, as in"
                + " the thesis: layer-noise says which. Of the thesis's figures this is the multilayer perceptron's"
                + " (5.12): those of Cora and of LeNet need other networks.";
    }

    @Override
    public String subtitle(Results results) {
        return NETWORKS.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return NETWORKS.settings(POINTS, MEASURED, LAYER_NOISE, QUANTILE, DIVISOR, LAYER_VARIANCES, VARIANCE);
    }

    @Override
    public Design design(Settings settings) {
        return NETWORKS.design(3);
    }

    @Override
    public void check(Inputs inputs) {
        byLayer(inputs);
        int layers = inputs.get(BottleneckNetworks.WIDTHS).size() + 1;
        if (inputs.get(LAYER_NOISE).equals("constants") && inputs.get(LAYER_VARIANCES).size() != layers) {
            throw SettingException.badValue(LAYER_VARIANCES.key(), LAYER_VARIANCES.text(inputs.get(LAYER_VARIANCES)),
                    layers + " numbers, one for each hidden layer and one for the output");
        }
        fixed(inputs);
        NETWORKS.tasks(inputs);
    }

    private static NoiseVariance byLayer(Inputs inputs) {
        return new NoiseVariance.DistanceQuantile(inputs.get(QUANTILE), inputs.get(DIVISOR));
    }

    /// The estimator with each layer's own noise.
    ///
    /// @param untrained gives the layers before training
    private static Function<Continuous, MutualInformationEstimator> ownNoise(Inputs inputs,
            Supplier<List<Continuous>> untrained) {
        Function<Continuous, MutualInformationEstimator> found = PlaneMeasure.pairwiseDistance(byLayer(inputs),
                inputs.get(VARIANCE));
        if (inputs.get(LAYER_NOISE).equals("each-epoch")) {
            return found;
        }
        boolean given = inputs.get(LAYER_NOISE).equals("constants");
        Map<String, MutualInformationEstimator> kept = new HashMap<>();
        for (Continuous layer : untrained.get()) {
            kept.put(layer.name(), given
                    ? PairwiseDistance.withNoise(inputs.get(LAYER_VARIANCES).get(kept.size()))
                    : found.apply(layer));
        }
        return layer -> Objects.requireNonNull(kept.get(layer.name()));
    }

    private static NoiseVariance fixed(Inputs inputs) {
        return new NoiseVariance.Fixed(inputs.get(VARIANCE));
    }

    /// Epochs at which the layers are measured, 0 among them.
    private static SortedSet<Integer> measured(Settings settings) {
        SortedSet<Integer> epochs = new TreeSet<>(
                LogSpaced.epochs(settings.get(BottleneckNetworks.EPOCHS), settings.get(MEASURED)));
        epochs.add(0);
        return epochs;
    }

    @Override
    public void run(Trial trial) {
        BottleneckNetwork network = NETWORKS.network(trial);
        Batch points = NETWORKS.task(trial).points(trial.get(POINTS), trial.seed());
        double otherwise = trial.get(VARIANCE);
        PlaneMeasure own = PlaneMeasure.of(BY_LAYER, points,
                List.of(ownNoise(trial, () -> network.layers(points.inputs()))));
        PlaneMeasure same = PlaneMeasure.of(FIXED, points,
                List.of(PlaneMeasure.pairwiseDistance(fixed(trial), otherwise)));
        SortedSet<Integer> epochs = measured(trial.settings());
        trial.stage("before", () -> {
            same.recordEntropies(trial);
            measure(trial, 0, network.layers(points.inputs()), own, same);
        });
        trial.train(BottleneckNetworks.trainer(trial, network, BottleneckNetworks.adam(trial))
                .listener(new TrainingListener() {
                    @Override
                    public void onEpoch(Epoch epoch) {
                        if (epochs.contains(epoch.epoch())) {
                            measure(trial, epoch.epoch(), network.layers(points.inputs()), own, same);
                        }
                    }
                }), NETWORKS.task(trial).train());
    }

    private static void measure(Trial trial, int epoch, List<Continuous> layers, PlaneMeasure own, PlaneMeasure same) {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        for (Continuous layer : layers) {
            DistanceHistogram.of(layer).ifPresent(histogram -> {
                histogram.keep(arrays, layer.name());
                trial.record(MEAN, At.epoch(epoch).and(Index.LAYER, layer.name()), histogram.mean());
            });
        }
        if (!arrays.isEmpty()) {
            trial.keep(arrays(epoch), arrays);
        }
        own.record(trial, epoch, layers);
        same.record(trial, epoch, layers);
    }

    private static String arrays(int epoch) {
        return "distances-epoch-" + epoch;
    }

    private static PlaneSamples planes(Results results, PlaneQuantities quantities) {
        return new PlaneSamples(results, NETWORKS, quantities);
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                Claim.of("distances-grow", "Training increases the distances between the samples of each layer: the"
                        + " logarithm of the mean distance after over that before is positive", SECTION, results -> {
                            PlaneSamples planes = planes(results, FIXED);
                            Sample means = planes.alive(MEAN);
                            return planes.named(planes.end(means).combine(means.at(Index.EPOCH, 0),
                                    (after, before) -> Math.log(after / before)));
                        }, new Rule.Above(0)).forEach(NETWORKS.activation(), BottleneckNetworks.FRACTION, Index.LAYER)
                        .below("distances-0"),
                Claim.of("distances-noise-by-layer-restores-order", "With noise of each layer's own, fewer layers"
                        + " show more I(X;T) than the layer before: the share of such pairs, over all planes, is"
                        + " smaller",
                        SECTION,
                        results -> planes(results, FIXED).named(PlaneSamples
                                .outOfOrder(planes(results, BY_LAYER).input())
                                .minus(PlaneSamples.outOfOrder(planes(results, FIXED).input())
                                        .where(share -> share > 0))),
                        new Rule.Below(0)).forEach(NETWORKS.activation(), BottleneckNetworks.FRACTION, Index.KIND)
                        .below("information-plane-fixed")
                        .needing("layers out of order with the same noise for every layer, and no network has any"));
    }

    @Override
    public List<Section> report(Results results) {
        PlaneSamples own = planes(results, BY_LAYER);
        PlaneSamples same = planes(results, FIXED);
        PlanePlots byLayer = new PlanePlots(own, "noise by layer");
        PlanePlots fixed = new PlanePlots(same, "fixed noise");
        Sample means = same.alive(MEAN);
        Sample noise = same.alive(BY_LAYER.noise());
        Section distances = Section.of("Distances");
        for (String words : same.leftOutWords()) {
            distances = distances.prose(words);
        }
        return List.of(distances.pictures(histograms(results, same)).picture(byLayer.noise().figure())
                .table(NETWORKS.table(results.settings(), Index.LAYER)
                        .column("mean distance before", same.named(means.at(Index.EPOCH, 0)))
                        .column("after", same.named(same.end(means)))
                        .column("noise variance before", same.named(noise.at(Index.EPOCH, 0)))
                        .column("noise variance after", same.named(same.end(noise)))
                        .table("distances", "Distances and the noise that follows from them",
                                "Before training and after it, means over seeds with their standard errors.")),
                Section.of("The plane with noise by layer, beside fixed noise").prose(PlaneSamples.ORDER_READING)
                        .prose("With noise that follows each layer, two layers of one plane are measured by different"
                                + " rulers: that a later one lies lower or higher is a statement about both. I(T;Y) of"
                                + " a bound is a difference of two such bounds, and no bound itself.")
                        .pictures(byLayer.plane("information-plane-by-layer"))
                        .pictures(fixed.plane("information-plane-fixed")).picture(inputByEpoch(byLayer, fixed))
                        .table(own.order()).table(same.order()),
                NETWORKS.training(results, true, same.leftOut()));
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        PlaneSamples same = planes(results, FIXED);
        Sample means = same.alive(MEAN);
        List<String> found = new ArrayList<>();
        Sample growth = PlaneSamples.told(same.end(means)
                .combine(means.at(Index.EPOCH, 0), (after, before) -> Math.log(after / before))
                .at(Index.LAYER, same.hidden()).with(Index.KIND, "ratio"));
        if (!growth.isEmpty()) {
            found.add(movement(growth) + ": their mean distance in the last hidden layer grows by a factor of "
                    + growth.across(NETWORKS.activation(), DistancesStudy::factor) + ".");
        }
        Sample byLayer = outOfOrder(results, BY_LAYER);
        Sample fixed = outOfOrder(results, FIXED);
        if (!byLayer.isEmpty() && !fixed.isEmpty()) {
            found.add(isZero(byLayer) && isZero(fixed)
                    ? "No layer shows more I(X;T) than the layer before, neither with the same noise for every layer"
                            + " nor with noise that follows each layer."
                    : "With the same noise for every layer, the share of layers that show more I(X;T) than the layer"
                            + " before is " + share(fixed) + "; with noise that follows each layer, it is "
                            + share(byLayer) + ".");
        }
        found.addAll(same.deaths());
        return found.isEmpty() ? List.of("No network has been trained to its end yet.") : found;
    }

    private static String factor(Estimate logarithm) {
        return logarithm.asFactor() + (logarithm.count() == 1 ? " in a single network" : "");
    }

    /// For which activations training moves samples apart.
    ///
    /// @param growth logarithms of factors, by activation
    private static String movement(Sample growth) {
        Map<Verdict, List<String>> activations = new EnumMap<>(Verdict.class);
        growth.by(NETWORKS.activation()).forEach((activation, own) -> activations
                .computeIfAbsent(new Rule.Above(0).of(own.mean()), _ -> new ArrayList<>()).add(activation));
        List<String> parts = new ArrayList<>();
        activations.forEach((verdict, own) -> parts.add(switch (verdict) {
            case HELD -> "training moves samples apart for ";
            case NOT_HELD -> "training moves samples together for ";
            case UNDECIDED -> parts.isEmpty()
                    ? "whether training moves samples apart is undecided for "
                    : "whether it does so is undecided for ";
        } + Wording.list(own)));
        String words = String.join("; ", parts);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static boolean isZero(Sample shares) {
        return shares.points().stream().allMatch(point -> point.value() == 0);
    }

    private static String share(Sample shares) {
        return shares.across(NETWORKS.activation(), share -> share.mean() == 0
                ? "none"
                : Wording.withError(100 * share.mean(), 100 * share.standardError().orElse(0)) + " %");
    }

    private static Sample outOfOrder(Results results, PlaneQuantities quantities) {
        return PlaneSamples.told(PlaneSamples.outOfOrder(planes(results, quantities).input())).as(SHARE);
    }

    private static Optional<Figure> inputByEpoch(PlanePlots byLayer, PlanePlots fixed) {
        List<Chart> charts = new ArrayList<>();
        for (PlanePlots plots : List.of(byLayer, fixed)) {
            plots.inputByEpoch().panels().forEach(chart -> charts.add(new Chart(chart.id() + "-" + charts.size(),
                    plots.title(chart.title()), "", chart.x(), chart.y(), chart.marks())));
        }
        return charts.isEmpty()
                ? Optional.empty()
                : Optional.of(Panels.inRowsOf(2, "input-information-by-epoch", "I(X;T) by epoch", "The first point, at"
                        + " 1, is the network before training; the last layer is the output."
                        + (isBanded(charts) ? " Means over seeds; bands: one standard error of the mean." : ""),
                        charts));
    }

    /// A figure for each group of networks, with a panel a layer.
    private static List<Figure> histograms(Results results, PlaneSamples planes) {
        SequencedMap<SequencedMap<Factor<?>, Object>, List<Cell>> groups = new LinkedHashMap<>();
        for (Cell cell : results.cells()) {
            if (!BottleneckNetworks.isAmong(planes.leftOut(), cell)) {
                groups.computeIfAbsent(cell.at(), at -> new ArrayList<>()).add(cell);
            }
        }
        List<Figure> figures = new ArrayList<>();
        groups.forEach((group, cells) -> {
            List<Chart> charts = new ArrayList<>();
            for (int layer = 1; layer <= planes.hidden() + 1; layer++) {
                List<Mark> marks = histogram(results, cells, layer);
                if (!marks.isEmpty()) {
                    charts.add(new Chart("histogram-" + figures.size() + "-" + layer,
                            BottleneckNetworks.layer(results.settings(), layer), "", Axis.linear("distance", ""),
                            Axis.log("density", ""), marks));
                }
            }
            if (!charts.isEmpty()) {
                String name = group.entrySet().stream()
                        .filter(each -> each.getKey().in(results.settings()).size() > 1)
                        .map(each -> each.getKey().name(each.getValue())).collect(Collectors.joining(", "));
                figures.add(new Panels("distances-" + figures.size(),
                        "Distances of all pairs of samples" + (name.isEmpty() ? "" : ": " + name), caption(charts), 3,
                        charts));
            }
        });
        return figures;
    }

    /// How to read histograms: bands and gaps are told where there are some.
    private static String caption(List<Chart> charts) {
        List<Mark> marks = charts.stream().flatMap(chart -> chart.marks().stream()).toList();
        boolean gaps = marks.stream().filter(Line.class::isInstance).map(Line.class::cast)
                .anyMatch(line -> isBroken(line.y()));
        return (isBanded(charts)
                ? "Mean densities over seeds, coloured by epoch; bands, before and after training only: one standard"
                        + " error."
                : "Densities, coloured by epoch.")
                + (gaps ? " A gap means that no two samples have such a distance." : "");
    }

    private static boolean isBanded(List<Chart> charts) {
        return charts.stream().flatMap(chart -> chart.marks().stream()).anyMatch(Band.class::isInstance);
    }

    /// Whether a number is missing between two others.
    private static boolean isBroken(Values heights) {
        int last = heights.size() - 1;
        while (last >= 0 && Double.isNaN(heights.get(last))) {
            last--;
        }
        int first = 0;
        while (first < last && Double.isNaN(heights.get(first))) {
            first++;
        }
        return IntStream.rangeClosed(first, last).anyMatch(i -> Double.isNaN(heights.get(i)));
    }

    private static List<Mark> histogram(Results results, List<Cell> cells, int layer) {
        List<Integer> epochs = List.copyOf(measured(results.settings()));
        List<Mark> marks = new ArrayList<>();
        for (int e = 0; e < epochs.size(); e++) {
            List<DistanceHistogram> kept = new ArrayList<>();
            for (Cell cell : cells) {
                results.arrays(cell, arrays(epochs.get(e))).flatMap(arrays -> DistanceHistogram.of(arrays, layer))
                        .ifPresent(kept::add);
            }
            marks.addAll(DistanceHistogram.marks(kept, PlaneChart.epoch(epochs.get(e)),
                    Palette.sequential(epochs.size()).get(e), e == 0 || e == epochs.size() - 1));
        }
        return marks;
    }
}
