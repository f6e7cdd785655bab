package org.surprisal.report;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Lettering;
import org.surprisal.report.canvas.Paint;
import org.surprisal.report.canvas.Pen;

/// Draws one chart: axes around a plot area, marks within it, names beside them. The name of the vertical axis stands
/// above the plot, where it is read without turning one's head and meets no label of a tick.
final class ChartPainter {
    private static final double TICK = 4;
    private static final double GAP = 5;
    /// What names of categories may take of the width or height of a chart.
    private static final double MOST_FOR_NAMES = 0.36;
    /// Of a name along the x axis; a longer one runs upwards.
    private static final int MOST_NAME_LINES = 3;
    private static final double BAR_HEIGHT = 10;
    private static final double LONGEST_BAR = 260;
    private static final int BAR_STEPS = 64;
    /// Between the title of the colours and their bar.
    private static final double BAR_GAP = 4;
    /// Columns or rows of a heat map up to which each has its own label.
    private static final int MOST_CELLS = 20;
    /// How far marks at the edge of the plot may reach over it.
    private static final double OVER = 5;
    private static final double LAST_LABEL = 14;

    /// What of the axes is drawn: charts side by side share what they have in common.
    ///
    /// @param heading   whether the chart's title stands above it
    /// @param lineNames whether lines may be named at their ends
    record Shown(boolean heading, boolean lineNames, boolean xLabels, boolean xTitle, boolean yLabels,
            boolean yTitle) {}

    private final Chart chart;
    private final int number;
    private final Legend legend;
    private final Range xs;
    private final Range ys;
    private final Shown shown;

    ChartPainter(Chart chart, int number, Legend legend, Shown shown) {
        this.chart = chart;
        this.number = number;
        this.legend = legend;
        this.xs = AxisRange.horizontal(chart);
        this.ys = AxisRange.vertical(chart);
        this.shown = shown;
    }

    /// What the chart needs to the left of its plot.
    ///
    /// @param width  of the whole chart
    /// @param height of the plot
    double left(double width, double height) {
        if (!shown.yLabels()) {
            return GAP;
        }
        double labels = up(height).width();
        return TICK + GAP + (chart.y().categories().isEmpty() ? labels : Math.min(labels, MOST_FOR_NAMES * width));
    }

    /// What the chart needs above its plot.
    ///
    /// @param width of the whole chart
    double top(double width) {
        return heading(width).size() * Lettering.PANEL_TITLE.lineHeight()
                + yTitle(width).size() * Lettering.AXIS.lineHeight() + (shown.yTitle() ? GAP : 0)
                + chart.cells().map(cells -> barHeight(width)).orElse(0.0) + GAP + 2;
    }

    private List<String> heading(double width) {
        return shown.heading() ? Lettering.PANEL_TITLE.wrap(chart.title(), width) : List.of();
    }

    private List<String> yTitle(double width) {
        return shown.yTitle() ? Lettering.AXIS.wrap(chart.y().title(), width) : List.of();
    }

    private double barHeight(double width) {
        return measure(width).size() * Lettering.AXIS.lineHeight() + BAR_GAP + BAR_HEIGHT + TICK
                + Lettering.TICKS.lineHeight() + GAP;
    }

    private List<String> measure(double width) {
        return Lettering.AXIS.wrap("colour: " + chart.cells().orElseThrow().measure().title(), width);
    }

    /// What the chart needs below its plot.
    ///
    /// @param width of the plot
    double bottom(double width) {
        double labels = !shown.xLabels()
                ? 0
                : chart.x().categories().isEmpty() ? Lettering.TICKS.lineHeight() : names(width).height();
        return TICK + GAP + labels + (shown.xTitle()
                ? Lettering.AXIS.wrap(chart.x().title(), Math.max(width, 80)).size() * Lettering.AXIS.lineHeight() + 2
                : 0);
    }

