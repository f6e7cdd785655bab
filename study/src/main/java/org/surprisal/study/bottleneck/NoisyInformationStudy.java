package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.surprisal.data.Batch;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.noisy.NoisyLayerInformation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Section;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Design;
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
import org.surprisal.tensor.RandomStream;

/// What the hidden layers of noisy networks know of the input, epoch by epoch, where information is defined by the
/// network and not by the estimator (Goldfeld et al. 2019); beside it what binned and pairwise estimates of the same
/// layers say, and how far the classes have contracted.
public final class NoisyInformationStudy implements Study {
    static final BottleneckNetworks NETWORKS = BottleneckNetworks.of("tanh", "relu");
    static final Setting<Double> DEVIATION = Setting.decimal("noise-deviation", 0.1, 1e-6,
            Double.POSITIVE_INFINITY, "β of the noise of each hidden layer, in training and in measurement");
    static final Setting<Integer> PASSES = Setting.integer("passes", 64, 2, 100_000,
            "n: passes for each input, of which one makes the mixture of all inputs; measured with twice as many too");
    static final Setting<Integer> BINS = Setting.integer("bins", 30, 1, 1_000_000,
            "of the binned estimate: from -1 to 1 for tanh, over a layer's range otherwise");
    static final Setting<Integer> MEASURED = Setting.integer("measured-epochs", 10, 2, 1000,
            "epochs of equal ratios at which the layers are measured, beside the network before training");
    private static final Setting<Integer> POINTS = BottleneckNetworks.points(4096);
    /// Settings that all studies of these networks have, with defaults with which tanh saturates in the end.
    private static final Map<String, Setting<?>> OWN_DEFAULTS = Map.of("epochs",
            Setting.integer("epochs", 1500, 1, 1_000_000, "passes over the training samples"), "learning-rate",
            Setting.decimal("learning-rate", 2e-3, Double.MIN_VALUE, Double.POSITIVE_INFINITY, "of Adam"));
    /// The bound of the error is exponential in the width, and so is the number of passes that an estimate takes.
    private static final int WIDEST = 12;
    /// Nats by which an estimate of the difference of two layers may be too low.
    private static final double TOLERANCE = 0.02;
    /// Nats from which on a fall, or the error of an estimate, counts. A maximum over epochs is never below one of
    /// them, so an interval above 0 would be no evidence.
    private static final double MOVED = 0.1;
    private static final String PAPER = "Goldfeld et al. 2019";

    /// I(X;T), of n passes and of 2n.
    static final Quantity INFORMATION = Quantity.of("noisy-input-information", "nat", "I(X;T)", Index.EPOCH,
            Index.LAYER, Index.KIND);
    static final Quantity ERROR = Quantity.of("noisy-input-information-standard-error", "nat",
            "standard error of I(X;T)", Index.EPOCH, Index.LAYER, Index.KIND);
    /// What one pass for each input gives in place of I(X;T).
    static final Quantity BEFORE = Quantity.of("information-about-layer-before", "nat", "I(T before;T)", Index.EPOCH,
            Index.LAYER);
    /// Of 2n passes, whatever the network: too low, too high.
    static final Quantity BOUND = Quantity.of("bound-of-the-error", "nat", "bound of the error", Index.LAYER,
            Index.KIND);
    /// What other estimators say of one pass: binned, and both bounds of pairwise distances with noise of variance β².
    static final Quantity OTHER = Quantity.of("other-input-information", "nat", "estimate of I(X;T)", Index.EPOCH,
            Index.LAYER, Index.KIND);
    static final Quantity SATURATED = Quantity.of("saturated-share", "1", "share of saturated units", Index.EPOCH,
            Index.LAYER);
    /// Of all pairs, and of pairs of one class, in units of β.
    static final Quantity DISTANCE = Quantity.of("noisy-layer-distance", "1", "distance / β", Index.EPOCH, Index.LAYER,
            Index.KIND);
    static final String ONCE = "n passes";
    static final String TWICE = "2n passes";
    static final String TOO_LOW = "too low";
    static final String TOO_HIGH = "too high";
    static final String BINNED = "binned";
    static final String LOWER = "pairwise, lower";
    static final String UPPER = "pairwise, upper";
    static final String WITHIN = "within a class";
    static final String ALL = "all pairs";

