package org.surprisal.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

import org.jspecify.annotations.Nullable;

/// Paints marks as whole paths. XChart strokes each segment of a line by itself, so that dashes begin anew at every
/// point and a dashed curve of many points looks solid; hence only the axes are XChart's.
final class MarkPainter {

    private static final float LINE_WIDTH = 1.8f;
    private static final float[] DASHES = {7, 4};
    private static final float[] DOTS = {1.5f, 3.5f};
    private static final double MARKER = 5;
    /// Between the strokes of a hatched cell.
    private static final double HATCH = 6;
    private static final double OVERLAP = 0.5;
    private static final float EDGE = 1.4f;
    private static final int BAND_ALPHA = 48;
    private static final int BAR_ALPHA = 90;

    private final Graphics2D g;
    private final Projection to;
    private final boolean overCells;

    /// @param overCells whether lines lie over a heat map and get a white edge, to be seen on every colour
    MarkPainter(Graphics2D g, Projection to, boolean overCells) {
        this.g = g;
        this.to = to;
        this.overCells = overCells;
    }

    /// Paints `mark`; a rule without its label.
    void paint(Mark mark) {
        switch (mark) {
            case Mark.Line line -> line(line);
            case Mark.Band band -> band(band);
            case Mark.Bars bars -> bars(bars);
            case Mark.Points points -> {
                g.setColor(points.colour());
                for (int i = 0; i < points.x().size(); i++) {
                    dot(to.x(points.x().get(i)), to.y(points.y().get(i)));
                }
            }
            case Mark.Rule rule -> rule(rule);
            case Mark.Cells cells -> cells(cells);
        }
    }

    /// The order of painting: cells, areas, rules, lines, points.
    static int layer(Mark mark) {
        return switch (mark) {
            case Mark.Cells _ -> 0;
            case Mark.Band _,Mark.Bars _ -> 1;
            case Mark.Rule _ -> 2;
            case Mark.Line _ -> 3;
            case Mark.Points _ -> 4;
        };
    }

    /// Paints the sample that stands before a name in the legend, in the box at `x`, `y` of `width` by `height`.
    static void sample(Graphics2D g, Legend.Entry entry, double x, double y, double width, double height) {
        double middle = y + height / 2;
        for (Mark mark : entry.sample()) {
            switch (mark) {
                case Mark.Band band -> box(g, band.colour(), BAND_ALPHA, x, y, width, height);
                case Mark.Bars bars -> box(g, bars.colour(), BAR_ALPHA, x, y, width, height);
                case Mark.Cells cells -> hatch(g, cells.colour(), new Rectangle2D.Double(x, y, width, height));
                default -> {
                }
            }
        }
        for (Mark mark : entry.sample()) {
            g.setColor(mark.colour());
            if (mark instanceof Mark.Line line) {
                g.setStroke(stroke(line.stroke()));
                g.draw(new Line2D.Double(x, middle, x + width, middle));
            }
            if (mark instanceof Mark.Points || (mark instanceof Mark.Line line && line.markers())) {
                g.fill(new Ellipse2D.Double(x + (width - MARKER) / 2, middle - MARKER / 2, MARKER, MARKER));
            }
        }
    }

    private static void box(Graphics2D g, Color colour, int alpha, double x, double y, double width, double height) {
        Path2D box = new Path2D.Double();
        box.moveTo(x, y);
        box.lineTo(x + width, y);
        box.lineTo(x + width, y + height);
        box.lineTo(x, y + height);
        box.closePath();
        g.setColor(translucent(colour, alpha));
        g.fill(box);
    }

    private void line(Mark.Line line) {
        g.setColor(line.colour());
        Path2D path = new Path2D.Double();
        int n = line.x().size();
        for (int i = 0; i < n; i++) {
            if (gap(line, i)) {
                continue;
            }
            double x = to.x(line.x().get(i));
            double y = to.y(line.y().get(i));
            boolean begins = gap(line, i - 1);
            if (begins) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
            // A point between two gaps has no segment to be seen by.
            if (line.markers() || (begins && gap(line, i + 1))) {
                dot(x, y);
            }
        }
        draw(path, line.colour(), stroke(line.stroke()));
    }

