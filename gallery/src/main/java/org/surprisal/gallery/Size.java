package org.surprisal.gallery;

import java.util.Arrays;
import java.util.Locale;

/// How much work an exhibit takes.
public enum Size {
    /// At most a minute on two cores.
    QUICK,
    /// The document's own settings, hours where the document took hours.
    DOCUMENT;

    /// The size of a word.
    ///
    /// @throws IllegalArgumentException if there is none
    static Size of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("size '" + word + "' must be quick or document"));
    }

    /// The word on the command line: `quick`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
