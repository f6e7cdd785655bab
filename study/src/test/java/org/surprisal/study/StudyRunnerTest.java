package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.DataException;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;

class StudyRunnerTest {
    private static final Study STUDY = new StepsStudy();

    @TempDir
    private Path temporary;

    private RunRequest request(String folder, long seed, Map<String, String> settings) {
        return new RunRequest(Settings.of(STUDY.settings(), settings), seed, OptionalInt.of(2), temporary,
                temporary.resolve(folder));
    }

    private RunFolder execute(String folder, long seed, Map<String, String> settings) throws IOException {
        return StudyRunner.execute(STUDY, request(folder, seed, settings), Progress.SILENT, () -> false);
    }

    @Test
    void aRunLeavesItsRecordNumbersArraysAndReport() throws IOException {
        RunFolder folder = execute("deep/down/run", 7, Map.of("steps", "5"));

        RunFolder read = RunFolder.open(folder.path());
        RunRecord record = read.record();
        assertThat(record).isEqualTo(folder.record());
        assertThat(record.study()).isEqualTo("steps");
        assertThat(record.settings()).containsExactly(Map.entry("steps", "5"), Map.entry("end", "well"));
        assertThat(record.seed()).isEqualTo(7);
        assertThat(record.seeds()).hasValue(2);
        assertThat(record.status()).isEqualTo(RunStatus.DONE);
        assertThat(record.finished()).isPresent();
        assertThat(record.timings()).containsOnlyKeys("run");
        assertThat(record.machine().cores()).isPositive();
        assertThat(record.version()).isEqualTo(Version.current().number()).matches("[0-9]+\\.[0-9]+.*");
        assertThat(read.metrics()).hasSize(5);
        assertThat(read.arrays("walk").orElseThrow().values()).singleElement()
                .satisfies(last -> assertThat(last.toDoubles()).containsExactly(1, 2));
        assertThat(read.report()).content().contains("5 steps");
        assertThat(folder.path().resolve("run.json")).content().contains("\"status\" : \"done\"");
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        Path first = execute("first", 7, Map.of()).path();
        Path second = execute("second", 7, Map.of()).path();
        Path other = execute("other", 8, Map.of()).path();

        assertThat(second.resolve("metrics.csv")).hasSameBinaryContentAs(first.resolve("metrics.csv"));
        assertThat(second.resolve("arrays/walk.npz")).hasSameBinaryContentAs(first.resolve("arrays/walk.npz"));
        assertThat(Files.readString(other.resolve("metrics.csv")))
                .isNotEqualTo(Files.readString(first.resolve("metrics.csv")));
    }

    @Test
    void aRedrawnReportHasTheSameBytes() throws IOException {
        RunFolder folder = execute("run", 7, Map.of());
        byte[] drawn = Files.readAllBytes(folder.report());
        Files.delete(folder.report());

        StudyRunner.draw(STUDY, RunFolder.open(folder.path()));

        assertThat(folder.report()).hasBinaryContent(drawn);
    }

