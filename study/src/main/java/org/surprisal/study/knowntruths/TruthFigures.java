package org.surprisal.study.knowntruths;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Mark.Direction;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Stroke;
import org.surprisal.settings.Settings;
import org.surprisal.study.knowntruths.CorrelatedNormals.Marginal;

/// The pictures of a run of `known-truths`. A figure for which nothing has been measured yet is absent.
final class TruthFigures {
    private static final String BANDS = "Means over seeds; bands: one standard deviation of a single estimate.";
    private static final Axis TRUTH = Axis.linear("true information", "nat");
    private static final Axis ESTIMATE = Axis.linear("estimate", "nat");
    private static final Axis BIAS = Axis.linear("estimate - truth", "nat");

    private final Readings readings;
    private final Settings settings;
    private final int n;

    TruthFigures(Readings readings, Settings settings) {
        this.readings = readings;
        this.settings = settings;
        this.n = settings.get(KnownTruthsSettings.N);
    }

    /// One panel.
    private record Panel(String family, String title) {}

    private List<Panel> gaussians(List<Integer> dimensions) {
        return dimensions.stream().distinct()
                .map(d -> new Panel(CorrelatedNormals.family(Marginal.GAUSSIAN, d), "d = " + d)).toList();
    }

    Optional<Figure> gaussian() {
        return estimates("estimate-by-truth", "Correlated Gaussians of d coordinates each, n = " + n,
                gaussians(settings.get(KnownTruthsSettings.DIMENSIONS)), Contender.OF_POINTS);
    }

    Optional<Figure> critics() {
        return estimates("critics-by-truth",
                "Trained critics, and the bracket that knows the channel: correlated Gaussians, n = " + n,
                gaussians(settings.get(KnownTruthsSettings.CRITIC_DIMENSIONS)),
                List.of(Contender.KSG_1, Contender.KDE, Contender.INFO_NCE, Contender.MINE, Contender.SMILE));
    }

