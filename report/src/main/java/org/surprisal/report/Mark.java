package org.surprisal.report;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.stream.DoubleStream;
import org.surprisal.report.canvas.Canvas;

/// One thing drawn in a chart: a [Line], [Band], [Points], [Trail], [Bars], [Cells], [ReferenceLine] or a kind of one's
/// own. Marks that share a name share one legend entry and are shown or hidden together: a [Band] takes the name of
/// the [Line] whose uncertainty it shows. A mark with an empty name is not in the legend.
///
/// A kind of mark is one class: it checks its numbers, says what part of the axes it needs, draws itself, and hands out
/// its numbers for tooltips, tables and files.
public interface Mark {

    /// What the legend says; empty to stay out of it.
    String name();

    /// The colour on a white page; a dark page lightens it.
    Color colour();

    /// What has to be in sight along x; NaN counts for nothing.
    DoubleStream positions();

    /// What has to be in sight along y; NaN counts for nothing.
    DoubleStream heights();

    /// Of [#heights()] those that are numbers themselves, not ends of the uncertainty of others.
    default DoubleStream centres() {
        return heights();
    }

    /// Draws the mark.
    void draw(Canvas canvas, Projection to);

    /// The numbers drawn.
    MarkNumbers numbers();

    /// The order of drawing: marks of a lower layer lie under those of a higher one.
    default Layer layer() {
        return Layer.LINES;
    }

    /// Draws what stands before the name in a legend, in the box at `x`, `y` of `width` by `height`. A mark without a
    /// sample is not in the legend.
    default void sample(Canvas canvas, double x, double y, double width, double height) {
    }

    /// Whether the legend lists the mark.
    default boolean isInLegend() {
        return !name().isEmpty();
    }

    /// Strokes on the page that a name beside them should not hide.
    default List<Line2D> ink(Projection to) {
        return List.of();
    }

    /// Whether the mark has dots, which need room at the ends of the x axis.
    default boolean hasDots() {
        return false;
    }

    /// Refuses numbers that a logarithmic axis has no place for.
    ///
    /// @param chart its id, for the message
    /// @throws IllegalArgumentException in one line
    default void check(String chart, Axis x, Axis y) {
        positive(chart, x, positions());
        positive(chart, y, heights());
    }

    /// Refuses numbers at or below 0 on a logarithmic axis.
    ///
    /// @throws IllegalArgumentException in one line
    default void positive(String chart, Axis axis, DoubleStream values) {
        if (axis.scale() == Scale.LOG) {
            values.filter(value -> value <= 0).findFirst().ifPresent(value -> {
                throw new IllegalArgumentException("chart '" + chart + "': '" + name() + "' has " + value
                        + " on the logarithmic axis '" + axis.label()
                        + "'; positive numbers are needed (or a linear axis)");
            });
        }
    }

    /// What is drawn under what.
    enum Layer {
        /// Fill the chart.
        CELLS,
        /// Shaded.
        AREAS,
        /// Run across the chart.
        REFERENCES,
        /// Curves.
        LINES,
        /// Dots.
        POINTS
    }
}
