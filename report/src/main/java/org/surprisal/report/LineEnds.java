package org.surprisal.report;

import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Lettering;
import org.surprisal.report.canvas.Paint;
import org.surprisal.report.canvas.Pen;

/// Names to the right of a plot: those of horizontal reference lines, and those of the chart's lines at their ends,
/// which spare the reader the way to a legend.
///
/// @param names      in the order of the chart's marks
/// @param ofAllLines whether every entry of the legend is among them
record LineEnds(List<Name> names, boolean ofAllLines) {
    private static final int MOST = 10;
    private static final double LEADER = 14;
    private static final double GAP = 4;
    /// How far a name may stand from the end of its line, up or down.
    private static final double FARTHEST = 40;
    /// Of the width of a chart, what names may take.
    private static final double WIDEST = 0.3;
    /// Of the x axis, how far from its right end lines may end.
    private static final double SHORT = 0.06;

    /// @param mark whose name it is
    /// @param x    where its line ends
    /// @param y    likewise
    /// @param pen  of the stroke from there to the name
    private record Name(Mark mark, double x, double y, Pen pen) {}

    /// The names of a chart that fit. Lines are named if everything in the legend is a line, with or without a band,
    /// and ends at the right, at most ten of them, not so close together that names would stand far from their lines.
    ///
    /// @param width of the whole chart
    /// @param to    about where the plot is
    /// @param lines whether lines may be named
    static LineEnds of(Chart chart, double width, Projection to, boolean lines) {
        List<Name> references = new ArrayList<>();
        for (Mark mark : chart.marks()) {
            if (mark instanceof ReferenceLine line && line.direction() == ReferenceLine.Direction.HORIZONTAL
                    && !line.name().isEmpty() && LEADER + Lettering.TICKS.width(line.name()) < WIDEST * width
                    && line.isSeen(to)) {
                references.add(end(line, to));
            }
        }
        LineEnds none = new LineEnds(references, false);
        if (!lines) {
            return none.fit(to) ? none : new LineEnds(List.of(), false);
        }
        List<Name> names = ends(chart, to);
        names.addAll(references);
        LineEnds all = new LineEnds(names, true);
        boolean fit = names.size() > references.size() && names.size() <= MOST && all.room() <= WIDEST * width
                && all.fit(to);
        return fit ? all : of(chart, width, to, false);
    }

    /// The ends of all lines of the legend; none if one does not end at the right, or something else is in the legend.
    private static List<Name> ends(Chart chart, Projection to) {
        Map<String, Name> byName = new LinkedHashMap<>();
        double right = to.area().getMaxX() - SHORT * to.area().getWidth();
        for (Mark mark : chart.marks()) {
            if (mark instanceof Line line && mark.isInLegend()) {
                Name name = end(line, to);
                if (!(name.x() >= right) || !to.sees(name.x(), name.y()) || byName.put(line.name(), name) != null) {
                    return new ArrayList<>();
                }
            }
        }
        boolean others = chart.marks().stream()
                .anyMatch(mark -> mark.isInLegend() && !byName.containsKey(mark.name()));
        return others || byName.size() < 2 ? new ArrayList<>() : new ArrayList<>(byName.values());
    }

    /// A name at the last number of a line; one without a place if it has no number.
    private static Name end(Line line, Projection to) {
        int last = line.y().size() - 1;
        while (last >= 0 && Double.isNaN(line.y().get(last))) {
            last--;
        }
        return new Name(line, last < 0 ? Double.NaN : to.x(line.x().get(last)),
                last < 0 ? Double.NaN : to.y(line.y().get(last)), Strokes.pen(line.colour(), line.stroke()));
    }

    private static Name end(ReferenceLine line, Projection to) {
        return new Name(line, to.area().getMaxX(), to.y(line.value()), Pen.solid(Paint.data(line.colour()), 1.2));
    }

    /// The same names where the plot has come to be.
    LineEnds at(Projection to) {
        return new LineEnds(names.stream().map(name -> switch (name.mark()) {
            case Line line -> end(line, to);
            case ReferenceLine line -> end(line, to);
            default -> name;
        }).toList(), ofAllLines);
    }

    private boolean fit(Projection to) {
        Map<Name, Double> places = places(to);
        return places.entrySet().stream().allMatch(at -> Math.abs(at.getValue() - at.getKey().y()) <= FARTHEST);
    }

    /// What the names need to the right of the plot.
    double room() {
        return names.isEmpty()
                ? 0
                : LEADER + GAP
                        + names.stream().mapToDouble(name -> Lettering.TICKS.width(name.mark().name())).max().orElse(0);
    }

    /// The marks that are named here.
    Set<Mark> marks() {
        return names.stream().map(Name::mark).collect(Collectors.toSet());
    }

    /// The height of each name: that of the end of its line, moved as little as keeps names apart and within the plot.
    private Map<Name, Double> places(Projection to) {
        List<Name> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.comparingDouble(Name::y));
        double height = Lettering.TICKS.lineHeight();
        // Names that touch become one block about the mean of their lines, until no two blocks touch.
        List<List<Name>> blocks = new ArrayList<>();
        for (Name name : sorted) {
            blocks.add(new ArrayList<>(List.of(name)));
            while (blocks.size() > 1 && top(blocks.getLast(), to) < top(blocks.get(blocks.size() - 2), to)
                    + blocks.get(blocks.size() - 2).size() * height) {
                List<Name> last = blocks.removeLast();
                blocks.getLast().addAll(last);
            }
        }
        Map<Name, Double> places = new LinkedHashMap<>();
        for (List<Name> block : blocks) {
            for (int i = 0; i < block.size(); i++) {
                places.put(block.get(i), top(block, to) + (i + 0.5) * height);
            }
        }
        return places;
    }

    private static double top(List<Name> block, Projection to) {
        double height = Lettering.TICKS.lineHeight() * block.size();
        double mean = block.stream().mapToDouble(Name::y).average().orElseThrow();
        // A name may reach over the ends of the plot by half its height, as the labels of ticks do.
        double over = Lettering.TICKS.lineHeight() / 2;
        double low = to.area().getY() - over;
        return Math.clamp(mean - height / 2, low, Math.max(low, to.area().getMaxY() + over - height));
    }

    /// Draws the names, which belong to the plot of the projection.
    ///
    /// @param attributes of the group of each
    void draw(Canvas canvas, Projection to, Function<Mark, Map<String, String>> attributes) {
        places(to).forEach((name, at) -> canvas.group(attributes.apply(name.mark()), () -> {
            double x = to.area().getMaxX() + LEADER;
            canvas.stroke(new Line2D.Double(name.x(), name.y(), x, at), name.pen());
            canvas.write(name.mark().name(), x + GAP, at + 4, Lettering.TICKS, Paint.INK, Canvas.Anchor.START);
        }));
    }
}
