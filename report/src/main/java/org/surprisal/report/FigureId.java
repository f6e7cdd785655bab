package org.surprisal.report;

import java.util.regex.Pattern;

/// What figures and tables may be called.
final class FigureId {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private FigureId() {
    }

    /// Refuses an `id` that is no portable file name, or a blank title.
    ///
    /// @param kind what the message calls the owner, such as `chart`
    static void check(String kind, String id, String title) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(kind + ": id '" + id
                    + "' must be lower-case letters and digits joined by hyphens, such as loss-by-epoch");
        }
        if (title.isBlank()) {
            throw new IllegalArgumentException(kind + " '" + id + "': title is blank");
        }
    }
}
