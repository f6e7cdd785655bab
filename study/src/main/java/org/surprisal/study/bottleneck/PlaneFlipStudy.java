package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.surprisal.data.Batch;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Section;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.measure.LogSpaced;
import org.surprisal.study.measure.PlaneMeasure;

/// Whether the order of the layers in the information plane turns over when a network begins to overfit, and whether
/// that is information or the scale of the layers (Landsverk, L971 to L981 and L1030).
///
/// With one noise for all layers and epochs a layer seems to know the more, the farther its samples are apart. With a
/// noise that follows each layer's own variance it does not.
public final class PlaneFlipStudy implements Study {
    private static final Citation SOURCE = new Citation("Landsverk", "L971, L1030");
    private static final BottleneckNetworks NETWORKS = BottleneckNetworks.of("relu");
    private static final Setting<Integer> MEASURED = Setting.integer("measured-epochs", 25, 2, 100_000,
            "epochs of equal ratios at which the layers are measured, the first and the last among them");
    private static final Setting<Integer> POINTS = BottleneckNetworks.points(300);
    private static final Setting<Double> NOISE = Setting.decimal("noise-variance", 1, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of the noise that is the same for all layers");
    private static final Setting<Double> SHARE = Setting.decimal("noise-share", 0.1, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of each layer's variance, for the noise that follows it");

    private static final String FIXED = "fixed noise";
    private static final String PROPORTIONAL = "proportional noise";
    /// Differences of information below it count as none, in nats.
    private static final double LEAST = 0.01;
    private static final Quantity INFORMATION = Quantity.of("input-information", "nat", "I(X;T)", Index.EPOCH,
            Index.LAYER, Index.KIND);
    private static final Quantity LEAD = Quantity.of("lead-of-the-last-layer", "nat",
            "I(X;T) of the last less that of the first hidden layer", Index.EPOCH, Index.KIND);
    private static final Quantity FLIP = Quantity.of("flip", "epochs", "epoch of the flip");
    private static final Quantity RATIO = Quantity.of("logarithm-of-the-epochs", "1", "log2(flip / least test loss)");
    private static final Quantity FLIPPED = Quantity.of("flipped", "1", "1 for a network whose order turned over");

    @Override
    public String name() {
        return "plane-flip";
    }

    @Override
    public String summary() {
        return "whether layers change their order in the plane when a network overfits, and whether that is scale";
    }

    @Override
    public String title() {
        return "The order of layers and overfitting";
    }

    @Override
    public String lead() {
        return "In a network without noise no layer knows more of the input than the one before. Measured with one"
                + " noise for all layers, the last hidden layer can seem to know more than the first: the plane has"
                + " flipped, at the first measured epoch from which on, to the end, it leads by more than 0.01 nat. The"
                + " epoch is compared with that of the least test loss, after which the network overfits; and the same"
                + " layers are measured with a noise in proportion to each layer's own variance.";
    }

    @Override
    public String subtitle(Results results) {
        return NETWORKS.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return NETWORKS.settings(MEASURED, POINTS, NOISE, SHARE);
    }

    @Override
    public Design design(Settings settings) {
        return NETWORKS.design(5);
    }

    @Override
    public void check(Inputs inputs) {
        if (inputs.get(BottleneckNetworks.WIDTHS).size() < 2) {
            throw SettingException.badValue(BottleneckNetworks.WIDTHS.key(),
                    BottleneckNetworks.WIDTHS.text(inputs.get(BottleneckNetworks.WIDTHS)),
                    "two hidden layers at least, whose order can change");
        }
    }

    @Override
    public void run(Trial trial) {
        BottleneckNetwork network = NETWORKS.network(trial);
        Batch points = NETWORKS.task(trial).points(trial.get(POINTS), trial.seed());
        Discrete inputs = Discrete.rows("x", points.inputs());
        Discrete labels = Discrete.labels("y", points.targets());
        Set<Integer> measured = LogSpaced.epochs(trial.get(BottleneckNetworks.EPOCHS), trial.get(MEASURED));
        trial.train(BottleneckNetworks.trainer(trial, network, BottleneckNetworks.adam(trial))
                .listener(new TrainingListener() {
                    @Override
                    public void onEpoch(Epoch epoch) {
                        if (measured.contains(epoch.epoch())) {
                            NETWORKS.recordTest(trial, network.network(), epoch.epoch());
                            measure(trial, At.epoch(epoch.epoch()), inputs, labels, network.layers(points.inputs()));
                        }
                    }
                }), NETWORKS.task(trial).train());
    }

    private static void measure(Trial trial, At epoch, Discrete inputs, Discrete labels, List<Continuous> layers) {
        // The last of the layers is the output.
        for (Continuous layer : layers.subList(0, layers.size() - 1)) {
            Map<String, NoiseVariance> rules = Map.of(FIXED, new NoiseVariance.Fixed(trial.get(NOISE)), PROPORTIONAL,
                    new NoiseVariance.VarianceShare(trial.get(SHARE)));
            for (String kind : List.of(FIXED, PROPORTIONAL)) {
                MutualInformationEstimator estimator = PlaneMeasure
                        .pairwiseDistance(Objects.requireNonNull(rules.get(kind)), 1).apply(layer);
                InformationPlane.Coordinates found = Objects.requireNonNull(InformationPlane
                        .of(estimator, inputs, labels, List.of(layer), InformationPlane.Succession.CHAIN).points()
                        .getFirst().kinds().get(InformationPlane.Kind.KULLBACK_LEIBLER));
                trial.record(INFORMATION, epoch.and(Index.LAYER, Long.parseLong(layer.name())).and(Index.KIND, kind),
                        found.input());
            }
        }
    }

    /// I(X;T) of the last hidden layer less that of the first, by epoch and kind of noise.
    private static Sample lead(Results results) {
        long last = results.settings().get(BottleneckNetworks.WIDTHS).size();
        Sample all = results.of(INFORMATION);
        return all.at(Index.LAYER, last).minus(all.at(Index.LAYER, 1L)).as(LEAD);
    }

    /// The first epoch from which on, to the end, the last layer leads; infinite where it does not at the end.
    static double flip(double[] epochs, double[] leads) {
        double flip = Double.POSITIVE_INFINITY;
        for (int e = epochs.length - 1; e >= 0 && leads[e] > LEAST; e--) {
            flip = epochs[e];
        }
        return flip;
    }

    private static Sample flips(Results results, String kind) {
        return lead(results).at(Index.KIND, kind).reduce(Index.EPOCH, PlaneFlipStudy::flip, FLIP);
    }

    private static double epochOfLeast(double[] epochs, double[] losses) {
        int least = 0;
        for (int e = 1; e < losses.length; e++) {
            least = losses[e] < losses[least] ? e : least;
        }
        return epochs[least];
    }

    /// log2 of the epoch of the flip over that of the least test loss; a network that does not flip counts as if it did
    /// at twice the last epoch, so that it is not left out.
    private static Sample flipOverOverfitting(Results results) {
        double never = 2.0 * results.settings().get(BottleneckNetworks.EPOCHS);
        Sample least = results.of(Quantities.TEST_LOSS).reduce(Index.EPOCH, PlaneFlipStudy::epochOfLeast, FLIP);
        return flips(results, FIXED).combine(least, (flip, loss) -> Math.log(Math.min(flip, never) / loss)
                / Math.log(2)).as(RATIO);
    }

    private static Sample flipped(Results results, String kind) {
        return flips(results, kind).map(FLIPPED, flip -> Double.isFinite(flip) ? 1 : 0);
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                Claim.of("plane-flip-marks-overfitting", "With one noise for all layers the plane flips when the test"
                        + " loss begins to rise: the logarithm to base 2 of the epoch of the one over that of the other"
                        + " is between -1 and 1", SOURCE, PlaneFlipStudy::flipOverOverfitting, new Rule.Within(0, 1))
                        .needing("test samples").forEach(NETWORKS.activation(), BottleneckNetworks.FRACTION)
                        .below("lead"),
                Claim.of("plane-flip-at-fixed-noise", "With one noise for all layers the order has turned over at the"
                        + " end: share of networks", SOURCE, results -> flipped(results, FIXED), new Rule.Above(0.5))
                        .forEach(NETWORKS.activation(), BottleneckNetworks.FRACTION).below("lead"),
                Claim.of("plane-flip-is-scale", "With a noise in proportion to each layer's variance it has not: share"
                        + " of networks", SOURCE, results -> flipped(results, PROPORTIONAL), new Rule.Below(0.5))
                        .forEach(NETWORKS.activation(), BottleneckNetworks.FRACTION).below("lead"));
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        Sample fixed = flipped(results, FIXED);
        if (fixed.isEmpty()) {
            return List.of("No network has been measured yet.");
        }
        List<String> found = new ArrayList<>();
        found.add("Measured with one noise for all layers, the last hidden layer ends up above the first in "
                + share(fixed) + "; with a noise in proportion to each layer's variance in "
                + share(flipped(results, PROPORTIONAL)) + ".");
        flipOverOverfitting(results).parts(List.of(NETWORKS.activation(), BottleneckNetworks.FRACTION))
                .forEach((group, ratios) -> found.add("The flip comes at " + Wording.rough(Math.pow(2,
                        ratios.mean().mean())) + " times the epoch of the least test loss"
                        + (group.isEmpty() ? "" : " for " + group) + ", a geometric mean."));
        return found;
    }

    private static String share(Sample ones) {
        long count = ones.points().stream().filter(point -> point.value() == 1).count();
        return count + " of " + Wording.count(ones.points().size(), "network");
    }

    @Override
    public List<Section> report(Results results) {
        return List.of(
                Section.of("Which layer leads").picture(Plot.lines("lead",
                        "I(X;T) of the last less that of the first hidden layer", lead(results)).x(Index.EPOCH)
                        .colour(Index.KIND).facet(NETWORKS.activation(), BottleneckNetworks.FRACTION)
                        .xAxis(BottleneckNetworks.trainedEpochAxis(results.settings())).horizontal("same", 0)
                        .caption("Above 0 the last layer seems to know more of the input than the first, which no layer"
                                + " can.")
                        .figure()),
                NETWORKS.training(results, false, new Sample(FLIP, List.of())));
    }
}
