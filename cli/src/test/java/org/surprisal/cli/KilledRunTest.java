package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        for (String file : List.of("metrics.csv", "weights/seed-1.safetensors", "arrays/confusion-seed-1.npz",
                "arrays/relu0-seed-1-epoch-5.npz", "figures/loss-by-epoch.png", "figures/loss-by-epoch.svg",
                "figures/activation-mean.png", "network.txt", "experiment.yaml")) {
            assertThat(folder.resolve(run).resolve(file)).as(file)
                    .hasSameBinaryContentAs(folder.resolve("whole-run").resolve(file));
        }
        assertThat(RunFolder.open(folder.resolve(run)).record().status()).isEqualTo(RunStatus.DONE);
        assertThat(unfinished(folder.resolve(run))).isEmpty();
    }

    @Test
    void runKilledInACheckpointInTrainingAndWhileDrawingEndsWithTheSameBits() throws IOException, InterruptedException {
        Path run = folder.resolve("killed");
        CommandProcess process = begin("killed");
        boolean left = false;
        for (int i = 0; i < 2; i++) {
            assertThat(process.until(() -> Files.exists(run.resolve("checkpoint/state.safetensors"))
                    && !unfinished(run.resolve("checkpoint")).isEmpty())).as("a checkpoint is being written").isTrue();
            process.kill();
            left |= !unfinished(run.resolve("checkpoint")).isEmpty();
            process = goOn("killed", "0");
        }
        assertThat(left).as("a kill fell into the writing of a checkpoint").isTrue();
        process.process().waitFor(moments.nextInt(2500), TimeUnit.MILLISECONDS);
        process.kill();

        CommandProcess drawing = goOn("killed", "1000");
        assertThat(drawing.until(() -> Files.isDirectory(run.resolve("figures")))).as("figures are drawn").isTrue();
        drawing.kill();
        assertThat(drawing.process().exitValue()).isEqualTo(137);
        assertThat(RunFolder.open(run).record().status()).isEqualTo(RunStatus.RUNNING);

        CommandProcess last = goOn("killed", "1000");
        assertThat(last.await()).as(last.errors()).isZero();
        assertSameAsWhole("killed");
    }

    @Test
    @Tag("slow")
    void runKilledAtTwentyMomentsEndsWithTheSameBits() throws IOException, InterruptedException {
        CommandProcess process = begin("often");
        int kills = 0;
        while (kills < 20) {
            // The longer moments lie in the drawing of the report, or behind it.
            if (process.process().waitFor(moments.nextInt(6000), TimeUnit.MILLISECONDS)) {
                assertThat(process.process().exitValue()).as(process.errors()).isZero();
                assertSameAsWhole("often");
                return;
            }
            process.kill();
            kills++;
            process = Files.exists(folder.resolve("often/run.json")) ? goOn("often", "0.05") : begin("often");
        }
        assertThat(process.await()).as(process.errors()).isZero();
        assertSameAsWhole("often");
    }
}
