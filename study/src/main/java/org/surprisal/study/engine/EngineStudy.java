package org.surprisal.study.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.settings.Setting;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRecord;

/// A study of trials as one that can be run and drawn.
///
/// @param study whose trials are run
public record EngineStudy(Study study) implements org.surprisal.study.Study {

    @Override
    public String name() {
        return study.name();
    }

    @Override
    public String summary() {
        return study.summary();
    }

    @Override
    public List<Setting<?>> settings() {
        return study.settings();
    }

    @Override
    public int format() {
        return RunRecord.TRIALS;
    }

    @Override
    public void run(Run run) throws IOException {
        new Engine(study.in(run.folder()), run, () -> {
        }).run();
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
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
