package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.DataException;
import org.surprisal.data.format.Npz;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRecord;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Version;

/// How a run goes from its folder to its report, and what is left of it however it ends.
class StudyRunnerTest {
    private static final Study STUDY = new StepsStudy();

    @TempDir
    private Path temporary;

    private RunRequest request(String folder, long seed, int seeds, Map<String, String> settings) {
        return new RunRequest(Settings.of(STUDY.settings(), settings), seed, OptionalInt.of(seeds), temporary,
                temporary.resolve(folder));
    }

    private RunFolder execute(String folder, long seed, Map<String, String> settings) throws IOException {
        return StudyRunner.execute(STUDY, request(folder, seed, 2, settings), Progress.SILENT, () -> false);
    }

    private RunFolder resume(Study study, String folder) throws IOException {
        return StudyRunner.resume(study, temporary.resolve(folder), temporary, Duration.ZERO, Progress.SILENT,
                () -> false);
    }

    /// A run of one seed that is interrupted while a number is recorded.
    private RunFolder interruptAt(int number, Map<String, String> settings) throws IOException {
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicInteger recorded = new AtomicInteger();
        try (RunFolder run = StudyRunner.execute(STUDY, request("run", 1, 1, settings), Progress.SILENT,
                interrupted::get, () -> interrupted.set(recorded.incrementAndGet() >= number))) {
            return RunFolder.open(run.path());
        }
    }

    private static List<String> numbers(RunFolder run) throws IOException {
        List<String> lines = Files.readAllLines(run.path().resolve("metrics.csv"));
        return lines.subList(1, lines.size());
    }

    @Test
    void aRunLeavesItsRecordNumbersArraysAndReport() throws IOException {
        RunFolder folder = execute("deep/down/run", 7, Map.of("steps", "5", "figures", "1"));

        RunFolder read = RunFolder.open(folder.path());
        RunRecord record = read.record();
        assertThat(record).isEqualTo(folder.record());
        assertThat(record.study()).isEqualTo("steps");
        assertThat(record.settings()).containsExactly(Map.entry("steps", "5"), Map.entry("end", "well"),
                Map.entry("figures", "1"));
        assertThat(record.seed()).isEqualTo(7);
        assertThat(record.seeds()).hasValue(2);
        assertThat(record.status()).isEqualTo(RunStatus.DONE);
        assertThat(record.finished()).isPresent();
        assertThat(record.timings()).containsOnlyKeys("run");
        assertThat(record.machine().cores()).isPositive();
        assertThat(record.version()).isEqualTo(Version.current().number()).matches("[0-9]+\\.[0-9]+.*");
        assertThat(numbers(read)).hasSize(10);
        assertThat(Npz.readAll(read.trial("seed=7").resolve("arrays/walk.npz")).values()).singleElement()
                .satisfies(last -> assertThat(last.toDoubles()).containsExactly(1, 2));
        assertThat(read.report()).content().contains("10 steps", "2 seeds");
        assertThat(read.figures().resolve("walk-0.png")).isNotEmptyFile();
        assertThat(folder.path().resolve("run.json")).content().contains("\"status\" : \"done\"");
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        Path first = execute("first", 7, Map.of()).path();
        Path second = execute("second", 7, Map.of()).path();
        Path other = execute("other", 8, Map.of()).path();

        for (String file : List.of("metrics.csv", "trials/seed=7/arrays/walk.npz")) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
        assertThat(Files.readString(other.resolve("metrics.csv")))
                .isNotEqualTo(Files.readString(first.resolve("metrics.csv")));
    }

    @Test
    void aRedrawnReportHasTheSameBytes() throws IOException {
        RunFolder folder = execute("run", 7, Map.of("figures", "1"));
        List<Path> files = List.of(folder.report(), folder.figures().resolve("walk-0.png"),
                folder.figures().resolve("walk-0.svg"));
        List<byte[]> drawn = new ArrayList<>();
        for (Path file : files) {
            drawn.add(Files.readAllBytes(file));
            Files.delete(file);
        }

        StudyRunner.draw(STUDY, RunFolder.open(folder.path()));

        for (int i = 0; i < files.size(); i++) {
            assertThat(files.get(i)).hasBinaryContent(drawn.get(i));
        }
    }

