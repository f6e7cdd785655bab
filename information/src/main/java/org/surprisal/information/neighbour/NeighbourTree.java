package org.surprisal.information.neighbour;

import java.util.Arrays;

/// A k-d tree (Bentley 1975): the points are halved by the median of the coordinate in which they spread widest, and
/// again, down to a few. A question looks only into boxes that it can neither leave out nor count as a whole: few of
/// them in a few dimensions, most in many.
///
/// Boxes have coordinates of points for sides, and rounding keeps order, so that a comparison with a box says the same
/// of every point in it: the answers are those of [NeighbourScan] to the bit.
public final class NeighbourTree implements NeighbourSearch {

    /// Points that are not divided further.
    private static final int LEAF = 12;

    private final NeighbourSpace space;
    private final int dimension;
    /// Element `[place * dimension + j]` is coordinate j of the point at that place of the tree.
    private final double[] coordinates;
    private final int[] pointAt;
    private final int[] placeOf;
    /// The lower, then the upper sides of each node's box. Node 0 is the root, 2 m + 1 and 2 m + 2 are the halves of
    /// node m.
    private final double[] boxes;

    public NeighbourTree(NeighbourSpace space) {
        this.space = space;
        int n = space.count();
        dimension = space.dimension();
        pointAt = new int[n];
        Arrays.setAll(pointAt, i -> i);
        int nodes = 1;
        for (int largest = n; largest > LEAF; largest = (largest + 1) / 2) {
            nodes = 2 * nodes + 1;
        }
        boxes = new double[nodes * 2 * dimension];
        build(space, 0, 0, n);
        placeOf = new int[n];
        coordinates = new double[n * dimension];
        for (int place = 0; place < n; place++) {
            placeOf[pointAt[place]] = place;
            for (int j = 0; j < dimension; j++) {
                coordinates[place * dimension + j] = space.coordinate(pointAt[place], j);
            }
        }
    }

    /// Divides the points at places from … to-1.
    private void build(NeighbourSpace space, int node, int from, int to) {
        int widest = 0;
        double width = -1;
        for (int j = 0; j < dimension; j++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int place = from; place < to; place++) {
                double x = space.coordinate(pointAt[place], j);
                low = Math.min(low, x);
                high = Math.max(high, x);
            }
            boxes[lower(node) + j] = low;
            boxes[lower(node) + dimension + j] = high;
            if (high - low > width) {
                width = high - low;
                widest = j;
            }
        }
        if (to - from > LEAF) {
            int middle = middle(from, to);
            select(space, widest, middle, from, to - 1);
            build(space, 2 * node + 1, from, middle);
            build(space, 2 * node + 2, middle, to);
        }
    }

    /// Brings the points into an order in which coordinate j is nowhere before `place` larger, and nowhere behind it
    /// smaller, than there (Hoare's selection).
    private void select(NeighbourSpace space, int j, int place, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            double pivot = space.coordinate(pointAt[(low + high) >>> 1], j);
            int left = low;
            int right = high;
            while (left <= right) {
                while (space.coordinate(pointAt[left], j) < pivot) {
                    left++;
                }
                while (space.coordinate(pointAt[right], j) > pivot) {
                    right--;
                }
                if (left <= right) {
                    int swapped = pointAt[left];
                    pointAt[left++] = pointAt[right];
                    pointAt[right--] = swapped;
                }
            }
            if (place <= right) {
                high = right;
            } else if (place >= left) {
                low = left;
            } else {
                return;
            }
        }
    }

    private int lower(int node) {
        return node * 2 * dimension;
    }

    private static int middle(int from, int to) {
        return (from + to) >>> 1;
    }

    @Override
    public NeighbourSpace space() {
        return space;
    }

    @Override
    public void nearest(int i, NearestNeighbours found) {
        nearest(placeOf[i], found, 0, 0, pointAt.length);
    }

    private void nearest(int self, NearestNeighbours found, int node, int from, int to) {
        if (to - from <= LEAF) {
            for (int place = from; place < to; place++) {
                double distance = distanceUpTo(found.radius(), self, place);
                if (place != self && distance <= found.radius()) {
                    found.offer(pointAt[place], distance);
                }
            }
            return;
        }
        double left = distanceToBox(self, 2 * node + 1);
        double right = distanceToBox(self, 2 * node + 2);
        int middle = middle(from, to);
        // A box as far as the k-th neighbour may hold one as far of lower number.
        if (left <= right) {
            nearest(self, found, 2 * node + 1, from, middle);
            if (right <= found.radius()) {
                nearest(self, found, 2 * node + 2, middle, to);
            }
        } else {
            nearest(self, found, 2 * node + 2, middle, to);
            if (left <= found.radius()) {
                nearest(self, found, 2 * node + 1, from, middle);
            }
        }
    }

    @Override
    public int below(double radius, int i) {
        return below(radius, placeOf[i], 0, 0, pointAt.length);
    }

    private int below(double radius, int self, int node, int from, int to) {
        if (distanceToBox(self, node) >= radius) {
            return 0;
        }
        if (distanceToFarEnd(self, node) < radius) {
            return to - from;
        }
        if (to - from <= LEAF) {
            int count = 0;
            for (int place = from; place < to; place++) {
                count += distanceUpTo(radius, self, place) < radius ? 1 : 0;
            }
            return count;
        }
        int middle = middle(from, to);
        return below(radius, self, 2 * node + 1, from, middle) + below(radius, self, 2 * node + 2, middle, to);
    }

    /// The distance, or something larger than `limit` if it is.
    private double distanceUpTo(double limit, int self, int place) {
        double largest = 0;
        int first = self * dimension;
        int second = place * dimension;
        for (int j = 0; j < dimension && largest <= limit; j++) {
            largest = Math.max(largest, Math.abs(coordinates[first + j] - coordinates[second + j]));
        }
        return largest;
    }

    private double distanceToBox(int self, int node) {
        double largest = 0;
        int low = lower(node);
        int high = low + dimension;
        for (int j = 0; j < dimension; j++) {
            double x = coordinates[self * dimension + j];
            largest = Math.max(largest, Math.max(boxes[low + j] - x, x - boxes[high + j]));
        }
        return largest;
    }

    private double distanceToFarEnd(int self, int node) {
        double largest = 0;
        int low = lower(node);
        int high = low + dimension;
        for (int j = 0; j < dimension; j++) {
            double x = coordinates[self * dimension + j];
            largest = Math.max(largest, Math.max(Math.abs(x - boxes[low + j]), Math.abs(x - boxes[high + j])));
        }
        return largest;
    }
}
