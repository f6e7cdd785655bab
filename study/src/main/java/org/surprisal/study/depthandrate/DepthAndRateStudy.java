package org.surprisal.study.depthandrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.surprisal.data.Split;
import org.surprisal.information.AndersonDarling;
import org.surprisal.information.DenseLayer;
import org.surprisal.information.RelativeEntropy;
import org.surprisal.information.RelativeEntropyAverage;
import org.surprisal.information.RelativeEntropyProfile;
import org.surprisal.information.statistics.KendallCorrelation;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.probe.Probe;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.report.Axis;
import org.surprisal.report.Figure;
import org.surprisal.report.Section;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.images.ImageClassifier;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Whether training raises or lowers the relative entropy, and whether layers are the less Gaussian the worse a network
/// classifies: perceptrons on images over depth, learning rate and weight variance (Schmidt, sections 2.1.4 and 2.3).
///
/// Networks of one seed have the same random numbers in the layers that they share, scaled by their σ_w, see the images
/// in the same order, and are measured on the same Monte Carlo samples before and after training.
public final class DepthAndRateStudy implements Study {
    private static final Citation SIGN = new Citation("Schmidt", "section 2.3, L1410, L1458");
    private static final Citation QUALITY = new Citation("Schmidt", "L980, L1128, L1448");

    private static final ImageClassifier NETWORKS = ImageClassifier.of(2000, 784, AndersonDarling.MINIMUM_COUNT, 2, 1,
            0.005, ImageClassifier.activations());
    private static final Factor<Integer> DEPTH = Factor.of(Setting.integers("depths", List.of(6, 12, 25), 4, 10_000,
            "entries of the width list before the last layer, the input among them: layers 0 to depth-2 are measured"),
            "depth", "depth", "");
    private static final Factor<Double> RATE = Factor.of(Setting.decimals("learning-rates",
            List.of(5e-5, 5e-4, 5e-3, 2e-2), Double.MIN_VALUE, Double.POSITIVE_INFINITY,
            "of SGD, one network each; the thesis has 5e-5 (Fig 21) and 0.005 (Fig 55)"), "learning-rate",
            "learning rate", "");
    private static final Factor<Double> SIGMA_W2 = Factor.of(Setting.decimals("sigma-w2", List.of(1.5, 2.5), 0.06, 1000,
            "weight variance times fan-in, one network each"), "σ_w²");
    private static final Setting<Integer> MC_SAMPLES = Setting.integer("mc-samples", 100, 2, 10_000_000,
            "Monte Carlo samples behind each relative entropy");
    private static final Setting<Integer> PROBED = Setting.integer("probed-inputs", 20, 1, 10_000,
            "test images that the tests of normality are means over, the first ones; relative entropy takes the first");

    private static final Quantity RELATIVE_ENTROPY = Quantity.of("relative-entropy-normalised", "1",
            "relative entropy, normalised", Index.STAGE, Index.LAYER);
    private static final Quantity NORMALITY = Quantity.of("anderson-darling", "1",
            "A*² of Anderson and Darling, mean over layers and images", Index.STAGE);
    private static final Quantity ERROR = Quantity.of("test-error", "1", "share of test images that are misclassified");
    private static final Quantity CHANGE = Quantity.of("change", "1",
            "relative entropy after minus before training, normalised, mean over the last third of the layers");

    /// Cells of the grid and rates in each stratum below which the correlation is no answer.
    private static final int LEAST_CELLS = 24;
    private static final int LEAST_RATES = 4;
    /// Layers in which the thesis's curves have reached their asymptote.
    private static final int ASYMPTOTE_FROM = 8;
    private static final int ASYMPTOTE_TO = 10;

    @Override
    public String name() {
        return "depth-and-rate";
    }

    @Override
    public String summary() {
        return "when training raises or lowers relative entropy, and whether worse networks are less Gaussian"
                + " (the thesis's central claim)";
    }

    @Override
    public String title() {
        return "Relative entropy and Gaussianity over depth and learning rate";
    }

