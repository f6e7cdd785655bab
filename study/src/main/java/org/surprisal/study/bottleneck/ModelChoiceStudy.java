package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.Split;
import org.surprisal.data.Splitting;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.statistics.KendallCorrelation;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Axis;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.measure.LogSpaced;
import org.surprisal.tensor.ElementType;

/// Whether the information plane of training samples tells which of many networks will do best on new ones (Landsverk's
/// question of model choice, L56 and L1086).
///
/// I(T;Y) of the last layer restates how well the training samples are told apart, so every criterion is judged by its
/// partial rank correlation with test accuracy, given the training loss.
public final class ModelChoiceStudy implements Study {
    private static final Citation SOURCE = new Citation("Landsverk", "L56, L1086");
    private static final Loss LOSS = new CrossEntropy();
    private static final int LEAST_NETWORKS = 60;
    /// The share of the variance of a layer that the noise has with which its information is measured.
    private static final double NOISE_SHARE = 0.01;
    private static final int PLANES = 8;
    private static final double ALL = 0.9999;

    private static final BottleneckNetworks NETWORKS = BottleneckNetworks.of("tanh", "relu");
    private static final Factor<Integer> DEPTH = Factor.of(
            Setting.integers("depths", List.of(1, 3), 1, 100, "hidden layers, one network each"), "depth", "depth", "");
    private static final Factor<Integer> WIDTH = Factor.of(Setting.integers("hidden-widths", List.of(4, 12, 40), 1,
            100_000, "neurons of each hidden layer, one network each"), "width", "width", "");
    private static final Factor<Double> RATE = Factor.of(Setting.decimals("learning-rates",
            List.of(3e-4, 1e-3, 3e-3, 1e-2, 3e-2), Double.MIN_VALUE, Double.POSITIVE_INFINITY,
            "of Adam, one network each"), "learning-rate", "learning rate", "");
    private static final Setting<Double> FRACTION = Setting.decimal("train-fraction", 0.2, Double.MIN_VALUE, ALL,
            "share of the samples to train on; half of the others are for validation, half for the test");
    private static final Setting<Integer> EPOCHS = Setting.integer("epochs", 60, 1, 1_000_000,
            "passes over the training samples");
    private static final Setting<Integer> BATCH = Setting.integer("batch", 64, 1, 1_000_000, "samples in a step");
    private static final Setting<Integer> POINTS = Setting.integer("points", 400, 2, 1_000_000,
            "training samples that layers are measured on, the first ones");

    private static final Quantity TEST = Quantity.of("final-test-accuracy", "1", "test accuracy");
    /// Of the last hidden layer, on training samples.
    private static final Quantity INPUT = Quantity.of("input-information", "nat", "I(X;T)", Index.EPOCH);
    private static final Quantity SCORE = Quantity.of("score", "1", "score by which a network is chosen", Index.KIND);
    private static final Quantity CORRELATION = Quantity.correlation("kendall", "Kendall's τ with test accuracy",
            0.001);
    private static final Quantity BETTER = Quantity.of("correlation-beyond-training-loss", "1",
            "τ of the criterion less that of training loss");
    private static final Quantity REGRET = Quantity.of("regret", "1", "test accuracy lost by the choice");

    /// What a network can be chosen by: a high score is meant to promise a high test accuracy.
    private enum Criterion {
        /// The baseline that every criterion has to beat.
        TRAINING_LOSS("low training loss", false),
        /// A small network in another sense.
        WEIGHT_NORM("small weights", false),
        /// What is chosen by in practice; it takes samples that are not trained on.
        VALIDATION("validation accuracy", false),
        /// Little information of the last hidden layer about the input.
        FORGETTING("little I(X;T)", true),
        /// What the last hidden layer knows of the label for each nat that it knows of the input.
        RATIO("I(T;Y) / I(X;T)", true),
        /// By how much I(X;T) has fallen since its largest value.
        COMPRESSION("fall of I(X;T)", true);

        private final String label;
        private final boolean isOfPlane;

        Criterion(String label, boolean isOfPlane) {
            this.label = label;
            this.isOfPlane = isOfPlane;
        }
    }

    @Override
    public String name() {
        return "model-choice";
    }

    @Override
    public String summary() {
        return "whether the information plane tells which of many networks does best on new samples";
    }

    @Override
    public String title() {
        return "Choosing a network by its information plane";
    }

