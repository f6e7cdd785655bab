package org.surprisal.study.trainability;

import java.util.Arrays;
import java.util.Optional;
import org.surprisal.study.FittedLine;

/// Whether two orders agree: Spearman's coefficient, which knows that a column fell somewhere beyond the grid although not where.
///
/// @param points      how many, n
/// @param coefficient Pearson's of the ranks, equal values sharing their mean rank, in [-1, 1]
/// @param pValue      two-sided, Student's t with n - 2 degrees of freedom, an approximation
record RankCorrelation(int points, double coefficient, double pValue) {

    /// Of pairs, infinite values included; absent below three of them, or where one side is all equal.
    static Optional<RankCorrelation> of(double[] x, double[] y) {
        if (x.length < FittedLine.FEWEST || Arrays.stream(x).distinct().count() < 2
                || Arrays.stream(y).distinct().count() < 2) {
            return Optional.empty();
        }
        FittedLine ofRanks = FittedLine.through(ranks(x), ranks(y));
        return Optional.of(new RankCorrelation(x.length, ofRanks.correlation(), ofRanks.pValue()));
    }

    private static double[] ranks(double[] values) {
        return Arrays.stream(values).map(v -> Arrays.stream(values).filter(other -> other < v).count()
                + (Arrays.stream(values).filter(other -> other == v).count() + 1) / 2.0).toArray();
    }
}
