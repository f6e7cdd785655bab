package org.surprisal.report;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Paint;
import org.surprisal.report.canvas.Pen;

/// Unconnected points, each with an uncertainty where one is known.
///
/// @param x     positions, finite
/// @param y     heights, finite, as many as `x`
/// @param lower lower ends of bars through the points, as many as `x`, NaN for none; empty for none at all
/// @param upper upper ends, likewise
public record Points(String name, Values x, Values y, Values lower, Values upper, Color colour) implements Mark {
    private static final double BAR = 1.2;
    private static final double CAP = 6;

    public Points {
        String owner = Checks.owner("points", name);
        Checks.sameLength(owner, "x", x, "y", y);
        x.check(owner, "x", false);
        y.check(owner, "y", false);
        Checks.sameLength(owner, "lower", lower, "upper", upper);
        if (lower.size() > 0) {
            Checks.sameLength(owner, "x", x, "lower", lower);
        }
        lower.check(owner, "lower", true);
        upper.check(owner, "upper", true);
    }

    /// Points without uncertainties.
    public Points(String name, double[] x, double[] y, Color colour) {
        this(name, Values.of(x), Values.of(y), Values.of(new double[0]), Values.of(new double[0]), colour);
    }

    @Override
    public DoubleStream positions() {
        return x.stream();
    }

    @Override
    public DoubleStream heights() {
        return DoubleStream.concat(y.stream(), DoubleStream.concat(lower.stream(), upper.stream()));
    }

    @Override
    public DoubleStream centres() {
        return y.stream();
    }

    @Override
    public void check(String chart, Axis horizontal, Axis vertical) {
        positive(chart, horizontal, positions());
        positive(chart, vertical, centres());
    }

    @Override
    public Layer layer() {
        return Layer.POINTS;
    }

    @Override
    public void draw(Canvas canvas, Projection to) {
        for (int i = 0; i < x.size(); i++) {
            double at = to.x(x.get(i));
            if (lower.size() > 0 && !Double.isNaN(lower.get(i)) && !Double.isNaN(upper.get(i))) {
                double low = to.y(lower.get(i));
                double high = to.y(upper.get(i));
                Pen pen = Pen.solid(Paint.data(colour), BAR);
                canvas.stroke(new Line2D.Double(at, low, at, high), pen);
                cap(canvas, to, at, low, lower.get(i), pen);
                cap(canvas, to, at, high, upper.get(i), pen);
            }
        }
        Strokes.dots(canvas, to, x, y, _ -> true, colour);
    }

    /// The end of a bar, if it has a place on the axis.
    private static void cap(Canvas canvas, Projection to, double x, double y, double value, Pen pen) {
        if (to.y() == Scale.LINEAR || value > 0) {
            canvas.stroke(new Line2D.Double(x - CAP / 2, y, x + CAP / 2, y), pen);
        }
    }

    @Override
    public void sample(Canvas canvas, double left, double top, double width, double height) {
        Strokes.dot(canvas, left + width / 2, top + height / 2, Strokes.DOT, Paint.data(colour));
    }

    @Override
    public List<Line2D> ink(Projection to) {
        return Strokes.pieces(to, x, y);
    }

    @Override
    public boolean hasDots() {
        return true;
    }

    @Override
    public MarkNumbers numbers() {
        SequencedMap<String, Values> columns = new LinkedHashMap<>();
        columns.put("x", x);
        columns.put("y", y);
        if (lower.size() > 0) {
            columns.put("lower", lower);
            columns.put("upper", upper);
        }
        return new MarkNumbers("points", columns, List.of());
    }
}
