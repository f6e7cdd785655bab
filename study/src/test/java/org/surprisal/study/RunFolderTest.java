package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
    @TempDir
    private Path temporary;

    private RunFolder create(Path path) throws IOException {
        Settings settings = Settings.of(List.of(Setting.integer("steps", 3, 0, 9, "")), Map.of());
        return RunFolder.create(path, RunRecord.starting("steps",
                new RunRequest(settings, 1, OptionalInt.empty(), Path.of("data"), path)));
    }

    @Test
    void aNewFolderSaysThatItIsRunning() throws IOException {
        try (RunFolder folder = create(temporary.resolve("a/b"))) {
            RunRecord record = RunFolder.open(folder.path()).record();

            assertThat(record).isEqualTo(folder.record());
            assertThat(record.status()).isEqualTo(RunStatus.RUNNING);
            assertThat(record.seeds()).isEmpty();
            assertThat(record.finished()).isEmpty();
            assertThat(Path.of(record.data())).isAbsolute();
            assertThat(folder.metrics()).isEmpty();
        }
    }

    @Test
    void timesOfAPhaseAddUp() throws IOException {
        try (RunFolder folder = create(temporary.resolve("run"))) {
            folder.timed("training", 1.5);
            folder.timed("measuring", 0.25);
            folder.timed("training", 0.5);

            assertThat(RunFolder.open(folder.path()).record().timings()).containsExactly(Map.entry("training", 2.0),
                    Map.entry("measuring", 0.25));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "metrics.csv", "report.html", "arrays", "figures"})
    void aFolderThatHoldsARunIsNotTouched(String file) throws IOException {
        Path old = Files.writeString(temporary.resolve(file), "old");

        assertThatThrownBy(() -> create(temporary)).isInstanceOf(IOException.class).hasMessage(
                "run folder " + temporary + " already holds a run; choose another with --out DIR");
        assertThat(temporary.toFile().list()).containsExactly(file);
        assertThat(old).hasContent("old");
    }

    @Test
    void aFolderWithOtherFilesIsTaken() throws IOException {
        Files.writeString(temporary.resolve("notes.txt"), "mine");

        create(temporary).close();

        assertThat(temporary.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void aFileInTheWayIsNamedAndNothingIsLeft() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "mine");

        assertThatThrownBy(() -> create(file)).hasMessageContaining(file.toString()).hasMessageContaining("file");
        assertThatThrownBy(() -> create(file.resolve("run"))).hasMessageStartingWith("run folder " + file);
        assertThat(temporary.toFile().list()).containsExactly("file");
    }

    @Test
    void anUnwritablePlaceIsNamedAndNothingIsLeft() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(temporary), "this user may write anywhere");
            assertThatThrownBy(() -> create(temporary.resolve("a/b")))
                    .hasMessageContaining("cannot be made or written").hasMessageContaining("--out DIR");
            assertThat(temporary).isEmptyDirectory();
        } finally {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void whatIsNoRunFolderIsSaidToBeNone() {
        assertThatThrownBy(() -> RunFolder.open(temporary)).isInstanceOf(IOException.class)
                .hasMessage(temporary + " is not a run folder: it has no run.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"format\": 1, \"study\": \"steps\"}", "not json"})
    void aDamagedRecordIsSaidInOneLine(String text) throws IOException {
        Path file = Files.writeString(temporary.resolve("run.json"), text);

        assertThatThrownBy(() -> RunFolder.open(temporary)).isInstanceOf(IOException.class)
                .message().startsWith(file.toString()).contains("damaged").doesNotContain("\n");
    }

    @Test
    void aRecordOfAnotherFormatIsRefused() throws IOException {
        create(temporary).close();
        Path file = temporary.resolve("run.json");
        Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 2"));

        assertThatThrownBy(() -> RunFolder.open(temporary)).hasMessageContaining("format 2")
                .hasMessageContaining("format 1");
    }

    @Test
    void aFolderOpenedToBeReadTakesNoNumbers() throws IOException {
        create(temporary).close();
        RunFolder folder = RunFolder.open(temporary);

        assertThatThrownBy(() -> folder.add(Metric.of("loss", 1, "nat"))).isInstanceOf(IllegalStateException.class);
        Files.delete(temporary.resolve("metrics.csv"));
        assertThatThrownBy(folder::metrics).isInstanceOf(IOException.class).hasMessageContaining("metrics.csv");
    }
}
