package org.surprisal.information.mutual;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.information.Moments;
import org.surprisal.information.column.Spread;
import org.surprisal.information.column.VaryingColumns;
import org.surprisal.information.neighbour.NeighbourSpace;
import org.surprisal.tensor.RandomStream;

/// Makes points of the coordinates of a continuous variable.
final class ScaledPoints {

    private ScaledPoints() {
    }

    /// The points of a variable, scaled and moved apart by jitter. Constant coordinates are left out.
    ///
    /// @param jitter standard deviation of the normal number added to each coordinate, in units of its own
    /// @param warnings takes what there is to say
    static NeighbourSpace of(Continuous variable, Scaling scaling, double jitter, RandomStream stream,
            List<String> warnings) {
        VaryingColumns varying = VaryingColumns.of(variable.name(), variable.columns(), warnings);
        double[][] columns = new double[varying.count()][];
        for (int l = 0; l < columns.length; l++) {
            columns[l] = scaled(scaling, varying, l);
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

    /// The scaled copy of column `l`.
    private static double[] scaled(Scaling scaling, VaryingColumns columns, int l) {
        return switch (scaling) {
            case STANDARDISE -> columns.scaled(l);
            case RANK -> ranks(columns.column(l));
            case NONE -> columns.column(l);
        };
    }

    private static double[] ranks(double[] column) {
        int n = column.length;
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> column[i]))
                .mapToInt(Integer::intValue).toArray();
        double[] ranks = new double[n];
        for (int from = 0; from < n;) {
            int to = from + 1;
            while (to < n && column[order[to]] == column[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = 0.5 * (from + to - 1) / n;
            }
            from = to;
        }
        return ranks;
    }
}
