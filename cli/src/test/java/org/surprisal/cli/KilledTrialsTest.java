package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;

/// Runs of trials side by side that are killed (SIGKILL) at three random moments each, and go on in a new process.
class KilledTrialsTest {
    @TempDir
    private Path folder;

    private static List<String> settings(String study) {
        List<String> words = new ArrayList<>();
        List<String> values = switch (study) {
            case "trainability" ->
                List.of("depths=2,4", "width=40", "sigma-w2=1.5,4", "train-samples=100", "epochs=3", "batch=10");
            case "known-truths" -> List.of("n=300", "pairs=gaussian,labelled", "dimensions=1,5", "informations=0,1",
                    "critic-dimensions=1", "critic-informations=1", "critic-steps=20");
            default -> List.of("depth=4", "width=36", "tail-widths=10", "sigma-w2=1.5,2.5", "train-samples=100",
                    "epochs=3", "batch=10", "mc-samples=40", "distribution-layers=1,2");
        };
        values.forEach(value -> words.addAll(List.of("--set", value)));
        return words;
    }

    private CommandProcess start(String study, String run) throws IOException {
        List<String> words = new ArrayList<>(List.of("run", study, "--out", run, "--seed", "5", "--seeds", "2",
                "--checkpoint", "0", "--jobs", "2"));
        words.addAll(settings(study));
        return CommandProcess.start(folder, run, words.toArray(String[]::new));
    }

    /// The bytes of all numbers that trials have kept so far.
    private long kept(String run) throws IOException {
        Path trials = folder.resolve(run).resolve("trials");
        if (!Files.isDirectory(trials)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(trials)) {
            long bytes = 0;
            for (Path file : files.filter(each -> each.endsWith("rows.csv")).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (UncheckedIOException | NoSuchFileException e) {
            // A checkpoint was deleted while the folder was read.
            return 0;
        }
    }

    private static SortedMap<String, String> contents(Path run) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = run.relativize(file).toString();
                if (!name.equals("run.json") && !name.equals("report.html")) {
                    contents.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainability", "quickstart", "known-truths"})
    void runKilledThreeTimesEndsWithTheSameBytes(String study) throws IOException, InterruptedException {
        CommandProcess whole = start(study, "whole");
        assertThat(whole.await()).as(whole.errors()).isZero();
        long all = kept("whole");
        RandomStream moments = RandomStream.seeded(23).child(study);

        CommandProcess process = start(study, "killed");
        for (int kill = 1; kill <= 3; kill++) {
            long enough = (long) ((kill - 1 + moments.nextDouble()) / 3 * all);
            process.until(() -> kept("killed") >= enough);
            process.kill();
            assertThat(process.process().exitValue()).as(process.errors()).isIn(0, 137);
            process = CommandProcess.start(folder, "killed", "run", "--resume", "killed", "--checkpoint", "0");
        }
        int status = process.await();

        // A run that was done before the last kill has nothing to resume.
        assertThat(status).as(process.errors()).isIn(0, 1);
        if (status == 1) {
            assertThat(process.errors()).contains("holds a run that is done");
        }
        assertThat(contents(folder.resolve("killed"))).isEqualTo(contents(folder.resolve("whole")));
    }
}
