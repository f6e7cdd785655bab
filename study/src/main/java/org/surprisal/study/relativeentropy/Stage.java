package org.surprisal.study.relativeentropy;

import java.util.Locale;

/// When a network was measured.
enum Stage {
    /// As initialised; the reference code's 'pre-training' is read after the first epoch instead.
    BEFORE,
    /// After the last epoch.
    AFTER;

    /// The word in files and legends.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
