package org.surprisal.study.engine;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surprisal.report.Axis;
import org.surprisal.report.Band;
import org.surprisal.report.Cells;
import org.surprisal.report.Chart;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Points;
import org.surprisal.report.ReferenceLine;
import org.surprisal.report.Scale;
import org.surprisal.report.Stroke;
import org.surprisal.report.Values;

/// A sample as a chart: which coordinate runs along x, which chooses the colour, which the stroke. Numbers are averaged
/// over seeds, with bands of one standard error.
///
/// ```java
/// import java.util.Optional;
/// import org.surprisal.report.Figure;
/// import org.surprisal.study.engine.*;
///
/// final class Pictures {
///     Optional<Figure> byDepth(Sample relativeEntropy, Factor<Double> sigmaW2) {
///         return Plot.lines("relative-entropy-by-depth", "Relative entropy by depth", relativeEntropy)
///                 .x(Index.LAYER).colour(sigmaW2).dash(Index.STAGE).caption("Dashed: before training.").figure();
///     }
/// }
/// ```
///
/// Ordered factors have the colours of viridis, words those of Okabe and Ito. A plot without numbers has
/// no figure.
public final class Plot {
    private static final int CURVE = 150;

    private final String id;
    private final String title;
    private final Sample sample;
    private final Shape shape;
    private String caption = "";
    private @Nullable Coordinate x;
    private @Nullable Coordinate y;
    private @Nullable Coordinate colour;
    private Function<Object, String> colourNames = Object::toString;
    private @Nullable Function<Object, Look> looks;
    private @Nullable Coordinate dash;
    private Function<Object, String> dashWords = value -> "";
    private @Nullable Axis xAxis;
    private @Nullable Axis yAxis;
    private String gaps = "";
    private boolean bands = true;
    private boolean geometric;
    private final List<Mark> after = new ArrayList<>();
    private final List<Curve> curves = new ArrayList<>();
    private final List<Theory> theories = new ArrayList<>();
    private List<Coordinate> facets = List.of();

    private enum Shape {
        LINES,
        POINTS,
        CELLS
    }

    private record Curve(String name, DoubleUnaryOperator of, Stroke stroke) {}

    private record Theory(String name, Sample sample) {}

    private Plot(String id, String title, Sample sample, Shape shape) {
        this.id = id;
        this.title = title;
        this.sample = sample;
        this.shape = shape;
    }

    /// A line through the means over seeds.
    ///
    /// @param id lower-case words joined by hyphens, which names the figure's files
    public static Plot lines(String id, String title, Sample sample) {
        return new Plot(id, title, sample, Shape.LINES);
    }

    /// A point for each mean over seeds.
    ///
    /// @param id lower-case words joined by hyphens, which names the figure's files
    public static Plot points(String id, String title, Sample sample) {
        return new Plot(id, title, sample, Shape.POINTS);
    }

    /// A heat map of the means over seeds.
    ///
    /// @param id lower-case words joined by hyphens, which names the figure's files
    public static Plot cells(String id, String title, Sample sample) {
        return new Plot(id, title, sample, Shape.CELLS);
    }

    /// How to read the figure, in a sentence or two. What bands are is added.
    public Plot caption(String text) {
        this.caption = text;
        return this;
    }

    /// The coordinate along x, whose values are numbers.
    public Plot x(Coordinate coordinate) {
        this.x = coordinate;
        return this;
    }

    /// The coordinate along y of a heat map.
    public Plot y(Coordinate coordinate) {
        this.y = coordinate;
        return this;
    }

    /// The coordinate that chooses the colour.
    public Plot colour(Coordinate coordinate) {
        return colour(coordinate, coordinate::name);
    }

    /// The coordinate that chooses the colour, with names of its values in the legend.
    public Plot colour(Coordinate coordinate, Function<Object, String> names) {
        this.colourNames = names;
        this.colour = coordinate;
        return this;
    }

    /// How a line looks.
    public record Look(Color colour, Stroke stroke) {}

