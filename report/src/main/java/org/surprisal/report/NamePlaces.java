package org.surprisal.report;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Lettering;
import org.surprisal.report.canvas.Paint;

/// Where names stand within a plot: those of reference lines along them, those of trails beside their ends. Of several
/// places each name gets the one that hides least, and none that another name has taken. In a narrow plot the ends of
/// trails lie too close together for names, which the legend has.
final class NamePlaces {
    private static final double GAP = 4;
    private static final int STEPS_ALONG = 12;
    /// Units of the page: in a plot less wide trails have no names.
    private static final double NARROW = 400;
    /// What a place costs that is taken.
    private static final double TAKEN = 1e6;
    /// Under a name, so that lines behind it do not make it hard to read.
    private static final double VEIL = 0.75;

    private NamePlaces() {
    }

    /// A name in its place.
    ///
    /// @param mark whose name it is
    /// @param name as much of it as the plot is wide
    /// @param box  where the words stand on the page
    record Placed(Mark mark, String name, Rectangle2D box) {
        void draw(Canvas canvas) {
            canvas.fill(box, Paint.PAGE.withOpacity(VEIL));
            canvas.write(name, box.getX(), box.getMaxY() - 3.5, Lettering.TICKS, Paint.INK,
                    Canvas.Anchor.START);
        }
    }

    /// The names of `chart`, placed. Those of marks out of sight and those that have no free place are left out.
    ///
    /// @param elsewhere marks whose names stand beside the plot
    static List<Placed> of(Chart chart, Projection to, Set<Mark> elsewhere) {
        List<Line2D> ink = chart.marks().stream().flatMap(mark -> mark.ink(to).stream()).toList();
        List<Placed> placed = new ArrayList<>();
        for (Mark mark : chart.marks()) {
            String name = Lettering.TICKS.cut(mark.name(), to.area().getWidth() - 2 * GAP);
            double width = Lettering.TICKS.width(name);
            List<Rectangle2D> places = switch (mark) {
                case ReferenceLine line when !name.isEmpty() && !elsewhere.contains(line) && line.isSeen(to) ->
                    along(line, width, to);
                case Trail trail when trail.label() && !name.isEmpty() && to.area().getWidth() >= NARROW
                        && to.sees(trail.end(to)[0], trail.end(to)[1]) ->
                    beside(trail, width, to);
                default -> List.of();
            };
            Optional<Rectangle2D> best = places.stream().map(place -> within(place, to.area()))
                    .min(Comparator.comparingDouble(place -> cost(place, ink, placed)));
            best.filter(place -> cost(place, ink, placed) < TAKEN)
                    .ifPresent(place -> placed.add(new Placed(mark, name, place)));
        }
        return placed;
    }

    private static List<Rectangle2D> along(ReferenceLine line, double width, Projection to) {
        double height = Lettering.TICKS.lineHeight();
        Rectangle2D area = to.area();
        List<Rectangle2D> places = new ArrayList<>();
        for (int step = STEPS_ALONG; step >= 0; step--) {
            double along = (double) step / STEPS_ALONG;
            for (boolean after : new boolean[]{true, false}) {
                if (line.direction() == ReferenceLine.Direction.HORIZONTAL) {
                    places.add(new Rectangle2D.Double(area.getX() + GAP + along * (area.getWidth() - width - 2 * GAP),
                            to.y(line.value()) + (after ? -height - 2 : 2), width, height));
                } else {
                    places.add(new Rectangle2D.Double(to.x(line.value()) + (after ? GAP : -GAP - width),
                            area.getMaxY() - GAP - height - along * (area.getHeight() - height - 2 * GAP), width,
                            height));
                }
            }
        }
        return places;
    }

    private static List<Rectangle2D> beside(Trail trail, double width, Projection to) {
        double height = Lettering.TICKS.lineHeight();
        double[] end = trail.end(to);
        List<Rectangle2D> places = new ArrayList<>();
        for (double far : new double[]{7, 12, 20, 32}) {
            double middle = end[1] - height / 2;
            places.add(new Rectangle2D.Double(end[0] + far, middle, width, height));
            places.add(new Rectangle2D.Double(end[0] - far - width, middle, width, height));
            places.add(new Rectangle2D.Double(end[0] - width / 2, end[1] - far - height, width, height));
            places.add(new Rectangle2D.Double(end[0] - width / 2, end[1] + far, width, height));
            places.add(new Rectangle2D.Double(end[0] + far, middle - far, width, height));
            places.add(new Rectangle2D.Double(end[0] + far, middle + far, width, height));
            places.add(new Rectangle2D.Double(end[0] - far - width, middle - far, width, height));
            places.add(new Rectangle2D.Double(end[0] - far - width, middle + far, width, height));
        }
        return places;
    }

    /// A place moved as little as brings it into the plot.
    private static Rectangle2D within(Rectangle2D box, Rectangle2D area) {
        double left = Math.min(Math.max(box.getX(), area.getX()), area.getMaxX() - box.getWidth());
        double top = Math.min(Math.max(box.getY(), area.getY()), area.getMaxY() - box.getHeight());
        return new Rectangle2D.Double(left, top, box.getWidth(), box.getHeight());
    }

    private static double cost(Rectangle2D box, List<Line2D> ink, List<Placed> placed) {
        double hidden = ink.stream().filter(line -> line.intersects(box)).count();
        if (placed.stream().anyMatch(other -> other.box().intersects(box))) {
            hidden += TAKEN;
        }
        return hidden;
    }
}
