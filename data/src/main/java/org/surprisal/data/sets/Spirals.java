package org.surprisal.data.sets;

import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.RandomStream;

/// The data set `spirals`: arms wound around each other. With t uniform in [0, 1), a point of arm k of K lies at radius
/// `r = 0.1 + 0.9 t` and angle `2π (turns t + k / K)`; the arm is its class.
public final class Spirals {
    private static final double INNERMOST = 0.1;

    private Spirals() {
    }

    /// Points of the arms in turn, moved by independent normal numbers. Sample i depends on the stream and i alone, so
    /// that a larger set begins with the smaller one. Float64.
    ///
    /// @param arms classes, 2 or more
    /// @param turns how often an arm winds around the middle, above 0
    /// @param noise standard deviation of each coordinate, 0 or above
    /// @throws DataException when a number is outside its range
    public static Dataset draw(int samples, int arms, double turns, double noise, RandomStream stream) {
        if (arms < 2 || !(turns > 0 && turns < Double.POSITIVE_INFINITY)) {
            throw new DataException("spirals: " + arms + " arms with " + turns
                    + " turns cannot be drawn; 2 or more arms with a number of turns above 0 can");
        }
        return PlanePoints.draw("spirals", samples, arms, noise, stream, (i, own) -> {
            double t = own.nextDouble();
            int arm = i % arms;
            double radius = INNERMOST + (1 - INNERMOST) * t;
            double angle = 2 * Math.PI * (turns * t + (double) arm / arms);
            return new PlanePoints.Point(radius * Math.cos(angle), radius * Math.sin(angle), arm);
        });
    }
}
