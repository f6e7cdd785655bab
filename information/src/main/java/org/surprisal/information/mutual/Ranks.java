package org.surprisal.information.mutual;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.special.Erf;

/// Ranks of the values of one coordinate, and numbers made of them.
final class Ranks {

    private Ranks() {
    }

    /// The number of smaller values of each value, equal ones sharing their mean: from 0 to n - 1.
    static double[] of(double[] column) {
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
                ranks[order[i]] = 0.5 * (from + to - 1);
            }
            from = to;
        }
        return ranks;
    }

    /// The normal score Φ⁻¹((r + 1) / (n + 1)) of each value of rank r (van der Waerden 1952).
    static double[] normalScores(double[] column) {
        double[] scores = of(column);
        for (int i = 0; i < scores.length; i++) {
            // 2 p - 1 without the rounding of p near 1, so that the scores are symmetric about 0.
            scores[i] = Math.sqrt(2) * Erf.erfInv((2 * scores[i] + 1 - scores.length) / (scores.length + 1));
        }
        return scores;
    }
}
