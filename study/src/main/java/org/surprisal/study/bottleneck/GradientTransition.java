package org.surprisal.study.bottleneck;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;

/// From when on the gradients of single batches agree less than they differ.
final class GradientTransition {
    private GradientTransition() {
    }

    /// The first recorded epoch from which on, to the end, the ratio of mean to spread stays below 1; empty where the
    /// last one does not.
    ///
    /// Nothing is fitted or smoothed: with B batches an epoch the ratio of pure noise is at most about 1/√B, so chance
    /// does not lift it above 1 again.
    ///
    /// @param signalToNoise by epoch
    static OptionalInt of(NavigableMap<Integer, Double> signalToNoise) {
        OptionalInt transition = OptionalInt.empty();
        for (Map.Entry<Integer, Double> at : signalToNoise.descendingMap().entrySet()) {
            if (at.getValue() >= 1) {
                break;
            }
            transition = OptionalInt.of(at.getKey());
        }
        return transition;
    }
}
