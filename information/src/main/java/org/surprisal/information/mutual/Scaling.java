package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.surprisal.information.Moments;

/// What is done to each coordinate by itself before distances are taken over several. Mutual information is the same
/// before and after; estimates from distances are not.
public enum Scaling {
    /// Divided by its standard deviation.
    STANDARDISE,
    /// Replaced by its rank over n, ties sharing their mean rank: monotone maps of a coordinate change nothing.
    RANK,
    /// Left as it is.
    NONE;

    /// The scaled copy of a coordinate that is not constant.
    double[] of(double[] column) {
        return switch (this) {
            case STANDARDISE -> {
                double deviation = Moments.of(column).standardDeviation();
                yield Arrays.stream(column).map(x -> x / deviation).toArray();
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