    /// The coordinate that chooses colour and stroke, so that a value looks alike in all figures of a report, whatever
    /// else they show.
    public Plot look(Coordinate coordinate, Function<Object, Look> look) {
        this.looks = look;
        return colour(coordinate);
    }

    /// The coordinate that chooses the stroke: its first value is dashed, the second solid, a third dotted.
    public Plot dash(Coordinate coordinate) {
        this.dash = coordinate;
        return this;
    }

    /// As [#dash(Coordinate)], with a sentence in the caption that says what each stroke is: `Dashed: random networks;
    /// solid: trained networks.` Strokes that the figure does not have are not in it.
    ///
    /// @param words for a value of the coordinate
    public Plot dash(Coordinate coordinate, Function<Object, String> words) {
        this.dashWords = words;
        return dash(coordinate);
    }

    /// Another axis along x than that of the coordinate.
    public Plot xAxis(Axis axis) {
        this.xAxis = axis;
        return this;
    }

    /// Another axis for the numbers than a linear one with the quantity's label: along y, or of a heat map's colours.
    public Plot valueAxis(Axis axis) {
        this.yAxis = axis;
        return this;
    }

    /// Without bands of the standard error.
    public Plot withoutBands() {
        this.bands = false;
        return this;
    }

    /// Geometric means over seeds, with bands of one standard error of the logarithm: for positive numbers on a
    /// logarithmic axis, where a band about an arithmetic mean would reach to the end of the axis as soon as one
    /// network outweighs all others.
    public Plot geometric() {
        this.geometric = true;
        return this;
    }

    /// What a cell of a heat map without a number means.
    public Plot gaps(String meaning) {
        this.gaps = meaning;
        return this;
    }

    /// A curve over the extent of the x axis, such as theory's; NaN leaves a gap.
    public Plot line(String name, DoubleUnaryOperator of, Stroke stroke) {
        curves.add(new Curve(name, of, stroke));
        return this;
    }

    /// The means of another sample along the same x, dashed, black and without bands: what theory says of the sample,
    /// or what all of its parts make together.
    public Plot theory(String name, Sample prediction) {
        theories.add(new Theory(name, prediction));
        return this;
    }

    /// A panel for each combination of values of these coordinates, the first changing from row to row. All panels have
    /// one scale.
    public Plot facet(Coordinate... coordinates) {
        this.facets = List.of(coordinates);
        return this;
    }

    /// A vertical line.
    public Plot vertical(String name, double at) {
        after.add(new ReferenceLine(name, ReferenceLine.Direction.VERTICAL, at, Palette.INK));
        return this;
    }

    /// A horizontal line.
    public Plot horizontal(String name, double at) {
        after.add(new ReferenceLine(name, ReferenceLine.Direction.HORIZONTAL, at, Palette.GREY));
        return this;
    }

    /// Any other mark, drawn over the sample.
    public Plot mark(Mark mark) {
        after.add(mark);
        return this;
    }

    /// The chart, or its panels; absent if the sample has no numbers.
    public Optional<Figure> figure() {
        if (sample.isEmpty() || facets.isEmpty()) {
            return sample.isEmpty() ? Optional.empty() : Optional.of(chart(sample));
        }
        List<Chart> charts = toOneScale(panels(), geometric);
        if (charts.size() == 1 && theories.isEmpty()) {
            return Optional.of(chart(sample));
        }
        if (facets.size() == 1) {
            return rows(id, title, reading(), List.of(this));
        }
        int row = Math.ceilDiv(charts.size(), sample.values(facets.getFirst()).size());
        return Optional.of(Panels.inRowsOf(row > 1 ? row : charts.size(), id, title,
                reading() + bandWords(isBanded(charts), geometric, reading(), 0), charts));
    }

    /// The panels, or the only chart, to be put into another figure; none if the sample has no numbers.
    public List<Chart> panels() {
        if (sample.isEmpty() || facets.isEmpty()) {
            return sample.isEmpty() ? List.of() : List.of(chart(sample));
        }
        return panels(false);
    }

