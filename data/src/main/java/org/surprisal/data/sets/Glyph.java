package org.surprisal.data.sets;

import java.util.ArrayList;
import java.util.List;

/// One way to write a character: the strokes of a pen, each a list of points that the pen passes.
///
/// Between points the pen follows Catmull-Rom splines (Catmull and Rom 1974), cubic pieces whose slope at a point is
/// half the step between its neighbours; at a corner it stops and turns. Coordinates are written in percent of the
/// character's height, x to the right and y downwards.
final class Glyph {
    private final List<Stroke> strokes;

    private Glyph(List<Stroke> strokes) {
        this.strokes = strokes;
    }

    /// Strokes in the notation `x,y x,y x,y! x,y`: points in writing order, `!` after a corner.
    static Glyph of(String... strokes) {
        List<Stroke> parsed = new ArrayList<>();
        for (String stroke : strokes) {
            parsed.add(Stroke.parse(stroke));
        }
        return new Glyph(List.copyOf(parsed));
    }

    List<Stroke> strokes() {
        return strokes;
    }

    /// The points of one stroke, in units of the character's height.
    static final class Stroke {
        private final double[] x;
        private final double[] y;
        private final boolean[] corner;

        private Stroke(double[] x, double[] y, boolean[] corner) {
            this.x = x;
            this.y = y;
            this.corner = corner;
        }

        private static Stroke parse(String notation) {
            String[] points = notation.split(" ", -1);
            double[] x = new double[points.length];
            double[] y = new double[points.length];
            boolean[] corner = new boolean[points.length];
            for (int i = 0; i < points.length; i++) {
                corner[i] = points[i].endsWith("!") || i == 0 || i == points.length - 1;
                String[] coordinates = points[i].replace("!", "").split(",", -1);
                x[i] = Double.parseDouble(coordinates[0]) / 100;
                y[i] = Double.parseDouble(coordinates[1]) / 100;
            }
            return new Stroke(x, y, corner);
        }

        int size() {
            return x.length;
        }

        double x(int point) {
            return x[point];
        }

        double y(int point) {
            return y[point];
        }

        /// The spline through one coordinate's values at the points of this stroke, `steps` pieces between two points.
        double[] spline(double[] values, int steps) {
            int spans = values.length - 1;
            double[] path = new double[spans * steps + 1];
            for (int span = 0; span < spans; span++) {
                double from = values[span];
                double to = values[span + 1];
                // At a corner the neighbour beyond is the mirror image of the one before: the piece leaves straight.
                double before = corner[span] ? 2 * from - to : values[span - 1];
                double after = corner[span + 1] ? 2 * to - from : values[span + 2];
                for (int step = 0; step < steps; step++) {
                    path[span * steps + step] = catmullRom(before, from, to, after, (double) step / steps);
                }
            }
            path[spans * steps] = values[spans];
            return path;
        }

        private static double catmullRom(double before, double from, double to, double after, double t) {
            double slopeFrom = (to - before) / 2;
            double slopeTo = (after - from) / 2;
            double rise = to - from;
            return from + t * (slopeFrom
                    + t * ((3 * rise - 2 * slopeFrom - slopeTo) + t * (slopeFrom + slopeTo - 2 * rise)));
        }
    }
}
