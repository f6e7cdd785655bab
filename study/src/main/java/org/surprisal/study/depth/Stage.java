package org.surprisal.study.depth;

import java.util.Locale;

/// When a network was measured.
public enum Stage {
    /// As initialised; the reference code's 'pre-training' is read after the first epoch instead.
    BEFORE,
    /// After the last epoch.
    AFTER;

    /// The word in files and legends.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
