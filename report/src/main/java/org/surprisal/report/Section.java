package org.surprisal.report;

import java.util.List;

/// A part of a report: what was found in words, then pictures, then tables.
///
/// @param heading    in a line
/// @param paragraphs plain text; `code` between backticks is set as such, nothing else is markup
/// @param figures    in reading order
/// @param tables     in reading order
public record Section(String heading, List<String> paragraphs, List<Figure> figures, List<Table> tables) {

    public Section {
        if (heading.isBlank()) {
            throw new IllegalArgumentException("section: heading is blank");
        }
        paragraphs = List.copyOf(paragraphs);
        figures = List.copyOf(figures);
        tables = List.copyOf(tables);
    }
}
