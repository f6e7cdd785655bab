package org.surprisal.report;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.stream.DoubleStream;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Paint;
import org.surprisal.report.canvas.Pen;

/// A line across the whole chart, with its name written along it rather than in the legend.
///
/// @param direction horizontal (at height `value`) or vertical (at position `value`)
/// @param value     where, in the unit of the axis it crosses, finite
public record ReferenceLine(String name, Direction direction, double value, Color colour) implements Mark {
    private static final List<Double> DASHES = List.of(10.0, 3.0, 2.0, 3.0);

    /// Which way the line runs.
    public enum Direction {
        /// From left to right.
        HORIZONTAL,
        /// Upwards.
        VERTICAL
    }

    public ReferenceLine {
        Values.of(value).check(Checks.owner("reference line", name), "value", false);
    }

    /// A line from left to right.
    public static ReferenceLine horizontal(String name, double value, Color colour) {
        return new ReferenceLine(name, Direction.HORIZONTAL, value, colour);
    }

    /// A line upwards.
    public static ReferenceLine vertical(String name, double value, Color colour) {
        return new ReferenceLine(name, Direction.VERTICAL, value, colour);
    }

    @Override
    public DoubleStream positions() {
        return direction == Direction.VERTICAL ? DoubleStream.of(value) : DoubleStream.empty();
    }

    @Override
    public DoubleStream heights() {
        return direction == Direction.HORIZONTAL ? DoubleStream.of(value) : DoubleStream.empty();
    }

    @Override
    public Layer layer() {
        return Layer.REFERENCES;
    }

    @Override
    public boolean isInLegend() {
        return false;
    }

    @Override
    public void draw(Canvas canvas, Projection to) {
        Strokes.stroke(canvas, to, line(to), new Pen(Paint.data(colour), 1.2, DASHES));
    }

    /// Whether the line crosses the plot.
    boolean isSeen(Projection to) {
        Line2D line = line(to);
        return to.sees(line.getX1(), line.getY1());
    }

    private Line2D line(Projection to) {
        if (direction == Direction.HORIZONTAL) {
            return new Line2D.Double(to.area().getX(), to.y(value), to.area().getMaxX(), to.y(value));
        }
        return new Line2D.Double(to.x(value), to.area().getY(), to.x(value), to.area().getMaxY());
    }

    @Override
    public List<Line2D> ink(Projection to) {
        return List.of(line(to));
    }

    @Override
    public MarkNumbers numbers() {
        return MarkNumbers.of("reference", direction == Direction.VERTICAL ? "x" : "y", Values.of(value));
    }
}