    Optional<Figure> heavyTails() {
        List<String> titles = List.of("Gaussian, both cubed, d = 1", "exp of both, d = 1",
                "exp of both, d = " + Comparison.HEAVY_WIDE,
                String.format(Locale.ROOT, "Student t, ν = %d (Cauchy), d = 1", Comparison.STUDENT_WILD),
                String.format(Locale.ROOT, "Student t, ν = %d, d = 1", Comparison.STUDENT),
                String.format(Locale.ROOT, "Student t, ν = %d, d = %d", Comparison.STUDENT, Comparison.HEAVY_WIDE));
        List<Panel> panels = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            panels.add(new Panel(Comparison.HEAVY.get(i), titles.get(i)));
        }
        return estimates("heavy-tails", "Heavy tails, n = " + n, panels, Contender.OF_POINTS);
    }

    Optional<Figure> labels() {
        List<Panel> panels = new ArrayList<>();
        Comparison.CUBE_BITS.forEach(
                bits -> panels.add(new Panel(NoisyCube.family(bits), "corner of a cube of " + bits + " bits")));
        Comparison.LABEL_DIMENSIONS.forEach(d -> panels.add(new Panel(LabelledMixture.family(d),
                String.format(Locale.ROOT, "%d labels, %d coordinate%s", LabelledMixture.LABELS, d,
                        d == 1 ? "" : "s"))));
        return estimates("labels", "A symbol and a noisy point, n = " + n, panels, Contender.OF_LABELS);
    }

    private Optional<Figure> estimates(String id, String title, List<Panel> panels, List<Contender> contenders) {
        List<Chart> charts = new ArrayList<>();
        for (Panel panel : panels) {
            againstTruth(id, panel, contenders).ifPresent(charts::add);
        }
        return panels(id, title, "Estimate against truth: the black diagonal is right. " + BANDS
                + " What leaves the frame is further off.", charts);
    }

    private static <F> Optional<F> some(boolean any, Supplier<F> figure) {
        return any ? Optional.of(figure.get()) : Optional.empty();
    }

    private static Optional<Figure> panels(String id, String title, String caption, List<Chart> charts) {
        return some(!charts.isEmpty(),
                () -> new Panels(id, title, caption, charts.size() == 4 || charts.size() < 3 ? 2 : 3, charts));
    }

    private List<Mark> estimates(String family, List<Contender> contenders) {
        List<Mark> marks = new ArrayList<>();
        for (Contender contender : contenders) {
            if (contender == Contender.KDE) {
                marks.addAll(bracket(family));
            } else {
                marks.addAll(marks(contender, readings.curve(family, n, contender, Contender.ESTIMATE).stream()
                        .map(at -> new Dot(at.truth(), at.spread().mean(), at.spread().deviation())).toList()));
            }
        }
        return marks;
    }

    private Optional<Chart> againstTruth(String id, Panel panel, List<Contender> contenders) {
        List<Mark> marks = estimates(panel.family(), contenders);
        double most = contenders.stream()
                .flatMap(contender -> readings.curve(panel.family(), n, contender,
                        contender == Contender.KDE ? Contender.LOWER : Contender.ESTIMATE).stream())
                .mapToDouble(Readings.At::truth).max().orElse(0);
        double end = most > 0 ? most : 1;
        // First, so that no estimate hides under it.
        marks.addFirst(new Mark.Line("truth", new double[]{0, end}, new double[]{0, end}, Palette.INK));
        return some(marks.size() > 1, () -> new Chart(id + "-" + panel.family(), panel.title(), "",
                TRUTH.withRange(-0.03 * end, 1.03 * end), ESTIMATE.withRange(-0.1 * end, 1.2 * end), marks));
    }

    /// What is drawn of one estimator at one place.
    private record Dot(double x, double y, double deviation) {}

    private static List<Mark> marks(Contender contender, List<Dot> dots) {
        if (dots.isEmpty()) {
            return List.of();
        }
        double[] xs = dots.stream().mapToDouble(Dot::x).toArray();
        double[] ys = dots.stream().mapToDouble(Dot::y).toArray();
        double[] deviations = dots.stream().mapToDouble(Dot::deviation).toArray();
        return List.of(Mark.Band.around(contender.label(), xs, ys, deviations, contender.colour()),
                new Mark.Line(contender.label(), xs, ys, contender.colour(), contender.stroke(), true));
    }

    private List<Mark> bracket(String family) {
        List<Readings.At> lower = readings.curve(family, n, Contender.KDE, Contender.LOWER);
        List<Readings.At> upper = readings.curve(family, n, Contender.KDE, Contender.UPPER);
        if (lower.isEmpty()) {
            return List.of();
        }
        double[] xs = lower.stream().mapToDouble(Readings.At::truth).toArray();
        double[] low = lower.stream().mapToDouble(at -> at.spread().mean()).toArray();
        double[] high = upper.stream().mapToDouble(at -> at.spread().mean()).toArray();
        Color colour = Contender.KDE.colour();
        String label = Contender.KDE.label();
        return List.of(new Mark.Band(label, xs, low, high, colour),
                new Mark.Line(label, xs, low, colour, Contender.KDE.stroke(), false),
                new Mark.Line(label, xs, high, colour, Contender.KDE.stroke(), false));
    }

    Optional<Figure> biasByDimension() {
        List<Chart> charts = new ArrayList<>();
        List<Integer> dimensions = settings.get(KnownTruthsSettings.DIMENSIONS).stream().distinct().sorted().toList();
        for (double information : settings.get(KnownTruthsSettings.CLOSE_UP)) {
            List<Mark> marks = new ArrayList<>();
            for (Contender contender : Contender.OF_POINTS) {
                List<Dot> dots = new ArrayList<>();
                for (int d : dimensions) {
                    bias(CorrelatedNormals.family(Marginal.GAUSSIAN, d), information, n, contender, d)
                            .ifPresent(dots::add);
                }
                marks.addAll(marks(contender, dots));
            }
            addBias(charts, "bias-by-dimension-" + charts.size(), "I = %s nat".formatted(KnownPair.text(information)),
                    "coordinates d of each variable", marks, information);
        }
        return panels("bias-by-dimension", "Bias by dimension: correlated Gaussians, n = " + n,
                "Above 0 the estimate is too large. " + BANDS, charts);
    }

    Optional<Figure> biasBySize() {
        List<Chart> charts = new ArrayList<>();
        for (double information : settings.get(KnownTruthsSettings.CLOSE_UP)) {
            for (int d : settings.get(KnownTruthsSettings.SIZE_DIMENSIONS)) {
                String family = CorrelatedNormals.family(Marginal.GAUSSIAN, d);
                List<Mark> marks = new ArrayList<>();
                for (Contender contender : Contender.OF_POINTS) {
                    List<Dot> dots = new ArrayList<>();
                    for (int size : readings.sizes(family, information, contender)) {
                        bias(family, information, size, contender, size).ifPresent(dots::add);
                    }
                    marks.addAll(marks(contender, dots));
                }
                addBias(charts, "bias-by-size-" + charts.size(),
                        String.format(Locale.ROOT, "d = %d, I = %s nat", d, KnownPair.text(information)),
                        "samples n", marks, information);
            }
        }
        return panels("bias-by-size", "Bias by the number of samples: correlated Gaussians",
                "The samples of a smaller number are the first of a larger one. " + BANDS, charts);
    }

    private Optional<Dot> bias(String family, double at, int size, Contender contender, double x) {
        OptionalDouble truth = readings.truth(family, at);
        return truth.isEmpty()
                ? Optional.empty()
                : readings.spread(family, at, size, contender, Contender.ESTIMATE)
                        .map(spread -> new Dot(x, spread.mean() - truth.getAsDouble(), spread.deviation()));
    }

    private static void addBias(List<Chart> charts, String id, String title, String x, List<Mark> marks,
            double information) {
        if (!marks.isEmpty()) {
            marks.add(new Mark.Rule("", Direction.HORIZONTAL, 0, Palette.INK));
            double reach = Math.max(1, information);
            charts.add(new Chart(id, title, "", log(x, marks), BIAS.withRange(-1.1 * reach, 1.1 * reach), marks));
        }
    }

    /// A logarithmic axis wide enough to be labelled by powers of ten alone, which narrow panels have room for.
    private static Axis log(String label, List<Mark> marks) {
        double[] xs = marks.stream().flatMapToDouble(
                mark -> mark instanceof Mark.Line line ? line.x().stream() : DoubleStream.empty()).toArray();
        double low = DoubleStream.of(xs).min().orElseThrow();
        double high = DoubleStream.of(xs).max().orElseThrow();
        double middle = Math.sqrt(low * high);
        double reach = Math.max(10.5, 1.2 * high / middle);
        return Axis.log(label, "").withRange(middle / reach, middle * reach);
    }

    /// Functions of x: with noise, of whole numbers, and without noise, where the truth is infinite.
    Optional<Figure> deterministic() {
        List<Chart> charts = new ArrayList<>();
        for (Panel panel : List.of(new Panel(FoldedUniform.NAME, "y = |x| + uniform noise"),
                new Panel(SquaredIntegers.NAME, "y = x², x a whole number"))) {
            List<Contender> contenders = panel.family().equals(FoldedUniform.NAME)
                    ? Contender.OF_POINTS
                    : Contender.OF_SYMBOLS;
            againstTruth("deterministic", panel, contenders).ifPresent(charts::add);
        }
        List<Mark> marks = new ArrayList<>();
        for (Contender contender : Contender.OF_POINTS) {
            List<Dot> dots = new ArrayList<>();
            for (int size : readings.sizes(FoldedUniform.NAME, 0, contender)) {
                readings.spread(FoldedUniform.NAME, 0, size, contender, Contender.ESTIMATE)
                        .ifPresent(spread -> dots.add(new Dot(size, spread.mean(), spread.deviation())));
            }
            marks.addAll(marks(contender, dots));
        }
        if (!marks.isEmpty()) {
            charts.add(new Chart("deterministic-infinite", "y = |x|: the truth is infinite", "",
                    log("samples n", marks), ESTIMATE, marks));
        }
        return panels("deterministic", "Functions of x, n = " + n,
                "Left and middle: estimate against truth. Right: without noise there is no finite truth, and an"
                        + " estimate says how"
                        + " many samples there were. " + BANDS,
                charts);
    }

    /// The Rényi functional is no estimate of the information: it is drawn on axes of its own, without a diagonal.
    Optional<Figure> renyi() {
        List<Integer> dimensions = settings.get(KnownTruthsSettings.DIMENSIONS).stream().distinct().sorted().toList();
        List<Color> colours = Palette.sequential(dimensions.size());
        int samples = Math.min(n, Comparison.RENYI_SAMPLES);
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < dimensions.size(); i++) {
            List<Readings.At> curve = readings.curve(CorrelatedNormals.family(Marginal.GAUSSIAN, dimensions.get(i)),
                    samples, Contender.RENYI, Contender.ESTIMATE);
            if (!curve.isEmpty()) {
                marks.add(new Mark.Line("d = " + dimensions.get(i),
                        curve.stream().mapToDouble(Readings.At::truth).toArray(),
                        curve.stream().mapToDouble(at -> at.spread().mean()).toArray(), colours.get(i), Stroke.SOLID,
                        true));
            }
        }
        return some(!marks.isEmpty(), () -> new Chart("renyi-by-truth",
                "The matrix-based Rényi functional of correlated Gaussians, n = " + samples,
                "A surrogate with a scale of its own (α = 1.01, kernel width the median distance): what can be asked"
                        + " is whether"
                        + " it grows with the information, not whether it equals it.",
                TRUTH, Axis.linear("Rényi functional", "nat"), marks));
    }
}
