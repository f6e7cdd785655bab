package org.surprisal.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/// The colour bar at the right of a heat map: which colour stands for which number, and what the numbers are.
final class ColourBar {

    /// What a chart gives up at its right for the bar.
    static final int WIDTH = 84;

    private static final double GAP = 12;
    private static final double BAR = 14;
    private static final int STEPS = 128;
    private static final double TICK = 4;
    /// The least distance between two ticks.
    private static final double TICK_DISTANCE = 40;

    private ColourBar() {
    }

    /// Paints the bar beside the plot `area`, as high as it.
    static void paint(Graphics2D g, Mark.Cells cells, Rectangle2D area) {
        double left = area.getMaxX() + GAP;
        double top = area.getY();
        double height = area.getHeight();
        Object smoothing = g.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        for (int i = 0; i < STEPS; i++) {
            // Each step reaches down to the foot and the next lower one covers what is its own: no seams.
            double from = top + height * i / STEPS;
            g.setColor(cells.map().at(1 - (i + 0.5) / STEPS));
            g.fill(new Rectangle2D.Double(left, from, BAR, top + height - from));
        }
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, smoothing);
        g.setStroke(new BasicStroke(0.8f));
        g.setColor(Lettering.FAINT);
        g.draw(new Rectangle2D.Double(left, top, BAR, height));

        Range range = cells.shown();
        Scale scale = cells.measure().scale();
        for (double tick : ticks(scale, range, height)) {
            double y = top + height * (1 - Projection.fraction(scale, range, tick));
            g.setColor(Lettering.FAINT);
            g.draw(new Line2D.Double(left + BAR, y, left + BAR + TICK, y));
            g.setColor(Lettering.INK);
            Lettering.TICKS.write(g, Numeral.of(tick, 4), left + BAR + TICK + 3, y + 4);
        }
        AffineTransform upright = g.getTransform();
        double x = area.getMaxX() + WIDTH - 4;
        g.rotate(-Math.PI / 2, x, area.getCenterY());
        Lettering.AXIS.centre(g, cells.measure().title(), x, area.getCenterY());
        g.setTransform(upright);
    }

    /// Round numbers within the range: multiples of 1, 2 or 5 times a power of ten; on a logarithmic scale powers of
    /// ten, with twice and five times these where they fit, or again multiples where the range spans less than that.
    static List<Double> ticks(Scale scale, Range range, double height) {
        int most = Math.max(2, (int) (height / TICK_DISTANCE));
        if (scale == Scale.LOG) {
            for (List<Integer> factors : List.of(List.of(1, 2, 5), List.of(1))) {
                List<Double> ticks = decades(range, factors, 1);
                if (ticks.size() >= 3 && ticks.size() <= most + 1) {
                    return ticks;
                }
            }
            double orders = Math.log10(range.high()) - Math.log10(range.low());
            if (orders > 2) {
                return decades(range, List.of(1), (int) Math.ceil(orders / most));
            }
        }
        double step = AxisRange.niceStep((range.high() - range.low()) / most);
        List<Double> ticks = new ArrayList<>();
        // Counted from a whole multiple, so that rounding does not add up; and counted, because a range of a few last
        // bits
        // has steps that move no number.
        double first = Math.ceil(range.low() / step - 1e-9);
        for (int i = 0; i <= most && (first + i) * step <= range.high() + 1e-9 * step; i++) {
            ticks.add((first + i) * step);
        }
        return ticks;
    }

    private static List<Double> decades(Range range, List<Integer> factors, int every) {
        List<Double> ticks = new ArrayList<>();
        int last = (int) Math.ceil(Math.log10(range.high()));
        for (int power = (int) Math.floor(Math.log10(range.low())); power <= last; power++) {
            for (int factor : factors) {
                double tick = factor * Math.pow(10, power);
                if (power % every == 0 && tick >= range.low() * (1 - 1e-9) && tick <= range.high() * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