    @Override
    public String lead() {
        return "Perceptrons of several depths are trained with several learning rates. Each is measured before and"
                + " after training: the relative entropy of its last third of layers, and how far the pre-activations"
                + " of its layers are from normal, by the statistic A*² of Anderson and Darling, which is about 0.4 for"
                + " normal samples and above 0.75 for one in twenty of them."
                + " Before training every layer is exactly normal given the one below, whatever the network's"
                + " accuracy; so the relation of Gaussianity and quality is judged among trained networks of the same"
                + " depth and the same weight variance.";
    }

    @Override
    public String subtitle(Results results) {
        return NETWORKS.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(NETWORKS.data(), NETWORKS.trainSamples(), DEPTH.values(), NETWORKS.width(),
                NETWORKS.activation(), NETWORKS.outputActivation(), SIGMA_W2.values(), NETWORKS.sigmaB2(),
                RATE.values(), NETWORKS.epochs(), NETWORKS.batch(), NETWORKS.momentum(), MC_SAMPLES, PROBED);
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid(DEPTH, SIGMA_W2, RATE).seeds(5).cost("layers", cell -> cell.get(DEPTH))
                .memory(cell -> NETWORKS.bytes(settings, widths(settings, cell.get(DEPTH))));
    }

    private static List<Integer> widths(Settings settings, int depth) {
        List<Integer> widths = new ArrayList<>(Collections.nCopies(depth - 1, settings.get(NETWORKS.width())));
        widths.add(10);
        return widths;
    }

    @Override
    public void check(Inputs inputs) {
        int images = NETWORKS.images(inputs).test().size();
        if (inputs.get(PROBED) > images) {
            throw SettingException.badValue(PROBED.key(), PROBED.text(inputs.get(PROBED)), "at most " + images
                    + ", the test images");
        }
    }

    @Override
    public void run(Trial trial) {
        Split images = NETWORKS.images(trial);
        Network network = NETWORKS.network(trial, images.train(), widths(trial.settings(), trial.get(DEPTH)),
                trial.get(SIGMA_W2));
        Tensor probed = images.test().batch(IntStream.range(0, trial.get(PROBED)).toArray()).inputs();
        trial.stage(Stage.BEFORE.label(), () -> measure(trial, network, probed));
        trial.train(new Trainer(network, ImageClassifier.LOSS, new Sgd(trial.get(RATE), trial.get(NETWORKS.momentum())))
                .epochs(trial.get(NETWORKS.epochs())).batchSize(trial.get(NETWORKS.batch())), images.train());
        trial.stage(Stage.AFTER.label(), () -> {
            measure(trial, network, probed);
            Evaluation test = NETWORKS.test(trial, network, images.test());
            trial.record(ERROR, 1 - test.accuracy().orElseThrow());
        });
    }

    private static void measure(Trial trial, Network network, Tensor probed) {
        int layers = trial.get(DEPTH) - 1;
        List<String> modules = IntStream.range(0, layers).mapToObj(MultilayerPerceptron::preActivation).toList();
        List<DenseLayer> dense = modules.stream().map(module -> (Linear) network.module(module))
                .map(linear -> new DenseLayer(linear.weight().value(), linear.bias().value())).toList();
        // The same samples before and after, so that the difference is the network's.
        RandomStream samples = trial.stream("monte-carlo");
        List<RelativeEntropyProfile> profiles = RelativeEntropy.of(dense,
                Activation.labelled(trial.get(NETWORKS.activation()))).withSamples(trial.get(MC_SAMPLES))
                .withSigmaW2(trial.get(SIGMA_W2)).profiles(probed.rows(0), samples);
        for (RelativeEntropyAverage.Layer layer : RelativeEntropyAverage.over(profiles).layers()) {
            trial.record(RELATIVE_ENTROPY, layer.layer(), layer.normalised().orElseThrow());
        }
        double sum = 0;
        for (Observation seen : Probe.of(network, modules).observe(probed).values()) {
            Tensor output = seen.output();
            sum += IntStream.range(0, output.length(0)).mapToDouble(i -> AndersonDarling
                    .test(output.rows(i).toDoubles()).modifiedStatistic()).average().orElseThrow();
        }
        trial.record(NORMALITY, sum / modules.size());
    }

    /// After minus before training, mean over the last third of the layers.
    private static Sample change(Results results) {
        Sample all = results.of(RELATIVE_ENTROPY);
        Sample change = all.at(Index.STAGE, Stage.AFTER.label()).minus(all.at(Index.STAGE, Stage.BEFORE.label()));
        List<Sample.Point> last = change.points().stream()
                .filter(point -> point.number(Index.LAYER) >= 2 * (point.number(DEPTH) - 1) / 3).toList();
        return new Sample(CHANGE, last).meanOver(Index.LAYER);
    }

