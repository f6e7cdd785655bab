package org.surprisal.information.mutual;

import java.util.List;
import org.surprisal.information.Moments;
import org.surprisal.tensor.RandomStream;

/// Points in whose neighbourhoods is counted: the coordinates of a continuous variable, scaled and moved apart by jitter,
/// with the maximum norm. Constant coordinates are left out.
final class NeighbourSpace {

    /// Element `[j][i]` is coordinate j of point i; there are none if all are constant.
    private final double[][] columns;

    NeighbourSpace(double[][] columns) {
        this.columns = columns;
    }

    /// @param jitter standard deviation of the normal number added to each coordinate, in units of its own
    /// @param warnings takes what there is to say
    static NeighbourSpace of(Continuous variable, Scaling scaling, double jitter, RandomStream stream,
            List<String> warnings) {
        VaryingColumns varying = VaryingColumns.of(variable, warnings);
        double[][] columns = new double[varying.count()][];
        for (int l = 0; l < columns.length; l++) {
            columns[l] = scaling.of(varying, l);
            if (jitter > 0) {
                addNoise(columns[l], jitter, unit(scaling, varying.spread(l), columns[l]),
                        stream.child(varying.number(l)));
            }
        }
        if (scaling == Scaling.STANDARDISE) {
            varying.farValues("the coordinate is divided by that standard deviation; --scale rank looks at the order of"
                    + " values only").ifPresent(warnings::add);
        }
        int different = Discrete.rows(variable.name(), variable.values()).symbols();
        if (different < variable.count() && !varying.isEmpty()) {
            warnings.add(("%s has %d different rows among %d: nearest neighbours assume a density, which has no ties; "
                    + (jitter > 0 ? "jitter moves them apart" : "jitter would move them apart"))
                    .formatted(variable.name(), different, variable.count()));
        }
        return new NeighbourSpace(columns);
    }

    /// Centre and spread of a scaled column.
    private static Spread unit(Scaling scaling, Spread unscaled, double[] scaled) {
        if (unscaled.far() > 0 && scaling != Scaling.RANK) {
            return scaling == Scaling.NONE ? unscaled : new Spread(0, 1, unscaled.far(), 0);
        }
        Moments moments = Moments.of(scaled);
        return new Spread(moments.mean(), moments.standardDeviation(), 0, moments.mean());
    }

    /// Subtracts the centre first: beside a large one the noise would be lost.
    private static void addNoise(double[] column, double jitter, Spread unit, RandomStream stream) {
        double scale = jitter * unit.deviation();
        for (int i = 0; i < column.length; i++) {
            column[i] = column[i] - unit.centre() + scale * stream.nextGaussian();
        }
    }

    /// The pairs of points of two spaces: a distance is the larger of the two.
    static NeighbourSpace product(NeighbourSpace first, NeighbourSpace second) {
        double[][] both = new double[first.columns.length + second.columns.length][];
        System.arraycopy(first.columns, 0, both, 0, first.columns.length);
        System.arraycopy(second.columns, 0, both, first.columns.length, second.columns.length);
        return new NeighbourSpace(both);
    }

    /// Whether there are no coordinates, all having been constant.
    boolean isEmpty() {
        return columns.length == 0;
    }

    /// Number of points, at least 1; not of an empty space.
    int count() {
        return columns[0].length;
    }

    /// Number of coordinates.
    int dimension() {
        return columns.length;
    }

    double coordinate(int point, int j) {
        return columns[j][point];
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
    NeighbourSpace take(int... points) {
        double[][] taken = new double[columns.length][points.length];
        for (int l = 0; l < columns.length; l++) {
            for (int i = 0; i < points.length; i++) {
                taken[l][i] = columns[l][points[i]];
            }
        }
        return new NeighbourSpace(taken);
    }
}
