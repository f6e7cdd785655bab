package org.surprisal.theory.bottleneck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The most that T can tell of Y, by what it keeps of X: the concave envelope of the bottlenecks found at some β, of
/// (0, 0), and of (H(X̃), I(X;Y)), where T is X̃ itself. Time-sharing between two bottlenecks reaches all points
/// between them, so everything on the curve is within reach; between the β of the solutions the true curve may be a
/// little above.
///
/// @param solutions by rising β
/// @param corners of the envelope, by rising kept information, from (0, 0) to (H(X̃), I(X;Y))
public record BottleneckCurve(List<BottleneckSolution> solutions, List<Point> corners) {

    /// A point of the information plane.
    ///
    /// @param keptInformation I(X;T) in nats
    /// @param relevantInformation I(T;Y) in nats
    public record Point(double keptInformation, double relevantInformation) {}

    /// A curve with copies of its lists.
    public BottleneckCurve {
        solutions = List.copyOf(solutions);
        corners = List.copyOf(corners);
    }

    /// Information below this many nats is rounding, whose slope means nothing.
    private static final double ROUNDING = 1e-12;

    static BottleneckCurve of(List<BottleneckSolution> solutions, Point end) {
        List<Point> points = new ArrayList<>();
        for (BottleneckSolution solution : solutions) {
            // nor must rounding let a bottleneck keep more than X̃ has
            if (solution.keptInformation() > ROUNDING && solution.keptInformation() < end.keptInformation()) {
                points.add(new Point(solution.keptInformation(),
                        Math.min(solution.relevantInformation(), end.relevantInformation())));
            }
        }
        points.sort(Comparator.comparingDouble(Point::keptInformation)
                .thenComparingDouble(Point::relevantInformation));
        points.add(end);
        List<Point> corners = new ArrayList<>();
        corners.add(new Point(0, 0));
        for (Point point : points) {
            while (corners.size() > 1 && !isConcave(corners.get(corners.size() - 2), corners.getLast(), point)) {
                corners.removeLast();
            }
            if (point.keptInformation() > corners.getLast().keptInformation()) {
                corners.add(point);
            }
        }
        return new BottleneckCurve(solutions, corners);
    }

    private static boolean isConcave(Point a, Point b, Point c) {
        return (b.relevantInformation() - a.relevantInformation()) * (c.keptInformation() - b.keptInformation()) > (c
                .relevantInformation() - b.relevantInformation()) * (b.keptInformation() - a.keptInformation());
    }

    /// The curve's I(T;Y) in nats where T keeps `keptInformation` of X; flat from H(X̃) on.
    ///
    /// @param keptInformation in nats, at least 0
    /// @throws IllegalArgumentException if it is negative or no number
    public double relevantInformation(double keptInformation) {
        if (!(keptInformation >= 0)) {
            throw new IllegalArgumentException("I(X;T) = %s, at least 0 needed".formatted(keptInformation));
        }
        for (int i = 1; i < corners.size(); i++) {
            Point right = corners.get(i);
            if (keptInformation <= right.keptInformation()) {
                Point left = corners.get(i - 1);
                double share = (keptInformation - left.keptInformation())
                        / (right.keptInformation() - left.keptInformation());
                return left.relevantInformation() + share * (right.relevantInformation() - left.relevantInformation());
            }
        }
        return corners.getLast().relevantInformation();
    }
}
