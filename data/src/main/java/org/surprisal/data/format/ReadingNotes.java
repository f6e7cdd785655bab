package org.surprisal.data.format;

import java.util.function.Consumer;

/// Where notes about a file go when the caller takes none: what was left out of it, or found out about it.
final class ReadingNotes {
    /// The log of this package, as warnings.
    static final Consumer<String> LOGGED = note -> System.getLogger("org.surprisal.data").log(
            System.Logger.Level.WARNING,
            note);

    private ReadingNotes() {
    }
}
