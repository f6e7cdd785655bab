package org.surprisal.report;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Paint;
import org.surprisal.report.canvas.Pen;

/// The way of something through the plane, step by step: a thin line, a dot at each step, a ring where it begins and
/// its name where it ends. A page plays the steps.
///
/// @param name   of what moves; written at the end of its way
/// @param x      positions, finite
/// @param y      heights, finite, as many as `x`
/// @param steps  when each place is reached (the epoch), ascending, as many as `x`
/// @param texts  what each place is called in a tooltip, such as `epoch 3`; as many as `x`
/// @param stroke of the line
/// @param label  whether the name is written at the end of the way
public record Trail(String name, Values x, Values y, Values steps, List<String> texts, Color colour, Stroke stroke,
        boolean label)
        implements
            Mark {
    /// A place nearer to the one drawn before has no dot of its own.
    private static final double COVERED = 3;
    private static final double WIDTH = 1.1;
    private static final double OPACITY = 0.7;
    private static final double LAST = 9;
    private static final double FIRST = 7;

    public Trail {
        String owner = Checks.owner("trail", name);
        Checks.sameLength(owner, "x", x, "y", y);
        Checks.sameLength(owner, "x", x, "steps", steps);
        x.check(owner, "x", false);
        y.check(owner, "y", false);
        Checks.ascending(owner, "steps", steps);
        texts = List.copyOf(texts);
        if (texts.size() != x.size() || x.size() == 0) {
            throw new IllegalArgumentException(owner + ": " + texts.size() + " texts for " + x.size()
                    + " places; one for each place is needed, and one place at least");
        }
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
    public Layer layer() {
        return Layer.POINTS;
    }

    @Override
    public void draw(Canvas canvas, Projection to) {
        canvas.group(Map.of("class", "trail"),
                () -> canvas.stroke(Strokes.path(to, x, y), pen()));
        List<Integer> places = places(to);
        String numbers = places.stream().map(Object::toString).collect(Collectors.joining(" "));
        canvas.group(Map.of("data-points", numbers), () -> places.forEach(place -> dot(canvas, to, place)));
    }

    private void dot(Canvas canvas, Projection to, int place) {
        double at = to.x(x.get(place));
        double height = to.y(y.get(place));
        int last = x.size() - 1;
        if (place == 0 && last > 0) {
            canvas.group(Map.of(), () -> {
                Ellipse2D ring = new Ellipse2D.Double(at - FIRST / 2, height - FIRST / 2, FIRST, FIRST);
                canvas.fill(ring, Paint.PAGE);
                canvas.stroke(ring, Pen.solid(Paint.data(colour), 1.5));
            });
        } else {
            double size = place == last ? LAST : Strokes.DOT - 1;
            canvas.fill(new Ellipse2D.Double(at - size / 2, height - size / 2, size, size), Paint.data(colour));
        }
    }

    /// The places that get a dot: the first, the last, and those that do not cover the one before. Hundreds of places
    /// of a network that has stopped moving would lie on each other.
    private List<Integer> places(Projection to) {
        int last = x.size() - 1;
        List<Integer> places = new ArrayList<>();
        Point2D drawn = new Point2D.Double();
        for (int i = 0; i <= last; i++) {
            double at = to.x(x.get(i));
            double height = to.y(y.get(i));
            if (i == 0 || i == last || drawn.distance(at, height) >= COVERED) {
                places.add(i);
                drawn.setLocation(at, height);
            }
        }
        return places;
    }

    private Pen pen() {
        return new Pen(Paint.data(colour).withOpacity(OPACITY), WIDTH, Strokes.pen(colour, stroke).dashes());
    }

    @Override
    public void sample(Canvas canvas, double left, double top, double width, double height) {
        double middle = top + height / 2;
        canvas.stroke(new Line2D.Double(left, middle, left + width, middle), pen());
        Strokes.dot(canvas, left + width - LAST / 2, middle, LAST, Paint.data(colour));
    }

    /// The pieces of the way, and a cross at its end as large as the dot there.
    @Override
    public List<Line2D> ink(Projection to) {
        List<Line2D> ink = Strokes.pieces(to, x, y);
        double endX = to.x(x.get(x.size() - 1));
        double endY = to.y(y.get(y.size() - 1));
        ink.add(new Line2D.Double(endX - LAST / 2, endY, endX + LAST / 2, endY));
        ink.add(new Line2D.Double(endX, endY - LAST / 2, endX, endY + LAST / 2));
        return ink;
    }

    /// Where the name stands by preference: beside the end of the way.
    double[] end(Projection to) {
        return new double[]{to.x(x.get(x.size() - 1)), to.y(y.get(y.size() - 1))};
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
        columns.put("step", steps);
        return new MarkNumbers("trail", columns, texts);
    }
}