    @Test
    void anInterruptedRunKeepsWhatIsFinished() throws IOException {
        RunFolder run = interruptAt(3, Map.of("steps", "100"));

        assertThat(run.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(numbers(run)).hasSize(3);
        assertThat(run.report()).doesNotExist();
    }

    @Test
    void interruptedRunGoesOnToTheSameNumbers() throws IOException {
        interruptAt(2, Map.of("steps", "4"));
        RunFolder whole = StudyRunner.execute(STUDY, request("whole", 1, 1, Map.of("steps", "4")), Progress.SILENT,
                () -> false);

        RunFolder run = resume(STUDY, "run");

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(numbers(run)).hasSize(4).isEqualTo(numbers(whole));
        assertThat(run.report()).content().contains("4 steps");
    }

    @Test
    void failedRunGoesOnToItsEnd() throws IOException {
        AtomicInteger recorded = new AtomicInteger();
        assertThatThrownBy(() -> StudyRunner.execute(STUDY, request("run", 1, 1, Map.of()), Progress.SILENT,
                () -> false, () -> {
                    if (recorded.incrementAndGet() == 2) {
                        throw new IllegalArgumentException("the ground gave way");
                    }
                })).hasMessage("the ground gave way");
        assertThat(RunFolder.open(temporary.resolve("run")).record().status()).isEqualTo(RunStatus.FAILED);

        RunFolder run = resume(STUDY, "run");

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(run.record().reason()).isEmpty();
        assertThat(numbers(run)).hasSize(3);
    }

    @Test
    void runThatIsDoneIsNotResumed() throws IOException {
        Path run = execute("run", 1, Map.of()).path();
        String before = Files.readString(run.resolve("run.json"));

        assertThatThrownBy(() -> resume(STUDY, "run")).isInstanceOf(IOException.class)
                .hasMessage(run + " holds a run that is done: there is nothing to resume");
        assertThat(run.resolve("run.json")).content().isEqualTo(before);
    }

    @Test
    void runOfAnotherStudyIsNotResumed() throws IOException {
        Path run = interruptAt(1, Map.of()).path();
        String before = Files.readString(run.resolve("run.json"));
        Study other = new EngineFixture.Scripted(Design.grid(), trial -> {
        });

        assertThatThrownBy(() -> resume(other, "run")).isInstanceOf(IOException.class)
                .hasMessage(run + " holds a run of the study 'steps', not of 'scripted'");
        assertThat(run.resolve("run.json")).content().isEqualTo(before);
    }

    @Test
    void folderThatHoldsNoRunIsNotResumed() {
        assertThatThrownBy(() -> resume(STUDY, ".")).isInstanceOf(IOException.class)
                .hasMessage(temporary.resolve(".") + " is not a run folder: it has no run.json");
    }

    @Test
    void aFailureIsKeptInOneLine() throws IOException {
        assertThatThrownBy(() -> execute("run", 1, Map.of("end", "failed"))).isInstanceOf(IOException.class);

        RunRecord record = RunFolder.open(temporary.resolve("run")).record();
        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason()).isEqualTo("the ground gave way at step 2");
        assertThat(record.provenance()).containsEntry("status", "failed: the ground gave way at step 2");
    }

