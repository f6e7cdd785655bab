package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRecord;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Studies;

class RunCommandTest {
    @TempDir
    private Path temporary;

    private Path out = Path.of("");

    @BeforeEach
    void chooseFolder() {
        out = temporary.resolve("run");
    }

    @Test
    void aRunPrintsWhereItsReportIs() throws IOException {
        CommandRun run = CommandRun.of("run", "random-walk", "--out", out.toString(), "--seed", "-7", "--seeds", "2",
                "--set", "steps=4", "--set", "lengths=1.5,2.0", "--data", temporary.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(out.resolve("report.html") + System.lineSeparator());
        assertThat(out.resolve("report.html")).content().contains("16 places");
        RunRecord record = RunFolder.open(out).record();
        assertThat(record.seed()).isEqualTo(-7);
        assertThat(record.seeds()).hasValue(2);
        assertThat(record.data()).isEqualTo(temporary.toString());
        assertThat(record.settings()).containsEntry("steps", "4").containsEntry("lengths", "1.5,2")
                .containsEntry("stumble", "false");
        assertThat(record.status()).isEqualTo(RunStatus.DONE);
    }

    @Test
    void progressIsSparseAwayFromATerminalAndAbsentWhenQuiet() {
        CommandRun loud = CommandRun.of("run", "random-walk", "--out", out.toString());
        CommandRun quiet = CommandRun.of("run", "random-walk", "--out", temporary.resolve("quiet").toString(),
                "--quiet");

        assertThat(loud.errorLines()).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContain("\r", "\u001b"));
        assertThat(loud.errorLines().getFirst()).contains("random-walk", "/6 steps");
        assertThat(quiet.err()).isEmpty();
        assertThat(quiet.code()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws IOException {
        Path other = temporary.resolve("other");
        CommandRun.of("run", "random-walk", "--out", out.toString(), "--seed", "3", "--threads", "1");
        CommandRun.of("run", "random-walk", "--out", other.toString(), "--seed", "3", "--threads", "2");

        assertThat(other.resolve("metrics.csv")).hasSameBinaryContentAs(out.resolve("metrics.csv"));
        assertThat(RunFolder.open(out).record().machine().arithmetic().threads()).isEqualTo(1);
        assertThat(RunFolder.open(other).record().machine().arithmetic().threads()).isEqualTo(2);
    }

    @Test
    void aFolderThatHoldsARunIsRefused() throws IOException {
        CommandRun.of("run", "random-walk", "--out", out.toString());
        String before = Files.readString(out.resolve("run.json"));

        CommandRun run = CommandRun.of("run", "random-walk", "--out", out.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errorLines()).singleElement().asString().contains(out.toString(), "already holds a run",
                "--out");
        assertThat(out.resolve("run.json")).content().isEqualTo(before);
    }

    @Test
    void aFailureIsOneLineAndKept() throws IOException {
        CommandRun run = CommandRun.of("run", "random-walk", "--out", out.toString(), "--set", "stumble=true",
                "--quiet");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("surprisal: the walker stumbled over a stone: look where you go"
                + System.lineSeparator());
        RunRecord record = RunFolder.open(out).record();
        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason()).isEqualTo("the walker stumbled over a stone: look where you go");
    }

    @Test
    void wrongUsageLeavesNoFolder() {
        CommandRun.of("run", "random-walk", "--out", out.toString(), "--set", "steps=0");

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aReportIsRedrawn() throws IOException {
        CommandRun.of("run", "random-walk", "--out", out.toString());
        byte[] drawn = Files.readAllBytes(out.resolve("report.html"));
        Files.delete(out.resolve("report.html"));

        CommandRun run = CommandRun.of("report", out.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(out.resolve("report.html") + System.lineSeparator());
        assertThat(run.err()).isEmpty();
        assertThat(out.resolve("report.html")).hasBinaryContent(drawn);
    }

    @Test
    void aRunThatDidNotEndWellIsRedrawnWithAWarning() {
        CommandRun.of("run", "random-walk", "--out", out.toString(), "--set", "stumble=true");

        CommandRun run = CommandRun.of("report", out.toString());

        assertThat(run.code()).isZero();
        assertThat(run.errorLines()).singleElement().asString().contains("warning", "failed");
        assertThat(out.resolve("report.html")).exists();
    }

    @Test
    void whatCannotBeRedrawnIsSaidInOneLine() throws IOException {
        CommandRun.of("run", "random-walk", "--out", out.toString(), "--quiet");

        CommandRun unknown = CommandRun.of(new Studies(List.of()), "report", out.toString());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.errorLines()).singleElement().asString().contains("random-walk", "this version");

        Files.writeString(out.resolve("run.json"), "{\"format\": 1");
        CommandRun damaged = CommandRun.of("report", out.toString());
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.errorLines()).singleElement().asString().contains("run.json", "damaged");

        CommandRun none = CommandRun.of("report", temporary.toString());
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.errorLines()).singleElement().asString().contains("is not a run folder");
    }
}
