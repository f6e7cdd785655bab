package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.settings.Settings;
import org.surprisal.study.Failures;
import org.surprisal.study.FileDamage;
import org.surprisal.study.Refusal;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.Studies;
import org.surprisal.study.experiment.ExperimentStudy;
import org.surprisal.tensor.RandomStream;

/// Run folders with seeded damage, reported and resumed: each is answered in one line, in words for users, or ends with
/// the numbers of a run that was left alone. Figures, which take most of the time, are not drawn.
class DamagedRunFolderTest {
    private static final String EXPERIMENT = """
            title: Damaged
            data: {csv: points.csv, target: kind, split: {validation: 0.2, test: 0.2}}
            network: [{linear: 6}, tanh, {linear: 2}]
            loss: cross-entropy
            optimiser: {adam: 0.01}
            training: {epochs: 2, batch-size: 8}
            probes: [{layer: tanh0, every: 2, samples: 5}]
            """;
    @TempDir
    private static Path folder;

    private static Path done = Path.of("");
    private static Path stopped = Path.of("");

    @BeforeAll
    static void makeFolders() throws IOException {
        StringBuilder points = new StringBuilder("x,y,kind\n");
        for (int i = 0; i < 40; i++) {
            points.append(Math.sin(i)).append(',').append(Math.cos(3 * i)).append(',').append(i % 2 == 0 ? "a" : "b")
                    .append('\n');
        }
        Files.writeString(folder.resolve("points.csv"), points);
        Files.writeString(folder.resolve("my.yaml"), EXPERIMENT);
        done = run("done", Integer.MAX_VALUE);
        stopped = run("stopped", 4);
    }

    private static Path run(String name, int steps) throws IOException {
        Study study = new ExperimentStudy();
        AtomicInteger taken = new AtomicInteger();
        try (RunFolder run = StudyRunner.execute(study, new RunRequest(
                Settings.of(study.settings(), Map.of("file", folder.resolve("my.yaml").toString())), 1,
                OptionalInt.empty(), folder.resolve("data"), folder.resolve(name), false, Duration.ZERO,
                OptionalInt.empty()),
                (phase, finished, total, unit, message) -> taken.incrementAndGet(), () -> taken.get() >= steps)) {
            return run.path();
        }
    }

    private static void copy(Path from, Path to, List<String> without) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(file) && !without.contains(from.relativize(file).getName(0).toString())) {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static List<Path> files(Path root, Predicate<String> chosen) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).map(file -> root.relativize(file))
                    .filter(file -> chosen.test(file.toString())).sorted().toList();
        }
    }

    /// What the mutants were answered with: how often each way.
    private Map<String, Integer> campaign(Path right, int mutants, boolean resumes) throws IOException {
        List<Path> targets = files(right, name -> !name.startsWith("figures") && !name.startsWith("report")
                && (resumes || (!name.startsWith("checkpoint") && !name.startsWith("weights"))));
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < mutants; i++) {
            RandomStream random = RandomStream.seeded(i).child(right.getFileName().toString());
            Path mutant = folder.resolve("mutant");
            deleteWhole(mutant);
            copy(right, mutant, List.of("figures", "report.html"));
            Path file = mutant.resolve(targets.get(random.nextInt(targets.size())));
            byte[] before = Files.readAllBytes(file);
            byte[] after = FileDamage.drawn(before, random);
            if (random.nextInt(40) == 0) {
                Files.delete(file);
            } else {
                Files.write(file, after);
            }
            Optional<String> refusal = resumes ? resumed(mutant) : reported(mutant);
            String what = "mutant " + i + " of " + folder.relativize(file) + ": " + refusal;
            if (refusal.isPresent()) {
                Refusal.assertForUsers(what, refusal.get(), mutant);
            } else if (resumes) {
                assertSameNumbers(mutant, what);
            }
            outcomes.merge(mutant.relativize(file) + (refusal.isPresent() ? " refused" : " taken"), 1, Integer::sum);
        }
        return outcomes;
    }

    private static Optional<String> reported(Path mutant) {
        try (RunFolder opened = RunFolder.open(mutant)) {
            StudyRunner.report(Studies.builtIn().find(opened.record().study()).orElse(new ExperimentStudy()), opened);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(Failures.reason(e));
        }
    }

    /// Up to its report.
    private static Optional<String> resumed(Path mutant) {
        AtomicBoolean measured = new AtomicBoolean();
        try {
            StudyRunner.resume(new ExperimentStudy(), mutant, folder.resolve("data"), Duration.ofDays(1),
                    (phase, finished, total, unit, message) -> measured.set(phase.equals("drawing the report")),
                    measured::get).close();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(Failures.reason(e));
        }
    }

    private static void assertSameNumbers(Path mutant, String what) throws IOException {
        for (String file : List.of("metrics.csv", "trials/seed=1/weights/trained.safetensors",
                "trials/seed=1/arrays/confusion.npz")) {
            assertThat(mutant.resolve(file)).as(file + " of " + what).hasSameBinaryContentAs(done.resolve(file));
        }
    }

    private static void deleteWhole(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted((a, b) -> b.getNameCount() - a.getNameCount()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void damagedFolderIsRedrawnOrRefusedInOneLine() throws IOException {
        assertThat(campaign(done, 200, false).size()).isGreaterThan(5);
    }

    @Test
    void damagedFolderGoesOnToTheSameNumbersOrIsRefusedInOneLine() throws IOException {
        assertThat(campaign(stopped, 200, true).size())
                .isGreaterThan(5);
    }

    @Test
    @Tag("slow")
    void thousandsOfDamagedFoldersAreAnsweredInOneLine() throws IOException {
        assertThat(campaign(done, 3000, false).size()).isGreaterThan(5);
        assertThat(campaign(stopped, 3000, true).size()).isGreaterThan(5);
    }
}
