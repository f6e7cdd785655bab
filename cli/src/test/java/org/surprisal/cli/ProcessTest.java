package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Studies;
import org.surprisal.tensor.RandomStream;

/// What only a process of its own can show: signals, exit codes, and which stream is which.
class ProcessTest {
    @TempDir
    private Path folder;

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx512m",
                "-Djava.awt.headless=true", "-Dsurprisal.native=off", "-cp",
                System.getProperty("jdk.module.path", "") + File.pathSeparator + System.getProperty("java.class.path"),
                "org.surprisal.cli.Main");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile()).start();
    }

    private static int await(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends within two minutes").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theExitCodeIsTheProcesss() throws IOException, InterruptedException {
        assertThat(await(start("list", "--json"))).isZero();
        assertThat(folder.resolve("out")).content().startsWith("{");
        assertThat(folder.resolve("err")).isEmptyFile();

        assertThat(await(start("lits"))).isEqualTo(2);
        assertThat(folder.resolve("out")).isEmptyFile();
        assertThat(folder.resolve("err")).content().hasLineCount(1);
    }

    private Process inLocale(String locale, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile());
        builder.environment().put("LC_ALL", locale);
        return builder.start();
    }

    @Test
    void pathThatTheLocaleCannotExpressIsRefusedWithTheCure() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux has locales without Unicode");
        for (String[] arguments : new String[][]{{"run", "é.yaml"}, {"run", "quickstart", "--out", "é"},
                {"measure", "entropy", "--estimator", "kl", "--x", "é.npy"}}) {
            assertThat(await(inLocale("C", arguments))).isIn(1, 2);
            assertThat(Files.readAllLines(folder.resolve("err"))).last().asString().contains(
                    " is no path of a file: the locale's character set (ANSI_X3.4-1968) does not have its characters;"
                            + " set the environment variable LC_ALL=C.UTF-8");
        }
        // A file that holds the name, where the command does not.
        Files.writeString(folder.resolve("ascii.yaml"), EXPERIMENT.replace("{set: digits, train: 400, test: 100}",
                "{csv: é.csv, target: a}"));
        assertThat(await(inLocale("C", "run", "ascii.yaml"))).isEqualTo(2);
        assertThat(Files.readAllLines(folder.resolve("err"))).last().asString()
                .contains("ascii.yaml, line 1: data.csv: 'é.csv' is no path of a file: the locale's");
        assertThat(await(inLocale("C.UTF-8", "run", "é.yaml"))).isEqualTo(1);
        assertThat(folder.resolve("err")).content()
                .isEqualTo("surprisal: no such file: " + folder.resolve("é.yaml") + "\n");
    }

    /// This process has neither the vector module nor, with the property, the native library.
    @Test
    void warningsOfTheLibraryAreOneLineEach() throws IOException, InterruptedException {
        assertThat(await(start("doctor", "--json"))).isZero();
        assertThat(Files.readAllLines(folder.resolve("err")))
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
        Process process = start("run", "quickstart", "--out", "run", "--seed", "3", "--set", "width=20", "--set",
                "depth=4", "--set", "distribution-layers=1", "--set", "epochs=100000", "--set", "train-samples=256");
        Path metrics = folder.resolve("run/metrics.csv");
        for (int i = 0; i < 2400 && (!Files.exists(metrics) || Files.size(metrics) < 200); i++) {
            assertThat(process.isAlive()).as(() -> "still running").isTrue();
            Thread.sleep(50);
        }

        assertThat(new ProcessBuilder(kill.toString(), "-" + signal, Long.toString(process.pid())).start().waitFor())
                .isZero();

        assertThat(await(process)).isEqualTo(130);
        RunFolder run = RunFolder.open(folder.resolve("run"));
        assertThat(run.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(run.metrics()).isNotEmpty();
        assertThat(folder.resolve("out")).isEmptyFile();
        assertThat(Files.readAllLines(folder.resolve("err"))).last().asString().contains("interrupted",
                "surprisal report run");
        assertThat(CommandRun.of(Studies.builtIn(), "report", run.path().toString()).code()).isZero();
    }

    private static final String EXPERIMENT = """
            data: {set: digits, train: 400, test: 100}
            network: [{linear: 50}, relu, {dropout: 0.2}, {linear: 10}]
            loss: cross-entropy
            optimiser: {adam: 0.003}
            training: {epochs: 60, batch-size: 8}
            """;

    @Test
    void aKilledRunGoesOnToTheSameBits() throws IOException, InterruptedException {
        killAndResume(2);
    }

    @Test
    @Tag("slow")
    void aRunThatIsKilledTwentyTimesEndsWithTheSameBits() throws IOException, InterruptedException {
        killAndResume(20);
    }

    /// A run of some seconds, killed at random moments and resumed, against one that was left alone.
    private void killAndResume(int kills) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("my.yaml"), kills > 10
                ? EXPERIMENT.replace("epochs: 60", "epochs: 600")
                : EXPERIMENT);
        assertThat(await(start("run", "my.yaml", "--out", "whole", "--quiet"))).isZero();
        Process process = start("run", "my.yaml", "--out", "killed", "--quiet", "--checkpoint", "0.05");
        while (!Files.exists(folder.resolve("killed/run.json"))) {
            Thread.sleep(5);
        }
        RandomStream moments = RandomStream.seeded(11);
        int done = 0;
        while (done < kills && !process.waitFor(moments.nextInt(1500), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            done++;
            process = start("run", "--resume", "killed", "--quiet", "--checkpoint", "0.05");
        }
        assertThat(done).as("kills while the run went on").isEqualTo(kills);
        assertThat(await(process)).as(() -> {
            try {
                return Files.readString(folder.resolve("err"));
            } catch (IOException e) {
                return e.toString();
            }
        }).isZero();
        for (String file : List.of("metrics.csv", "weights/seed-1.safetensors", "arrays/confusion-seed-1.npz")) {
            assertThat(Files.readAllBytes(folder.resolve("killed").resolve(file))).as(file)
                    .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve(file)));
        }
    }
}
