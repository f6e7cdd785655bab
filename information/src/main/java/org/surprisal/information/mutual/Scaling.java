package org.surprisal.information.mutual;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.surprisal.information.Moments;

/// What is done to each coordinate by itself before distances are taken over several. Mutual information is the same
/// before and after; estimates from distances are not.
public enum Scaling {
    /// Its mean taken off, divided by its standard deviation: units and origins change nothing.
    STANDARDISE,
    /// Replaced by its rank over n, ties sharing their mean rank: monotone maps of a coordinate change nothing. Distances
    /// between ranks tie, so neighbours among them need jitter.
    RANK,
    /// Left as it is.
    NONE;

    /// The scaled copy of a coordinate that is not constant.
    ///
    /// @param moments of the coordinate
    double[] of(double[] column, Moments moments) {
        return switch (this) {
            case STANDARDISE -> {
                // Without the mean: noise added to a coordinate far from 0 would be lost in its last digits.
                double[] scaled = column.clone();
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] = (column[i] - moments.mean()) / moments.standardDeviation();
                }
                yield scaled;
            }
            case RANK -> ranks(column);
            case NONE -> column.clone();
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
