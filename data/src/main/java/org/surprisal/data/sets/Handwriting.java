package org.surprisal.data.sets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.surprisal.tensor.RandomStream;

/// Writes a glyph as a person would: never twice the same.
///
/// The glyph's points are jittered and joined by splines; the path is scaled, slanted, rotated, bent by an
/// [ElasticField], moved, and drawn with a pen of random and varying width. Spreads are standard deviations of normal
/// choices, cut at [#OUTERMOST] of them so that every result stays legible. Lengths are in pixels, angles in radians.
final class Handwriting {
    private static final double HEIGHT = 18.5;
    private static final double LOG_HEIGHT_SPREAD = 0.08;
    private static final double LOG_ASPECT_SPREAD = 0.12;
    /// In units of the glyph's height.
    private static final double POINT_SPREAD = 0.02;
    /// Most people lean their writing to the right.
    private static final double SLANT = 0.1;
    private static final double SLANT_SPREAD = 0.19;
    private static final double ROTATION_SPREAD = 0.14;
    /// What a linear classifier suffers most from.
    private static final double SHIFT_SPREAD = 1.6;
    private static final double NODE_SPREAD = 1.4;
    private static final double PEN_RADIUS = 1.27;
    private static final double LOG_PEN_SPREAD = 0.2;
    private static final double PRESSURE_SPREAD = 0.12;
    private static final double OUTERMOST = 2.2;
    /// Straight pieces between two points of a glyph; more are not seen at this size.
    private static final int STEPS = 5;
    /// The middle of the glyphs, in units of their height.
    private static final double MIDDLE_X = 0.41;
    private static final double MIDDLE_Y = 0.5;

    private final double height;
    private final double width;
    private final double slant;
    private final double cos;
    private final double sin;
    private final double shiftX;
    private final double shiftY;
    private final double radius;
    private final double softness;
    private final ElasticField field;
    private final int side;

    private Handwriting(int side, RandomStream stream) {
        this.side = side;
        height = HEIGHT * Math.exp(normal(LOG_HEIGHT_SPREAD, stream));
        width = height * Math.exp(normal(LOG_ASPECT_SPREAD, stream));
        slant = SLANT + normal(SLANT_SPREAD, stream);
        double angle = normal(ROTATION_SPREAD, stream);
        cos = Math.cos(angle);
        sin = Math.sin(angle);
        shiftX = normal(SHIFT_SPREAD, stream);
        shiftY = normal(SHIFT_SPREAD, stream);
        radius = PEN_RADIUS * Math.exp(normal(LOG_PEN_SPREAD, stream));
        softness = stream.nextDouble(0.8, 1.3);
        field = new ElasticField(NODE_SPREAD, stream);
    }

    /// Writes the glyph near the middle of the sheet.
    static void write(Glyph glyph, Ink sheet, RandomStream stream) {
        Handwriting hand = new Handwriting(sheet.side(), stream);
        List<Path> paths = new ArrayList<>();
        for (Glyph.Stroke stroke : glyph.strokes()) {
            paths.add(hand.trace(stroke, stream));
        }
        double reach = hand.radius + hand.softness / 2;
        DoubleSummaryStatistics across = paths.stream().flatMapToDouble(p -> Arrays.stream(p.x)).summaryStatistics();
        DoubleSummaryStatistics down = paths.stream().flatMapToDouble(p -> Arrays.stream(p.y)).summaryStatistics();
        double last = sheet.side() - 1;
        double dx = within(hand.shiftX, across.getMin() - reach, across.getMax() + reach, last);
        double dy = within(hand.shiftY, down.getMin() - reach, down.getMax() + reach, last);
        for (Path path : paths) {
            for (int k = 1; k < path.x.length; k++) {
                sheet.draw(path.x[k - 1] + dx, path.y[k - 1] + dy, path.radius[k - 1], path.x[k] + dx, path.y[k] + dy,
                        path.radius[k], hand.softness);
            }
        }
    }

    /// The shift nearest to the wanted one that keeps what lies in low … high on the sheet, 0 … last; what is larger
    /// than the sheet is centred.
    private static double within(double wanted, double low, double high, double last) {
        return high - low > last ? (last - low - high) / 2 : Math.clamp(wanted, -low, last - high);
    }

    private Path trace(Glyph.Stroke stroke, RandomStream stream) {
        int points = stroke.size();
        double[] x = new double[points];
        double[] y = new double[points];
        double[] pressed = new double[points];
        for (int k = 0; k < points; k++) {
            x[k] = stroke.x(k) - MIDDLE_X + normal(POINT_SPREAD, stream);
            y[k] = stroke.y(k) - MIDDLE_Y + normal(POINT_SPREAD, stream);
            pressed[k] = radius * (1 + normal(PRESSURE_SPREAD, stream));
        }
        Path path = new Path(stroke.spline(x, STEPS), stroke.spline(y, STEPS), stroke.spline(pressed, STEPS));
        path.distort(this);
        return path;
    }

    private static double normal(double spread, RandomStream stream) {
        return spread * Math.clamp(stream.nextGaussian(), -OUTERMOST, OUTERMOST);
    }

    /// The pen's way: points in pixels and the pen's radius at each.
    private static final class Path {
        private final double[] x;
        private final double[] y;
        private final double[] radius;

        Path(double[] x, double[] y, double[] radius) {
            this.x = x;
            this.y = y;
            this.radius = radius;
        }

        /// From the glyph's coordinates around its middle to pixels around the sheet's.
        void distort(Handwriting hand) {
            double last = hand.side - 1;
            for (int k = 0; k < x.length; k++) {
                double v = y[k] * hand.height;
                double u = x[k] * hand.width - hand.slant * v;
                double across = last / 2 + hand.cos * u - hand.sin * v;
                double down = last / 2 + hand.sin * u + hand.cos * v;
                x[k] = across + hand.field.dx(across / last, down / last);
                y[k] = down + hand.field.dy(across / last, down / last);
            }
        }
    }
}
