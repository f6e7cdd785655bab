package org.surprisal.estimate;

import java.util.function.DoubleUnaryOperator;
import org.surprisal.information.internal.LogMeanExp;

/// What a critic's scores of the held-out pairs come to. Broken pairs are (x_i, y_j) with j the s-th after i, the
/// samples being in random order on a ring, s = 1 … S: all of them where these are not too many, else the first S after
/// each.
///
/// @param pairs number n of true pairs
/// @param brokenPairs number n S of broken pairs
/// @param joint mean score of the true pairs
/// @param logMarginal ln of the mean of e^score over the broken pairs
/// @param standardError of `joint` - `logMarginal`
record ScoreMeans(int pairs, long brokenPairs, double joint, double logMarginal, double standardError) {

    /// Broken pairs that are scored: their mean of e^score has little scatter of its own beside that of the samples.
    private static final int MOST_BROKEN = 1 << 18;

    /// ln of the number of broken pairs.
    double logMarginalPairs() {
        return Math.log((double) brokenPairs);
    }

    static ScoreMeans of(CriticTraining.Trained trained) {
        return of(trained, DoubleUnaryOperator.identity());
    }

    /// @param clip what is done to the scores of broken pairs first
    static ScoreMeans of(CriticTraining.Trained trained, DoubleUnaryOperator clip) {
        int n = trained.heldOut().count();
        double[][] broken = new double[Math.clamp(MOST_BROKEN / n, 1, n - 1)][];
        for (int s = 1; s <= broken.length; s++) {
            broken[s - 1] = trained.critic().scoresOfShifted(trained.heldOut(), s);
        }
        return of(trained.critic().scoresOfShifted(trained.heldOut(), 0), broken, clip);
    }

    /// @param scores of the true pairs, shape (n)
    /// @param broken element `[s-1][i]` is the score of x_i and y_((i + s) mod n)
    static ScoreMeans of(double[] scores, double[][] broken, DoubleUnaryOperator clip) {
        int n = scores.length;
        int shifts = broken.length;
        double joint = 0;
        for (double score : scores) {
            joint += score / n;
        }
        double[][] clipped = new double[shifts][n];
        double[] logOfShift = new double[shifts];
        for (int s = 0; s < shifts; s++) {
            for (int i = 0; i < n; i++) {
                clipped[s][i] = clip.applyAsDouble(broken[s][i]);
            }
            logOfShift[s] = LogMeanExp.of(clipped[s]);
        }
        double logMarginal = LogMeanExp.of(logOfShift);
        // Sample i is in S broken pairs with its x and in S with its y: its influence is that of both means (Hájek's
        // projection).
        double[] influence = new double[n];
        for (int i = 0; i < n; i++) {
            influence[i] += scores[i] - joint + 2;
            for (int s = 0; s < shifts; s++) {
                double share = Math.exp(clipped[s][i] - logMarginal) / shifts;
                influence[i] -= share;
                influence[(i + s + 1) % n] -= share;
            }
        }
        double variance = 0;
        for (double term : influence) {
            variance += term * term / ((double) n * (n - 1));
        }
        return new ScoreMeans(n, (long) n * shifts, joint, logMarginal, Math.sqrt(variance));
    }
}
