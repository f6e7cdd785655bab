package org.surprisal.study.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRecord;

/// A study of the engine whose runs end without a picture: painting takes longer than a run of tiny settings. A test
/// that looks at figures has them from [EngineStudy#draw].
///
/// @param afterRecord called after each recorded number
public record Unpainted(Study study, Runnable afterRecord) implements org.surprisal.study.Study {
    /// A study that nobody interferes with.
    public Unpainted(Study study) {
        this(study, () -> {
        });
    }

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
        new Engine(study, run, afterRecord).run();
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return new Report(study.title(), "", "", List.of(), Map.of(), Map.of());
    }
}
