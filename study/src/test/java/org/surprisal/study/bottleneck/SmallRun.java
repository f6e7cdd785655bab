package org.surprisal.study.bottleneck;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.surprisal.report.Figure;
import org.surprisal.report.Section;
import org.surprisal.report.TableCell;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;
import org.surprisal.study.engine.Unpainted;

/// A study on points in the plane that ends in seconds, without pictures.
record SmallRun(Study study, Path folder, Map<String, String> small) {

    RunFolder run(String name, Map<String, String> changes) throws IOException {
        Map<String, String> settings = new HashMap<>(small);
        settings.putAll(changes);
        return StudyRunner.execute(Unpainted.of(study),
                new RunRequest(Settings.of(study.settings(), settings), 7, OptionalInt.of(2),
                        folder, folder.resolve(name)),
                Progress.SILENT, () -> false);
    }

    List<String> figures(RunFolder run) throws IOException {
        return StudyRunner.report(study, run).sections().stream().map(Section::figures).flatMap(List::stream)
                .map(Figure::id).toList();
    }

    List<List<String>> table(RunFolder run, String id) throws IOException {
        return StudyRunner.report(study, run).sections().stream().map(Section::tables).flatMap(List::stream)
                .filter(table -> table.id().equals(id)).findFirst().orElseThrow().rows()
                .stream().map(row -> row.stream().map(TableCell::text).toList()).toList();
    }
}
