package org.surprisal.information.mutual;

import java.util.Arrays;

/// The nearest neighbours of one point among given distances. It belongs to one thread.
final class NearestNeighbours {

    private final double[] nearest;
    private final int[] points;

    /// @param k the most neighbours that are asked for
    NearestNeighbours(int k) {
        nearest = new double[k];
        points = new int[k];
    }

    /// Finds the `k` points of least `distances`, `self` left out; of equally far ones those that come first.
    ///
    /// @return the distance of the k-th
    double find(int k, double[] distances, int self) {
        Arrays.fill(nearest, 0, k, Double.POSITIVE_INFINITY);
        for (int j = 0; j < distances.length; j++) {
            double distance = distances[j];
            if (distance >= nearest[k - 1] || j == self) {
                continue;
            }
            int place = k - 1;
            for (; place > 0 && nearest[place - 1] > distance; place--) {
                nearest[place] = nearest[place - 1];
                points[place] = points[place - 1];
            }
            nearest[place] = distance;
            points[place] = j;
        }
        return nearest[k - 1];
    }

    /// The largest of `distances` over the `k` neighbours found last.
    double farthest(int k, double[] distances) {
        double farthest = 0;
        for (int place = 0; place < k; place++) {
            farthest = Math.max(farthest, distances[points[place]]);
        }
        return farthest;
    }

    /// How many distances lie below `radius`.
    static int below(double radius, double[] distances) {
        int count = 0;
        for (double distance : distances) {
            count += distance < radius ? 1 : 0;
        }
        return count;
    }
}