    @Override
    public String name() {
        return "noisy-information";
    }

    @Override
    public String summary() {
        return "I(X;T) of networks with noise in their layers, beside binned and pairwise estimates (Goldfeld et al.)";
    }

    @Override
    public String title() {
        return "Information of noisy layers";
    }

    @Override
    public String lead() {
        return "Each hidden layer adds noise to its activations, T = f(T before) + βZ, in training and in"
                + " measurement, so that I(X;T) is a property of the network. It is the difference of two entropies of"
                + " Gaussian mixtures, whose centres come from passes through the network. Each entropy errs low, the"
                + " difference to either side: read n and 2n together. The theoretical bound of the error is"
                + " exponential in the number of units and says little. ReLU is a contrast: its activations can grow"
                + " beyond any fixed noise.";
    }

    @Override
    public String subtitle(Results results) {
        return NETWORKS.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        List<Setting<?>> settings = NETWORKS.settings(DEVIATION, POINTS, MEASURED, PASSES, BINS);
        settings.replaceAll(setting -> OWN_DEFAULTS.getOrDefault(setting.key(), setting));
        return settings;
    }

    @Override
    public Design design(Settings settings) {
        return NETWORKS.design(5);
    }

    @Override
    public void check(Inputs inputs) {
        List<Integer> widths = inputs.get(BottleneckNetworks.WIDTHS);
        if (Collections.max(widths) > WIDEST) {
            throw SettingException.badValue(BottleneckNetworks.WIDTHS.key(),
                    BottleneckNetworks.WIDTHS.text(widths), "widths of at most " + WIDEST + ": what the estimate of a"
                            + " noisy layer takes grows exponentially with its units");
        }
        NETWORKS.tasks(inputs);
    }

    @Override
    public void run(Trial trial) {
        NoisyNetwork network = NETWORKS.noisy(trial, trial.get(DEVIATION));
        Batch points = NETWORKS.task(trial).points(trial.get(POINTS), trial.seed());
        Set<Integer> epochs = LogSpaced.epochs(trial.get(BottleneckNetworks.EPOCHS), trial.get(MEASURED));
        trial.stage("before", () -> measure(trial, network, points, 0));
        trial.train(BottleneckNetworks.trainer(trial, network.network(), BottleneckNetworks.adam(trial))
                .listener(new TrainingListener() {
                    @Override
                    public void onEpoch(Epoch epoch) {
                        if (epochs.contains(epoch.epoch())) {
                            measure(trial, network, points, epoch.epoch());
                        }
                    }
                }), NETWORKS.task(trial).train());
    }

    private static void measure(Trial trial, NoisyNetwork network, Batch points, int epoch) {
        RandomStream noise = trial.stream("noise of measurement").child(epoch);
        int passes = trial.get(PASSES);
        Discrete inputs = Discrete.rows("x", points.inputs());
        double[] labels = points.targets().toDoubles();
        for (NoisyNetwork.Seen layer : network.observe(points.inputs(), 2 * passes, noise.child("passes"))) {
            At at = At.epoch(epoch).and(Index.LAYER, layer.layer());
            RandomStream own = noise.child(layer.layer());
            NoisyLayerInformation once = layer.information(passes, 1, own);
            NoisyLayerInformation twice = layer.information(2 * passes, 2, own);
            record(trial, at.and(Index.KIND, ONCE), once);
            record(trial, at.and(Index.KIND, TWICE), twice);
            if (epoch == 0 && layer.activation() == Activation.TANH) {
                trial.record(BOUND, At.layer(layer.layer()).and(Index.KIND, TOO_LOW), twice.mayBeTooLow(1));
                trial.record(BOUND, At.layer(layer.layer()).and(Index.KIND, TOO_HIGH), twice.mayBeTooHigh(1));
            }
            trial.record(BEFORE, at, twice.throughNoise());
            Binning binning = new Binning(layer.bins(trial.get(BINS)), PlugIn.Correction.NONE);
            trial.record(OTHER, at.and(Index.KIND, BINNED),
                    binning.estimate(Continuous.of("T", layer.noisy()), inputs).value());
            MutualInformation bounds = PairwiseDistance.withNoise(Math.pow(layer.deviation(), 2))
                    .ofInput(Continuous.of("S", layer.centre()));
            trial.record(OTHER, at.and(Index.KIND, LOWER), bounds.lower().orElseThrow());
            trial.record(OTHER, at.and(Index.KIND, UPPER), bounds.upper().orElseThrow());
            trial.record(SATURATED, at, layer.saturated());
            trial.record(DISTANCE, at.and(Index.KIND, ALL), layer.distance());
            trial.record(DISTANCE, at.and(Index.KIND, WITHIN), layer.distance(labels));
        }
    }

