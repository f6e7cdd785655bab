package org.surprisal.study.relativeentropy;

import java.util.List;
import org.surprisal.data.Split;
import org.surprisal.network.Network;
import org.surprisal.network.training.Evaluation;
import org.surprisal.report.Section;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.depth.DepthMeasure;
import org.surprisal.study.depth.DepthPlots;
import org.surprisal.study.depth.DepthQuantities;
import org.surprisal.study.depth.PerceptronByDepth;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.images.ImageClassifier;

/// Relative entropy by depth, before and after training, for several weight variances and seeds (Schmidt's Figs 21 to
/// 29 and 55).
///
/// Networks of one seed start from the same random numbers, scaled by their σ_w, see the images in the same order, and
/// are measured on the same Monte Carlo samples before and after: differences between them are not differences of luck.
public final class RelativeEntropyStudy implements Study {
    static final String ASYMPTOTE = "relative-entropy-reaches-an-asymptote";
    static final String GROWS = "relative-entropy-grows-with-variance";

    private static final Citation FIG_21 = new Citation("Schmidt", "Figs 21 to 29");

    private final String name;
    private final String summary;
    private final PerceptronByDepth networks;
    private final int seeds;

    private RelativeEntropyStudy(String name, String summary, PerceptronByDepth networks, int seeds) {
        this.name = name;
        this.summary = summary;
        this.networks = networks;
        this.seeds = seeds;
    }

    /// The study at the thesis's size, with one epoch of 12,800 images so that it ends in minutes.
    public static RelativeEntropyStudy full() {
        return new RelativeEntropyStudy("relative-entropy",
                "relative entropy by depth, before and after training (the thesis's Figs 21-29, 55)",
                PerceptronByDepth.of(
                        // The Anderson-Darling test of the report needs eight neurons.
                        ImageClassifier.of(12_800, 784, 8, 1, 0, 0.005, ImageClassifier.activations()), 50,
                        List.of(400, 10), List.of(1.5, 1.75, 2.0, 2.25, 2.5), 1000, List.of(5, 15, 25, 45)),
                3);
    }

    /// The same study, small enough for about a minute on two cores, without any data file.
    public static RelativeEntropyStudy quickstart() {
        return new RelativeEntropyStudy("quickstart", "the relative-entropy study in about a minute, on drawn digits",
                PerceptronByDepth.of(
                        ImageClassifier.of(6_000, 324, 8, 3, 0, 0.02, ImageClassifier.activations()), 12,
                        List.of(200, 10), List.of(1.5, 2.0, 2.5), 400, List.of(1, 3, 6, 10)),
                5);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public String title() {
        return "Relative entropy by depth";
    }

    @Override
    public String lead() {
        return "Each layer of a network is summarised, for one image, by the mean and variance of its neurons'"
                + " pre-activations, as a Gaussian. The curve shows how far the layer m deep is from the first forward"
                + " pass (layer 0, whose value is 0 by definition), in units of (N/2) ln(2πe σ_w²), N being the neurons"
                + " of a layer. Where it is flat, deeper layers no longer change the Gaussian. The measure is a"
                + " difference of entropies rather than a distance: it can be negative, and its height depends on the"
                + " scale of the input. Compare shapes, the order of the curves, and the same network before and after"
                + " training; do not compare heights between data sets.";
    }

    @Override
    public String subtitle(Results results) {
        return networks.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return networks.settings();
    }

    @Override
    public Design design(Settings settings) {
        return networks.design(settings, seeds);
    }

    @Override
    public void check(Inputs inputs) {
        networks.check(inputs);
    }

    @Override
    public void run(Trial trial) {
        Split images = networks.network().images(trial);
        Network network = networks.network(trial, images.train());
        DepthMeasure measure = networks.measure(trial, networks.probed(trial, images));
        trial.stage(Stage.BEFORE.label(), () -> {
            measure(trial, network, measure, Stage.BEFORE);
            measure.recordReferenceForm(trial, network, trial.stream("monte-carlo"));
            Evaluation start = networks.network().evaluate(network, images.test());
            trial.record(Quantities.TEST_LOSS, At.epoch(0), start.loss());
            trial.record(Quantities.TEST_ACCURACY, At.epoch(0), start.accuracy().orElseThrow());
        });
        if (trial.get(networks.network().epochs()) > 0) {
            trial.train(networks.network().trainer(trial, network).validation(images.test()), images.train());
            trial.stage(Stage.AFTER.label(), () -> measure(trial, network, measure, Stage.AFTER));
        }
    }

    private void measure(Trial trial, Network network, DepthMeasure measure, Stage stage) {
        // The same samples before and after, so that the difference is the network's.
        measure.record(trial, network, trial.stream("monte-carlo"));
        trial.keep(stage.label(), measure.distributions(network, trial.get(networks.distributionLayers())));
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                Claim.of(ASYMPTOTE,
                        "Before training, the relative entropy of the last quarter of the layers is that of the"
                                + " quarter before,"
                                + " within 5 %",
                        FIG_21, results -> riseAtTheEnd(results, networks), new Rule.Within(0, 0.05))
                        .forEach(networks.sigmaW2()).below("relative-entropy-by-depth")
                        .needing("four measured layers at least"),
                Claim.of(GROWS,
                        "Before training, the last layer of networks with the largest weight variance has a larger"
                                + " relative"
                                + " entropy than that of networks with the smallest",
                        FIG_21, this::largestMinusSmallest, new Rule.Above(0)).below("relative-entropy-by-depth"),
                Claim.of("training-lowers-relative-entropy",
                        "Training lowers the relative entropy, on the average over the layers", FIG_21,
                        results -> new DepthPlots(results, networks.sigmaW2()).meanChange(), new Rule.Below(0))
                        .forEach(networks.sigmaW2()).below("after-minus-before").needing("an epoch of training"));
    }

    private static Sample before(Results results) {
        return results.of(DepthQuantities.NORMALISED).at(Index.STAGE, Stage.BEFORE.label());
    }

    /// The relative difference of the means over the last quarter of the layers and over the quarter before.
    static Sample riseAtTheEnd(Results results, PerceptronByDepth networks) {
        int layers = networks.layers(results.settings());
        Sample last = before(results).where(Index.LAYER, m -> m >= layers - layers / 4).meanOver(Index.LAYER);
        Sample third = before(results)
                .where(Index.LAYER, m -> m < layers - layers / 4 && m >= layers - 2 * (layers / 4))
                .meanOver(Index.LAYER);
        return last.combine(third, (a, b) -> (a - b) / Math.abs(a))
                .as(Quantity.of("rise-at-the-end", "1", "relative rise at the end"));
    }

    private Sample largestMinusSmallest(Results results) {
        List<Double> variances = networks.sigmaW2().in(results.settings()).stream().sorted().toList();
        Sample last = before(results).last(Index.LAYER);
        return last.at(networks.sigmaW2(), variances.getLast())
                .minus(last.at(networks.sigmaW2(), variances.getFirst()))
                .as(Quantity.of("difference", "1", "relative entropy, normalised, of the largest less that of the"
                        + " smallest weight variance"));
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        return new RelativeEntropyReport(results, networks).found(findings);
    }

    @Override
    public List<Section> report(Results results) {
        return new RelativeEntropyReport(results, networks).sections();
    }
}