    @Test
    void anInterruptedRunKeepsWhatIsFinished() throws IOException {
        AtomicInteger asked = new AtomicInteger();

        RunFolder folder = StudyRunner.execute(STUDY, request("run", 1, Map.of("steps", "100")), Progress.SILENT,
                () -> asked.incrementAndGet() > 3);

        RunFolder read = RunFolder.open(folder.path());
        assertThat(read.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(read.metrics()).hasSize(3);
        assertThat(read.report()).doesNotExist();
    }

    @Test
    void interruptionAfterTheLastNumberLeavesARunThatIsDone() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        // Asked three times while it walks, and told no more.
        RunFolder folder = StudyRunner.execute(STUDY, request("run", 1, Map.of("steps", "3")), Progress.SILENT,
                () -> asked.incrementAndGet() > 3);

        RunFolder read = RunFolder.open(folder.path());
        assertThat(read.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(read.metrics()).hasSize(3);
        assertThat(read.report()).content().contains("3 steps");
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
        assertThat(folder.metrics()).hasSize(3);
    }

    @Test
    void reasonsAreOneLineForTheUser() {
        assertThat(Stream.of(new UncheckedIOException(new NoSuchFileException("a.npz")),
                new FileNotFoundException("a.npz"), new AccessDeniedException("a.npz"), new OutOfMemoryError("heap"),
                new IllegalArgumentException("two\nlines"), new NullPointerException()).map(Failures::reason))
                .containsExactly("no such file: a.npz", "no such file: a.npz", "no permission: a.npz",
                        "out of memory (heap): use a smaller network or batch, or give more with"
                                + " SURPRISAL_JAVA_OPTS=-Xmx..g",
                        "two lines",
                        "internal error: NullPointerException; please report it with what --debug shows");
    }

    private static int divided(int number, int by) {
        return number / by;
    }

    private static long divided(long number, long by) {
        return number % by;
    }

    /// What a stream of the JDK says of a file that it cannot open.
    @Test
    void fileThatCannotBeOpenedIsToldWithItsReason() throws IOException {
        Path missing = temporary.resolve("a (1).npz");
        Path locked = Files.writeString(temporary.resolve("locked"), "");
        assertThatThrownBy(() -> new FileInputStream(missing.toFile()).close())
                .satisfies(e -> assertThat(Failures.reason(e)).isEqualTo("no such file: " + missing));
        assertThatThrownBy(() -> new FileInputStream(temporary.toFile()).close()).satisfies(
                e -> assertThat(Failures.reason(e)).isEqualTo(temporary + " is a folder: a file must be there"));
        Files.setPosixFilePermissions(locked, Set.of());
        if (!Files.isReadable(locked)) {
            assertThatThrownBy(() -> new FileInputStream(locked.toFile()).close())
                    .satisfies(e -> assertThat(Failures.reason(e)).isEqualTo("no permission: " + locked));
        }
        assertThat(Stream.of("a.npz (Permission denied)", "C:\\a.npz (Access is denied)", "a.npz (Too many open files)",
                "a.npz (No such file or directory)").map(FileNotFoundException::new).map(Failures::reason))
                .containsExactly("no permission: a.npz", "no permission: C:\\a.npz",
                        "cannot be read or written: a.npz (Too many open files)", "no such file: a.npz");
    }

    @Test
    void arithmeticThatOurOwnCodeRefusesIsForUsers() {
        assertThat(Failures.reason(new ArithmeticException("the derivative of unit 3 is infinite")))
                .isEqualTo("the derivative of unit 3 is infinite");
    }

    /// What the JDK says of a class, an index or a text is not for users; what our own code refuses is.
    @Test
    void wordsOfTheJdkAreInternalErrors() {
        List<Callable<?>> failing = List.of(() -> Integer.parseInt("x"), () -> List.of(1).get(3),
                () -> Arrays.asList(1).get(2), () -> Math.addExact(Integer.MAX_VALUE, 1),
                () -> Math.toIntExact(1L << 40), () -> divided(1, 0), () -> divided(7L, 0L),
                () -> RunStatus.valueOf("x"));
        for (Callable<?> each : failing) {
            assertThatThrownBy(each::call).satisfies(e -> assertThat(Failures.reason(e)).matches(
                    "internal error: [A-Za-z]+Exception; please report it with what --debug shows"));
        }
        assertThatThrownBy(() -> Case.parse("x")).satisfies(
                e -> assertThat(Failures.reason(e)).isEqualTo("case 'x': 'x' is not name=value"));
        assertThat(Failures.reason(new MalformedInputException(1))).isEqualTo("a file is not UTF-8 text");
    }

    @Test
    void interruptedDrawingLeavesNoReportAndARunThatIsInterrupted() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        // Asked three times while it walks, once at the end of the walk; the next time, its report is drawn.
        RunFolder folder = StudyRunner.execute(STUDY, request("run", 1, Map.of("steps", "3")), Progress.SILENT,
                () -> asked.incrementAndGet() > 4);

        RunFolder read = RunFolder.open(folder.path());
        assertThat(read.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(read.record().reason()).isEmpty();
        assertThat(read.metrics()).hasSize(3);
        assertThat(read.report()).doesNotExist();
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
            assertThat(RunFolder.open(folder).metrics()).hasSize(3);
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
        assertThatThrownBy(() -> StudyRunner.execute(STUDY, request("run", 1, Map.of("steps", "3")),
                (phase, done, total, unit, message) -> run.toFile().renameTo(temporary.resolve("moved").toFile()),
                () -> false)).hasMessage("run folder " + run + " was deleted or moved while the run went on, which ends"
                        + " here: its numbers can no longer be kept");
        assertThat(run).doesNotExist();
    }

    @Test
    void studiesAreFoundByName() {
        Studies studies = new Studies(List.of(STUDY));

        assertThat(studies.find("steps")).contains(STUDY);
        assertThat(studies.find("step")).isEmpty();
        assertThat(Studies.builtIn().all()).allSatisfy(study -> {
            assertThat(study.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(study.summary()).isNotBlank().doesNotContain("\n");
            assertThat(Settings.of(study.settings(), Map.of()).asMap()).isNotEmpty();
        });
        assertThatThrownBy(() -> new Studies(List.of(STUDY, STUDY))).hasMessageContaining("steps");
    }
}
