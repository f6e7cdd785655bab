package org.surprisal.report;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Paint;

/// A shaded strip from `lower` to `upper`: an uncertainty or a bracket. On a logarithmic axis a lower edge at or below
/// 0 is drawn down to the end of the axis.
///
/// @param x     positions, finite
/// @param lower lower edge, as many as `x`; NaN leaves a gap
/// @param upper upper edge, as many as `x`, nowhere below `lower`; NaN leaves a gap
public record Band(String name, Values x, Values lower, Values upper, Color colour) implements Mark {
    private static final double OPACITY = 0.19;
    /// Units of the page: a strip that is nowhere wider lies under its own line.
    private static final double THINNEST = 1;
    /// What of a number rounding in float64 may change.
    private static final double ROUNDING = 1e-12;

    public Band {
        String owner = Checks.owner("band", name);
        Checks.sameLength(owner, "x", x, "lower", lower);
        Checks.sameLength(owner, "x", x, "upper", upper);
        x.check(owner, "x", false);
        lower.check(owner, "lower", true);
        upper.check(owner, "upper", true);
        for (int i = 0; i < x.size(); i++) {
            if (lower.get(i) > upper.get(i)) {
                throw new IllegalArgumentException(owner + ": lower[" + i + "] = " + lower.get(i)
                        + " lies above upper[" + i + "] = " + upper.get(i));
            }
        }
    }

    public Band(String name, double[] x, double[] lower, double[] upper, Color colour) {
        this(name, Values.of(x), Values.of(lower), Values.of(upper), colour);
    }

    /// The strip `centre ± halfWidth`.
    public static Band around(String name, double[] x, double[] centre, double[] halfWidth, Color colour) {
        Checks.sameLength(Checks.owner("band", name), "centre", Values.of(centre), "halfWidth", Values.of(halfWidth));
        double[] lower = new double[centre.length];
        double[] upper = new double[centre.length];
        for (int i = 0; i < centre.length; i++) {
            lower[i] = centre[i] - halfWidth[i];
            upper[i] = centre[i] + halfWidth[i];
            // The difference of two numbers that only rounding tells apart is 0, not a tiny number.
            if (Math.abs(lower[i]) < ROUNDING * Math.abs(centre[i])) {
                lower[i] = 0;
            }
        }
        return new Band(name, x, lower, upper, colour);
    }

    @Override
    public DoubleStream positions() {
        return x.stream();
    }

    @Override
    public DoubleStream heights() {
        return DoubleStream.concat(lower.stream(), upper.stream());
    }

    @Override
    public DoubleStream centres() {
        return upper.stream();
    }

    @Override
    public void check(String chart, Axis horizontal, Axis vertical) {
        positive(chart, horizontal, positions());
    }

    @Override
    public Layer layer() {
        return Layer.AREAS;
    }

    @Override
    public void draw(Canvas canvas, Projection to) {
        int n = x.size();
        boolean seen = false;
        for (int i = 0; i < n; i++) {
            seen |= to.y(lower.get(i)) - to.y(upper.get(i)) > THINNEST;
        }
        if (!seen) {
            return;
        }
        int from = 0;
        while (from < n) {
            int end = from;
            while (end < n && !Double.isNaN(lower.get(end)) && !Double.isNaN(upper.get(end))) {
                end++;
            }
            if (end == from + 1) {
                // Between two gaps there is no strip: it gets the width of the dot that is its line.
                double top = to.y(upper.get(from));
                canvas.fill(new Rectangle2D.Double(to.x(x.get(from)) - Strokes.DOT / 2, top, Strokes.DOT,
                        to.y(lower.get(from)) - top), Paint.data(colour).withOpacity(OPACITY));
            } else if (end > from) {
                Path2D path = new Path2D.Double();
                path.moveTo(to.x(x.get(from)), to.y(upper.get(from)));
                for (int i : Strokes.needed(to, x, upper, from, end)) {
                    path.lineTo(to.x(x.get(i)), to.y(upper.get(i)));
                }
                int[] below = Strokes.needed(to, x, lower, from, end);
                for (int i = below.length - 1; i >= 0; i--) {
                    path.lineTo(to.x(x.get(below[i])), to.y(lower.get(below[i])));
                }
                path.closePath();
                canvas.fill(path, Paint.data(colour).withOpacity(OPACITY));
            }
            from = end + 1;
        }
    }

    @Override
    public void sample(Canvas canvas, double left, double top, double width, double height) {
        canvas.fill(new Rectangle2D.Double(left, top, width, height), Paint.data(colour).withOpacity(OPACITY));
    }

    @Override
    public List<Line2D> ink(Projection to) {
        List<Line2D> ink = new ArrayList<>(Strokes.pieces(to, x, lower));
        ink.addAll(Strokes.pieces(to, x, upper));
        return ink;
    }

    @Override
    public MarkNumbers numbers() {
        return MarkNumbers.of("band", "x", x, "lower", lower, "upper", upper);
    }
}
