package org.surprisal.information.mutual;

import java.util.Comparator;
import java.util.stream.IntStream;

/// What is done to each coordinate by itself before distances are taken over several. Mutual information is the same
/// before and after; estimates from distances are not.
public enum Scaling {
    /// Its mean is subtracted and it is divided by its standard deviation: units and origins change nothing. A few values that lie so
    /// far from the others that they alone decide the standard deviation are left out of both (an estimator warns of them).
    STANDARDISE,
    /// Replaced by its rank over n, ties sharing their mean rank: monotone maps of a coordinate change nothing. Distances
    /// between ranks tie, so neighbours among them need jitter.
    RANK,
    /// Left as it is.
    NONE;

    /// The scaled copy of column `l`.
    double[] of(VaryingColumns columns, int l) {
        return switch (this) {
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
