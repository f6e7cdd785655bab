package org.surprisal.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Paint;
import org.surprisal.report.canvas.Pen;

/// How marks draw lines and dots.
final class Strokes {
    /// Across a dot.
    static final double DOT = 5;
    private static final double WIDTH = 1.8;
    /// Units of the page: how far from a line a place may lie that the line passes by.
    private static final double ASIDE = 0.15;
    /// How far the edge of a line or a dot over colours reaches out.
    private static final double EDGE = 1.4;

    private Strokes() {
    }

    static Pen pen(Color colour, Stroke stroke) {
        return new Pen(Paint.data(colour), WIDTH, switch (stroke) {
            case SOLID -> List.of();
            case DASHED -> List.of(7.0, 4.0);
            case DOTTED -> List.of(1.5, 3.5);
        });
    }

    /// Strokes a shape, over a heat map with an edge in the colour of the page, to be seen on every colour.
    static void stroke(Canvas canvas, Projection to, Shape shape, Pen pen) {
        if (to.overCells()) {
            canvas.stroke(shape, Pen.solid(Paint.PAGE, pen.width() + 2 * EDGE));
        }
        canvas.stroke(shape, pen);
    }

    /// A line through places in order, broken at gaps. Places that lie on the way from one to another, as far as an eye
    /// can tell, are passed by: a smooth curve of hundreds of places needs a few dozen.
    static Path2D path(Projection to, Values x, Values y) {
        Path2D path = new Path2D.Double();
        int n = x.size();
        int from = 0;
        while (from < n) {
            int end = from;
            while (end < n && !isGap(y, end)) {
                end++;
            }
            for (int i : needed(to, x, y, from, end)) {
                if (i == from) {
                    path.moveTo(to.x(x.get(i)), to.y(y.get(i)));
                } else {
                    path.lineTo(to.x(x.get(i)), to.y(y.get(i)));
                }
            }
            from = end + 1;
        }
        return path;
    }

    /// Those of some neighbouring places that a line has to go through, by Douglas and Peucker's rule: between two of
    /// them no place is farther from the straight line than [#ASIDE].
    ///
    /// @param from the first place, always needed
    /// @param end  behind the last place, which is always needed, too
    static int[] needed(Projection to, Values x, Values y, int from, int end) {
        BitSet needed = new BitSet();
        if (end <= from) {
            return new int[0];
        }
        needed.set(from);
        needed.set(end - 1);
        Deque<int[]> parts = new ArrayDeque<>();
        parts.push(new int[]{from, end - 1});
        while (!parts.isEmpty()) {
            int[] part = parts.pop();
            Line2D straight = new Line2D.Double(to.x(x.get(part[0])), to.y(y.get(part[0])), to.x(x.get(part[1])),
                    to.y(y.get(part[1])));
            int farthest = -1;
            double most = ASIDE;
            for (int i = part[0] + 1; i < part[1]; i++) {
                double aside = straight.ptSegDist(to.x(x.get(i)), to.y(y.get(i)));
                if (aside > most) {
                    most = aside;
                    farthest = i;
                }
            }
            if (farthest >= 0) {
                needed.set(farthest);
                parts.push(new int[]{part[0], farthest});
                parts.push(new int[]{farthest, part[1]});
            }
        }
        return needed.stream().toArray();
    }

    static boolean isGap(Values y, int i) {
        return i < 0 || i >= y.size() || Double.isNaN(y.get(i));
    }

    static void dot(Canvas canvas, double x, double y, double size, Paint paint) {
        canvas.dots(new double[]{x}, new double[]{y}, size, paint);
    }

    /// Dots at the places whose numbers are wanted.
    static void dots(Canvas canvas, Projection to, Values x, Values y, IntPredicate wanted, Color colour) {
        int[] indices = IntStream.range(0, x.size()).filter(i -> !isGap(y, i)).filter(wanted).toArray();
        double[] across = Arrays.stream(indices).mapToDouble(i -> to.x(x.get(i))).toArray();
        double[] down = Arrays.stream(indices).mapToDouble(i -> to.y(y.get(i))).toArray();
        if (to.overCells()) {
            canvas.dots(across, down, DOT + 2 * EDGE, Paint.PAGE);
        }
        canvas.dots(across, down, DOT, Paint.data(colour));
    }

    /// The pieces of a line, for names that should not hide it.
    static List<Line2D> pieces(Projection to, Values x, Values y) {
        List<Line2D> ink = new ArrayList<>();
        for (int i = 1; i < x.size(); i++) {
            if (!Double.isNaN(y.get(i - 1)) && !Double.isNaN(y.get(i))) {
                ink.add(new Line2D.Double(to.x(x.get(i - 1)), to.y(y.get(i - 1)), to.x(x.get(i)), to.y(y.get(i))));
            }
        }
        return ink;
    }
}
