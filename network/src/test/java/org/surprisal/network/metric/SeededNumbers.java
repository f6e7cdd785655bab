package org.surprisal.network.metric;

/// A 64-bit linear congruential generator from state 1, the top 24 bits as a fraction: simple to repeat in the scripts
/// that recorded reference numbers.
final class SeededNumbers {
    private long state = 1;

    double next() {
        state = state * 6364136223846793005L + 1442695040888963407L;
        return (state >>> 40) / 16777216.0;
    }

    /// Scores on a grid of `grid` steps (0: no grid, no ties), positive with probability 0.1 + 0.6 u².
    static BinaryScores scores(int n, int grid) {
        SeededNumbers numbers = new SeededNumbers();
        double[] scores = new double[n];
        boolean[] positive = new boolean[n];
        for (int i = 0; i < n; i++) {
            double u = numbers.next();
            scores[i] = grid > 0 ? Math.floor(u * grid) / grid : u;
            positive[i] = numbers.next() < 0.1 + 0.6 * u * u;
        }
        return BinaryScores.of(scores, positive);
    }
}
