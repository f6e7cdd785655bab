package org.surprisal.information.mutual;

import java.util.function.DoubleUnaryOperator;

/// What a critic's scores of the held-out pairs come to.
///
/// @param pairs number of true pairs
/// @param joint mean score of the true pairs
/// @param logMarginal ln of the mean of e^score over all broken pairs (x_i, y_j), i != j
/// @param standardError of `joint` - `logMarginal`
record ScoreMeans(int pairs, double joint, double logMarginal, double standardError) {

    /// ln of the number of broken pairs.
    double logMarginalPairs() {
        return Math.log((double) pairs * (pairs - 1));
    }

    static ScoreMeans of(CriticTraining.Trained trained) {
        return of(trained, DoubleUnaryOperator.identity());
    }

    /// @param clip what is done to the scores of broken pairs first
    static ScoreMeans of(CriticTraining.Trained trained, DoubleUnaryOperator clip) {
        double[][] scores = trained.critic().table(trained.heldOutX(), trained.heldOutY());
        int n = scores.length;
        double joint = 0;
        // Each x's mean over the broken pairs it is in: their scatter is that of the marginal mean by x.
        double[] logOfX = new double[n];
        for (int i = 0; i < n; i++) {
            joint += scores[i][i] / n;
            double[] broken = new double[n - 1];
            for (int j = 0; j < n - 1; j++) {
                broken[j] = clip.applyAsDouble(scores[i][j < i ? j : j + 1]);
            }
            logOfX[i] = LogMeanExp.of(broken);
        }
        double logMarginal = LogMeanExp.of(logOfX);
        double variance = 0;
        for (int i = 0; i < n; i++) {
            double influence = scores[i][i] - joint - (Math.exp(logOfX[i] - logMarginal) - 1);
            variance += influence * influence / ((double) n * (n - 1));
        }
        return new ScoreMeans(n, joint, logMarginal, Math.sqrt(variance));
    }
}
