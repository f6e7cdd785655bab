package org.surprisal.report;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything a reader of one run is shown, the finding first.
///
/// @param title      of the report
/// @param subtitle   in a line; may be empty
/// @param found      what was found, in two or three sentences, each a paragraph
/// @param verdicts   what the numbers say about the claims of the study
/// @param lead       what was done and how to read this, a paragraph each; may be empty
/// @param sections   in reading order; ids of figures and tables are unique across them, and the claims below figures
///                   are among the verdicts
/// @param settings   every setting of the run and its value, in the order shown
/// @param provenance where the run came from (seed, versions, machine, commit, time), in the order shown
/// @param files      what lies beside the report: places relative to it, with what each holds
public record Report(String title, String subtitle, List<String> found, List<Judged> verdicts, List<String> lead,
        List<Section> sections, Map<String, String> settings, Map<String, String> provenance,
        Map<String, String> files) {

    public Report {
        if (title.isBlank()) {
            throw new IllegalArgumentException("report: title is blank");
        }
        found = List.copyOf(found);
        verdicts = List.copyOf(verdicts);
        lead = List.copyOf(lead);
        sections = List.copyOf(sections);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        Set<String> ids = new HashSet<>();
        for (Section section : sections) {
            section.figures().forEach(figure -> claim(ids, figure.id()));
            section.tables().forEach(table -> claim(ids, table.id()));
            for (Block block : section.blocks()) {
                if (block instanceof Picture picture && !verdicts.containsAll(picture.claims())) {
                    throw new IllegalArgumentException("report: a claim below figure '" + picture.figure().id()
                            + "' is not among the verdicts; figures refer to those by their places");
                }
            }
        }
    }

    /// A report with nothing but sections.
    public static Report of(String title, List<Section> sections) {
        return new Report(title, "", List.of(), List.of(), List.of(), sections, Map.of(), Map.of(), Map.of());
    }

    private static void claim(Set<String> ids, String id) {
        if (!ids.add(id)) {
            throw new IllegalArgumentException(
                    "report: the id '" + id + "' is used twice; figures and tables of a report need different ones");
        }
    }
}
