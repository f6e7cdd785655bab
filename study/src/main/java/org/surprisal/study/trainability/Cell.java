package org.surprisal.study.trainability;

import org.surprisal.study.Case;

/// One network of the grid.
///
/// @param depth   hidden layers
/// @param sigmaW2 weight variance times fan-in
/// @param seed    of its weights and of the order of its samples
record Cell(int depth, double sigmaW2, long seed) {
    private static final String DEPTH = "depth";
    private static final String SIGMA_W2 = "sigma-w2";
    private static final String SEED = "seed";

    Case which() {
        return Case.of(DEPTH, Integer.toString(depth)).and(SIGMA_W2, Double.toString(sigmaW2)).and(SEED, seed);
    }

    /// Reads what [#which] writes.
    static Cell of(Case which) {
        return new Cell(Integer.parseInt(which.get(DEPTH)), Double.parseDouble(which.get(SIGMA_W2)),
                Long.parseLong(which.get(SEED)));
    }

    @Override
    public String toString() {
        return "depth " + depth + ", σ_w² " + sigmaW2;
    }
}
