package org.surprisal.information.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A pair of variables whose mutual information is known: a distribution of pairs, and one-to-one maps of X and of Y.
///
/// ```java
/// import org.surprisal.information.task.*;
///
/// final class Spiral {
///     static final Task TASK = Task.of("spiral-2-pair", "mapped", JointNormal.pairs(3, 3, 2, 0.8))
///             .mapX(PlaneRotation.spiral(0, 1, 1 / 3.0)).mapY(PlaneRotation.spiral(1, 2, 1 / 3.0));
/// }
/// ```
///
/// @param name lower-case letters, digits and points joined by hyphens; without the dimensions
/// @param group of tasks of one kind
/// @param distribution before the maps
/// @param mapsOfX in the order in which they are taken
/// @param mapsOfY in the order in which they are taken
public record Task(String name, String group, PairDistribution distribution, List<PointMap> mapsOfX,
        List<PointMap> mapsOfY) {

    /// Pairs drawn from a task.
    ///
    /// @param x shape (n, dx), float64
    /// @param y shape (n, dy), float64; row i belongs to row i of `x`
    public record Pairs(Continuous x, Continuous y) {}

    /// @throws IllegalArgumentException if the name is not of the form, or a map does not take the points before it
    public Task {
        if (!name.matches("[a-z0-9.]+(-[a-z0-9.]+)*")) {
            throw new IllegalArgumentException(
                    "task '" + name + "': a name is lower-case letters, digits and points joined by hyphens");
        }
        mapsOfX = List.copyOf(mapsOfX);
        mapsOfY = List.copyOf(mapsOfY);
        dimension(distribution.dimensionX(), mapsOfX);
        dimension(distribution.dimensionY(), mapsOfY);
    }

    /// The pairs of a distribution as they are.
    ///
    /// @throws IllegalArgumentException as the canonical constructor
    public static Task of(String name, String group, PairDistribution distribution) {
        return new Task(name, group, distribution, List.of(), List.of());
    }

    /// This task with one map of X more, taken after the others.
    ///
    /// @throws IllegalArgumentException if the map does not take such points
    public Task mapX(PointMap map) {
        return new Task(name, group, distribution, with(mapsOfX, map), mapsOfY);
    }

    /// This task with one map of Y more, taken after the others.
    ///
    /// @throws IllegalArgumentException if the map does not take such points
    public Task mapY(PointMap map) {
        return new Task(name, group, distribution, mapsOfX, with(mapsOfY, map));
    }

    /// This task with one map of X and of Y more, each by itself.
    ///
    /// @throws IllegalArgumentException if the map does not take such points
    public Task mapBoth(PointMap map) {
        return mapX(map).mapY(map);
    }

    private static List<PointMap> with(List<PointMap> maps, PointMap map) {
        List<PointMap> more = new ArrayList<>(maps);
        more.add(map);
        return more;
    }

    private static int dimension(int drawn, List<PointMap> maps) {
        int dimension = drawn;
        for (PointMap map : maps) {
            dimension = map.dimension(dimension);
        }
        return dimension;
    }

    /// The name and the dimensions, by which users know the task: `2-pair-25x25`.
    public String id() {
        return String.format(Locale.ROOT, "%s-%dx%d", name, dimensionX(), dimensionY());
    }

    /// Coordinates of X, at least 1.
    public int dimensionX() {
        return dimension(distribution.dimensionX(), mapsOfX);
    }

    /// Coordinates of Y, at least 1.
    public int dimensionY() {
        return dimension(distribution.dimensionY(), mapsOfY);
    }

    /// Returns I(X;Y) in nats: that of the distribution, which the maps do not change.
    public double information() {
        return distribution.information();
    }

    /// Draws independent pairs. The first of a longer drawing are those of a shorter one from the same stream.
    ///
    /// @param count how many, at least 1
    public Pairs draw(int count, RandomStream stream) {
        double[] drawn = distribution.draw(count, stream);
        return new Pairs(points("x", drawn, count, 0, distribution.dimensionX(), mapsOfX),
                points("y", drawn, count, distribution.dimensionX(), distribution.dimensionY(), mapsOfY));
    }

    private static Continuous points(String name, double[] drawn, int count, int from, int drawnDimension,
            List<PointMap> maps) {
        int row = drawn.length / count;
        int d = dimension(drawnDimension, maps);
        double[] points = new double[count * d];
        for (int i = 0; i < count; i++) {
            double[] point = new double[drawnDimension];
            System.arraycopy(drawn, i * row + from, point, 0, drawnDimension);
            for (PointMap map : maps) {
                point = map.image(point);
            }
            System.arraycopy(point, 0, points, i * d, d);
        }
        return Continuous.of(name, Tensor.of(points, count, d));
    }
}
