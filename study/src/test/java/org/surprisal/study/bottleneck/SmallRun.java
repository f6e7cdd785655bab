package org.surprisal.study.bottleneck;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.surprisal.report.Figure;
import org.surprisal.report.Section;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.Study;
import org.surprisal.study.StudyRunner;

/// A study on points in the plane, for seconds.
record SmallRun(Study study, Path folder, Map<String, String> small) {

    RunFolder run(String name, Map<String, String> changes, BooleanSupplier interruption) throws IOException {
        Map<String, String> settings = new HashMap<>(small);
        settings.putAll(changes);
        return StudyRunner.execute(study, new RunRequest(Settings.of(study.settings(), settings), 7, OptionalInt.of(2),
                folder, folder.resolve(name)), Progress.SILENT, interruption);
    }

    RunFolder run(String name, Map<String, String> changes) throws IOException {
        return run(name, changes, () -> false);
    }

    RunFolder run(String name) throws IOException {
        return run(name, Map.of(), () -> false);
    }

    RunFolder resume(String name) throws IOException {
        return StudyRunner.resume(study, folder.resolve(name), folder, Duration.ZERO, Progress.SILENT, () -> false);
    }

    List<String> figures(RunFolder run) throws IOException {
        return study.draw(run).sections().stream().map(Section::figures).flatMap(List::stream).map(Figure::id).toList();
    }

    String findings(RunFolder run) throws IOException {
        return study.draw(run).sections().stream().map(Section::paragraphs).flatMap(List::stream)
                .collect(Collectors.joining("\n"));
    }

    List<List<String>> table(RunFolder run, String id) throws IOException {
        return study.draw(run).sections().stream().map(Section::tables).flatMap(List::stream)
                .filter(table -> table.id().equals(id)).findFirst().orElseThrow().rows();
    }
}