    @Override
    public String lead() {
        return "Many networks are trained on the same few samples: activations, depths, widths and learning rates"
                + " differ. Three criteria of the information plane, all of the last hidden layer and of training"
                + " samples, are compared with test accuracy, beside training loss, the norm of the weights and"
                + " validation accuracy. A criterion is of use if it tells more than training loss does: its rank"
                + " correlation with test accuracy given training loss is above 0, and its own is above that of"
                + " training loss. Information is measured with noise of a hundredth of the layer's variance.";
    }

    @Override
    public String subtitle(Results results) {
        Settings settings = results.settings();
        return settings.get(BottleneckNetworks.DATA) + ", trained on " + Wording.percent(settings.get(FRACTION))
                + " of it for " + Wording.count(settings.get(EPOCHS), "epoch") + ", "
                + Wording.count(results.cells().size() / Math.max(1, results.seeds().size()), "network") + " a seed, "
                + Wording.count(results.seeds().size(), "seed");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(BottleneckNetworks.DATA, BottleneckNetworks.SAMPLES, FRACTION, NETWORKS.activation().values(),
                DEPTH.values(), WIDTH.values(), RATE.values(), EPOCHS, BATCH, POINTS);
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid(NETWORKS.activation(), DEPTH, WIDTH, RATE).seeds(5);
    }

