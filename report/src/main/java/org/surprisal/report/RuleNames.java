package org.surprisal.report;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Where the names of a chart's rules stand: of eight places along each rule the one that hides least of the other
/// marks and of the names placed before.
final class RuleNames {

    private static final double GAP = 4;

    private RuleNames() {
    }

    /// A name in its place.
    ///
    /// @param rule  whose name it is
    /// @param along where along the rule, from 0 at its left or lower end to 1
    /// @param after whether the words stand above the rule, or to the right of it
    /// @param box   where the words stand on the page
    record Placed(Mark.Rule rule, double along, boolean after, Rectangle2D box) {}

    /// The named rules of `chart`, placed.
    static List<Placed> place(Chart chart, Projection to) {
        List<Line2D> ink = ink(chart, to);
        List<Placed> placed = new ArrayList<>();
        for (Mark mark : chart.marks()) {
            if (mark instanceof Mark.Rule rule && !rule.name().isEmpty()) {
                placed.add(candidates(rule, to).stream()
                        .min(Comparator.comparingDouble(place -> cost(place.box(), to, ink, placed))).orElseThrow());
            }
        }
        return placed;
    }

    private static List<Placed> candidates(Mark.Rule rule, Projection to) {
        double width = Lettering.TICKS.width(rule.name());
        double height = Lettering.TICKS.lineHeight();
        Rectangle2D area = to.area();
        List<Placed> places = new ArrayList<>();
        for (double along : new double[]{1, 0, 0.5, 0.25}) {
            for (boolean after : new boolean[]{true, false}) {
                double x;
                double y;
                if (rule.direction() == Mark.Direction.HORIZONTAL) {
                    x = area.getX() + GAP + along * (area.getWidth() - width - 2 * GAP);
                    y = to.y(rule.value()) + (after ? -height - 2 : 2);
                } else {
                    x = to.x(rule.value()) + (after ? GAP : -GAP - width);
                    y = area.getMaxY() - GAP - height - along * (area.getHeight() - height - 2 * GAP);
                }
                places.add(new Placed(rule, along, after, new Rectangle2D.Double(x, y, width, height)));
            }
        }
        return places;
    }

    private static double cost(Rectangle2D box, Projection to, List<Line2D> ink, List<Placed> placed) {
        double hidden = to.area().contains(box) ? 0 : 1000;
        hidden += ink.stream().filter(line -> line.intersects(box)).count();
        hidden += 100.0 * placed.stream().filter(other -> other.box().intersects(box)).count();
        return hidden;
    }

    /// The strokes that a name might hide.
    private static List<Line2D> ink(Chart chart, Projection to) {
        List<Line2D> ink = new ArrayList<>();
        for (Mark mark : chart.marks()) {
            switch (mark) {
                case Mark.Line line -> strokes(ink, to, line.x(), line.y());
                case Mark.Band band -> {
                    strokes(ink, to, band.x(), band.lower());
                    strokes(ink, to, band.x(), band.upper());
                }
                case Mark.Points points -> strokes(ink, to, points.x(), points.y());
                // They are everywhere alike.
                case Mark.Cells _ -> {
                }
                case Mark.Bars bars -> {
                    for (int i = 0; i < bars.heights().size(); i++) {
                        double x = to.x((bars.edges().get(i) + bars.edges().get(i + 1)) / 2);
                        ink.add(new Line2D.Double(x, to.y(0), x, to.y(bars.heights().get(i))));
                    }
                }
                // Its own rule runs beside a name, never through it.
                case Mark.Rule(_, var direction, double value, _) when direction == Mark.Direction.HORIZONTAL ->
                    ink.add(new Line2D.Double(to.area().getX(), to.y(value), to.area().getMaxX(), to.y(value)));
                case Mark.Rule(_, _, double value, _) ->
                    ink.add(new Line2D.Double(to.x(value), to.area().getY(), to.x(value), to.area().getMaxY()));
            }
        }
        return ink;
    }

    private static void strokes(List<Line2D> ink, Projection to, Values x, Values y) {
        for (int i = 1; i < x.size(); i++) {
            if (!Double.isNaN(y.get(i - 1)) && !Double.isNaN(y.get(i))) {
                ink.add(new Line2D.Double(to.x(x.get(i - 1)), to.y(y.get(i - 1)), to.x(x.get(i)), to.y(y.get(i))));
            }
        }
    }
}
