package org.surprisal.gallery;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The exhibits that need no run: a formula gives their number, or their picture is drawn in a moment.
final class ComputedExhibits {
    private static final Map<String, Supplier<Computed>> ALL = new HashMap<>();

    static {
        ALL.putAll(SchmidtComputations.ALL);
        ALL.putAll(LandsverkComputations.ALL);
    }

    private ComputedExhibits() {
    }

    /// What is computed for an exhibit.
    ///
    /// @throws IllegalStateException if there is nothing to compute for it
    static Computed of(String exhibit) {
        Supplier<Computed> supplier = ALL.get(exhibit);
        if (supplier == null) {
            throw new IllegalStateException("exhibit '" + exhibit + "' has neither a study nor anything computed");
        }
        return supplier.get();
    }

    /// Whether something is computed for an exhibit.
    static boolean isKnown(String exhibit) {
        return ALL.containsKey(exhibit);
    }
}
