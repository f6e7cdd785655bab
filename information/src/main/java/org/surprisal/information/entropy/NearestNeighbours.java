package org.surprisal.information.entropy;

import java.util.Arrays;
import org.surprisal.information.mutual.Continuous;

/// The nearest points to a point by exhaustive search, their distances ascending; of equally far ones those that come
/// first. It belongs to one thread.
final class NearestNeighbours {

    private final double[] points;
    private final int count;
    private final int dimension;
    private final Norm norm;
    private final double[] distances;
    private final int[] indices;

    /// @param among the points to search
    /// @param neighbours how many are found, at most one less than there are points
    NearestNeighbours(Continuous among, Norm norm, int neighbours) {
        points = among.values().toDoubles();
        count = among.count();
        dimension = among.dimension();
        this.norm = norm;
        distances = new double[neighbours];
        indices = new int[neighbours];
    }

    /// Finds the neighbours of the point that starts at `from` of `coordinates`.
    ///
    /// @param except a point that does not count, or -1 for none
    void find(double[] coordinates, int from, int except) {
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        int last = distances.length - 1;
        for (int j = 0; j < count; j++) {
            if (j == except) {
                continue;
            }
            double sum = 0;
            // Once it is farther than the farthest so far the rest of the coordinates cannot bring it back.
            for (int l = 0; l < dimension && sum < distances[last]; l++) {
                sum = norm.combine(sum, coordinates[from + l] - points[j * dimension + l]);
            }
            if (sum < distances[last]) {
                int place = last;
                for (; place > 0 && distances[place - 1] > sum; place--) {
                    distances[place] = distances[place - 1];
                    indices[place] = indices[place - 1];
                }
                distances[place] = sum;
                indices[place] = j;
            }
        }
    }

    /// Distance of the neighbour number `k`, counted from 1.
    double distance(int k) {
        return norm.finish(distances[k - 1]);
    }

    /// Which point the neighbour number `k` is, counted from 1.
    int index(int k) {
        return indices[k - 1];
    }
}