    @Override
    public void run(Trial trial) {
        Task task = trial.input(new Task.Source(trial.get(BottleneckNetworks.DATA),
                trial.get(BottleneckNetworks.SAMPLES), trial.get(FRACTION), trial.seed()));
        Split others = Splitting.stratified(task.test().orElseThrow(), trial.stream("validation")).intoShares(0.5);
        Activation hidden = Activation.labelled(trial.get(NETWORKS.activation()));
        int depth = trial.get(DEPTH);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(depth, trial.get(WIDTH)));
        widths.add(task.train().classes());
        Network network = new MultilayerPerceptron(task.features(), widths, hidden, Activation.IDENTITY)
                .build(ElementType.FLOAT32, BottleneckNetworks.START, trial.stream("weights"));
        BottleneckNetwork heard = new BottleneckNetwork(network, List.of(hidden.label() + (depth - 1),
                MultilayerPerceptron.preActivation(depth)));
        Batch points = task.train().batch(IntStream.range(0, Math.min(trial.get(POINTS), task.train().size()))
                .toArray());
        Set<Integer> planes = LogSpaced.epochs(trial.get(EPOCHS), PLANES);
        trial.train(new Trainer(network, LOSS, new Adam(trial.get(RATE))).epochs(trial.get(EPOCHS))
                .batchSize(trial.get(BATCH)).listener(new TrainingListener() {
                    @Override
                    public void onEpoch(Epoch epoch) {
                        if (planes.contains(epoch.epoch())) {
                            trial.record(INPUT, At.epoch(epoch.epoch()), plane(heard, points)[0]);
                        }
                    }
                }), task.train());
        trial.stage("scores", () -> {
            Evaluation train = Evaluation.of(network, LOSS, task.train());
            double[] plane = plane(heard, points);
            score(trial, Criterion.TRAINING_LOSS, -train.loss());
            score(trial, Criterion.WEIGHT_NORM, -norm(network));
            score(trial, Criterion.VALIDATION,
                    Evaluation.of(network, LOSS, others.train()).accuracy().orElseThrow());
            score(trial, Criterion.FORGETTING, -plane[0]);
            score(trial, Criterion.RATIO, plane[0] > 0 ? plane[1] / plane[0] : 0);
            trial.record(TEST, Evaluation.of(network, LOSS, others.test()).accuracy().orElseThrow());
        });
    }

    private static void score(Trial trial, Criterion criterion, double value) {
        trial.record(SCORE, At.TRIAL.and(Index.KIND, criterion.label), value);
    }

    private static double norm(Network network) {
        return Math.sqrt(network.parameters().stream().map(Parameter::value)
                .mapToDouble(value -> value.square().sum().item()).sum());
    }

    /// Upper bound of I(X;T) and I(T;Y) of the last hidden layer; both 0 where all samples coincide.
    private static double[] plane(BottleneckNetwork heard, Batch points) {
        Continuous layer = heard.layers(points.inputs()).getFirst();
        double variance;
        try {
            variance = new NoiseVariance.VarianceShare(NOISE_SHARE).of(layer);
        } catch (IllegalArgumentException none) {
            return new double[]{0, 0};
        }
        InformationPlane.Coordinates found = InformationPlane
                .of(PairwiseDistance.withNoise(variance), Discrete.rows("x", points.inputs()),
                        Discrete.labels("y", points.targets()), List.of(layer), InformationPlane.Succession.CHAIN)
                .points()
                .getFirst().kinds().get(InformationPlane.Kind.KULLBACK_LEIBLER);
        return found == null ? new double[]{0, 0} : new double[]{found.input(), found.labels()};
    }

    /// Kendall's τ of a score and test accuracy over the networks of each seed.
    ///
    /// @param given whether that with training loss is taken out
    private static Sample correlation(Results results, Criterion criterion, boolean given) {
        List<Sample.Point> points = new ArrayList<>();
        bySeed(results).forEach((seed, networks) -> {
            OptionalDouble tau = given
                    ? partial(networks.scores(criterion), networks.test, networks.scores(Criterion.TRAINING_LOSS))
                    : KendallCorrelation.of(networks.scores(criterion), networks.test);
            tau.ifPresent(value -> points.add(new Sample.Point(new LinkedHashMap<>(Map.of(Index.SEED, seed,
                    Index.KIND, criterion.label)), value)));
        });
        return new Sample(CORRELATION, points);
    }

    /// Kendall's partial rank correlation of x and y given z.
    static OptionalDouble partial(double[] x, double[] y, double[] z) {
        OptionalDouble xy = KendallCorrelation.of(x, y);
        OptionalDouble xz = KendallCorrelation.of(x, z);
        OptionalDouble yz = KendallCorrelation.of(y, z);
        if (xy.isEmpty() || xz.isEmpty() || yz.isEmpty()) {
            return OptionalDouble.empty();
        }
        double a = xz.getAsDouble();
        double b = yz.getAsDouble();
        double rest = (1 - a * a) * (1 - b * b);
        return rest > 0 ? OptionalDouble.of((xy.getAsDouble() - a * b) / Math.sqrt(rest)) : OptionalDouble.empty();
    }

    /// The networks of one seed: their test accuracies, and their scores by criterion in the same order.
    private static final class Networks {
        private final double[] test;
        private final Map<String, double[]> scores;

        Networks(double[] test, Map<String, double[]> scores) {
            this.test = test;
            this.scores = scores;
        }

        double[] scores(Criterion criterion) {
            return scores.getOrDefault(criterion.label, new double[0]);
        }

        /// The test accuracy that is lost by taking the network with the highest score.
        double regret(Criterion criterion) {
            double[] own = scores(criterion);
            int chosen = IntStream.range(0, own.length).boxed().max((i, j) -> Double.compare(own[i], own[j]))
                    .orElseThrow();
            return Arrays.stream(test).max().orElseThrow() - test[chosen];
        }
    }

    /// The networks of the seeds of which enough have been trained.
    private static SequencedMap<Object, Networks> bySeed(Results results) {
        SequencedMap<Object, Networks> networks = new LinkedHashMap<>();
        Sample test = results.of(TEST);
        Sample scores = results.of(SCORE);
        if (test.isEmpty()) {
            return networks;
        }
        Sample fall = results.of(INPUT).reduce(Index.EPOCH, values -> Collections.max(values) - values.getLast());
        test.by(Index.SEED).forEach((seed, own) -> {
            Map<String, double[]> byCriterion = new LinkedHashMap<>();
            for (Criterion criterion : Criterion.values()) {
                Sample score = criterion == Criterion.COMPRESSION
                        ? fall
                        : scores.at(Index.KIND, criterion.label);
                byCriterion.put(criterion.label,
                        values(own.combine(score.at(Index.SEED, seed), (_, value) -> value)));
            }
            if (own.points().size() >= LEAST_NETWORKS) {
                networks.put(seed, new Networks(values(own), byCriterion));
            }
        });
        return networks;
    }

    private static double[] values(Sample sample) {
        return sample.points().stream().mapToDouble(Sample.Point::value).toArray();
    }

    private static Sample ofPlane(Function<Criterion, Sample> samples, Quantity quantity) {
        List<Sample.Point> points = new ArrayList<>();
        for (Criterion criterion : Criterion.values()) {
            if (criterion.isOfPlane) {
                points.addAll(samples.apply(criterion).points());
            }
        }
        return new Sample(quantity, points);
    }

    /// By how much a criterion's correlation exceeds that of training loss, seed by seed.
    private static Sample better(Results results, Criterion criterion) {
        Sample baseline = correlation(results, Criterion.TRAINING_LOSS, false).reduce(Index.KIND, List::getFirst);
        return correlation(results, criterion, false).combine(baseline, (own, other) -> own - other).as(BETTER);
    }

    @Override
    public List<Claim> claims() {
        Coordinate kind = Index.KIND;
        String needs = "at least " + LEAST_NETWORKS + " networks a seed, whose scores differ";
        return List.of(
                Claim.of("model-choice-beyond-training-loss", "Given training loss, the criterion rises with test"
                        + " accuracy: Kendall's partial τ is above 0", SOURCE,
                        results -> ofPlane(each -> correlation(results, each, true), CORRELATION), new Rule.Above(0))
                        .needing(needs).forEach(kind),
                Claim.of("model-choice-better-than-training-loss", "The criterion orders networks by test accuracy"
                        + " better than training loss does: the difference of both τ is above 0", SOURCE,
                        results -> ofPlane(each -> better(results, each), BETTER), new Rule.Above(0)).needing(needs)
                        .forEach(kind));
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        SequencedMap<Object, Networks> seeds = bySeed(results);
        if (seeds.isEmpty()) {
            return List
                    .of("Too few networks have been trained yet: at least " + LEAST_NETWORKS + " a seed are needed.");
        }
        List<String> useful = Arrays.stream(Criterion.values()).filter(each -> each.isOfPlane)
                .filter(each -> isHeld(findings, "model-choice-beyond-training-loss", each)
                        && isHeld(findings, "model-choice-better-than-training-loss", each))
                .map(each -> each.label).toList();
        return List.of(
                useful.isEmpty()
                        ? "No criterion of the information plane tells more of test accuracy than training loss does."
                        : "More of test accuracy than training loss tells " + Wording.list(useful) + ".",
                "Taking the network with the lowest training loss loses " + lost(seeds, Criterion.TRAINING_LOSS)
                        + " of test accuracy against the best network; by validation accuracy "
                        + lost(seeds, Criterion.VALIDATION) + ", by " + Criterion.FORGETTING.label + " "
                        + lost(seeds, Criterion.FORGETTING) + ".");
    }

    private static boolean isHeld(Findings findings, String claim, Criterion criterion) {
        return findings.all().stream().filter(finding -> finding.claim().id().equals(claim))
                .flatMap(finding -> finding.cases().stream())
                .anyMatch(each -> each.at().contains(criterion.label)
                        && each.verdict() == Verdict.HELD);
    }

    private static String lost(SequencedMap<Object, Networks> seeds, Criterion criterion) {
        return regret(seeds, criterion).mean().toString();
    }

    private static Sample regret(SequencedMap<Object, Networks> seeds, Criterion criterion) {
        List<Sample.Point> points = new ArrayList<>();
        seeds.forEach((seed, networks) -> points.add(new Sample.Point(new LinkedHashMap<>(Map.of(Index.SEED, seed)),
                networks.regret(criterion))));
        return new Sample(REGRET, points);
    }

    @Override
    public List<Section> report(Results results) {
        SequencedMap<Object, Networks> seeds = bySeed(results);
        List<List<TableCell>> rows = new ArrayList<>();
        for (Criterion criterion : Criterion.values()) {
            if (!seeds.isEmpty()) {
                rows.add(List.of(TableCell.text(criterion.label), cell(correlation(results, criterion, false)),
                        criterion == Criterion.TRAINING_LOSS
                                ? TableCell.text("")
                                : cell(correlation(results, criterion, true)),
                        regret(seeds, criterion).mean().cell()));
            }
        }
        Section networks = Section.of("The networks").picture(Plot.lines("accuracy-by-learning-rate",
                "Test accuracy by learning rate", results.of(TEST)).x(RATE).xAxis(Axis.log("learning rate", ""))
                .colour(WIDTH).facet(NETWORKS.activation(), DEPTH)
                .caption("The networks among which is chosen.").figure());
        return List.of(networks, Section.of("What tells a good network").table(new Table("criteria", "Criteria",
                "Kendall's τ with test accuracy over the networks of a seed, the same given training loss, and the test"
                        + " accuracy lost against the best network by taking the one with the highest score; means"
                        + " over seeds.",
                List.of("chosen by", "τ", "τ given training loss", "accuracy lost"), rows)));
    }

    private static TableCell cell(Sample sample) {
        return sample.isEmpty() ? TableCell.missing() : sample.reduce(Index.KIND, List::getFirst).mean().cell();
    }
}
