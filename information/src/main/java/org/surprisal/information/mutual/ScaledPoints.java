package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.List;
import org.surprisal.information.Moments;
import org.surprisal.information.column.Spread;
import org.surprisal.information.column.VaryingColumns;
import org.surprisal.information.neighbour.NeighbourSpace;
import org.surprisal.tensor.RandomStream;

/// Makes points of the coordinates of a continuous variable, for the estimators that search neighbours.
public final class ScaledPoints {

    private ScaledPoints() {
    }

    /// The points of a variable, scaled and moved apart by jitter. Constant coordinates are left out.
    ///
    /// @param jitter standard deviation of the normal number added to each coordinate, in units of its own
    /// @param warnings takes what there is to say
    // For packages of this module: others do not see the type of the answer.
    @SuppressWarnings("exports")
    public static NeighbourSpace of(Continuous variable, Scaling scaling, double jitter, RandomStream stream,
            List<String> warnings) {
        VaryingColumns varying = VaryingColumns.of(variable.name(), variable.columns(), warnings);
        double[][] columns = scaled(scaling, varying, warnings);
        for (int l = 0; jitter > 0 && l < columns.length; l++) {
            addNoise(columns[l], jitter, unit(scaling, varying.spread(l), columns[l]),
                    stream.child(varying.number(l)));
        }
        int different = Discrete.rows(variable.name(), variable.values()).symbols();
        if (different < variable.count() && !varying.isEmpty()) {
            warnings.add(("%s has %d different rows among %d: nearest neighbours assume a density, which has no ties; "
                    + (jitter > 0 ? "jitter moves them apart" : "jitter would move them apart"))
                    .formatted(variable.name(), different, variable.count()));
        }
        return new NeighbourSpace(columns);
    }

    /// The points of a variable, scaled, equal ones where they are. Constant coordinates are left out.
    ///
    /// @param warnings takes what there is to say of constant coordinates and far values
    static NeighbourSpace of(Continuous variable, Scaling scaling, List<String> warnings) {
        return new NeighbourSpace(
                scaled(scaling, VaryingColumns.of(variable.name(), variable.columns(), warnings), warnings));
    }

    private static double[][] scaled(Scaling scaling, VaryingColumns varying, List<String> warnings) {
        double[][] columns = new double[varying.count()][];
        Arrays.setAll(columns, l -> scaled(scaling, varying, l));
        if (scaling == Scaling.STANDARDISE) {
            varying.farValues("the coordinate is divided by that standard deviation; --scale rank looks at the order of"
                    + " values only").ifPresent(warnings::add);
        }
        return columns;
    }

    /// Centre and spread of a scaled column.
    private static Spread unit(Scaling scaling, Spread unscaled, double[] scaled) {
        if (unscaled.far() > 0 && !scaling.isOfOrder()) {
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
            case RANK -> shares(columns.column(l));
            case NORMAL_SCORES -> Ranks.normalScores(columns.column(l));
            case NONE -> columns.column(l);
        };
    }

    private static double[] shares(double[] column) {
        double[] ranks = Ranks.of(column);
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] /= ranks.length;
        }
        return ranks;
    }
}