    private static void record(Trial trial, At at, NoisyLayerInformation found) {
        trial.record(INFORMATION, at, found.value());
        trial.record(ERROR, at, found.standardError());
    }

    /// A claim about each kind of network.
    private static Claim claim(String id, String text, Citation source, String figure,
            Function<NoisySamples, Sample> number, Rule rule, Coordinate... more) {
        List<Coordinate> each = new ArrayList<>(List.of(NETWORKS.activation(), BottleneckNetworks.FRACTION));
        each.addAll(List.of(more));
        return Claim.of("noisy-information-" + id, text, source,
                results -> number.apply(new NoisySamples(results)), rule)
                .forEach(each.toArray(Coordinate[]::new)).below(figure);
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                claim("data-processing", "Data processing: the least I(X;T_l) − I(X;T_{l+1}) of a network, over all"
                        + " layers and epochs, is above −0.02 nat",
                        new Citation("Cover and Thomas 2006", "theorem 2.8.1"), NoisySamples.INFORMATION_FIGURE,
                        NoisySamples::leastLoss, new Rule.Above(-TOLERANCE)),
                claim("falls", "I(X;T) of each hidden layer falls by more than 0.1 nat from its maximum to the end of"
                        + " training, beyond the estimator's own error: the number is the fall less 0.1 nat, brought"
                        + " nearer to 0 by what doubling the passes moves",
                        new Citation(PAPER, "section 5.1"), NoisySamples.INFORMATION_FIGURE,
                        samples -> samples.fallBeyond(MOVED), new Rule.Above(0), Index.LAYER),
                claim("binned-is-other", "The binned estimate is not I(X;T): they differ by more than 0.1 nat, mean"
                        + " over layers and epochs", new Citation(PAPER, "abstract"), NoisySamples.OTHERS_FIGURE,
                        NoisySamples::distanceOfBinned, new Rule.Above(MOVED)),
                claim("bracket", "The pairwise bounds with noise of variance β² hold I(X;T) of the first layer: at no"
                        + " epoch it lies beyond one by 0.02 nat",
                        new Citation("Kolchinsky and Tracey 2017", "the two bounds"), NoisySamples.OTHERS_FIGURE,
                        NoisySamples::leastDistanceToBounds, new Rule.Above(-TOLERANCE)),
                claim("classes-contract", "From the maximum of I(X;T) to the end of training, two samples of one class"
                        + " come closer in each layer of tanh, relative to any two samples",
                        new Citation(PAPER, "abstract"), NoisySamples.CLUSTERS_FIGURE,
                        samples -> samples.contraction().where(NETWORKS.activation(),
                                activation -> activation.equals(Activation.TANH.label())),
                        new Rule.Below(0), Index.LAYER).needing("networks of tanh"));
    }

    @Override
    public List<Section> report(Results results) {
        return new NoisySamples(results).sections();
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        return new NoisySamples(results).found();
    }
}
