package org.surprisal.information.neighbour;

/// Points in whose neighbourhoods is counted, with the maximum norm.
public final class NeighbourSpace {

    /// Element `[j][i]` is coordinate j of point i; there are none if all are constant.
    private final double[][] columns;

    public NeighbourSpace(double[][] columns) {
        this.columns = columns;
    }

    /// The pairs of points of two spaces: a distance is the larger of the two.
    public static NeighbourSpace product(NeighbourSpace first, NeighbourSpace second) {
        double[][] both = new double[first.columns.length + second.columns.length][];
        System.arraycopy(first.columns, 0, both, 0, first.columns.length);
        System.arraycopy(second.columns, 0, both, first.columns.length, second.columns.length);
        return new NeighbourSpace(both);
    }

    /// Whether there are no coordinates, all having been constant.
    public boolean isEmpty() {
        return columns.length == 0;
    }

    /// Number of points, at least 1; not of an empty space.
    public int count() {
        return columns[0].length;
    }

    /// Number of coordinates.
    public int dimension() {
        return columns.length;
    }

    /// Coordinate j of a point.
    public double coordinate(int point, int j) {
        return columns[j][point];
    }

    /// The space of coordinate j alone.
    public NeighbourSpace coordinate(int j) {
        return new NeighbourSpace(new double[][]{columns[j]});
    }

    /// max_j |x_ij - x_lj| of points i and l.
    double distance(int i, int l) {
        double largest = 0;
        for (double[] column : columns) {
            largest = Math.max(largest, Math.abs(column[i] - column[l]));
        }
        return largest;
    }

    /// The distances of all points from point `i`: coordinate by coordinate, in loops that run on vector lanes.
    double[] distances(int i) {
        double[] distances = new double[count()];
        for (double[] column : columns) {
            double x = column[i];
            for (int j = 0; j < distances.length; j++) {
                distances[j] = Math.max(distances[j], Math.abs(x - column[j]));
            }
        }
        return distances;
    }

    /// The space of these points only.
    public NeighbourSpace take(int... points) {
        double[][] taken = new double[columns.length][points.length];
        for (int l = 0; l < columns.length; l++) {
            for (int i = 0; i < points.length; i++) {
                taken[l][i] = columns[l][points[i]];
            }
        }
        return new NeighbourSpace(taken);
    }
}