    private static Sample changeAt(Results results, boolean deepest) {
        List<Integer> depths = DEPTH.in(results.settings());
        return change(results).at(DEPTH, deepest ? Collections.max(depths) : Collections.min(depths));
    }

    private static Sample normality(Results results) {
        return results.of(NORMALITY).at(Index.STAGE, Stage.AFTER.label());
    }

    /// Kendall's τ of test error and A*² over learning rates, mean over the strata of depth and weight variance, one
    /// number a seed; none if the grid is too small for an answer.
    private static Sample qualityCorrelation(Results results) {
        Settings settings = results.settings();
        int rates = RATE.in(settings).size();
        if (rates < LEAST_RATES || rates * DEPTH.in(settings).size() * SIGMA_W2.in(settings).size() < LEAST_CELLS) {
            return new Sample(correlation(LEAST_RATES, 1), List.of());
        }
        Sample errors = results.of(ERROR).whole(RATE, rates);
        Sample normality = normality(results).whole(RATE, rates);
        List<Sample.Point> strata = new ArrayList<>();
        Sample paired = errors.combine(normality, (error, statistic) -> error);
        paired.reduce(RATE, list -> (double) list.size()).points().forEach(stratum -> {
            double[] error = values(errors, stratum);
            double[] statistic = values(normality, stratum);
            KendallCorrelation.of(error, statistic)
                    .ifPresent(tau -> strata.add(new Sample.Point(stratum.at(), tau)));
        });
        Quantity correlation = correlation(rates, DEPTH.in(settings).size() * SIGMA_W2.in(settings).size());
        return strata.isEmpty()
                ? new Sample(correlation, List.of())
                : new Sample(correlation, strata).meanOver(SIGMA_W2).meanOver(DEPTH);
    }

    /// Kendall's τ over so many learning rates, mean over strata: one pair in the other order, in one stratum, is the
    /// least that takes it from 1.
    private static Quantity correlation(int rates, int strata) {
        return Quantity.correlation("kendall", "Kendall's τ", 4.0 / (rates * (rates - 1.0)) / strata);
    }

    /// The values of a stratum's networks in the order of their learning rates.
    private static double[] values(Sample sample, Sample.Point stratum) {
        return sample.points().stream()
                .filter(point -> stratum.at().entrySet().stream()
                        .allMatch(each -> each.getValue().equals(point.at().get(each.getKey()))))
                .sorted(Comparator.comparingDouble(point -> point.number(RATE)))
                .mapToDouble(Sample.Point::value).toArray();
    }

    /// How much the change differs between the smallest and the largest weight variance, over its mean size.
    private static Sample contrast(Results results) {
        List<Double> variances = SIGMA_W2.in(results.settings());
        Sample change = changeAt(results, true);
        Sample low = change.at(SIGMA_W2, Collections.min(variances));
        return change.at(SIGMA_W2, Collections.max(variances))
                .combine(low, (high, lower) -> 2 * (high - lower) / (Math.abs(high) + Math.abs(lower)))
                .where(Double::isFinite).as(Quantity.of("contrast", "1", "contrast over the mean"));
    }

