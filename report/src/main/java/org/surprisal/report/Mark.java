package org.surprisal.report;

import java.awt.Color;

/// One thing drawn in a chart. Marks that share a name share one legend entry and are shown or hidden together: a
/// [Band] takes the name of the [Line] whose uncertainty it shows. A mark with an empty name is not in the legend.
/// Later marks are drawn over earlier ones, bands and bars under everything else but [Cells].
public sealed interface Mark
        permits
        Mark.Line,
        Mark.Band,
        Mark.Bars,
        Mark.Points,
        Mark.Rule,
        Mark.Cells {

    /// What the legend says; empty to stay out of it.
    String name();

    /// The colour on a white page; a dark page lightens it.
    Color colour();

    /// A line through points in the order given.
    ///
    /// @param x       positions, finite
    /// @param y       heights, as many as `x`; NaN leaves a gap
    /// @param stroke  solid, dashed or dotted
    /// @param markers whether each point gets a dot
    record Line(String name, Values x, Values y, Color colour, Stroke stroke, boolean markers) implements Mark {

        public Line {
            String owner = owner("line", name);
            sameLength(owner, "x", x, "y", y);
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
    }

    /// A shaded strip from `lower` to `upper`: an uncertainty or a bracket. On a logarithmic axis a lower edge at or
    /// below 0 is drawn down to the end of the axis.
    ///
    /// @param x     positions, finite
    /// @param lower lower edge, as many as `x`; NaN leaves a gap
    /// @param upper upper edge, as many as `x`, nowhere below `lower`; NaN leaves a gap
    record Band(String name, Values x, Values lower, Values upper, Color colour) implements Mark {

        public Band {
            String owner = owner("band", name);
            sameLength(owner, "x", x, "lower", lower);
            sameLength(owner, "x", x, "upper", upper);
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
            sameLength(owner("band", name), "centre", Values.of(centre), "halfWidth", Values.of(halfWidth));
            double[] lower = new double[centre.length];
            double[] upper = new double[centre.length];
            for (int i = 0; i < centre.length; i++) {
                lower[i] = centre[i] - halfWidth[i];
                upper[i] = centre[i] + halfWidth[i];
            }
            return new Band(name, x, lower, upper, colour);
        }
    }

    /// A histogram: bar `i` stands on `[edges[i], edges[i + 1]]`.
    ///
    /// @param edges   bin edges, strictly ascending, one more than bars
    /// @param heights counts or densities, finite
    record Bars(String name, Values edges, Values heights, Color colour) implements Mark {

        public Bars {
            String owner = owner("bars", name);
            if (edges.size() != heights.size() + 1) {
                throw new IllegalArgumentException(owner + ": " + edges.size() + " edges for " + heights.size()
                        + " heights; one edge more than heights is needed");
            }
            requireAscending(owner, "edges", edges);
            heights.check(owner, "heights", false);
        }

        public Bars(String name, double[] edges, double[] heights, Color colour) {
            this(name, Values.of(edges), Values.of(heights), colour);
        }
    }

    /// Unconnected points.
    ///
    /// @param x positions, finite
    /// @param y heights, finite, as many as `x`
    record Points(String name, Values x, Values y, Color colour) implements Mark {

        public Points {
            String owner = owner("points", name);
            sameLength(owner, "x", x, "y", y);
            x.check(owner, "x", false);
            y.check(owner, "y", false);
        }

        public Points(String name, double[] x, double[] y, Color colour) {
            this(name, Values.of(x), Values.of(y), colour);
        }
    }

    /// A reference line across the whole chart, with its name written along it rather than in the legend.
    ///
    /// @param direction horizontal (at height `value`) or vertical (at position `value`)
    /// @param value     where, in the unit of the axis it crosses, finite
    record Rule(String name, Direction direction, double value, Color colour) implements Mark {

        public Rule {
            Values.of(value).check(owner("rule", name), "value", false);
        }
    }

    /// A heat map: the rectangle between `xEdges[i]`, `xEdges[i + 1]` and `yEdges[j]`, `yEdges[j + 1]` has the colour
    /// of its number, and a colour bar beside the chart says which is which. A cell without a number is hatched.
    ///
    /// @param name    what a cell without a number means, such as `diverged`; it is in the legend if there is one
    /// @param xEdges  strictly ascending, one more than columns, two at least
    /// @param yEdges  strictly ascending, one more than rows, two at least
    /// @param values  row by row from the lowest y, `columns * rows` of them; NaN for a cell without a number
    /// @param measure what the colours mean; on a logarithmic scale every number is positive. Without a range it is the
    ///                numbers' own; numbers outside get the nearer end's colour
    /// @param map     the colours
    record Cells(String name, Values xEdges, Values yEdges, Values values, Axis measure, ColourMap map)
            implements
                Mark {

        public Cells {
            String owner = owner("cells", name);
            requireAscending(owner, "xEdges", xEdges);
            requireAscending(owner, "yEdges", yEdges);
            long cells = (xEdges.size() - 1L) * (yEdges.size() - 1L);
            if (xEdges.size() < 2 || yEdges.size() < 2 || values.size() != cells) {
                throw new IllegalArgumentException(owner + ": " + values.size() + " values for " + xEdges.size()
                        + " xEdges and " + yEdges.size()
                        + " yEdges; (xEdges - 1) * (yEdges - 1) are needed, one at least");
            }
            values.check(owner, "values", true);
            for (int i = 0; i < values.size(); i++) {
                if (measure.scale() == Scale.LOG && values.get(i) <= 0) {
                    throw new IllegalArgumentException(owner + ": values[" + i + "] is " + values.get(i)
                            + " on the logarithmic scale '" + measure.label() + "'; a positive number is needed");
                }
            }
        }

        /// Cells around given points: edges lie midway between neighbours, the outermost as far out as the next one
        /// lies in. A lone point has edges half a unit away.
        ///
        /// @param x      strictly ascending, at least one
        /// @param y      strictly ascending, at least one
        /// @param values as those of the record, for `x` by `y`
        public static Cells around(String name, double[] x, double[] y, double[] values, Axis measure, ColourMap map) {
            return new Cells(name, edges(x), edges(y), Values.of(values), measure, map);
        }

        private static Values edges(double[] centres) {
            int n = centres.length;
            double[] edges = new double[n == 0 ? 0 : n + 1];
            for (int i = 1; i < n; i++) {
                edges[i] = (centres[i - 1] + centres[i]) / 2;
            }
            if (n > 0) {
                edges[0] = n == 1 ? centres[0] - 0.5 : 2 * centres[0] - edges[1];
                edges[n] = n == 1 ? centres[0] + 0.5 : 2 * centres[n - 1] - edges[n - 1];
            }
            return Values.of(edges);
        }

        /// Of the cells without a number.
        @Override
        public Color colour() {
            return Palette.GREY;
        }

        int columns() {
            return xEdges.size() - 1;
        }

        int rows() {
            return yEdges.size() - 1;
        }

        /// The number in column `i` of row `j`; NaN if there is none.
        double at(int i, int j) {
            return values.get(j * columns() + i);
        }

        boolean hasGaps() {
            return values.stream().anyMatch(Double::isNaN);
        }

        /// The numbers at the ends of the colour map.
        Range shown() {
            Range chosen = measure.range();
            if (chosen != null) {
                return chosen;
            }
            double low = values.stream().filter(v -> !Double.isNaN(v)).min().orElse(1);
            double high = values.stream().filter(v -> !Double.isNaN(v)).max().orElse(2);
            // Equal numbers have no extent: they get the lowest colour of a range that starts there.
            return low < high ? new Range(low, high) : new Range(low, low == 0 ? 1 : low + Math.abs(low));
        }

        /// The colour of a number, in a bar from one end of `shown` to the other.
        Color colour(double value, Range shown) {
            return map.at(Projection.fraction(measure.scale(), shown, value));
        }
    }

    /// Which way a [Rule] runs.
    enum Direction {
        HORIZONTAL, VERTICAL
    }

    private static String owner(String kind, String name) {
        return kind + " '" + name + "'";
    }

    private static void requireAscending(String owner, String argument, Values edges) {
        edges.check(owner, argument, false);
        for (int i = 1; i < edges.size(); i++) {
            if (edges.get(i) <= edges.get(i - 1)) {
                throw new IllegalArgumentException(owner + ": " + argument + " must ascend, but " + argument + "[" + i
                        + "] = " + edges.get(i) + " follows " + edges.get(i - 1));
            }
        }
    }

    private static void sameLength(String owner, String first, Values a, String second, Values b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException(
                    owner + ": lengths differ: " + first + " " + a.size() + " != " + second + " " + b.size());
        }
    }
}
