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
        return of(trained.critic().table(trained.heldOutX(), trained.heldOutY()), clip);
    }

    /// @param scores of x_i and y_j in row i and column j, shape (n, n); clipped in place
    static ScoreMeans of(double[][] scores, DoubleUnaryOperator clip) {
        int n = scores.length;
        double joint = 0;
        double[] logOfX = new double[n];
        for (int i = 0; i < n; i++) {
            joint += scores[i][i] / n;
            double[] broken = new double[n - 1];
            for (int j = 0; j < n; j++) {
                scores[i][j] = i == j ? scores[i][j] : clip.applyAsDouble(scores[i][j]);
                if (i != j) {
                    broken[j < i ? j : j - 1] = scores[i][j];
                }
            }
            logOfX[i] = LogMeanExp.of(broken);
        }
        double logMarginal = LogMeanExp.of(logOfX);
        // Sample i is in a row and in a column of broken pairs: its influence is that of both means (Hájek's
        // projection).
        double[] influence = new double[n];
        for (int i = 0; i < n; i++) {
            influence[i] += scores[i][i] - joint + 2;
            for (int j = 0; j < n; j++) {
                double share = i == j ? 0 : Math.exp(scores[i][j] - logMarginal) / (n - 1);
                influence[i] -= share;
                influence[j] -= share;
            }
        }
        double variance = 0;
        for (double term : influence) {
            variance += term * term / ((double) n * (n - 1));
        }
        return new ScoreMeans(n, joint, logMarginal, Math.sqrt(variance));
    }
}
