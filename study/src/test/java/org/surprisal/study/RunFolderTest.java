package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;

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
        }
    }

    @Test
    void timesOfAPhaseAddUp() throws IOException {
        try (RunFolder folder = create(temporary.resolve("run"))) {
            folder.update(record -> record.timed("training", 1.5));
            folder.update(record -> record.timed("measuring", 0.25));
            folder.update(record -> record.timed("training", 0.5));

            assertThat(RunFolder.open(folder.path()).record().timings()).containsExactly(Map.entry("training", 2.0),
                    Map.entry("measuring", 0.25));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "metrics.csv", "report.html", "figures", "experiment.yaml",
            "network.txt", "trials"})
    void folderInWhichANameIsTakenIsRefusedByThatNameAndNotTouched(String file) throws IOException {
        Path old = Files.writeString(temporary.resolve(file), "old");

        assertThatThrownBy(() -> create(temporary)).isInstanceOf(IOException.class).hasMessage(file.equals("run.json")
                ? "run folder " + temporary + " already holds a run; choose another with --out DIR"
                : "run folder " + temporary + " holds " + file
                        + ", which a run would overwrite; choose another with --out DIR, or move it away");
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
    void linkThatLeadsNowhereIsInTheWay() throws IOException {
        Files.createSymbolicLink(temporary.resolve("trials"), temporary.resolve("none"));

        assertThatThrownBy(() -> create(temporary)).hasMessageContaining("holds trials, which a run would overwrite");
        assertThat(temporary.toFile().list()).containsExactly("trials");
    }

    @Test
    void everyNameInTheWayIsNamed() throws IOException {
        Files.writeString(Files.createDirectory(temporary.resolve("figures")).resolve("mine.png"), "mine");
        Files.writeString(temporary.resolve("experiment.yaml"), "mine");

        assertThatThrownBy(() -> create(temporary)).hasMessage("run folder " + temporary
                + " holds experiment.yaml, figures, which a run would overwrite; choose another with --out DIR, or move"
                + " them away");
    }

    @ParameterizedTest
    @ValueSource(strings = {"figures", "trials"})
    void emptyFolderOfARunsNameIsTakenAndStaysWhenTheRunIsDiscarded(String name) throws IOException {
        Files.createDirectory(temporary.resolve(name));
        try (RunFolder folder = create(temporary)) {
            Files.createDirectories(folder.figures());
            Files.writeString(folder.figures().resolve("a.svg"), "");
            Files.writeString(Files.createDirectories(folder.trial("seed=1")).resolve("rows.csv"), "");
            folder.discard();
        }

        assertThat(temporary.toFile().list()).containsExactly(name);
        assertThat(temporary.resolve(name)).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "experiment.yaml", "report.html"})
    void emptyFolderInThePlaceOfAFileIsInTheWay(String name) throws IOException {
        Files.createDirectory(temporary.resolve(name));

        assertThatThrownBy(() -> create(temporary)).isInstanceOf(IOException.class);
        assertThat(temporary.resolve(name)).isEmptyDirectory();
    }

    @Test
    void linkToAnEmptyFolderIsInTheWay() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.createSymbolicLink(temporary.resolve("figures"), elsewhere);

        assertThatThrownBy(() -> create(temporary)).hasMessageContaining("holds figures, which a run would overwrite");
    }

    @Test
    void emptyFolderIsTaken() throws IOException {
        create(temporary).close();

        assertThat(temporary.resolve("run.json")).exists();
    }

    @Test
    void numberedFoldersAreMadeBesideThoseThatAreThere() throws IOException {
        Settings settings = Settings.of(List.of(), Map.of());
        RunRecord record = RunRecord.starting("steps",
                new RunRequest(settings, 1, OptionalInt.empty(), Path.of("data"), temporary));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (RunFolder folder = RunFolder.createNumbered(temporary.resolve("runs/a"), record)) {
                names.add(folder.path().getFileName().toString());
            }
        }

        assertThat(names).containsExactly("a", "a-2", "a-3");
    }

    @Test
    void discardedFolderLeavesWhatWasThereBefore() throws IOException {
        Files.writeString(temporary.resolve("notes.txt"), "mine");
        try (RunFolder folder = create(temporary)) {
            folder.writeText("experiment.yaml", "data: {}");
            Files.writeString(Files.createDirectories(folder.trial("seed=1")).resolve("rows.csv"), "");
            folder.discard();
        }

        assertThat(temporary.toFile().list()).containsExactly("notes.txt");
    }

    @Test
    void recordIsNeverWrittenThroughALink() throws IOException {
        Path victim = Files.writeString(temporary.resolve("victim"), "mine");
        Path run = temporary.resolve("run");
        try (RunFolder folder = create(run)) {
            Files.createSymbolicLink(run.resolve(".run.json.part"), victim);
            Files.delete(run.resolve("run.json"));
            Files.createSymbolicLink(run.resolve("run.json"), victim);
            folder.update(record -> record.timed("training", 1));
        }

        assertThat(victim).hasContent("mine");
        assertThat(Files.isSymbolicLink(run.resolve("run.json"))).isFalse();
    }

    @Test
    void folderThatIsGoneEndsTheRunAtTheNextWrite() throws IOException {
        Path run = temporary.resolve("run");
        try (RunFolder folder = create(run)) {
            Files.move(run, temporary.resolve("moved"));
            String gone = "run folder " + run
                    + " was deleted or moved while the run went on, which ends here: its numbers"
                    + " can no longer be kept";

            assertThat(folder.isInPlace()).isFalse();
            assertThatThrownBy(folder::holds).hasMessage(gone);
            assertThatThrownBy(() -> folder.joined(List.of("seed,quantity"))).hasMessage(gone);
            assertThatThrownBy(() -> folder.writeText("network.txt", "x")).hasMessage(gone);
            assertThatThrownBy(() -> folder.update(record -> record.timed("run", 1))).hasMessage(gone);
        }
        assertThat(run).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "a/b", "a\\b", "..", "", " ", ".a", "a\nb"})
    void trialsHaveNamesOfFiles(String name) throws IOException {
        try (RunFolder folder = create(temporary.resolve("run"))) {
            assertThatThrownBy(() -> folder.trial(name)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be the name of a file");
        }
        assertThat(temporary.toFile().list()).containsExactly("run");
    }

    @Test
    void resumedFolderIsClearedOfUnfinishedFiles() throws IOException {
        Path run = temporary.resolve("run");
        List<Path> left = List.of(run.resolve(".unfinished-1.part"), run.resolve("figures/.unfinished-2.part"),
                run.resolve("trials/seed=1/arrays/.unfinished-3.part"));
        create(run).close();
        for (Path file : left) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "half");
        }

        RunFolder.resume(run).close();

        assertThat(left).allSatisfy(file -> assertThat(file).doesNotExist());
    }

    @Test
    void runThatGoesOnIsNotResumedAndItsUnfinishedFilesStay() throws IOException {
        Path run = temporary.resolve("run");
        try (RunFolder folder = create(run)) {
            Path half = Files.writeString(folder.path().resolve(".unfinished-1.part"), "half");
            assertThatThrownBy(() -> RunFolder.resume(run))
                    .hasMessage(run.resolve("metrics.csv") + " is being written by a run that goes on");
            assertThat(half).exists();
        }
    }

    @Test
    void runWithOtherProductsIsRefusedAndNotTouched() throws IOException {
        Path run = temporary.resolve("run");
        create(run).close();
        Path file = run.resolve("run.json");
        String products = RunFolder.open(run).record().machine().arithmetic().products();
        String other = products.startsWith("plain") ? "oneDNN dnnl_sgemm" : "plain (surprisal.native=off)";
        Files.writeString(file, Files.readString(file).replace(products, other));
        String before = Files.readString(file);

        assertThatThrownBy(() -> RunFolder.resume(run)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(run + " was begun with matrix products of " + other + ", and this process has "
                        + products + ", which gives other last digits; to go on to the same bits, ")
                .hasMessageContaining(products.startsWith("plain") ? "surprisal doctor" : "-Dsurprisal.native=off");
        assertThat(file).content().isEqualTo(before);
    }

    @Test
    void numberOfThreadsAndReasonOfPlainProductsDoNotMatter() throws IOException {
        Products.requireSame(temporary, "plain (surprisal.native=off)", "plain (no oneDNN library for x on y)");
        Products.requireSame(temporary, "oneDNN 3.11 dnnl_sgemm", "oneDNN 3.11 dnnl_sgemm");
    }

    @Test
    void otherVersionOfTheLibraryIsRefused() {
        assertThatThrownBy(() -> Products.requireSame(temporary, "oneDNN 3.10 dnnl_sgemm", "oneDNN 3.11 dnnl_sgemm"))
                .isInstanceOf(IOException.class).hasMessageStartingWith(temporary + " was begun with matrix products of"
                        + " oneDNN 3.10 dnnl_sgemm, and this process has oneDNN 3.11 dnnl_sgemm");
    }

    @Test
    void fileThatHasChangedIsNamedWhenTheRunGoesOn() throws IOException {
        Path run = temporary.resolve("run");
        Path csv = Files.writeString(temporary.resolve("a.csv"), "1,2\n");
        Path images = Files.createDirectories(temporary.resolve("images/cats"));
        Files.writeString(images.resolve("1.png"), "first");
        try (RunFolder folder = create(run)) {
            folder.uses(List.of(csv, temporary.resolve("images")), Assertions::fail);
            assertThat(folder.record().inputs()).hasSize(2).containsEntry(csv.toString(),
                    "52186c933993da4082b3cdc7c40bb4bf735b391ff54a2ef78c037dda6c38a680");
        }
        try (RunFolder folder = RunFolder.resume(run)) {
            folder.uses(List.of(csv, temporary.resolve("images")), Assertions::fail);
            Files.writeString(csv, "1,3\n");
            Files.setLastModifiedTime(csv, FileTime.fromMillis(0));
            assertThatThrownBy(() -> folder.uses(List.of(csv), Assertions::fail)).isInstanceOf(IOException.class)
                    .hasMessageStartingWith(csv + " is not as it was when this run began: its SHA-256 is ")
                    .hasMessageEndingWith("; bring the old one back, or start a new run");
            Files.move(images.resolve("1.png"), images.resolve("2.png"));
            assertThatThrownBy(() -> folder.uses(List.of(temporary.resolve("images")), Assertions::fail))
                    .hasMessageStartingWith(temporary.resolve("images") + " is not as it was");
        }
    }

    @Test
    void fileThatWasNotNotedWhenTheRunBeganIsToldOnceWhenItGoesOn() throws IOException {
        Path run = temporary.resolve("run");
        List<Path> files = List.of(Files.writeString(temporary.resolve("a.csv"), "1,2\n"),
                Files.writeString(temporary.resolve("b.csv"), "3,4\n"));
        Path moved = Files.createDirectory(temporary.resolve("moved"));
        Path same = files.getFirst();
        Path other = Files.move(files.getLast(), moved.resolve("b.csv"));
        try (RunFolder folder = create(run)) {
            Files.copy(other, files.getLast());
            folder.writeText("experiment.yaml", "seed: 1\n");
            folder.uses(files, Assertions::fail);
            folder.uses(List.of(), Assertions::fail);
        }
        List<String> warnings = new ArrayList<>();
        try (RunFolder folder = RunFolder.resume(run)) {
            folder.uses(List.of(same, other), warnings::add);
            folder.uses(List.of(same, other), warnings::add);
        }
        assertThat(warnings).containsExactly(
                other + " was not among the files the run began with, so that a change is not noticed");
        // From now on it is noted.
        Files.writeString(other, "5,6,7\n");
        try (RunFolder folder = RunFolder.resume(run)) {
            assertThatThrownBy(() -> folder.uses(List.of(same, other), Assertions::fail))
                    .hasMessageStartingWith(other + " is not as it was when this run began");
        }
    }

    @Test
    void runThatWasKilledBeforeItNotedItsFilesGoesOnWithoutAWarning() throws IOException {
        Path run = temporary.resolve("run");
        Path csv = Files.writeString(temporary.resolve("a.csv"), "1,2\n");
        create(run).close();

        try (RunFolder folder = RunFolder.resume(run)) {
            folder.uses(List.of(csv), Assertions::fail);
            assertThat(folder.record().inputs()).containsOnlyKeys(csv.toString());
        }
    }

    @Test
    void dataSetThatIsUnpackedWhileARunIsStoppedIsToldForEachFile() throws IOException {
        Path run = temporary.resolve("run");
        Path mnist = Files.createDirectories(temporary.resolve("mnist"));
        List<Path> packed = new ArrayList<>();
        for (String name : List.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")) {
            packed.add(Files.writeString(mnist.resolve(name + "-ubyte.gz"), name));
        }
        try (RunFolder folder = create(run)) {
            folder.uses("mnist", temporary, Assertions::fail);
            assertThat(folder.record().inputs()).hasSize(4);
        }
        List<String> told = new ArrayList<>();
        for (Path file : packed.subList(0, 2)) {
            Path unpacked = mnist.resolve(file.getFileName().toString().replace(".gz", ""));
            Files.move(file, unpacked);
            told.add(unpacked + " was not among the files the run began with, so that a change is not noticed");
        }
        List<String> warnings = new ArrayList<>();
        try (RunFolder folder = RunFolder.resume(run)) {
            folder.uses("mnist", temporary, warnings::add);
        }

        assertThat(warnings).containsExactlyInAnyOrderElementsOf(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"\"seed\" : 1|\"seed\" : 2",
            "\"steps\" : \"3\"|\"steps\" : \"4\"", "\"seeds\" : null|\"seeds\" : 3",
            "\"study\" : \"steps\"|\"study\" : \"stops\"", "\"identity\"|\"identities\""})
    void runWhoseRecordHasOtherSettingsIsRefusedAndNotTouched(String right, String wrong) throws IOException {
        Path run = temporary.resolve("run");
        create(run).close();
        Path file = run.resolve("run.json");
        String text = Files.readString(file);
        assertThat(text).contains(right);
        Files.writeString(file, text.replace(right, wrong));

        assertThatThrownBy(() -> RunFolder.resume(run))
                .hasMessage(file + " is damaged: study, settings or seeds are not"
                        + " those with which the run began; bring the old file back");
        assertThat(file).content().isEqualTo(text.replace(right, wrong));
        Files.writeString(file, text);
        RunFolder.resume(run).close();
    }

    @Test
    void textThatHasChangedIsRefused() throws IOException {
        Path run = temporary.resolve("run");
        try (RunFolder folder = create(run)) {
            folder.writeText("experiment.yaml", "seed: 1\n");
        }
        Path text = run.resolve("experiment.yaml");
        RunFolder folder = RunFolder.open(run);
        assertThat(folder.unchangedText("experiment.yaml")).contains("seed: 1\n");

        Files.writeString(text, "seed: 2\n");
        assertThatThrownBy(() -> folder.unchangedText("experiment.yaml"))
                .hasMessage(text + " is not as the run wrote it: the run cannot go on without it");
        Files.delete(text);
        assertThatThrownBy(() -> folder.unchangedText("experiment.yaml"))
                .hasMessage(text + " is missing: the run cannot go on without it");
    }

    @Test
    void metricsThatAreMissingAreMadeAnewWhenTheRunGoesOn() throws IOException {
        Path run = temporary.resolve("run");
        create(run).close();
        Files.delete(run.resolve("metrics.csv"));

        try (RunFolder folder = RunFolder.resume(run)) {
            folder.joined(List.of("seed,quantity", "1,loss"));
        }

        assertThat(run.resolve("metrics.csv")).content().isEqualTo("seed,quantity\n1,loss\n");
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
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"format\": 2, \"study\": \"steps\"}", "not json"})
    void aDamagedRecordIsSaidInOneLine(String text) throws IOException {
        Path file = Files.writeString(temporary.resolve("run.json"), text);

        assertThatThrownBy(() -> RunFolder.open(temporary)).isInstanceOf(IOException.class)
                .message().startsWith(file.toString()).contains("damaged").doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"seed\" : 1,|\"seed\" : \"x\",|'seed' must be a whole number",
            "\"seed\" : 1,||'seed' is missing: it must be a whole number",
            "\"format\" : 2,|\"format\" : 99999999999,|'format' must be a whole number of at most 2147483647",
            "\"seeds\" : null|\"seeds\" : 0|'seeds' must be at least 1",
            "\"running\"|\"walking\"|'status' must be one of running, done, interrupted, failed",
            "\"steps\" : \"3\"|\"steps\" : 3|'settings.steps' must be one of the texts of 'settings'",
            "\"machine\" : {|\"machine\" : 3, \"other\" : {|'machine' must be an object, {\"key\": value}",
            "\"arithmetic\"|\"arithmetics\"|'machine.arithmetic' is missing: it must be an object",
            "\"started\" : \"|\"started\" : \"x|'started' must be a time such as 2026-01-31T12:00:00Z",
            "\"reason\" : \"\"|\"reason\" : []|'reason' must be a text"})
    void damagedKeyOfTheRecordIsNamedWithWhatBelongsThere(String right, @Nullable String wrong, String message)
            throws IOException {
        create(temporary).close();
        Path file = temporary.resolve("run.json");
        String text = Files.readString(file);
        assertThat(text).contains(right);
        Files.writeString(file, text.replace(right, wrong == null ? "" : wrong));

        assertThatThrownBy(() -> RunFolder.open(temporary)).isInstanceOf(IOException.class)
                .hasMessage(file + " is damaged: " + message);
    }

    @Test
    void aRecordOfAnotherFormatIsRefused() throws IOException {
        create(temporary).close();
        Path file = temporary.resolve("run.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"format\" : 2", "\"format\" : 3"));

        assertThatThrownBy(() -> RunFolder.open(temporary))
                .hasMessage(file + " has format 3; this version reads format 2");
        Files.writeString(file, text.replace("\"format\" : 2", "\"format\" : 1"));
        String older = file + " has format 1, that of an older version of Surprisal, which this version neither draws"
                + " nor goes on with: the folder's report.html still shows its numbers; for a report of this version,"
                + " start a new run";
        assertThatThrownBy(() -> RunFolder.open(temporary)).hasMessage(older);
        assertThatThrownBy(() -> RunFolder.resume(temporary)).hasMessage(older);
    }

    @Test
    void aFolderOpenedToBeReadTakesNoNumbers() throws IOException {
        create(temporary).close();
        RunFolder folder = RunFolder.open(temporary);

        assertThatThrownBy(folder::holds).isInstanceOf(IllegalStateException.class)
                .hasMessage("run folder " + temporary + " was opened to be read");
        assertThatThrownBy(() -> folder.joined(List.of("seed"))).isInstanceOf(IllegalStateException.class);
    }
}
