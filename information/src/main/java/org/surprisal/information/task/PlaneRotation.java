package org.surprisal.information.task;

import java.util.Locale;

/// A rotation in the plane of two coordinates i and j, by an angle that may grow with the squared length of the point:
/// x ↦ exp((angle + speed |x|²) G) x with G_ij = -1, G_ji = 1 and all other elements 0. The length of a point stays,
/// and with it the angle, so that the rotation back is the inverse.
///
/// @param first i, from 0
/// @param second j, from 0, not i
/// @param angle of the origin, in radians
/// @param speed radians for each unit of |x|²
public record PlaneRotation(int first, int second, double angle, double speed) implements PointMap {

    /// @throws IllegalArgumentException if a coordinate is negative, both are the same, or a number is not finite
    public PlaneRotation {
        if (first < 0 || second < 0 || first == second) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "rotation of coordinates %d and %d: two different ones from 0 on needed", first, second));
        }
        if (!Double.isFinite(angle) || !Double.isFinite(speed)) {
            throw new IllegalArgumentException(
                    "angle = %s, speed = %s: finite values needed".formatted(angle, speed));
        }
    }

    /// The same angle for all points.
    ///
    /// @throws IllegalArgumentException as the canonical constructor
    public static PlaneRotation by(int first, int second, double angle) {
        return new PlaneRotation(first, second, angle, 0);
    }

    /// A spiral: the angle is `speed` |x|².
    ///
    /// @throws IllegalArgumentException as the canonical constructor
    public static PlaneRotation spiral(int first, int second, double speed) {
        return new PlaneRotation(first, second, 0, speed);
    }

    @Override
    public int dimension(int of) {
        PointMap.require(Math.max(first, second) < of, "rotation", of,
                "at least " + (Math.max(first, second) + 1));
        return of;
    }

    @Override
    public double[] image(double[] point) {
        double square = 0;
        for (double x : point) {
            square += x * x;
        }
        double turn = angle + speed * square;
        double[] image = point.clone();
        image[first] = StrictMath.cos(turn) * point[first] - StrictMath.sin(turn) * point[second];
        image[second] = StrictMath.sin(turn) * point[first] + StrictMath.cos(turn) * point[second];
        return image;
    }
}
