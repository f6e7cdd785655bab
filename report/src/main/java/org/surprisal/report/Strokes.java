package org.surprisal.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
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
    /// How far the white edge of a line over colours reaches out.
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
            canvas.stroke(shape, Pen.solid(Paint.fixed(Color.WHITE), pen.width() + 2 * EDGE));
            canvas.stroke(shape, new Pen(Paint.fixed(pen.paint().colour()), pen.width(), pen.dashes()));
        } else {
            canvas.stroke(shape, pen);
        }
    }

    /// A line through places in order, broken at gaps.
    static Path2D path(Projection to, Values x, Values y) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < x.size(); i++) {
            if (!isGap(y, i)) {
                if (isGap(y, i - 1)) {
                    path.moveTo(to.x(x.get(i)), to.y(y.get(i)));
                } else {
                    path.lineTo(to.x(x.get(i)), to.y(y.get(i)));
                }
            }
        }
        return path;
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
        canvas.dots(Arrays.stream(indices).mapToDouble(i -> to.x(x.get(i))).toArray(),
                Arrays.stream(indices).mapToDouble(i -> to.y(y.get(i))).toArray(), DOT, Paint.data(colour));
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