    @Test
    void aReportThatCannotBeDrawnIsAFailure() throws IOException {
        assertThatThrownBy(() -> execute("run", 1, Map.of("end", "undrawable")))
                .isInstanceOf(IllegalStateException.class);

        RunRecord record = RunFolder.open(temporary.resolve("run")).record();
        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason()).contains("internal error: IllegalStateException");
    }

    @Test
    void folderThatMakesNoReportIsToldInOneLine() throws IOException {
        Path run = execute("run", 1, Map.of()).path();
        Study undrawable = new StepsStudy() {
            @Override
            public List<org.surprisal.report.Section> report(Results results) {
                throw new IllegalArgumentException("the walk has no end");
            }
        };

        assertThatThrownBy(() -> StudyRunner.draw(undrawable, RunFolder.open(run))).isInstanceOf(IOException.class)
                .hasMessage(
                        run + " cannot be drawn: its files do not make a report of the study 'steps': the walk has no"
                                + " end; rows, arrays or settings are missing or were changed, or this is an error of"
                                + " Surprisal's (--debug shows where)");
    }

    @Test
    void aRefusedSettingLeavesNothing() {
        assertThatThrownBy(() -> execute("deep/run", 1, Map.of("end", "refused")))
                .isInstanceOf(SettingException.class);

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void dataRefusedAfterNumbersWereKeptIsAFailure() throws IOException {
        assertThatThrownBy(() -> execute("run", 1, Map.of("end", "damaged"))).isInstanceOf(DataException.class);

        RunFolder folder = RunFolder.open(temporary.resolve("run"));
        assertThat(folder.record().status()).isEqualTo(RunStatus.FAILED);
        assertThat(numbers(folder)).hasSize(3);
    }

    /// Asked before each of the two figures, before the HTML report and after it.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void interruptedDrawingLeavesNoReportAndARunThatIsInterrupted(int figures) throws IOException {
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        Study drawn = new StepsStudy() {
            @Override
            public List<org.surprisal.report.Section> report(Results results) {
                left.set(figures);
                return super.report(results);
            }
        };
        RunFolder run = StudyRunner.execute(drawn, request("run", 1, 1, Map.of("figures", "2")), Progress.SILENT,
                () -> left.getAndDecrement() <= 0);

        RunFolder read = RunFolder.open(run.path());
        assertThat(read.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(read.record().reason()).isEmpty();
        assertThat(numbers(read)).hasSize(3);
        assertThat(read.report()).doesNotExist();
        try (Stream<Path> files = Files.exists(read.figures()) ? Files.list(read.figures()) : Stream.empty()) {
            assertThat(files.filter(file -> file.toString().endsWith(".png"))).hasSize(Math.min(2, figures));
        }
        StudyRunner.draw(STUDY, read);
        assertThat(read.report()).exists();
    }

    @Test
    void runsThatAreStartedAtOnceTakeNumberedFolders() throws Exception {
        RunRequest request = new RunRequest(Settings.of(STUDY.settings(), Map.of()), 1, OptionalInt.empty(), temporary,
                temporary.resolve("runs/steps"), true, Duration.ZERO, OptionalInt.empty());
        Callable<Path> one = () -> StudyRunner.execute(STUDY, request, Progress.SILENT, () -> false).path();
        List<Path> folders = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Path> run : threads.invokeAll(Collections.nCopies(8, one))) {
                folders.add(run.get());
            }
        }

        assertThat(folders).extracting(path -> path.getFileName().toString()).containsExactlyInAnyOrder("steps",
                "steps-2", "steps-3", "steps-4", "steps-5", "steps-6", "steps-7", "steps-8");
        for (Path folder : folders) {
            assertThat(numbers(RunFolder.open(folder))).hasSize(3);
        }
    }

    @Test
    void refusedRunWithoutAFolderOfItsOwnLeavesNothing() {
        RunRequest request = new RunRequest(Settings.of(STUDY.settings(), Map.of("end", "refused")), 1,
                OptionalInt.empty(), temporary, temporary.resolve("runs/steps"), true, Duration.ZERO,
                OptionalInt.empty());

        assertThatThrownBy(() -> StudyRunner.execute(STUDY, request, Progress.SILENT, () -> false))
                .isInstanceOf(SettingException.class);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void runWhoseFolderIsDeletedEndsInOneLine() {
        Path run = temporary.resolve("run");
        assertThatThrownBy(() -> StudyRunner.execute(STUDY, request("run", 1, 1, Map.of("steps", "3")),
                (phase, done, total, unit, message) -> run.toFile().renameTo(temporary.resolve("moved").toFile()),
                () -> false)).hasMessage("run folder " + run + " was deleted or moved while the run went on, which ends"
                        + " here: its numbers can no longer be kept");
        assertThat(run).doesNotExist();
    }
}
