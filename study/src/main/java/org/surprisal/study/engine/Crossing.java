package org.surprisal.study.engine;

/// Where a curve first falls below a level.
public sealed interface Crossing {

    /// Between two points of the curve.
    ///
    /// @param last  the last position before the fall
    /// @param first the first position below the level
    /// @param at    in between, where the straight line between the two points has the level
    record Within(double last, double first, double at) implements Crossing {}

    /// Nowhere: the crossing is censored, and lies beyond the last position if there is one.
    ///
    /// @param last the last position
    record Beyond(double last) implements Crossing {}

    /// At or before the first position.
    ///
    /// @param first the first position
    record Before(double first) implements Crossing {}

    /// The first fall of a curve.
    ///
    /// @param x ascending, at least one
    /// @param y as many
    static Crossing below(double[] x, double[] y, double level) {
        for (int i = 0; i < y.length; i++) {
            if (y[i] < level) {
                if (i == 0) {
                    return new Before(x[0]);
                }
                double share = (y[i - 1] - level) / (y[i - 1] - y[i]);
                return new Within(x[i - 1], x[i], x[i - 1] + share * (x[i] - x[i - 1]));
            }
        }
        return new Beyond(x[x.length - 1]);
    }

    /// The position for a rank correlation: infinite where it is censored.
    default double rank() {
        return switch (this) {
            case Within within -> within.at();
            case Beyond _ -> Double.POSITIVE_INFINITY;
            case Before _ -> Double.NEGATIVE_INFINITY;
        };
    }

    /// The positions between which the curve falls: `30 to 40`, `above 60`, `below 5`.
    default String between() {
        return switch (this) {
            case Within(double last, double first, double _) -> number(last) + " to " + number(first);
            case Beyond(double last) -> "above " + number(last);
            case Before(double first) -> "below " + number(first);
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
