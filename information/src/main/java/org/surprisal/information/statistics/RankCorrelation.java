package org.surprisal.information.statistics;

import java.util.Arrays;
import java.util.Optional;

/// Spearman's rank correlation: whether two orders agree. It takes infinite values, of which only the order is known.
///
/// @param points      how many, n
/// @param coefficient Pearson's of the ranks, equal values sharing their mean rank, in [-1, 1]
/// @param pValue      two-sided, Student's t with n - 2 degrees of freedom, an approximation
public record RankCorrelation(int points, double coefficient, double pValue) {

    /// Returns the correlation of pairs, infinite values included; empty for fewer than three pairs, or if all values
    /// of one side are equal.
    public static Optional<RankCorrelation> of(double[] x, double[] y) {
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
