package org.surprisal.information.neighbour;

import java.util.Arrays;

/// The k nearest of the points that were offered, by rising distance; of equally far ones those of lower number. It is
/// used again for point after point and belongs to one thread.
public final class NearestNeighbours {

    private final double[] distances;
    private final int[] points;
    private int k;
    private int leftOutFrom;
    private int leftOutTo = -1;

    /// @param most the most neighbours that are asked for
    public NearestNeighbours(int most) {
        distances = new double[most];
        points = new int[most];
    }

    /// Forgets all and asks for `neighbours`, from 1 to the most.
    public void ask(int neighbours) {
        ask(neighbours, 0, -1);
    }

    /// Forgets all and asks for `neighbours` that are none of the points `from` … `to`, both included: those too near
    /// in time to say anything of their own.
    public void ask(int neighbours, int from, int to) {
        k = neighbours;
        leftOutFrom = from;
        leftOutTo = to;
        Arrays.fill(distances, 0, k, Double.POSITIVE_INFINITY);
        Arrays.fill(points, 0, k, Integer.MAX_VALUE);
    }

    /// The distance of the k-th so far; infinite while there are fewer. What is farther need not be offered.
    public double radius() {
        return distances[k - 1];
    }

    void offer(int point, double distance) {
        int place = k - 1;
        if (!comesBefore(distance, point, place) || (leftOutFrom <= point && point <= leftOutTo)) {
            return;
        }
        for (; place > 0 && comesBefore(distance, point, place - 1); place--) {
            distances[place] = distances[place - 1];
            points[place] = points[place - 1];
        }
        distances[place] = distance;
        points[place] = point;
    }

    private boolean comesBefore(double distance, int point, int place) {
        return distance < distances[place] || (distance == distances[place] && point < points[place]);
    }

    /// The numbers of the k points.
    public int[] points() {
        return Arrays.copyOf(points, k);
    }

    /// The largest distance in another space between point `i` and one of the k.
    public double farthest(NeighbourSpace space, int i) {
        double farthest = 0;
        for (int place = 0; place < k; place++) {
            farthest = Math.max(farthest, space.distance(i, points[place]));
        }
        return farthest;
    }
}
