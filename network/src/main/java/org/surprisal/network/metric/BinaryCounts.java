package org.surprisal.network.metric;

import java.util.Locale;
import java.util.OptionalDouble;

/// The confusion table of a decision between positive and negative (Zahn, Figs 63 and 64).
///
/// A ratio is empty where its denominator is 0.
///
/// @param truePositives positive samples predicted positive
/// @param falseNegatives positive samples predicted negative
/// @param falsePositives negative samples predicted positive
/// @param trueNegatives negative samples predicted negative
public record BinaryCounts(long truePositives, long falseNegatives, long falsePositives, long trueNegatives) {

    /// Doubles hold every integer up to twice this, so each ratio is rounded once.
    static final long MAXIMUM_TOTAL = 1L << 52;

    /// @throws IllegalArgumentException if a count is negative, all are 0, or their sum exceeds 2^52
    public BinaryCounts {
        if (truePositives < 0 || falseNegatives < 0 || falsePositives < 0 || trueNegatives < 0
                || (truePositives | falseNegatives | falsePositives | trueNegatives) == 0
                || (double) truePositives + falseNegatives + falsePositives + trueNegatives > MAXIMUM_TOTAL) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "truePositives (=%d), falseNegatives (=%d), falsePositives (=%d) and "
                            + "trueNegatives (=%d) must not be negative and must sum to 1 … 2^52",
                    truePositives,
                    falseNegatives, falsePositives, trueNegatives));
        }
    }

    /// TP + FN, the samples that are positive.
    public long actualPositives() {
        return truePositives + falseNegatives;
    }

    /// FP + TN, the samples that are negative.
    public long actualNegatives() {
        return falsePositives + trueNegatives;
    }

    /// TP + FP, the samples predicted positive.
    public long predictedPositives() {
        return truePositives + falsePositives;
    }

    /// FN + TN, the samples predicted negative.
    public long predictedNegatives() {
        return falseNegatives + trueNegatives;
    }

    /// All samples.
    public long total() {
        return actualPositives() + actualNegatives();
    }

    /// TP / (TP + FN), also recall or sensitivity; empty without positive samples.
    public OptionalDouble truePositiveRate() {
        return ratio(truePositives, actualPositives());
    }

    /// TN / (TN + FP), also specificity; empty without negative samples.
    public OptionalDouble trueNegativeRate() {
        return ratio(trueNegatives, actualNegatives());
    }

    /// FP / (TN + FP); empty without negative samples.
    public OptionalDouble falsePositiveRate() {
        return ratio(falsePositives, actualNegatives());
    }

    /// FN / (TP + FN); empty without positive samples.
    public OptionalDouble falseNegativeRate() {
        return ratio(falseNegatives, actualPositives());
    }

    /// TP / (TP + FP); empty if nothing was predicted positive.
    public OptionalDouble precision() {
        return ratio(truePositives, predictedPositives());
    }

    /// TP / (TP + FN), the true positive rate by its other name; empty without positive samples.
    public OptionalDouble recall() {
        return truePositiveRate();
    }

    /// TP / (TP + (FP + FN) / 2): the harmonic mean of precision and recall where both exist. It is 0, not empty, when
    /// one of the two is missing, and empty only where nothing is positive nor predicted so.
    public OptionalDouble f1() {
        return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    /// (TP + TN) / N. For one class against the rest the notes call it the class accuracy.
    public double accuracy() {
        return (double) (truePositives + trueNegatives) / total();
    }

    private static OptionalDouble ratio(long part, long whole) {
        return whole > 0 ? OptionalDouble.of((double) part / whole) : OptionalDouble.empty();
    }
}