    private void draw(Shape path, Color colour, BasicStroke stroke) {
        if (overCells) {
            g.setColor(Color.WHITE);
            g.setStroke(
                    new BasicStroke(stroke.getLineWidth() + 2 * EDGE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
            g.draw(path);
        }
        g.setColor(colour);
        g.setStroke(stroke);
        g.draw(path);
    }

    private static boolean gap(Mark.Line line, int i) {
        return i < 0 || i >= line.y().size() || Double.isNaN(line.y().get(i));
    }

    private void band(Mark.Band band) {
        g.setColor(translucent(band.colour(), BAND_ALPHA));
        int n = band.x().size();
        int from = 0;
        while (from < n) {
            int end = from;
            while (end < n && !Double.isNaN(band.lower().get(end)) && !Double.isNaN(band.upper().get(end))) {
                end++;
            }
            if (end > from) {
                Path2D path = new Path2D.Double();
                path.moveTo(to.x(band.x().get(from)), to.y(band.upper().get(from)));
                for (int i = from + 1; i < end; i++) {
                    path.lineTo(to.x(band.x().get(i)), to.y(band.upper().get(i)));
                }
                for (int i = end - 1; i >= from; i--) {
                    path.lineTo(to.x(band.x().get(i)), to.y(band.lower().get(i)));
                }
                path.closePath();
                g.fill(path);
            }
            from = end + 1;
        }
    }

    /// One outline for the whole histogram: translucent bars side by side would show seams where they touch.
    private void bars(Mark.Bars bars) {
        Path2D path = new Path2D.Double();
        int n = bars.heights().size();
        path.moveTo(to.x(bars.edges().get(0)), to.y(0));
        for (int i = 0; i < n; i++) {
            double top = to.y(bars.heights().get(i));
            path.lineTo(to.x(bars.edges().get(i)), top);
            path.lineTo(to.x(bars.edges().get(i + 1)), top);
        }
        path.lineTo(to.x(bars.edges().get(n)), to.y(0));
        path.closePath();
        g.setColor(translucent(bars.colour(), BAR_ALPHA));
        g.fill(path);
        g.setColor(translucent(bars.colour(), 2 * BAR_ALPHA));
        g.setStroke(new BasicStroke(0.8f));
        g.draw(path);
    }

    private void cells(Mark.Cells cells) {
        Range shown = cells.shown();
        // Smoothed edges would let the page shine through between two cells; so each also reaches a little under its
        // neighbours to the right and below, which are painted later.
        Object smoothing = g.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        for (int j = cells.rows() - 1; j >= 0; j--) {
            for (int i = 0; i < cells.columns(); i++) {
                double left = to.x(cells.xEdges().get(i));
                double top = to.y(cells.yEdges().get(j + 1));
                double right = to.x(cells.xEdges().get(i + 1)) + (i + 1 < cells.columns() ? OVERLAP : 0);
                double bottom = to.y(cells.yEdges().get(j)) + (j > 0 ? OVERLAP : 0);
                Rectangle2D cell = new Rectangle2D.Double(left, top, right - left, bottom - top);
                if (Double.isNaN(cells.at(i, j))) {
                    hatch(g, cells.colour(), cell);
                } else {
                    g.setColor(cells.colour(cells.at(i, j), shown));
                    g.fill(cell);
                }
            }
        }
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, smoothing);
    }

    /// White with rising strokes, whose places are the page's, so that neighbours join.
    private static void hatch(Graphics2D g, Color colour, Rectangle2D cell) {
        g.setColor(Color.WHITE);
        g.fill(cell);
        Shape clip = g.getClip();
        g.clip(cell);
        g.setColor(colour);
        g.setStroke(new BasicStroke(1));
        double first = Math.floor((cell.getX() + cell.getY()) / HATCH) * HATCH;
        for (double sum = first; sum <= cell.getMaxX() + cell.getMaxY(); sum += HATCH) {
            g.draw(new Line2D.Double(sum - cell.getMaxY(), cell.getMaxY(), sum - cell.getY(), cell.getY()));
        }
        g.setClip(clip);
    }

    private void rule(Mark.Rule rule) {
        BasicStroke stroke = new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10,
                new float[]{10, 3, 2, 3}, 0);
        if (rule.direction() == Mark.Direction.HORIZONTAL) {
            double y = to.y(rule.value());
            draw(new Line2D.Double(to.area().getX(), y, to.area().getMaxX(), y), rule.colour(), stroke);
        } else {
            double x = to.x(rule.value());
            draw(new Line2D.Double(x, to.area().getY(), x, to.area().getMaxY()), rule.colour(), stroke);
        }
    }

    private void dot(double x, double y) {
        g.fill(new Ellipse2D.Double(x - MARKER / 2, y - MARKER / 2, MARKER, MARKER));
    }

    private static BasicStroke stroke(Stroke stroke) {
        float @Nullable [] pattern = switch (stroke) {
            case SOLID -> null;
            case DASHED -> DASHES;
            case DOTTED -> DOTS;
        };
        return new BasicStroke(LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, pattern, 0);
    }

    private static Color translucent(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }
}
