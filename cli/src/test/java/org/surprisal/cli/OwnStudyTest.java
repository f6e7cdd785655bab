package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The study of docs/studies.md, compiled from the document and found on the class path as a user's study is.
class OwnStudyTest {
    @TempDir
    private Path folder;

    @Test
    void studyOfAUserIsListedRunAndJudged() throws IOException {
        UserClasses classes = UserClasses.of(folder, "WidthStudy", UserClasses.documented("studies.md", "WidthStudy"),
                "org.surprisal.study.engine.Study");
        assertThat(classes.run("list", "studies").out()).contains("width", "accuracy after one epoch by width");

        Path out = folder.resolve("run");
        CommandRun run = classes.run("run", "width", "--set", "widths=10,100", "--set", "train-samples=256", "--set",
                "batch=32", "--seeds", "3", "--out", out.toString());

        assertThat(run.code()).as(run.err()).isZero();
        List<String> metrics = Files.readAllLines(out.resolve("metrics.csv"));
        assertThat(metrics.getFirst()).startsWith("widths,seed,stage,");
        assertThat(metrics).filteredOn(line -> line.contains(",test-accuracy,")).hasSize(6);
        assertThat(Files.readString(out.resolve("report.html"))).contains(": The wider network is more accurate.");
        assertThat(out.resolve("figures/accuracy-by-width.png")).isNotEmptyFile();
    }
}
