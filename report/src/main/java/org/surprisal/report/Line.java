package org.surprisal.report;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.stream.DoubleStream;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Paint;

/// A line through points in the order given.
///
/// @param x       positions, finite
/// @param y       heights, as many as `x`; NaN leaves a gap
/// @param stroke  solid, dashed or dotted
/// @param markers whether each point gets a dot
public record Line(String name, Values x, Values y, Color colour, Stroke stroke, boolean markers) implements Mark {

    public Line {
        String owner = Checks.owner("line", name);
        Checks.sameLength(owner, "x", x, "y", y);
        x.check(owner, "x", false);
        y.check(owner, "y", true);
    }

    public Line(String name, double[] x, double[] y, Color colour, Stroke stroke, boolean markers) {
        this(name, Values.of(x), Values.of(y), colour, stroke, markers);
    }

    /// A solid line without dots.
    public Line(String name, double[] x, double[] y, Color colour) {
        this(name, x, y, colour, Stroke.SOLID, false);
    }

    @Override
    public DoubleStream positions() {
        return x.stream();
    }

    @Override
    public DoubleStream heights() {
        return y.stream();
    }

    @Override
    public void draw(Canvas canvas, Projection to) {
        Strokes.stroke(canvas, to, Strokes.path(to, x, y), Strokes.pen(colour, stroke));
        // A point between two gaps has no piece of a line to be seen by.
        Strokes.dots(canvas, to, x, y, i -> markers || (Strokes.isGap(y, i - 1) && Strokes.isGap(y, i + 1)), colour);
    }

    @Override
    public void sample(Canvas canvas, double left, double top, double width, double height) {
        double middle = top + height / 2;
        canvas.stroke(new Line2D.Double(left, middle, left + width, middle), Strokes.pen(colour, stroke));
        if (markers) {
            Strokes.dot(canvas, left + width / 2, middle, Strokes.DOT, Paint.data(colour));
        }
    }

    @Override
    public List<Line2D> ink(Projection to) {
        return Strokes.pieces(to, x, y);
    }

    @Override
    public boolean hasDots() {
        return markers;
    }

    @Override
    public MarkNumbers numbers() {
        return MarkNumbers.of("line", "x", x, "y", y);
    }
}
