package org.surprisal.study.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.study.RunFolder;

/// The report of a run: what was found, then the study's own sections.
final class StudyReport {
    private StudyReport() {
    }

    /// The report of what a folder holds. The folder of an interrupted run holds a part of the numbers: the report
    /// shows those, and says so.
    ///
    /// @throws IOException with one line, if files of the folder are missing or damaged
    static Report of(Study study, RunFolder folder) throws IOException {
        Study own = study.in(folder);
        Results results = Results.read(own, folder);
        List<Section> sections = new ArrayList<>();
        if (results.isEmpty()) {
            sections.add(new Section("Nothing recorded yet",
                    List.of("The run was stopped before its first number was recorded."), List.of(), List.of()));
        } else {
            if (!own.claims().isEmpty()) {
                List<Finding> findings = own.claims().stream().map(claim -> claim.judge(results)).toList();
                sections.add(new Section("What was found", findings.stream().map(Finding::sentence).toList(), List.of(),
                        List.of(Finding.table(findings))));
            }
            sections.addAll(own.report(results));
        }
        String subtitle = own.subtitle(results);
        return new Report(own.title(), results.isComplete() ? subtitle : subtitle + " (" + unfinished(results) + ")",
                own.lead(), sections, folder.record().settings(), folder.record().provenance());
    }

    private static String unfinished(Results results) {
        return (results.isInterrupted() ? "interrupted: " : "not finished: ") + "a part of the trials";
    }
}
