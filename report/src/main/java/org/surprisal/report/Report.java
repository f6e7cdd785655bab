package org.surprisal.report;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything a reader of one run is shown.
///
/// @param title      of the report
/// @param subtitle   in a line; may be empty
/// @param lead       how to read this, a paragraph of plain text; may be empty
/// @param sections   in reading order; ids of figures and tables are unique across them
/// @param settings   every setting of the run and its value, in the order shown
/// @param provenance where the run came from (seed, versions, machine, commit, time), in the order shown
public record Report(String title, String subtitle, String lead, List<Section> sections, Map<String, String> settings,
        Map<String, String> provenance) {

    public Report {
        if (title.isBlank()) {
            throw new IllegalArgumentException("report: title is blank");
        }
        sections = List.copyOf(sections);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
        Set<String> ids = new HashSet<>();
        for (Section section : sections) {
            section.figures().forEach(figure -> claim(ids, figure.id()));
            section.tables().forEach(table -> claim(ids, table.id()));
        }
    }

    private static void claim(Set<String> ids, String id) {
        if (!ids.add(id)) {
            throw new IllegalArgumentException(
                    "report: the id '" + id + "' is used twice; figures and tables of a report need different ones");
        }
    }
}
