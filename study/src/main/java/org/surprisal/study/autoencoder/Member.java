package org.surprisal.study.autoencoder;

import org.surprisal.study.Case;
import org.surprisal.study.depth.Measurements;

/// One network of the study.
///
/// @param sigmaW2 weight variance times fan-in
/// @param seed    of its weights and of the order of its images
record Member(double sigmaW2, long seed) {
    Case which() {
        return Measurements.network(sigmaW2, seed);
    }

    /// Reads what [#which] writes.
    static Member of(Case which) {
        return new Member(Measurements.sigmaW2(which), Measurements.seed(which));
    }

    @Override
    public String toString() {
        return "σ_w² = " + Measurements.number(sigmaW2) + ", seed " + seed;
    }
}
