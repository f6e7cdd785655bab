package org.surprisal.study.trainability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.surprisal.data.Split;
import org.surprisal.information.statistics.FittedLine;
import org.surprisal.information.statistics.RankCorrelation;
import org.surprisal.network.Network;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Section;
import org.surprisal.report.Stroke;
import org.surprisal.report.Table;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Wording;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Crossing;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Factor;
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
import org.surprisal.study.images.ImageClassifier;
import org.surprisal.theory.meanfield.ActivationFunction;
import org.surprisal.theory.meanfield.FixedPoint;
import org.surprisal.theory.meanfield.MeanField;

/// Accuracy of trained networks by depth and weight variance, beside the correlation length ξ_c of mean-field theory
/// (Schoenholz et al. 2017, Fig 5; Schmidt's Fig 12).
public final class TrainabilityStudy implements Study {
    private static final ImageClassifier NETWORK = ImageClassifier.of(3_000, 200, 1, 15, 1, 0.005,
            // Those that mean-field theory knows: without a correlation length there is nothing to compare with.
            ActivationFunction.all().stream().map(ActivationFunction::label).toList());
    private static final Factor<Integer> DEPTH = Factor.of(
            Setting.integers("depths", List.of(5, 10, 15, 20, 25, 30, 40, 50, 60), 1, 10_000,
                    "hidden layers, one row of the grid each"),
            "depth", "hidden layers", "");
    private static final Factor<Double> SIGMA_W2 = Factor.of(Setting.decimals("sigma-w2",
            List.of(1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 2.75, 3.0, 3.5, 4.0), Double.MIN_VALUE, 1000,
            "weight variance times fan-in, one column of the grid each"), "σ_w²");
    private static final double THRESHOLD = 0.5;
    private static final Citation FIG_12 = new Citation("Schmidt", "Fig 12");
    /// Correlation lengths to which a network is said to be trainable (Schoenholz et al. 2017).
    private static final double LENGTHS = 6;

    @Override
    public String name() {
        return "trainability";
    }

    @Override
    public String summary() {
        return "accuracy by depth and weight variance, beside the correlation length of theory (the thesis's Fig 12)";
    }

    @Override
    public String title() {
        return "Trainability";
    }

    @Override
    public String lead() {
        return "How to read this: a random network forgets. In the ordered phase two inputs become one from layer to"
                + " layer, in"
                + " the chaotic phase they become equally unlike; either way their correlation comes within 1/e of"
                + " its end"
                + " every ξ_c layers, and a network much deeper than that has nothing left of its input to be"
                + " trained by. At"
                + " the critical weight variance ξ_c is infinite. The map shows whether networks learn where theory"
                + " says that"
                + " a signal survives, about six correlation lengths deep (Schoenholz et al. 2017).";
    }

    @Override
    public String subtitle(Results results) {
        Settings settings = results.settings();
        return "width " + settings.get(NETWORK.width()) + ", trained on " + settings.get(NETWORK.trainSamples())
                + " images of " + settings.get(NETWORK.data()) + " for " + settings.get(NETWORK.epochs()) + " epochs, "
                + Study.super.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(NETWORK.data(), NETWORK.trainSamples(), DEPTH.values(), NETWORK.width(), SIGMA_W2.values(),
                NETWORK.sigmaB2(), NETWORK.activation(), NETWORK.outputActivation(), NETWORK.epochs(), NETWORK.batch(),
                NETWORK.learningRate(), NETWORK.momentum());
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid(DEPTH, SIGMA_W2).seeds(3).cost("layers", cell -> cell.get(DEPTH));
    }

    @Override
    public void check(Inputs inputs) {
        SIGMA_W2.in(inputs.settings()).forEach(sigmaW2 -> fixedPoint(inputs.settings(), sigmaW2));
        NETWORK.images(inputs);
    }