    /// Plots with facets as rows of one figure, each row to its own scale; absent if no sample has numbers.
    ///
    /// @param id      lower-case words joined by hyphens, which names the figure's files
    /// @param caption how to read the figure; what bands are is added
    /// @param plots   whose titles are those of their panels, behind the value of the facet
    public static Optional<Figure> rows(String id, String title, String caption, List<Plot> plots) {
        List<Plot> drawn = plots.stream().filter(plot -> !plot.sample.isEmpty()).toList();
        List<Chart> charts = new ArrayList<>();
        drawn.forEach(plot -> charts.addAll(toOneScale(plot.panels(drawn.size() > 1), plot.geometric)));
        return charts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Panels(id, title,
                        caption + bandWords(isBanded(charts), drawn.stream().allMatch(plot -> plot.geometric), caption,
                                0),
                        drawn.getFirst().sample.parts(drawn.getFirst().facets).size(), charts));
    }

    private static boolean isBanded(List<Chart> charts) {
        return charts.stream().flatMap(chart -> chart.marks().stream()).anyMatch(Band.class::isInstance);
    }

    private List<Chart> panels(boolean titled) {
        List<Chart> charts = new ArrayList<>();
        sample.parts(facets).forEach((name, part) -> {
            Chart chart = chart(part);
            List<Mark> marks = new ArrayList<>(chart.marks());
            for (Theory theory : theories) {
                Sample own = Objects.requireNonNullElseGet(theory.sample().parts(facets).get(name),
                        () -> new Sample(sample.quantity(), List.of()));
                add(marks, theory, own);
            }
            String panel = name.isEmpty() ? title : titled ? name + ", " + title : name;
            charts.add(new Chart(id + "-" + charts.size(), panel, "", chart.x(), chart.y(), marks));
        });
        return charts;
    }

    private static List<Chart> toOneScale(List<Chart> charts, boolean geometric) {
        Axis shared = covering(charts.getFirst().y(), charts.stream().flatMap(chart -> chart.marks().stream())
                .toList(), geometric);
        return charts.stream().map(chart -> new Chart(chart.id(), chart.title(), "", chart.x(), shared, chart.marks()))
                .toList();
    }

    /// An axis with the extent of some marks, unless it has one. On a logarithmic axis it ends at the lowest mean,
    /// unless means are geometric: an arithmetic mean less its standard error may be next to nothing, and would set the
    /// scale of all others.
    private static Axis covering(Axis axis, List<Mark> marks, boolean geometric) {
        boolean log = axis.scale() == Scale.LOG;
        double[] heights = marks.stream()
                .flatMapToDouble(mark -> log && !geometric && mark instanceof Band(_, _, _, Values upper, _)
                        ? upper.stream()
                        : mark instanceof Cells ? DoubleStream.empty() : mark.heights())
                .filter(Double::isFinite).sorted().toArray();
        if (axis.range() != null || heights.length == 0 || heights[0] == heights[heights.length - 1]
                || (log && heights[0] <= 0)) {
            return axis;
        }
        double low = heights[0];
        double high = heights[heights.length - 1];
        double room = log ? Math.pow(high / low, 0.04) : 0.04 * (high - low);
        return log ? axis.withRange(low / room, high * room) : axis.withRange(low - room, high + room);
    }

    private void add(List<Mark> marks, Theory theory, Sample own) {
        if (!own.isEmpty()) {
            SequencedMap<Double, Estimate> curve = curve(own, required(x, "x"));
            marks.add(
                    new Line(theory.name(), curve.keySet().stream().mapToDouble(at -> at).toArray(), heights(curve, 0),
                            Palette.INK, Stroke.DASHED, false));
        }
    }

    /// The caption, with what the strokes are.
    private String reading() {
        List<Object> kinds = dash == null ? List.of() : sample.values(dash);
        List<String> strokes = IntStream.range(0, kinds.size()).filter(i -> !dashWords.apply(kinds.get(i)).isEmpty())
                .mapToObj(i -> stroke(i).name().toLowerCase(Locale.ROOT) + ": " + dashWords.apply(kinds.get(i)))
                .toList();
        if (strokes.isEmpty()) {
            return caption;
        }
        String words = String.join("; ", strokes);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + "."
                + (caption.isEmpty() ? "" : " " + caption);
    }

    private static String bandWords(boolean banded, boolean geometric, String caption, int seeds) {
        String over = (seeds > 0 ? seeds + " " : "") + "seeds";
        return !banded
                ? ""
                : (caption.isEmpty() ? "" : " ") + (geometric
                        ? "Curves: geometric means over " + over + "; bands: one standard error of the logarithm."
                        : "Bands: one standard error of the mean over " + over + ".");
    }

    /// The marks of the chart, to be drawn into another.
    public List<Mark> marks() {
        return sample.isEmpty() ? List.of() : chart(sample).marks();
    }

    /// The chart of a part of the sample, in the colours and strokes of the whole.
    private Chart chart(Sample part) {
        Coordinate along = required(x, "x");
        List<Mark> marks = new ArrayList<>();
        int seeds = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        if (shape == Shape.CELLS) {
            Cells cells = heatMap(part, along, required(y, "y"));
            marks.add(cells);
            low = cells.xEdges().get(0);
            high = cells.xEdges().get(cells.xEdges().size() - 1);
        } else {
            for (Map.Entry<Style, Sample> group : groups(part).entrySet()) {
                SequencedMap<Double, Estimate> curve = curve(group.getValue(), along);
                low = Math.min(low, curve.firstEntry().getKey());
                high = Math.max(high, curve.lastEntry().getKey());
                seeds = Math.max(seeds, curve.values().stream().mapToInt(Estimate::count).max().orElse(0));
                add(marks, group.getKey(), curve);
            }
        }
        for (Curve curve : curves) {
            marks.add(drawn(curve, low, high));
        }
        if (facets.isEmpty()) {
            theories.forEach(theory -> add(marks, theory, theory.sample()));
        }
        marks.addAll(after);
        Axis horizontal = xAxis == null ? axis(along) : xAxis;
        Axis values = yAxis == null
                ? Axis.linear(sample.quantity().label(), sample.quantity().axisUnit())
                : yAxis;
        String reading = reading();
        return new Chart(id, title,
                reading + bandWords(shape == Shape.LINES && bands && seeds > 1, geometric, reading, seeds),
                horizontal, shape == Shape.CELLS
                        ? axis(required(y, "y"))
                        : values.scale() == Scale.LOG && facets.isEmpty() ? covering(values, marks, geometric) : values,
                marks);
    }

    private Cells heatMap(Sample part, Coordinate along, Coordinate up) {
        List<Object> columns = part.values(along);
        List<Object> rows = part.values(up);
        double[] values = new double[columns.size() * rows.size()];
        Map<Object, Sample> byRow = part.by(up);
        for (int j = 0; j < rows.size(); j++) {
            Map<Object, Sample> row = Objects.requireNonNull(byRow.get(rows.get(j))).by(along);
            for (int i = 0; i < columns.size(); i++) {
                Sample cell = row.get(columns.get(i));
                values[j * columns.size() + i] = cell == null
                        || cell.points().stream().anyMatch(point -> Double.isNaN(point.value()))
                                ? Double.NaN
                                : cell.mean().mean();
            }
        }
        Axis measure = yAxis == null
                ? Axis.linear(sample.quantity().label(), sample.quantity().axisUnit())
                : yAxis;
        return Cells.around(gaps, numbers(columns), numbers(rows), values, measure, ColourMap.VIRIDIS);
    }

    private static double[] numbers(List<Object> values) {
        return values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    }

    /// How a group is drawn.
    private record Style(String name, Color colour, Stroke stroke) {}

    private SequencedMap<Style, Sample> groups(Sample part) {
        SequencedMap<Style, Sample> groups = new LinkedHashMap<>();
        Map<Object, Sample> colours = colour == null ? Map.of("", part) : part.by(colour);
        List<Object> all = colour == null ? List.of("") : sample.values(colour);
        List<Object> dashes = dash == null ? List.of() : sample.values(dash);
        List<Color> palette = palette(all);
        colours.forEach((value, own) -> {
            Color shade = palette.get(all.indexOf(value));
            String name = colour == null ? "" : colourNames.apply(value);
            if (looks != null) {
                Look look = looks.apply(value);
                groups.put(new Style(name, look.colour(), look.stroke()), own);
                return;
            }
            if (dash == null) {
                groups.put(new Style(name, shade, Stroke.SOLID), own);
                return;
            }
            Coordinate by = dash;
            own.by(by).forEach((kind, piece) -> groups.put(new Style(
                    (name.isEmpty() ? "" : name + ", ") + by.name(kind), shade, stroke(dashes.indexOf(kind))), piece));
        });
        return groups;
    }

    private static Stroke stroke(int index) {
        return switch (index) {
            case 0 -> Stroke.DASHED;
            case 1 -> Stroke.SOLID;
            default -> Stroke.DOTTED;
        };
    }

    private static List<Color> palette(List<Object> values) {
        return values.stream().allMatch(Number.class::isInstance)
                ? Palette.sequential(values.size())
                : IntStream.range(0, values.size()).mapToObj(Palette::category).toList();
    }

    private void add(List<Mark> marks, Style style, SequencedMap<Double, Estimate> curve) {
        double[] at = curve.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[] means = heights(curve, 0);
        if (shape == Shape.POINTS) {
            marks.add(new Points(style.name(), at, means, style.colour()));
            return;
        }
        if (bands && curve.values().stream().anyMatch(estimate -> estimate.count() > 1)) {
            double[] errors = curve.values().stream().mapToDouble(estimate -> estimate.standardError().orElse(0))
                    .toArray();
            marks.add(geometric
                    ? new Band(style.name(), at, heights(curve, -1), heights(curve, 1), style.colour())
                    : Band.around(style.name(), at, means, errors, style.colour()));
        }
        marks.add(new Line(style.name(), at, means, style.colour(), style.stroke(), at.length < 20));
    }

    /// The means over seeds along a coordinate, of the logarithms if means are geometric.
    private SequencedMap<Double, Estimate> curve(Sample own, Coordinate along) {
        return (geometric ? own.map(own.quantity(), Math::log) : own).curve(along);
    }

    /// The heights of means, so many standard errors above them.
    private double[] heights(SequencedMap<Double, Estimate> curve, int errors) {
        return curve.values().stream()
                .mapToDouble(estimate -> estimate.mean() + errors * estimate.standardError().orElse(0))
                .map(height -> geometric ? Math.exp(height) : height).toArray();
    }

    private static Mark drawn(Curve curve, double low, double high) {
        double[] at = new double[CURVE];
        double[] height = new double[CURVE];
        for (int i = 0; i < CURVE; i++) {
            at[i] = low + (high - low) * (i + 0.5) / CURVE;
            height[i] = curve.of().applyAsDouble(at[i]);
        }
        return new Line(curve.name(), at, height, Palette.INK, curve.stroke(), false);
    }

    private Axis axis(Coordinate coordinate) {
        boolean whole = sample.values(coordinate).stream()
                .allMatch(value -> value instanceof Long || value instanceof Integer);
        String unit = coordinate instanceof Factor<?> factor ? factor.unit() : "";
        return new Axis(coordinate.symbol(), unit, Scale.LINEAR, null, whole, List.of());
    }

    private Coordinate required(@Nullable Coordinate coordinate, String which) {
        if (coordinate == null) {
            throw new IllegalStateException("plot '" + id + "' needs " + which + "(…)");
        }
        return coordinate;
    }
}
