package org.surprisal.study.measure;

import java.util.SortedSet;
import java.util.TreeSet;

/// Epochs at equal ratios: what training changes, it changes by the logarithm of time.
public final class LogSpaced {
    private LogSpaced() {
    }

    /// At most `count` different epochs from 1 to `last`, both among them, or `last` alone for a `count` of 1; empty
    /// for `last` 0.
    public static SortedSet<Integer> epochs(int last, int count) {
        SortedSet<Integer> epochs = new TreeSet<>();
        if (last == 0) {
            return epochs;
        }
        epochs.add(last);
        for (int i = 0; i < count && count > 1; i++) {
            epochs.add((int) Math.round(Math.pow(last, (double) i / (count - 1))));
        }
        return epochs;
    }
}
