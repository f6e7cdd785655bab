package org.surprisal.study.trainability;

import static org.surprisal.report.TableCell.Rounding.ONE_DIGIT;
import static org.surprisal.report.TableCell.Rounding.PERCENT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.surprisal.data.Split;
import org.surprisal.information.statistics.FittedLine;
import org.surprisal.information.statistics.RankCorrelation;
import org.surprisal.network.Network;
import org.surprisal.network.training.Evaluation;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Points;
import org.surprisal.report.Section;
import org.surprisal.report.Stroke;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Crossing;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.MeansTable;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.images.ImageClassifier;
import org.surprisal.study.images.MeanFieldTheory;
import org.surprisal.theory.meanfield.ActivationFunction;
import org.surprisal.theory.meanfield.FixedPoint;

/// Accuracy of trained networks by depth and weight variance, beside the correlation length ξ_c of mean-field theory
/// (Schoenholz et al. 2017, Fig 5; Schmidt's Fig 12).
public final class TrainabilityStudy implements Study {
    private static final ImageClassifier NETWORK = ImageClassifier.of(3_000, 200, 1, 15, 1, 0.005,
            // Those that mean-field theory knows: without a correlation length there is nothing to compare with.
            ActivationFunction.all().stream().map(ActivationFunction::label).toList());
    private static final Factor<Integer> DEPTH = Factor.of(Setting.integers("depths",
            List.of(5, 10, 15, 20, 25, 30, 40, 50, 60), 1, 10_000, "hidden layers, one row of the grid each"),
            "depth", "hidden layers", "");
    private static final Factor<Double> SIGMA_W2 = Factor.of(Setting.decimals("sigma-w2",
            List.of(1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 2.75, 3.0, 3.5, 4.0), Double.MIN_VALUE, 1000,
            "weight variance times fan-in, one column of the grid each"), "σ_w²");
    private static final MeanFieldTheory THEORY = new MeanFieldTheory(NETWORK, SIGMA_W2);
    private static final String FALLS = "trainability-falls-with-correlation-length";
    private static final double THRESHOLD = 0.5;
    private static final Citation FIG_12 = new Citation("Schmidt", "Fig 12");
    /// Points of the fitted line, which a logarithmic axis bends.
    private static final int LINE = 60;
    /// From the outermost points of a logarithmic axis to its ends.
    private static final double ROOM = 1.15;
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
        return "A random network forgets. In the ordered phase two inputs become one from layer to"
                + " layer, in the chaotic phase they become equally unlike; either way their correlation comes within"
                + " 1/e of its end every ξ_c layers, and a network much deeper than that has nothing left of its input"
                + " to be trained by. At the critical weight variance ξ_c is infinite. The map shows whether networks"
                + " learn where theory says that a signal survives, about six correlation lengths deep (Schoenholz et"
                + " al. 2017).";
    }

    @Override
    public String subtitle(Results results) {
        return NETWORK.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(NETWORK.data(), NETWORK.trainSamples(), DEPTH.values(), NETWORK.width(), SIGMA_W2.values(),
                NETWORK.sigmaB2(), NETWORK.activation(), NETWORK.outputActivation(), NETWORK.epochs(), NETWORK.batch(),
                NETWORK.learningRate(), NETWORK.momentum());
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid(DEPTH, SIGMA_W2).seeds(3).cost("layers", cell -> cell.get(DEPTH)).memory(cell -> NETWORK
                .bytes(settings, Collections.nCopies(cell.get(DEPTH), settings.get(NETWORK.width()))));
    }

    @Override
    public void check(Inputs inputs) {
        THEORY.check(inputs.settings());
        NETWORK.images(inputs);
    }

    @Override
    public void run(Trial trial) {
        Split images = NETWORK.images(trial);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(trial.get(DEPTH), trial.get(NETWORK.width())));
        widths.add(images.train().classes());
        Network network = NETWORK.network(trial, images.train(), widths, trial.get(SIGMA_W2));
        trial.train(NETWORK.trainer(trial, network), images.train());
        Evaluation test = NETWORK.test(trial, network, images.test());
        At end = At.epoch(trial.get(NETWORK.epochs()));
        trial.record(Quantities.TEST_LOSS, end, test.loss());
        trial.record(Quantities.TEST_ACCURACY, end, test.accuracy().orElseThrow());
    }

    /// Accuracy on test images after training, of networks that diverged as given.
    private static Sample accuracy(Results results, double diverged) {
        return results.of(Quantities.TEST_ACCURACY).last(Index.EPOCH)
                .and(results.diverged().where(one -> one == 1).map(Quantities.TEST_ACCURACY, one -> diverged));
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                Claim.of("trainability-best-is-critical", "The deepest networks are most accurate at the weight"
                        + " variance of the grid that is next to the critical point", FIG_12,
                        TrainabilityStudy::columnsFromCritical, new Rule.Within(0, 0.5))
                        .below("accuracy-by-depth-and-variance"),
                Claim.of(FALLS, "The longer the correlation length, the deeper"
                        + " accuracy falls: the rank correlation of the two is positive", FIG_12,
                        TrainabilityStudy::rankCorrelation, new Rule.Above(0))
                        .below("depth-of-fall-by-correlation-length")
                        .needing("three weight variances, and accuracy that falls at some of them within the grid"));
    }

    /// How many columns of the grid lie between the one where the deepest networks are most accurate, or the middle of
    /// several that are equally so, and the critical point.
    private static Sample columnsFromCritical(Results results) {
        List<Double> columns = SIGMA_W2.in(results.settings()).stream().sorted().toList();
        double critical = THEORY.critical(results.settings());
        int nearest = columns.indexOf(Collections.min(columns,
                Comparator.comparingDouble(sigmaW2 -> Math.abs(sigmaW2 - critical))));
        return accuracy(results, 0).at(DEPTH, Collections.max(DEPTH.in(results.settings())))
                .whole(SIGMA_W2, columns.size())
                .reduce(SIGMA_W2, values -> IntStream.range(0, values.size())
                        .filter(i -> values.get(i).equals(Collections.max(values))).average().orElseThrow() - nearest)
                .as(Quantity.of("columns", "1", "columns from the critical point"));
    }

    /// Spearman's coefficient of the depth of the fall and ξ_c for each seed; a fall beyond the grid is the deepest.
    private static Sample rankCorrelation(Results results) {
        Settings settings = results.settings();
        List<Double> settled = SIGMA_W2.in(settings).stream().sorted()
                .filter(sigmaW2 -> THEORY.fixedPoint(settings, sigmaW2) instanceof FixedPoint.Settled).toList();
        double[] lengths = settled.stream().mapToDouble(sigmaW2 -> THEORY
                .correlationLength(settings, sigmaW2).orElse(Double.POSITIVE_INFINITY)).toArray();
        return accuracy(results, 0).where(SIGMA_W2, settled::contains).whole(DEPTH, DEPTH.in(settings).size())
                .fall(DEPTH, THRESHOLD, Quantity.of("fall", "layers", "depth of the fall"))
                .whole(SIGMA_W2, lengths.length).reduce(SIGMA_W2, depths -> RankCorrelation
                        .of(lengths, depths.stream().mapToDouble(depth -> depth).toArray())
                        .map(RankCorrelation::coefficient).orElse(Double.NaN))
                .where(value -> !Double.isNaN(value))
                .as(Quantity.correlation("rank-correlation", "rank correlation of the depth of the fall and ξ_c",
                        step(lengths.length)));
    }

    /// What a swap of two neighbours takes from a rank correlation of 1.
    private static double step(int points) {
        return points < 3 ? 1 : 12.0 / (points * ((double) points * points - 1));
    }

    /// One weight variance of the grid, in theory and in the networks.
    ///
    /// @param length  ξ_c in layers; absent where it is infinite
    /// @param fall    where mean accuracy falls below one half; absent while depths are missing
    /// @param deepest mean accuracy of the deepest networks; absent if one diverged, or none has ended
    private record Column(double sigmaW2, String phase, OptionalDouble length, Optional<Crossing> fall,
            Optional<Estimate> deepest) {
        static List<Column> all(Results results) {
            Settings settings = results.settings();
            List<Integer> depths = DEPTH.in(settings);
            Sample deepest = accuracy(results, Double.NaN).at(DEPTH, Collections.max(depths));
            List<Column> columns = new ArrayList<>();
            accuracy(results, 0).by(SIGMA_W2).forEach((sigmaW2, own) -> columns.add(new Column(sigmaW2,
                    THEORY.fixedPoint(settings, sigmaW2).phaseName(), THEORY.correlationLength(settings, sigmaW2),
                    own.firstBelow(DEPTH, THRESHOLD).filter(fall -> own.values(DEPTH).size() == depths.size()),
                    deepest.at(SIGMA_W2, sigmaW2).meanIfAny())));
            return columns;
        }

        private List<TableCell> cells() {
            double xi = length.orElse(Double.NaN);
            double depth = fall.map(Crossing::rank).filter(Double::isFinite).orElse(Double.NaN);
            return List.of(MeansTable.cell(SIGMA_W2, sigmaW2), TableCell.text(phase),
                    TableCell.number(xi, ONE_DIGIT), TableCell.number(depth, ONE_DIGIT),
                    fall.map(Crossing::between).map(TableCell::text).orElse(TableCell.missing()),
                    TableCell.number(depth / xi, ONE_DIGIT),
                    TableCell.number(deepest.map(Estimate::mean).orElse(Double.NaN), PERCENT));
        }
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        List<Column> columns = Column.all(results);
        List<String> found = new ArrayList<>();
        mostAccurate(results, columns).ifPresent(found::add);
        List<Column> falling = columns.stream()
                .filter(column -> column.fall().orElse(null) instanceof Crossing.Within).toList();
        if (!falling.isEmpty()) {
            double[] depths = depths(falling);
            Arrays.sort(depths);
            found.add("Accuracy falls below one half within the grid at " + falling.size() + " of "
                    + Wording.count(columns.size(), "weight variance") + ", between "
                    + Wording.fixed(depths[0], 0) + " and " + Wording.fixed(depths[depths.length - 1], 0)
                    + " layers deep.");
        }
        rankCorrelation(results).meanIfAny().ifPresent(value -> found.add(switch (findings.verdict(FALLS)) {
            case HELD -> "The longer the correlation length of theory, the deeper is that fall";
            case NOT_HELD -> "A longer correlation length of theory does not go with a deeper fall";
            case UNDECIDED ->
                "Whether that fall is deeper where the correlation length of theory is longer is undecided";
        } + ": their rank correlation, 1 for the same order, is " + value.withInterval() + "."));
        return found.isEmpty() ? List.of("Not all depths have been trained yet.") : found;
    }

    /// At which weight variance the deepest networks are most accurate, and which others the seeds do not tell from
    /// it; absent while none has been trained.
    private static Optional<String> mostAccurate(Results results, List<Column> columns) {
        List<Column> trained = columns.stream()
                .filter(column -> column.deepest().map(Estimate::mean).filter(Double::isFinite).isPresent()).toList();
        if (trained.isEmpty()) {
            return Optional.empty();
        }
        Settings settings = results.settings();
        int depth = Collections.max(DEPTH.in(settings));
        Column best = Collections.max(trained,
                Comparator.comparingDouble(column -> column.deepest().orElseThrow().mean()));
        Sample deepest = accuracy(results, Double.NaN).at(DEPTH, depth);
        List<String> alike = trained.stream().filter(column -> !column.equals(best)).map(Column::sigmaW2)
                .filter(sigmaW2 -> deepest.at(SIGMA_W2, best.sigmaW2()).minus(deepest.at(SIGMA_W2, sigmaW2)).meanIfAny()
                        .filter(TrainabilityStudy::mayBeZero).isPresent())
                .map(SIGMA_W2::text).toList();
        return Optional.of("With " + depth + " hidden layers, networks are most accurate at σ_w² = "
                + SIGMA_W2.text(best.sigmaW2()) + ", with an accuracy on test images of "
                + best.deepest().orElseThrow()
                + (alike.isEmpty() ? "" : ", which these seeds do not tell from that at " + Wording.list(alike))
                + "; in theory signals survive longest at σ_w² = " + Wording.fixed(THEORY.critical(settings), 3)
                + ".");
    }

    /// Whether a difference, paired by seed, has 0 in its interval; that of one seed if it is 0.
    private static boolean mayBeZero(Estimate difference) {
        return difference.interval(1 - Rule.ALPHA).map(own -> own.low() <= 0 && own.high() >= 0)
                .orElse(difference.mean() == 0);
    }

    @Override
    public List<Section> report(Results results) {
        List<Column> columns = Column.all(results);
        int deepest = Collections.max(DEPTH.in(results.settings()));
        Section map = Section.of("Which networks learn").picture(tongue(results, columns, 2.0 * deepest))
                .table(new Table("columns", "Depth at which accuracy falls below 50 %",
                        "The depth is interpolated between two depths of the grid. The phase and the correlation length"
                                + " ξ_c are those of mean-field theory.",
                        List.of("σ_w²", "phase", "ξ_c (layers)", "falls at (layers)", "between the depths",
                                "falls at (ξ_c)", "accuracy at " + deepest + " layers"),
                        columns.stream().map(Column::cells).toList()));
        return falls(columns).map(figure -> List.of(map, Section.of("The fall and the correlation length")
                .prose("How deep networks train depends on how long they are trained: six correlation lengths are a"
                        + " scale and no bound.")
                .picture(figure))).orElse(List.of(map));
    }

    /// @param highest depth to which theory's line is drawn
    private static Optional<Figure> tongue(Results results, List<Column> columns, double highest) {
        Settings settings = results.settings();
        double critical = THEORY.critical(settings);
        return Plot.cells("accuracy-by-depth-and-variance", "Accuracy by depth and weight variance",
                accuracy(results, Double.NaN).map(Quantities.TEST_ACCURACY.in("%"), share -> 100 * share))
                .x(SIGMA_W2).xAxis(Axis.linear(phases(columns), "")).y(DEPTH)
                .valueAxis(Axis.linear("test accuracy", "%").withRange(0, 100)).gaps("diverged or not trained")
                .line("6 ξ_c", sigmaW2 -> THEORY.correlationLength(settings, sigmaW2).stream().map(xi -> LENGTHS * xi)
                        .filter(depth -> depth < highest).findAny().orElse(Double.NaN), Stroke.DASHED)
                .vertical("critical, " + Wording.fixed(critical, 3), critical)
                .caption("Each cell is the mean over networks of that depth and that σ_w² after training; those of one"
                        + " seed start from the same random numbers, scaled by σ_w. Networks should learn below the"
                        + " dashed line, six correlation lengths ξ_c of mean-field theory, and fail above it.")
                .figure();
    }

    /// The name of the axis of weight variances, with the phases on either side of the critical line.
    private static String phases(List<Column> columns) {
        String first = columns.isEmpty() ? "" : columns.getFirst().phase();
        String last = columns.isEmpty() ? "" : columns.getLast().phase();
        return SIGMA_W2.symbol() + (first.equals(last)
                ? (first.isEmpty() ? "" : ", all of the phase " + first)
                : ": " + first + " left of the critical line, " + last + " right of it");
    }

    /// Where accuracy falls below one half, against ξ_c; absent if no column falls within the grid.
    private static Optional<Figure> falls(List<Column> columns) {
        List<Column> shown = columns.stream().filter(column -> column.length().orElse(0) > 0
                && column.fall().orElse(null) instanceof Crossing.Within).toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        double from = Arrays.stream(lengths(shown)).min().orElseThrow() / ROOM;
        double to = Arrays.stream(lengths(shown)).max().orElseThrow() * ROOM;
        List<Mark> marks = new ArrayList<>();
        for (String phase : shown.stream().map(Column::phase).distinct().toList()) {
            List<Column> own = shown.stream().filter(column -> column.phase().equals(phase)).toList();
            marks.add(new Points(phase, lengths(own), depths(own), Palette.category(marks.size())));
        }
        double[] along = IntStream.rangeClosed(0, LINE)
                .mapToDouble(i -> from * Math.pow(to / from, (double) i / LINE)).toArray();
        FittedLine.ifAny(lengths(shown), depths(shown)).ifPresent(line -> marks.add(new Line(line.equation("ξ_c"),
                along, Arrays.stream(along).map(line::at).map(depth -> depth > 0 ? depth : Double.NaN).toArray(),
                Palette.INK)));
        marks.add(new Line("6 ξ_c", new double[]{from, to}, new double[]{LENGTHS * from, LENGTHS * to}, Palette.GREY,
                Stroke.DASHED, false));
        return Optional.of(new Chart("depth-of-fall-by-correlation-length",
                "Depth at which accuracy falls below 50 %, against the correlation length",
                "One point a weight variance, unless accuracy does not fall below 50 % within the grid. Dashed: a fall"
                        + " at six correlation lengths. Both axes are logarithmic, on which the fitted straight line"
                        + " bends.",
                Axis.log("correlation length ξ_c", "layers").withRange(from, to),
                Axis.log("depth of the fall", "layers"), marks));
    }

    private static double[] lengths(List<Column> columns) {
        return columns.stream().mapToDouble(column -> column.length().orElseThrow()).toArray();
    }

    private static double[] depths(List<Column> columns) {
        return columns.stream().mapToDouble(column -> column.fall().orElseThrow().rank()).toArray();
    }
}