    /// What the chart needs to the right of its plot: half of the last label of the x axis, or names at ends of lines.
    ///
    /// @param width of the whole chart
    double right(double width, double height) {
        return Math.max(LAST_LABEL, ends(width, about(width, height)).room());
    }

    /// About where the plot is while the room for names at its right is not known.
    private Projection about(double width, double height) {
        double left = left(width, height);
        return projection(new Rectangle2D.Double(left, 0, width - left - LAST_LABEL, height));
    }

    /// Whether names at the ends of lines make a legend needless.
    boolean namesAllLines(double width, double height) {
        return ends(width, about(width, height)).ofAllLines();
    }

    private LineEnds ends(double width, Projection to) {
        return LineEnds.of(chart, width, to, shown.lineNames());
    }

    /// How the names along the x axis stand.
    ///
    /// @param lines   of each name; one where names run upwards
    /// @param upright whether they run upwards
    private record Names(List<List<String>> lines, boolean upright, double height) {}

    private Names names(double width) {
        List<String> names = chart.x().categories();
        double slot = width / (xs.high() - xs.low()) - GAP;
        List<List<String>> lines = names.stream().map(name -> Lettering.TICKS.wrap(name, slot)).toList();
        if (names.stream().allMatch(name -> Lettering.TICKS.fits(name, slot))
                && lines.stream().allMatch(of -> of.size() <= MOST_NAME_LINES)) {
            return new Names(lines, false,
                    lines.stream().mapToInt(List::size).max().orElse(1) * Lettering.TICKS.lineHeight());
        }
        double most = Math.max(60, MOST_FOR_NAMES * width);
        int every = (int) Math.max(1, Math.ceil(Lettering.TICKS.lineHeight() / (slot + GAP)));
        List<List<String>> upright = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            upright.add(i % every == 0 ? List.of(Lettering.TICKS.cut(names.get(i), most)) : List.of());
        }
        double height = upright.stream().flatMap(List::stream).mapToDouble(Lettering.TICKS::width).max().orElse(0);
        return new Names(upright, true, height + GAP);
    }

    /// Draws the chart.
    ///
    /// @param area  of the plot
    /// @param left  of the whole chart, where its titles begin
    /// @param top   of the whole chart: that of the highest one beside it
    /// @param width of the whole chart
    void draw(Canvas canvas, Rectangle2D area, double left, double top, double width) {
        Projection to = projection(area);
        LineEnds ends = ends(width, about(width, area.getHeight())).at(to);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("class", "chart");
        attributes.put("data-chart", Integer.toString(number));
        attributes.put("data-x", axisAttribute(chart.x(), xs, area.getX(), area.getMaxX()));
        attributes.put("data-y", axisAttribute(chart.y(), ys, area.getMaxY(), area.getY()));
        canvas.group(attributes, () -> {
            headings(canvas, left, top, width);
            axes(canvas, area, to, left);
            canvas.within(new Rectangle2D.Double(area.getX() - OVER, area.getY() - OVER, area.getWidth() + 2 * OVER,
                    area.getHeight() + 2 * OVER), () -> marks(canvas, to));
            for (NamePlaces.Placed placed : NamePlaces.of(chart, to, ends.marks())) {
                Map<String, String> name = new LinkedHashMap<>(entry(placed.mark()));
                name.put("class", "name");
                name.put("data-of", Integer.toString(chart.marks().indexOf(placed.mark())));
                canvas.group(name, () -> placed.draw(canvas));
            }
            ends.draw(canvas, to, this::entry);
        });
    }

    Projection projection(Rectangle2D area) {
        return new Projection(area, chart.x().scale(), xs, chart.y().scale(), ys, chart.cells().isPresent());
    }

    private static String axisAttribute(Axis axis, Range range, double from, double to) {
        return String.format(Locale.ROOT, "%s %s %s %.2f %.2f", axis.scale() == Scale.LOG ? "log" : "linear",
                Double.toString(range.low()), Double.toString(range.high()), from, to);
    }

    private Map<String, String> entry(Mark mark) {
        Map<String, String> attributes = new LinkedHashMap<>();
        int entry = legend.entry(mark);
        if (entry >= 0) {
            attributes.put("data-entry", Integer.toString(entry));
        }
        return attributes;
    }

    private void marks(Canvas canvas, Projection to) {
        List<Mark> marks = chart.marks();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(i -> marks.get(i).layer()));
        for (int index : order) {
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("class", "mark");
            attributes.put("data-mark", Integer.toString(index));
            attributes.putAll(entry(marks.get(index)));
            canvas.group(attributes, () -> marks.get(index).draw(canvas, to));
        }
        chart.cells().ifPresent(cells -> cells.write(canvas, to,
                marks.stream().flatMap(mark -> mark.ink(to).stream()).toList()));
    }

    private void headings(Canvas canvas, double left, double top, double width) {
        double y = top;
        for (String line : heading(width)) {
            y += Lettering.PANEL_TITLE.lineHeight();
            canvas.write(line, left, y - 3, Lettering.PANEL_TITLE, Paint.INK, Canvas.Anchor.START);
        }
        if (chart.cells().isPresent()) {
            y = bar(canvas, chart.cells().get(), left, y, width);
        }
        for (String line : yTitle(width)) {
            y += Lettering.AXIS.lineHeight();
            canvas.write(line, left, y - 3, Lettering.AXIS, Paint.FAINT, Canvas.Anchor.START);
        }
    }

    /// Draws the bar that says which colour stands for which number.
    ///
    /// @return where it ends
    private double bar(Canvas canvas, Cells cells, double left, double top, double width) {
        double y = top;
        for (String line : measure(width)) {
            y += Lettering.AXIS.lineHeight();
            canvas.write(line, left, y - 3, Lettering.AXIS, Paint.FAINT, Canvas.Anchor.START);
        }
        y += BAR_GAP;
        double inset = 16;
        double length = Math.min(LONGEST_BAR, width - 2 * inset);
        double from = left + inset;
        for (int i = 0; i < BAR_STEPS; i++) {
            // Each step reaches to the end and the next one covers what is its own: no seams.
            double start = from + length * i / BAR_STEPS;
            canvas.fill(new Rectangle2D.Double(start, y, from + length - start, BAR_HEIGHT),
                    Paint.fixed(cells.map().at((i + 0.5) / BAR_STEPS)));
        }
        Range range = cells.shown();
        for (Ticks.Tick tick : Ticks.of(cells.measure(), range, length, false).labelled()) {
            double x = from + length * Projection.fraction(cells.measure().scale(), range, tick.at());
            canvas.stroke(new Line2D.Double(x, y + BAR_HEIGHT, x, y + BAR_HEIGHT + TICK), Pen.solid(Paint.FAINT, 0.8));
            canvas.write(tick.label(), x, y + BAR_HEIGHT + TICK + 10, Lettering.TICKS, Paint.INK, Canvas.Anchor.MIDDLE);
        }
        return y + BAR_HEIGHT + TICK + Lettering.TICKS.lineHeight() + GAP;
    }

    private void axes(Canvas canvas, Rectangle2D area, Projection to, double left) {
        Ticks across = across(area.getWidth());
        Ticks up = up(area.getHeight());
        Pen grid = Pen.solid(Paint.GRID, 1);
        if (chart.cells().isEmpty()) {
            Path2D lines = new Path2D.Double();
            across.labelled().forEach(tick -> line(lines, to.x(tick.at()), area.getY(), to.x(tick.at()),
                    area.getMaxY()));
            up.labelled().forEach(tick -> line(lines, area.getX(), to.y(tick.at()), area.getMaxX(),
                    to.y(tick.at())));
            canvas.stroke(lines, grid);
        }
        Pen axis = Pen.solid(Paint.FAINT, 1);
        Path2D ticks = new Path2D.Double();
        line(ticks, area.getX(), area.getMaxY(), area.getMaxX(), area.getMaxY());
        across.minor().forEach(at -> line(ticks, to.x(at), area.getMaxY(), to.x(at), area.getMaxY() + TICK / 2));
        up.minor().forEach(at -> line(ticks, area.getX() - TICK / 2, to.y(at), area.getX(), to.y(at)));
        across.labelled().forEach(tick -> line(ticks, to.x(tick.at()), area.getMaxY(), to.x(tick.at()),
                area.getMaxY() + TICK));
        canvas.stroke(ticks, axis);
        double below = area.getMaxY() + TICK + GAP;
        if (shown.xLabels()) {
            below = chart.x().categories().isEmpty()
                    ? numbers(canvas, across, to, below)
                    : names(canvas, area, to, below);
        }
        if (shown.xTitle()) {
            double line = below + 2;
            for (String text : Lettering.AXIS.wrap(chart.x().title(), Math.max(area.getWidth(), 80))) {
                line += Lettering.AXIS.lineHeight();
                canvas.write(text, area.getCenterX(), line - 4, Lettering.AXIS, Paint.FAINT, Canvas.Anchor.MIDDLE);
            }
        }
        if (shown.yLabels()) {
            double room = chart.y().categories().isEmpty() ? Double.POSITIVE_INFINITY : area.getX() - left;
            up.labelled().forEach(tick -> canvas.write(Lettering.TICKS.cut(tick.label(), room - TICK - GAP),
                    area.getX() - TICK - 2, to.y(tick.at()) + 4, Lettering.TICKS, Paint.INK, Canvas.Anchor.END));
        }
    }

    private Ticks across(double width) {
        return chart.cells().map(Cells::x).filter(x -> isLabelled(chart.x(), x))
                .map(x -> Ticks.at(x, chart.x(), xs, width, false))
                .orElseGet(() -> Ticks.of(chart.x(), xs, width, false));
    }

    private Ticks up(double height) {
        return chart.cells().map(Cells::y).filter(y -> isLabelled(chart.y(), y))
                .map(y -> Ticks.at(y, chart.y(), ys, height, true))
                .orElseGet(() -> Ticks.of(chart.y(), ys, height, true));
    }

    /// Whether each column or row of a heat map has its own label; an axis of many has round numbers.
    private static boolean isLabelled(Axis axis, Values cells) {
        return axis.categories().isEmpty() && cells.size() <= MOST_CELLS;
    }

    private static void line(Path2D path, double x0, double y0, double x1, double y1) {
        path.moveTo(x0, y0);
        path.lineTo(x1, y1);
    }

    private static double numbers(Canvas canvas, Ticks ticks, Projection to, double top) {
        ticks.labelled().forEach(tick -> canvas.write(tick.label(), to.x(tick.at()), top + 9, Lettering.TICKS,
                Paint.INK, Canvas.Anchor.MIDDLE));
        return top + Lettering.TICKS.lineHeight();
    }

    private double names(Canvas canvas, Rectangle2D area, Projection to, double top) {
        Names names = names(area.getWidth());
        for (int i = 0; i < names.lines().size(); i++) {
            double x = to.x(i);
            List<String> lines = i < xs.low() || i > xs.high() ? List.of() : names.lines().get(i);
            for (int line = 0; line < lines.size(); line++) {
                if (names.upright()) {
                    canvas.writeUpwards(lines.get(line), x + 4, top, Lettering.TICKS, Paint.INK, Canvas.Anchor.END);
                } else {
                    canvas.write(lines.get(line), x, top + 9 + line * Lettering.TICKS.lineHeight(), Lettering.TICKS,
                            Paint.INK, Canvas.Anchor.MIDDLE);
                }
            }
        }
        return top + names.height();
    }
}
