package org.surprisal.report;

import java.awt.Color;

/// One thing drawn in a chart. Marks that share a name share one legend entry and are shown or hidden together: a
/// [Band] takes the name of the [Line] whose uncertainty it shows. A mark with an empty name is not in the legend.
/// Later marks are drawn over earlier ones, bands and bars under everything else.
public sealed interface Mark permits Mark.Line, Mark.Band, Mark.Bars, Mark.Points, Mark.Rule {

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
            edges.check(owner, "edges", false);
            heights.check(owner, "heights", false);
            for (int i = 1; i < edges.size(); i++) {
                if (edges.get(i) <= edges.get(i - 1)) {
                    throw new IllegalArgumentException(owner + ": edges must ascend, but edges[" + i + "] = "
                            + edges.get(i) + " follows " + edges.get(i - 1));
                }
            }
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

    /// Which way a [Rule] runs.
    enum Direction {
        HORIZONTAL, VERTICAL
    }

    private static String owner(String kind, String name) {
        return kind + " '" + name + "'";
    }

    private static void sameLength(String owner, String first, Values a, String second, Values b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException(
                    owner + ": lengths differ: " + first + " " + a.size() + " != " + second + " " + b.size());
        }
    }
}
