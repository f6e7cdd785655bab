package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.tensor.RandomStream;

/// Runs that are killed, which no process can answer, go on to the bits of a run that was left alone.
class KilledRunTest {
    /// Some seconds of training, with a state of some megabytes, so that a checkpoint takes a while to be written.
    private static final String EXPERIMENT = """
            data: {set: digits, train: 200, test: 60}
            network: [{linear: 500}, relu, {dropout: 0.2}, {linear: 10}]
            loss: cross-entropy
            optimiser: {adam: 0.003}
            training: {epochs: 5, batch-size: 10}
            probes: [{layer: relu0, every: 5, samples: 20}]
            """;
    /// Runs in which a kill is tried to fall into the writing of a checkpoint.
    private static final int MOST_RUNS = 5;

    @TempDir
    private static Path folder;

    private final RandomStream moments = RandomStream.seeded(11);

    @BeforeAll
    static void leaveOneAlone() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("my.yaml"), EXPERIMENT);
        CommandProcess whole = CommandProcess.start(folder, "whole", "run", "my.yaml", "--out", "whole-run", "--quiet");
        assertThat(whole.await()).as(whole.errors()).isZero();
    }

    private static CommandProcess begin(String run) throws IOException {
        return CommandProcess.start(folder, run, "run", "my.yaml", "--out", run, "--checkpoint", "0");
    }

    private static CommandProcess goOn(String run, String checkpoint) throws IOException {
        return CommandProcess.start(folder, run, "run", "--resume", run, "--checkpoint", checkpoint);
    }

    private static List<Path> unfinished(Path root) throws IOException {
        try (Stream<Path> files = Files.exists(root) ? Files.walk(root) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().startsWith(".unfinished-")).toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                // It was finished while the folder was read.
                return List.of();
            }
            throw e;
        }
    }

    private static void assertSameAsWhole(String run) throws IOException {
        for (String file : List.of("metrics.csv", "trials/seed=1/weights/trained.safetensors",
                "trials/seed=1/arrays/confusion.npz", "trials/seed=1/arrays/relu0-epoch-5.npz",
                "figures/loss-by-epoch.png", "figures/loss-by-epoch.svg",
                "figures/activation-mean.png", "network.txt", "experiment.yaml")) {
            assertThat(folder.resolve(run).resolve(file)).as(file)
                    .hasSameBinaryContentAs(folder.resolve("whole-run").resolve(file));
        }
        assertThat(RunFolder.open(folder.resolve(run)).record().status()).isEqualTo(RunStatus.DONE);
        assertThat(unfinished(folder.resolve(run))).isEmpty();
    }

    /// Kills a process of a run, which may have ended by itself before.
    ///
    /// @return whether the run is done, in which case it has the right bits
    private static boolean killed(CommandProcess process, String run) throws IOException, InterruptedException {
        process.kill();
        assertThat(process.process().exitValue()).as(process.errors()).isIn(0, 137);
        boolean begun = Files.exists(folder.resolve(run).resolve("run.json"));
        RunStatus status = begun ? RunFolder.open(folder.resolve(run)).record().status() : RunStatus.RUNNING;
        if (process.process().exitValue() == 137 && status != RunStatus.DONE) {
            assertThat(status).isEqualTo(RunStatus.RUNNING);
            return false;
        }
        // A kill may also have come between the last write and the end of the process.
        assertSameAsWhole(run);
        return true;
    }

    /// Kills a run while it writes a checkpoint, and again when it has gone on, until a kill has left a checkpoint
    /// half-written.
    ///
    /// @return false if the run was done before
    private static boolean killInACheckpoint(String run) throws IOException, InterruptedException {
        Path checkpoint = folder.resolve(run).resolve("trials").resolve("seed=1");
        CommandProcess process = begin(run);
        while (true) {
            process.until(() -> Files.exists(checkpoint.resolve("training-1.safetensors"))
                    && !unfinished(checkpoint).isEmpty());
            if (killed(process, run)) {
                return false;
            }
            if (!unfinished(checkpoint).isEmpty()) {
                return true;
            }
            process = goOn(run, "0");
        }
    }

    @Test
    void runKilledInACheckpointInTrainingAndWhileDrawingEndsWithTheSameBits() throws IOException, InterruptedException {
        String run = "killed-1";
        for (int i = 2; !killInACheckpoint(run); i++) {
            assumeTrue(i <= MOST_RUNS,
                    "no kill fell into the writing of a checkpoint: this machine is too fast or slow");
            run = "killed-" + i;
        }
        CommandProcess training = goOn(run, "0");
        training.process().waitFor(moments.nextInt(2500), TimeUnit.MILLISECONDS);
        if (killed(training, run)) {
            return;
        }
        Path figures = folder.resolve(run).resolve("figures");
        CommandProcess drawing = goOn(run, "1000");
        drawing.until(() -> Files.isDirectory(figures));
        if (killed(drawing, run)) {
            return;
        }
        CommandProcess last = goOn(run, "1000");
        assertThat(last.await()).as(last.errors()).isZero();
        assertSameAsWhole(run);
    }

    @Test
    @Tag("slow")
    void runKilledAtTwentyMomentsEndsWithTheSameBits() throws IOException, InterruptedException {
        CommandProcess process = begin("often");
        for (int kills = 0; kills < 20; kills++) {
            // The longer moments lie in the drawing of the report, or behind it.
            process.process().waitFor(moments.nextInt(6000), TimeUnit.MILLISECONDS);
            if (killed(process, "often")) {
                return;
            }
            process = Files.exists(folder.resolve("often/run.json")) ? goOn("often", "0.05") : begin("often");
        }
        assertThat(process.await()).as(process.errors()).isZero();
        assertSameAsWhole("often");
    }
}
