package org.surprisal.information.task;

import java.util.Locale;

/// A one-to-one map of points: put before X or before Y alone, it changes no information.
public sealed interface PointMap
        permits
        CoordinateMap,
        PlaneRotation,
        SwissRoll {

    /// Returns how many coordinates the images of points have.
    ///
    /// @param of coordinates of the points
    /// @throws IllegalArgumentException if the map takes no such points
    int dimension(int of);

    /// Returns the image of a point, which is left as it is.
    ///
    /// @param point of a number of coordinates that the map takes
    double[] image(double[] point);

    /// Refuses points of a number of coordinates that a map does not take.
    ///
    /// @throws IllegalArgumentException unless the map takes them
    static void require(boolean taken, String map, int of, String needed) {
        if (!taken) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s of points of %d coordinate(s): %s needed", map, of, needed));
        }
    }
}
