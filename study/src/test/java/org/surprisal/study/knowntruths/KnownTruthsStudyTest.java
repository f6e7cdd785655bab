package org.surprisal.study.knowntruths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.report.Figure;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.StudyRunner;
import org.surprisal.study.knowntruths.CorrelatedNormals.Marginal;

class KnownTruthsStudyTest {
    private static final Map<String, String> SMALL = Map.of("n", "60", "dimensions", "1,2", "informations", "0,1,4,15",
            "sizes", "40,60,80", "size-dimensions", "1", "critic-dimensions", "2,7", "critic-informations", "1",
            "critic-steps", "2", "dear-seeds", "1");

    @TempDir
    private static Path folder;

    private static RunFolder whole;

    @BeforeAll
    static void runOnce() throws IOException {
        whole = run("whole", Map.of(), () -> false);
    }

    private static RunFolder run(String name, Map<String, String> changes, BooleanSupplier interruption)
            throws IOException {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.putAll(changes);
        return StudyRunner.execute(new KnownTruthsStudy(),
                new RunRequest(Settings.of(new KnownTruthsStudy().settings(), settings), 7, OptionalInt.of(2), folder,
                        folder.resolve(name)),
                Progress.SILENT, interruption);
    }

    private static List<Section> sections(RunFolder run) throws IOException {
        return new KnownTruthsStudy().draw(RunFolder.open(run.path())).sections();
    }

    @Test
    void aRunLeavesEveryNumberFigureAndTheReport() throws IOException {
        assertThat(whole.record().status()).isEqualTo(RunStatus.DONE);
        List<Section> sections = sections(whole);
        assertThat(sections.stream().map(Section::figures).flatMap(List::stream).map(Figure::id)).containsExactly(
                "estimate-by-truth", "bias-by-dimension", "bias-by-size", "critics-by-truth", "heavy-tails", "labels",
                "deterministic", "renyi-by-truth");
        assertThat(whole.figures().resolve("estimate-by-truth.png")).isNotEmptyFile();
        Table reach = sections.getFirst().tables().getFirst();
        assertThat(reach.columns()).containsExactly("estimator", "d = 1", "d = 2");
        assertThat(reach.rows()).hasSize(Contender.OF_POINTS.size() + 1 + Contender.CRITICS.size());
        Readings readings = Readings.of(whole.metrics());
        String gaussian = CorrelatedNormals.family(Marginal.GAUSSIAN, 1);
        assertThat(readings.sizes(gaussian, 4, Contender.KSG_1)).containsExactly(40, 60, 80);
        assertThat(readings.sizes(gaussian, 0, Contender.KSG_1)).containsExactly(60);
        assertThat(readings.truth(FoldedUniform.NAME, 0)).isEmpty();
        assertThat(readings.sizes(FoldedUniform.NAME, 0, Contender.KSG_1)).containsExactly(40, 60, 80);
    }

    /// The estimator of Gaussians at 4 nats and more: 60 samples leave a standard error of √(ρ² / n) = 0.13 nat, 0.09
    /// for two seeds.
    @Test
    void estimatesAreOfThePairsTheyAreKeptUnder() throws IOException {
        Readings readings = Readings.of(whole.metrics());

        for (double information : new double[]{0, 1, 4, 15}) {
            Spread spread = readings.spread(CorrelatedNormals.family(Marginal.GAUSSIAN, 1), information, 60,
                    Contender.GAUSSIAN_CORRECTED, Contender.ESTIMATE).orElseThrow();
            assertThat(spread.mean()).isCloseTo(information, within(0.4));
        }
        assertThat(readings.curve(SquaredIntegers.NAME, 60, Contender.GAUSSIAN, Contender.ESTIMATE))
                .allSatisfy(at -> assertThat(at.spread().mean()).isLessThan(0.1));
    }

    @Test
    void anInterruptedRunGoesOnToTheSameNumbers() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        RunFolder stopped = run("stopped", Map.of(), () -> asked.incrementAndGet() > 100);

        assertThat(stopped.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        StudyRunner.draw(new KnownTruthsStudy(), RunFolder.open(stopped.path()));
        RunFolder resumed = StudyRunner.resume(new KnownTruthsStudy(), stopped.path(), folder, Duration.ZERO,
                Progress.SILENT, () -> false);
        assertThat(resumed.path().resolve("metrics.csv")).hasSameBinaryContentAs(whole.path().resolve("metrics.csv"));
    }

    @Test
    void aRunKilledBetweenAnyTwoRowsCanBeDrawn() throws IOException {
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Files.copy(whole.path().resolve("run.json"), killed.resolve("run.json"));
        List<String> lines = Files.readAllLines(whole.path().resolve("metrics.csv"));
        for (int kept : new int[]{1, 2, 3, 8, 9, 30, 100, lines.size() / 2, lines.size() - 2}) {
            Files.write(killed.resolve("metrics.csv"), lines.subList(0, kept));
            assertThat(sections(RunFolder.open(killed))).as(kept + " rows").isNotEmpty();
        }
    }

    /// Settings may name what was not asked for: what there are no numbers of has no figure.
    @Test
    void aSingleTruthAndNoCritic() throws IOException {
        RunFolder run = run("bare", Map.of("informations", "0", "dimensions", "3", "dear-seeds", "0"), () -> false);

        assertThat(sections(run).stream().map(Section::figures).flatMap(List::stream).map(Figure::id))
                .doesNotContain("bias-by-dimension", "bias-by-size", "critics-by-truth", "renyi-by-truth")
                .contains("estimate-by-truth", "labels");
    }
}
