package org.surprisal.report;

import java.util.regex.Pattern;

/// A picture as a value. It says what is to be seen; [FigureFiles] draws it as PNG and SVG, [HtmlReport]
/// interactively. A new kind of figure is a new permitted record and one more branch in each of the two.
public sealed interface Figure permits Chart, Panels, ImageGrid {

    /// Stem of the file names and anchor in the report: lower-case words of letters and digits joined by hyphens, such
    /// as `relative-entropy-by-depth`.
    String id();

    /// What the figure shows, in a line.
    String title();

    /// How to read it, in a sentence or two.
    String caption();

    /// Refuses an `id` that is no portable file name or a blank title.
    ///
    /// @param kind what the message calls the owner, such as `chart`
    static void checkNames(String kind, String id, String title) {
        if (!Names.ID.matcher(id).matches()) {
            throw new IllegalArgumentException(kind + ": id '" + id
                    + "' must be lower-case letters and digits joined by hyphens, such as loss-by-epoch");
        }
        if (title.isBlank()) {
            throw new IllegalArgumentException(kind + " '" + id + "': title is blank");
        }
    }

    /// What an id may look like.
    final class Names {
        private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

        private Names() {
        }
    }
}
