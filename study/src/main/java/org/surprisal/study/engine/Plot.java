package org.surprisal.study.engine;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;

import org.surprisal.report.ColourMap;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Stroke;

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
/// Ordered factors have the colours of viridis, words those of Okabe and Ito. A plot without numbers has no figure.
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
    private @Nullable Coordinate dash;
    private @Nullable Axis xAxis;
    private @Nullable Axis yAxis;
    private String gaps = "";
    private boolean bands = true;
    private List<Coordinate> facets = List.of();
    private final List<Mark> after = new ArrayList<>();
    private final List<Curve> curves = new ArrayList<>();

    private enum Shape {
        LINES,
        POINTS,
        CELLS
    }

    private record Curve(String name, DoubleUnaryOperator of, Stroke stroke) {}

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
        this.colour = coordinate;
        return this;
    }

    /// The coordinate that chooses the stroke: its first value is dashed, the second solid, a third dotted.
    public Plot dash(Coordinate coordinate) {
        this.dash = coordinate;
        return this;
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

    /// A vertical line.
    public Plot vertical(String name, double at) {
        after.add(new Mark.Rule(name, Mark.Direction.VERTICAL, at, Palette.INK));
        return this;
    }

    /// A horizontal line.
    public Plot horizontal(String name, double at) {
        after.add(new Mark.Rule(name, Mark.Direction.HORIZONTAL, at, Palette.GREY));
        return this;
    }

    /// Any other mark, drawn over the sample.
    public Plot mark(Mark mark) {
        after.add(mark);
        return this;
    }

    /// A panel for each combination of values of these coordinates, the first changing from row to row.
    public Plot facet(Coordinate... coordinates) {
        this.facets = List.of(coordinates);
        return this;
    }

    /// The figure; absent if the sample has no numbers.
    public Optional<Figure> figure() {
        if (sample.isEmpty() || facets.isEmpty()) {
            return panels().stream().map(Figure.class::cast).findFirst();
        }
        List<Chart> panels = panels();
        if (panels.size() == 1) {
            return Optional.of(drawn());
        }
        int row = Math.ceilDiv(panels.size(), sample.values(facets.getFirst()).size());
        return Optional.of(Panels.inRowsOf(row > 1 ? row : panels.size(), id, title,
                caption + bandWords(sample.values(Index.SEED).size()), panels));
    }

    /// The panels, or the only chart, to be put into another figure; none if the sample has no numbers.
    public List<Chart> panels() {
        if (sample.isEmpty() || facets.isEmpty()) {
            return sample.isEmpty() ? List.of() : List.of(drawn());
        }
        List<Chart> panels = new ArrayList<>();
        sample.parts(facets).forEach((name, part) -> {
            Plot panel = new Plot(id + "-" + panels.size(), name.isEmpty() ? title : name, part, shape);
            panel.x = x;
            panel.y = y;
            panel.colour = colour;
            panel.dash = dash;
            panel.xAxis = xAxis;
            panel.yAxis = yAxis;
            panel.gaps = gaps;
            panel.bands = bands;
            panel.after.addAll(after);
            panel.curves.addAll(curves);
            panels.add(panel.drawn());
        });
        return panels;
    }

    /// The marks of the chart, to be drawn into another.
    public List<Mark> marks() {
        return sample.isEmpty() ? List.of() : drawn().marks();
    }

    private Chart drawn() {
        Coordinate along = required(x, "x");
        List<Mark> marks = new ArrayList<>();
        int seeds = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        if (shape == Shape.CELLS) {
            Mark.Cells cells = heatMap(along, required(y, "y"));
            marks.add(cells);
            low = cells.xEdges().get(0);
            high = cells.xEdges().get(cells.xEdges().size() - 1);
        } else {
            for (Map.Entry<Style, Sample> group : groups().entrySet()) {
                SequencedMap<Double, Estimate> curve = group.getValue().curve(along);
                low = Math.min(low, curve.firstEntry().getKey());
                high = Math.max(high, curve.lastEntry().getKey());
                seeds = Math.max(seeds, curve.values().stream().mapToInt(Estimate::count).max().orElse(0));
                add(marks, group.getKey(), curve);
            }
        }
        for (Curve curve : curves) {
            marks.add(drawn(curve, low, high));
        }
        marks.addAll(after);
        Axis horizontal = xAxis == null ? axis(along) : xAxis;
        Axis values = yAxis == null
                ? Axis.linear(sample.quantity().label(), sample.quantity().axisUnit())
                : yAxis;
        return new Chart(id, title, caption + bandWords(seeds), horizontal,
                shape == Shape.CELLS ? axis(required(y, "y")) : values,
                marks);
    }

    private String bandWords(int seeds) {
        return shape == Shape.LINES && bands && seeds > 1
                ? (caption.isEmpty() ? "" : " ") + "Bands: one standard error of the mean over " + seeds + " seeds."
                : "";
    }

    private Mark.Cells heatMap(Coordinate along, Coordinate up) {
        List<Object> columns = sample.values(along);
        List<Object> rows = sample.values(up);
        double[] values = new double[columns.size() * rows.size()];
        Map<Object, Sample> byRow = sample.by(up);
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
        return Mark.Cells.around(gaps, numbers(columns), numbers(rows), values, measure, ColourMap.VIRIDIS);
    }

    private static double[] numbers(List<Object> values) {
        return values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    }

    /// How a group is drawn.
    private record Style(String name, Color colour, Stroke stroke) {}

    private SequencedMap<Style, Sample> groups() {
        SequencedMap<Style, Sample> groups = new LinkedHashMap<>();
        Map<Object, Sample> colours = colour == null ? Map.of("", sample) : sample.by(colour);
        List<Object> dashes = dash == null ? List.of() : sample.values(dash);
        List<Color> palette = palette(List.copyOf(colours.keySet()));
        int c = 0;
        for (Map.Entry<Object, Sample> part : colours.entrySet()) {
            Color own = palette.get(c++);
            String name = colour == null ? "" : name(colour, part.getKey());
            if (dash == null) {
                groups.put(new Style(name, own, Stroke.SOLID), part.getValue());
                continue;
            }
            Coordinate by = dash;
            part.getValue().by(by).forEach((value, piece) -> groups.put(new Style(
                    (name.isEmpty() ? "" : name + ", ") + name(by, value), own, stroke(dashes.indexOf(value))), piece));
        }
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

    /// What legends and titles call a value.
    static String name(Coordinate coordinate, Object value) {
        return value instanceof Number ? coordinate.symbol() + " = " + coordinate.text(value) : coordinate.text(value);
    }

    private void add(List<Mark> marks, Style style, SequencedMap<Double, Estimate> curve) {
        double[] at = curve.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[] means = curve.values().stream().mapToDouble(Estimate::mean).toArray();
        if (shape == Shape.POINTS) {
            marks.add(new Mark.Points(style.name(), at, means, style.colour()));
            return;
        }
        if (bands && curve.values().stream().anyMatch(estimate -> estimate.count() > 1)) {
            double[] errors = curve.values().stream().mapToDouble(estimate -> estimate.standardError().orElse(0))
                    .toArray();
            marks.add(Mark.Band.around(style.name(), at, means, errors, style.colour()));
        }
        marks.add(new Mark.Line(style.name(), at, means, style.colour(), style.stroke(), at.length < 20));
    }

    private static Mark drawn(Curve curve, double low, double high) {
        double[] at = new double[CURVE];
        double[] height = new double[CURVE];
        for (int i = 0; i < CURVE; i++) {
            at[i] = low + (high - low) * (i + 0.5) / CURVE;
            height[i] = curve.of().applyAsDouble(at[i]);
        }
        return new Mark.Line(curve.name(), at, height, Palette.INK, curve.stroke(), false);
    }

    private static Axis axis(Coordinate coordinate) {
        return Axis.linear(coordinate.symbol(), coordinate instanceof Factor<?> factor ? factor.unit() : "");
    }

    private Coordinate required(@Nullable Coordinate coordinate, String which) {
        if (coordinate == null) {
            throw new IllegalStateException("plot '" + id + "' needs " + which + "(…)");
        }
        return coordinate;
    }
}