    /// The relative entropy of layers 8 to 10 after training in the deepest networks less that in the shallowest ones
    /// that have these layers. Before training it is 0 by construction: networks of one seed share their first layers.
    private static Sample asymptoteByDepth(Results results) {
        List<Integer> depths = DEPTH.in(results.settings()).stream().filter(depth -> depth >= ASYMPTOTE_TO + 2)
                .toList();
        if (depths.size() < 2) {
            return new Sample(RELATIVE_ENTROPY, List.of());
        }
        Sample layers = results.of(RELATIVE_ENTROPY).at(Index.STAGE, Stage.AFTER.label())
                .where(Index.LAYER, layer -> layer >= ASYMPTOTE_FROM && layer <= ASYMPTOTE_TO).meanOver(Index.LAYER);
        return layers.at(DEPTH, Collections.max(depths)).minus(layers.at(DEPTH, Collections.min(depths)));
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                Claim.of("depth-and-rate-asymptote-of-any-depth", "After training, the relative entropy of layers "
                        + ASYMPTOTE_FROM + " to " + ASYMPTOTE_TO + " does not depend on how many layers follow: deepest"
                        + " less shallowest networks, within 0.02", new Citation("Schmidt", "L1132, L1452"),
                        DepthAndRateStudy::asymptoteByDepth, new Rule.Within(0, 0.02))
                        .needing("two depths of at least " + (ASYMPTOTE_TO + 2)).forEach(SIGMA_W2, RATE)
                        .below("change-by-depth-and-rate"),
                Claim.of("depth-and-rate-worse-is-less-gaussian", "The worse trained networks of one depth and weight"
                        + " variance classify, the less Gaussian are their layers: Kendall's τ of test error and A*²,"
                        + " mean over strata, is above 0.2", QUALITY, DepthAndRateStudy::qualityCorrelation,
                        new Rule.Above(0.2)).below("error-and-normality").needing(LEAST_RATES
                                + " learning rates and " + LEAST_CELLS + " networks a seed at least"),
                Claim.of("depth-and-rate-shallow-rises", "Training raises the relative entropy of the shallowest"
                        + " networks, mean over the last third of the layers", SIGN,
                        results -> changeAt(results, false), new Rule.Above(0)).forEach(SIGMA_W2, RATE)
                        .below("change-by-depth-and-rate"),
                Claim.of("depth-and-rate-deep-falls", "Training lowers the relative entropy of the deepest networks,"
                        + " mean over the last third of the layers", SIGN,
                        results -> changeAt(results, true), new Rule.Below(0)).forEach(SIGMA_W2, RATE)
                        .below("change-by-depth-and-rate"),
                Claim.of("depth-and-rate-same-for-all-variances",
                        "The change of the deepest networks does not depend on"
                                + " the weight variance: the contrast of the largest and the smallest is within 25 % of"
                                + " the mean",
                        new Citation("Schmidt", "L1060"), DepthAndRateStudy::contrast,
                        new Rule.Within(0, 0.25)).forEach(RATE).below("change-by-depth-and-rate"));
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        List<String> found = new ArrayList<>();
        Sample change = change(results);
        if (change.isEmpty()) {
            return List.of("No network has been trained to the end yet.");
        }
        List<Estimate> cells = change.parts(List.of(DEPTH, SIGMA_W2, RATE)).values().stream().map(Sample::mean)
                .toList();
        long rises = cells.stream().filter(cell -> new Rule.Above(0).of(cell) == Verdict.HELD).count();
        long falls = cells.stream().filter(cell -> new Rule.Below(0).of(cell) == Verdict.HELD).count();
        found.add("Training raises the relative entropy of the last third of the layers in " + rises + " of "
                + Wording.count(cells.size(), "combination") + " of depth, weight variance and learning rate and"
                + " lowers it in " + falls + ", at 95 %; in the others the sign is undecided.");
        qualityCorrelation(results).meanIfAny().ifPresent(tau -> found.add("Among networks of one depth and weight"
                + " variance, test error and distance from normal have a rank correlation, 1 for the same order, of "
                + tau.withInterval() + "."));
        return found;
    }

    @Override
    public List<Section> report(Results results) {
        return List.of(
                Section.of("The sign of the change").picture(Plot.lines("change-by-depth-and-rate",
                        "Relative entropy after minus before training", change(results)).x(DEPTH).colour(RATE)
                        .facet(SIGMA_W2).horizontal("no change", 0)
                        .caption("Mean over the last third of the layers. Networks of one seed share the random numbers"
                                + " of the layers that they share.")
                        .figure()),
                Section.of("Gaussianity and quality").picture(byRate("normality", "Distance from normal after training",
                        normality(results), "A*² is about 0.4 for normal samples, whatever their number."))
                        .picture(byRate("error-and-normality", "Test error after training", results.of(ERROR),
                                "Compare its order with that of the figure above, within one depth and variance.")));
    }

    private static Optional<Figure> byRate(String id, String title, Sample sample, String caption) {
        return Plot.lines(id, title, sample).x(RATE).xAxis(Axis.log("learning rate", "")).colour(DEPTH).facet(SIGMA_W2)
                .caption(caption).figure();
    }
}
