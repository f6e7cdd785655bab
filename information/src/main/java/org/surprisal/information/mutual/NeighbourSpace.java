package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.surprisal.information.Moments;
import org.surprisal.tensor.RandomStream;

/// Points in whose neighbourhoods is counted: the coordinates of a continuous variable, scaled and moved apart by jitter,
/// with the maximum norm. Constant coordinates are left out.
final class NeighbourSpace {

    /// Element `[j][i]` is coordinate j of point i; there are none if all are constant.
    private final double[][] columns;

    private NeighbourSpace(double[][] columns) {
        this.columns = columns;
    }

    /// @param jitter standard deviation of the normal number added to each coordinate, in units of its own
    /// @param warnings takes what there is to say
    static NeighbourSpace of(Continuous variable, Scaling scaling, double jitter, RandomStream stream,
            List<String> warnings) {
        List<double[]> columns = new ArrayList<>();
        int constant = 0;
        double[][] raw = variable.columns();
        for (int j = 0; j < raw.length; j++) {
            double spread = Moments.of(raw[j]).standardDeviation();
            if (spread == 0) {
                constant++;
                continue;
            }
            double[] column = scaling.of(raw[j]);
            double scale = jitter * Moments.of(column).standardDeviation();
            if (scale > 0) {
                RandomStream own = stream.child(j);
                for (int i = 0; i < column.length; i++) {
                    column[i] += scale * own.nextGaussian();
                }
            }
            columns.add(column);
        }
        if (constant == raw.length) {
            warnings.add("%s is constant: it carries no information".formatted(variable.name()));
        } else if (constant > 0) {
            warnings.add("%d of %d coordinates of %s are constant and left out".formatted(constant, raw.length,
                    variable.name()));
        }
        int different = Discrete.rows(variable.name(), variable.values()).symbols();
        if (different < variable.count() && constant < raw.length) {
            warnings.add(("%s has %d different rows among %d: nearest neighbours assume a density, which has no ties; "
                    + (jitter > 0 ? "jitter moves them apart" : "jitter would move them apart"))
                    .formatted(variable.name(), different, variable.count()));
        }
        return new NeighbourSpace(columns.toArray(double[][]::new));
    }

    boolean isEmpty() {
        return columns.length == 0;
    }

    /// The distances of all points from point `i`, into `out`.
    void distances(int i, double[] out) {
        Arrays.fill(out, 0);
        for (double[] column : columns) {
            double x = column[i];
            for (int j = 0; j < out.length; j++) {
                out[j] = Math.max(out[j], Math.abs(x - column[j]));
            }
        }
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