    @Override
    public void run(Trial trial) {
        Split images = NETWORK.images(trial);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(trial.get(DEPTH), trial.get(NETWORK.width())));
        widths.add(images.train().classes());
        Network network = NETWORK.network(trial, images.train(), widths, trial.get(SIGMA_W2));
        TrainingListener.Epoch last = trial.train(NETWORK.trainer(trial, network), images.train()).getLast();
        Evaluation test = NETWORK.evaluate(network, images.test());
        if (!Double.isFinite(test.loss())) {
            trial.diverged("the test loss is " + test.loss());
        }
        trial.record(Quantities.TEST_LOSS, At.epoch(last.epoch()), test.loss());
        trial.record(Quantities.TEST_ACCURACY, At.epoch(last.epoch()), test.accuracy().orElseThrow());
    }

    private static FixedPoint fixedPoint(Settings settings, double sigmaW2) {
        try {
            return new MeanField(function(settings), sigmaW2, settings.get(NETWORK.sigmaB2())).fixedPoint();
        } catch (IllegalArgumentException e) {
            throw SettingException.badValue(SIGMA_W2.values().key(), SIGMA_W2.text(sigmaW2),
                    "variances that mean-field theory can answer: " + e.getMessage());
        }
    }

    private static ActivationFunction function(Settings settings) {
        return ActivationFunction.labelled(settings.get(NETWORK.activation()));
    }

    /// Test accuracy; 0 for a network that diverged, which is untrainable.
    private static Sample accuracy(Results results) {
        return results.of(Quantities.TEST_ACCURACY).last(Index.EPOCH)
                .and(results.diverged().map(Quantities.TEST_ACCURACY, one -> 1 - one).where(value -> value == 0));
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                Claim.of("trainability-best-is-critical", "The deepest networks are most accurate at the weight"
                        + " variance of"
                        + " the grid that is next to the critical point", FIG_12,
                        TrainabilityStudy::columnsFromCritical,
                        new Rule.Within(0, 0.5)),
                Claim.of("trainability-falls-with-correlation-length", "Accuracy falls the deeper, the longer the"
                        + " correlation length: the rank correlation of the two is positive", FIG_12,
                        TrainabilityStudy::rankCorrelation, new Rule.Above(0)));
    }

    /// How many columns of the grid lie between the one where the deepest networks are most accurate and the critical
    /// point.
    private static Sample columnsFromCritical(Results results) {
        List<Double> columns = SIGMA_W2.in(results.settings()).stream().sorted().toList();
        double critical = critical(results.settings());
        int nearest = columns
                .indexOf(Collections.min(columns, Comparator.comparingDouble(s -> Math.abs(s - critical))));
        return accuracy(results).at(DEPTH, Collections.max(DEPTH.in(results.settings())))
                .whole(SIGMA_W2, columns.size())
                .reduce(SIGMA_W2, values -> (double) values.indexOf(Collections.max(values)) - nearest)
                .as(Quantity.of("columns", "1", "columns from the critical point"));
    }

    /// Spearman's coefficient of the depth of the fall and ξ_c for each seed; a fall beyond the grid is the deepest.
    private static Sample rankCorrelation(Results results) {
        Settings settings = results.settings();
        List<Double> settled = SIGMA_W2.in(settings).stream().sorted()
                .filter(s -> fixedPoint(settings, s) instanceof FixedPoint.Settled).toList();
        double[] lengths = settled.stream().mapToDouble(s -> length(settings, s).orElse(Double.POSITIVE_INFINITY))
                .toArray();
        Sample falls = accuracy(results).where(SIGMA_W2, settled::contains).whole(DEPTH, DEPTH.in(settings).size())
                .fall(DEPTH, THRESHOLD, Quantity.of("fall", "layers", "depth of the fall"));
        return falls.whole(SIGMA_W2, lengths.length).reduce(SIGMA_W2, depths -> RankCorrelation
                .of(lengths, depths.stream().mapToDouble(d -> d).toArray()).map(RankCorrelation::coefficient)
                .orElse(Double.NaN)).where(value -> !Double.isNaN(value));
    }

    @Override
    public List<Section> report(Results results) {
        Settings settings = results.settings();
        Sample accuracy = accuracy(results);
        Map<Double, Optional<Crossing>> falls = new TreeMap<>();
        accuracy.by(SIGMA_W2).forEach((s, column) -> falls.put(s, column.firstBelow(DEPTH, THRESHOLD)
                .filter(fall -> column.values(DEPTH).size() == DEPTH.in(settings).size())));
        Sample known = results.of(Quantities.TEST_ACCURACY).last(Index.EPOCH)
                .and(results.diverged().where(one -> one == 1).map(Quantities.TEST_ACCURACY, one -> Double.NaN));
        double height = 2.0 * Collections.max(DEPTH.in(settings));
        Optional<Figure> tongue = Plot
                .cells("accuracy-by-depth-and-variance", "Accuracy by depth and weight variance", known)
                .x(SIGMA_W2).y(DEPTH).valueAxis(Axis.linear("test accuracy", "").withRange(0, 1))
                .gaps("diverged or not trained")
                .line("6 ξ_c",
                        s -> length(settings, s).stream().map(xi -> LENGTHS * xi).filter(y -> y < height).findAny()
                                .orElse(Double.NaN),
                        Stroke.DASHED)
                .vertical("critical, " + Wording.fixed(critical(settings), 4), critical(settings))
                .caption("Each cell is the mean over networks of that depth and that σ_w² after training. Dashed: six"
                        + " correlation lengths of mean-field theory; the vertical line is where order ends."
                        + " Networks should"
                        + " train below the dashed line and fail above it.")
                .figure();
        return List.of(
                new Section("The tongue", List.of(), tongue.stream().toList(),
                        List.of(columns(settings, falls, known))),
                new Section("The fall and the correlation length", List.of("How deep networks train depends on how"
                        + " long they"
                        + " are trained: six correlation lengths are a scale and no bound."),
                        fall(settings, falls).stream().toList(), List.of()));
    }

    private static Table columns(Settings settings, Map<Double, Optional<Crossing>> falls, Sample accuracy) {
        int deepest = Collections.max(DEPTH.in(settings));
        List<List<String>> rows = new ArrayList<>();
        falls.forEach((s, fall) -> rows.add(List.of(SIGMA_W2.text(s), fixedPoint(settings, s).phaseName(),
                length(settings, s).stream().mapToObj(xi -> Wording.fixed(xi, 1)).findAny().orElse("-"),
                fall.map(Crossing::text).orElse("-"),
                fall.map(Crossing::rank).filter(Double::isFinite).flatMap(depth -> length(settings, s).stream()
                        .mapToObj(xi -> Wording.fixed(depth / xi, 1)).findAny()).orElse("-"),
                accuracy.at(SIGMA_W2, s).at(DEPTH, deepest).meanIfAny().map(Estimate::percent).orElse("-"))));
        return new Table("columns", "Depth at which accuracy falls below 50 %",
                "Interpolated between the two depths of the grid in brackets. ξ_c: mean-field theory.",
                List.of("σ_w²", "phase", "ξ_c (layers)", "falls at (layers)", "in ξ_c",
                        "accuracy at " + deepest + " layers"),
                rows);
    }

    /// Where accuracy falls below one half, against ξ_c; absent if no column falls within the grid.
    private static Optional<Figure> fall(Settings settings, Map<Double, Optional<Crossing>> falls) {
        SequencedMap<String, List<double[]>> points = new LinkedHashMap<>();
        falls.forEach((s, fall) -> {
            if (fall.orElse(null) instanceof Crossing.Within within && length(settings, s).isPresent()) {
                points.computeIfAbsent(fixedPoint(settings, s).phaseName(), phase -> new ArrayList<>())
                        .add(new double[]{length(settings, s).getAsDouble(), within.at()});
            }
        });
        List<double[]> all = points.values().stream().flatMap(List::stream).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Mark> marks = new ArrayList<>();
        points.forEach((phase, own) -> marks.add(new Mark.Points(phase, along(own, 0), along(own, 1),
                Palette.category(List.copyOf(points.keySet()).indexOf(phase)))));
        double end = 1.05 * Arrays.stream(along(all, 0)).max().orElseThrow();
        FittedLine.ifAny(along(all, 0), along(all, 1)).ifPresent(line -> marks.add(new Mark.Line(line.equation("ξ_c"),
                new double[]{0, end}, new double[]{line.at(0), line.at(end)}, Palette.INK)));
        marks.add(new Mark.Line("6 ξ_c", new double[]{0, end}, new double[]{0, LENGTHS * end}, Palette.GREY,
                Stroke.DASHED,
                false));
        return Optional.of(new Chart("depth-of-fall-by-correlation-length",
                "Depth at which accuracy falls below 50 %, against the correlation length",
                "One point a weight variance. Columns that do not fall within the grid are not here.",
                Axis.linear("correlation length ξ_c", "layers"), Axis.linear("depth of the fall", "layers"), marks));
    }

    private static double[] along(List<double[]> points, int axis) {
        return points.stream().mapToDouble(point -> point[axis]).toArray();
    }

    private static OptionalDouble length(Settings settings, double sigmaW2) {
        return fixedPoint(settings, sigmaW2).correlationLength();
    }

    private static double critical(Settings settings) {
        return MeanField.critical(function(settings), settings.get(NETWORK.sigmaB2())).end();
    }
}
