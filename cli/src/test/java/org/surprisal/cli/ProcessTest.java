package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Studies;

/// What only a process of its own can show: signals, exit codes, and which stream is which.
class ProcessTest {
    @TempDir
    private Path folder;

    private CommandProcess start(String... arguments) throws IOException {
        return CommandProcess.start(folder, "command", arguments);
    }

    @Test
    void theExitCodeIsTheProcesss() throws IOException, InterruptedException {
        assertThat(start("list", "--json").await()).isZero();
        assertThat(folder.resolve("command.out")).content().startsWith("{");
        assertThat(folder.resolve("command.err")).isEmptyFile();

        assertThat(start("lits").await()).isEqualTo(2);
        assertThat(folder.resolve("command.out")).isEmptyFile();
        assertThat(folder.resolve("command.err")).content().hasLineCount(1);
    }

    private CommandProcess inLocale(String locale, String... arguments) throws IOException {
        return CommandProcess.start(folder, "command", Map.of("LC_ALL", locale), arguments);
    }

    @Test
    void pathThatTheLocaleCannotExpressIsRefusedWithTheCure() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux has locales without Unicode");
        for (String[] arguments : new String[][]{{"run", "é.yaml"}, {"run", "quickstart", "--out", "é"},
                {"measure", "entropy", "--estimator", "kl", "--x", "é.npy"}}) {
            assertThat(inLocale("C", arguments).await()).isIn(1, 2);
            assertThat(Files.readAllLines(folder.resolve("command.err"))).last().asString().contains(
                    " cannot be the path of a file: the locale's character set (ANSI_X3.4-1968) does not have its"
                            + " characters;"
                            + " set the environment variable LC_ALL=C.UTF-8");
        }
        // A file that holds the name, where the command does not.
        Files.writeString(folder.resolve("ascii.yaml"), EXPERIMENT.replace("{set: digits, train: 60, test: 20}",
                "{csv: é.csv, target: a}"));
        assertThat(inLocale("C", "run", "ascii.yaml").await()).isEqualTo(2);
        assertThat(Files.readAllLines(folder.resolve("command.err"))).last().asString()
                .contains("ascii.yaml, line 1: data.csv: 'é.csv' cannot be the path of a file: the locale's");
        assertThat(inLocale("C.UTF-8", "run", "é.yaml").await()).isEqualTo(1);
        assertThat(folder.resolve("command.err")).content()
                .isEqualTo("surprisal: no such file: é.yaml\n");
    }

    /// This process has neither the vector module nor, with the property, the native library.
    @Test
    void warningsOfTheLibraryAreOneLineEach() throws IOException, InterruptedException {
        assertThat(start("doctor", "--json").await()).isZero();
        assertThat(Files.readAllLines(folder.resolve("command.err")))
                .containsExactly("surprisal: warning: element-wise work uses"
                        + " plain loops: start the JVM with --add-modules jdk.incubator.vector");
    }

    private static boolean ignored(String signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        int number = signal.equals("INT") ? 2 : 15;
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
                .anyMatch(mask -> (mask >>> (number - 1) & 1) == 1);
    }

    /// Training that would take hours is stopped once the first numbers are kept.
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalStopsARunAndKeepsWhatIsFinished(String signal) throws IOException, InterruptedException {
        Path kill = Path.of("/bin/kill");
        assumeTrue(Files.isExecutable(kill), "no /bin/kill here");
        // A parent that ignores a signal, as shells do for background commands, hands that on; no JVM can then hear it.
        assumeFalse(ignored(signal), "this process was started with SIG" + signal + " ignored");
        CommandProcess process = start("run", "quickstart", "--out", "run", "--seed", "3", "--set", "width=20", "--set",
                "depth=4", "--set", "distribution-layers=1", "--set", "epochs=100000", "--set", "train-samples=256");
        Path rows = folder.resolve("run/trials/sigma-w2=1.5,seed=3/rows.csv");
        assertThat(process.until(() -> Files.exists(rows) && Files.size(rows) >= 200)).isTrue();

        process.signal(signal);

        assertThat(process.await()).isEqualTo(130);
        RunFolder run = RunFolder.open(folder.resolve("run"));
        assertThat(run.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(folder.resolve("run/metrics.csv")).content()
                .startsWith("sigma-w2,seed,stage,epoch,step,layer,kind,quantity,value,unit\n1.5,3,before,");
        assertThat(folder.resolve("command.out")).isEmptyFile();
        assertThat(Files.readAllLines(folder.resolve("command.err"))).last().asString().contains("interrupted",
                "surprisal report run");
        assertThat(CommandRun.of(Studies.builtIn(), "report", run.path().toString()).code()).isZero();
    }

    private static final String EXPERIMENT = """
            data: {set: digits, train: 60, test: 20}
            network: [{linear: 8}, relu, {linear: 10}]
            loss: cross-entropy
            optimiser: {adam: 0.003}
            training: {epochs: 2, batch-size: 20}
            probes: [relu0]
            """;

    @Test
    void signalWhileTheReportIsDrawnEndsTheRunWithoutOne() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no /bin/kill here");
        assumeFalse(ignored("INT"), "this process was started with SIGINT ignored");
        Files.writeString(folder.resolve("my.yaml"), EXPERIMENT);
        CommandProcess process = start("run", "my.yaml", "--out", "run");
        assertThat(process.until(() -> process.errors().contains("drawing the report"))).isTrue();

        process.signal("INT");

        assertThat(process.await()).isEqualTo(130);
        assertThat(process.out()).isEmptyFile();
        assertThat(process.errors().lines().toList()).contains(
                "surprisal: stopping at the next step or figure; press ctrl-C again to end at once").last().asString()
                .isEqualTo("surprisal: interrupted; what was finished is in run, 'surprisal report run' draws it,"
                        + " 'surprisal run --resume run' goes on");
        Path run = folder.resolve("run");
        assertThat(RunFolder.open(run).record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(run.resolve("report.html")).doesNotExist();
        assertThat(CommandRun.of(Studies.builtIn(), "report", run.toString()).code()).isZero();
        assertThat(run.resolve("report.html")).exists();
        assertThat(start("run", "--resume", "run", "--quiet").await()).isZero();
        assertThat(RunFolder.open(run).record().status()).isEqualTo(RunStatus.DONE);
    }

    @Test
    void runsStartedAtOnceWithoutAFolderGetOneEach() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("my.yaml"), EXPERIMENT);
        List<CommandProcess> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(CommandProcess.start(folder, "command" + i, "run", "my.yaml", "--quiet"));
        }

        Set<Path> folders = new HashSet<>();
        for (CommandProcess process : processes) {
            assertThat(process.await()).as(process.errors()).isZero();
            folders.add(folder.resolve(Files.readString(process.out()).strip()).getParent());
        }
        assertThat(folders).hasSize(3).allSatisfy(
                run -> assertThat(RunFolder.open(run).record().status()).isEqualTo(RunStatus.DONE));
    }

    /// The products of this process are plain; a run of others is refused.
    @Test
    void runOfNativeProductsIsNotResumedWithPlainOnes() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("my.yaml"), EXPERIMENT);
        assertThat(start("run", "my.yaml", "--out", "run", "--quiet").await()).isZero();
        Path record = folder.resolve("run/run.json");
        String text = Files.readString(record);
        assertThat(text).contains("\"products\" : \"plain (surprisal.native=off)\"");
        Files.writeString(record, text.replace("\"done\"", "\"running\"").replace("plain (surprisal.native=off)",
                "oneDNN dnnl_sgemm"));

        CommandProcess refused = start("run", "--resume", "run", "--quiet");

        assertThat(refused.await()).isEqualTo(1);
        assertThat(refused.errors().lines().toList()).last()
                .isEqualTo("surprisal: run was begun with matrix products of oneDNN dnnl_sgemm, and"
                        + " this process has plain (surprisal.native=off), which gives other last digits; to go on"
                        + " to the same"
                        + " bits, go on where oneDNN can be loaded ('surprisal doctor' says why it is not here),"
                        + " without"
                        + " surprisal.native=off and with the version of Surprisal that began the run");
    }
}
