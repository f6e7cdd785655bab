package org.surprisal.gallery;

import java.util.Locale;

/// How much work an exhibit takes.
public enum Size {
    /// At most a minute on two cores.
    QUICK,
    /// The document's own settings, hours where the document took hours.
    DOCUMENT;

    /// The word on the command line: `quick`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
