package org.surprisal.study.relativeentropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.report.Figure;
import org.surprisal.report.Section;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Metric;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Study;
import org.surprisal.study.StudyRunner;
import org.surprisal.study.depth.Measurements;

/// The study as a whole, on a network of thirty-six neurons a layer.
class RelativeEntropyStudyTest {
    private static final Study STUDY = RelativeEntropyStudy.full();
    private static final Map<String, String> SMALL = Map.of("depth", "6", "width", "36", "tail-widths", "16,10",
            "train-samples", "256", "sigma-w2", "1.5,2.5", "batch", "32", "mc-samples", "50", "distribution-layers",
            "2,4,45");

    @TempDir
    private Path folder;

    private RunFolder run(String name, Map<String, String> changes, BooleanSupplier interruption) throws IOException {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.putAll(changes);
        return StudyRunner.execute(STUDY, new RunRequest(Settings.of(STUDY.settings(), settings), 7, OptionalInt.of(2),
                folder, folder.resolve(name)), Progress.SILENT, interruption);
    }

    @Test
    void aRunLeavesEveryNumberFigureAndTheReport() throws IOException {
        RunFolder run = run("whole", Map.of(), () -> false);
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        List<Metric> metrics = run.metrics();
        // 2 variances x 2 seeds x before and after x layers 0 to 4
        assertThat(metrics).filteredOn(m -> m.name().equals(Measurements.VALUE)).hasSize(2 * 2 * 2 * 5);
        assertThat(metrics).filteredOn(m -> m.name().equals(Measurements.VALUE) && m.layer().equals("0"))
                .allMatch(m -> m.value() == 0).hasSize(8);
        assertThat(metrics).filteredOn(m -> m.name().equals("test-accuracy")).hasSize(2 * 2 * 2);
        List<String> figures = STUDY.draw(run).sections().stream().map(Section::figures).flatMap(List::stream)
                .map(Figure::id).toList();
        assertThat(figures).containsExactly("relative-entropy-by-depth", "after-minus-before", "layer-distributions",
                "training-loss", "accuracy", "first-forward-pass", "mean-field-check", "reference-code-form");
        for (String figure : figures) {
            assertThat(run.figures().resolve(figure + ".png")).isNotEmptyFile();
            assertThat(run.figures().resolve(figure + ".svg")).isNotEmptyFile();
        }
        assertThat(run.report()).isNotEmptyFile();
        // Layer 45 is beyond the depth and left out.
        assertThat(run.arrays("after-sigma-w2-2.5-seed-8").orElseThrow().keySet()).containsExactly("input", "linear0",
                "linear2", "linear4");
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        run("first", Map.of(), () -> false);
        run("second", Map.of(), () -> false);
        assertThat(folder.resolve("second/metrics.csv")).hasSameBinaryContentAs(folder.resolve("first/metrics.csv"));
        assertThat(folder.resolve("second/arrays/after-sigma-w2-1.5-seed-7.npz"))
                .hasSameBinaryContentAs(folder.resolve("first/arrays/after-sigma-w2-1.5-seed-7.npz"));
        assertThat(folder.resolve("second/figures/relative-entropy-by-depth.svg"))
                .hasSameBinaryContentAs(folder.resolve("first/figures/relative-entropy-by-depth.svg"));
    }

    @Test
    void aLargerSetOfSeedsHoldsTheSmallerOne() throws IOException {
        List<Metric> one = run("one", Map.of("sigma-w2", "2.5"), () -> false).metrics();
        List<Metric> two = run("two", Map.of(), () -> false).metrics();
        assertThat(two).containsAll(one);
    }

    @Test
    void withoutTrainingThereIsNoAfter() throws IOException {
        RunFolder run = run("random", Map.of("epochs", "0"), () -> false);
        assertThat(run.metrics()).filteredOn(m -> m.name().equals(Measurements.VALUE)).hasSize(2 * 2 * 5);
        assertThat(run.figures().resolve("after-minus-before.png")).doesNotExist();
        assertThat(run.figures().resolve("relative-entropy-by-depth.png")).isNotEmptyFile();
    }

    @Test
    void anInterruptedRunKeepsWhatIsFinishedAndCanBeDrawn() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        // In the middle of the second network's training.
        RunFolder run = run("stopped", Map.of(), () -> asked.incrementAndGet() > 14);
        assertThat(run.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(run.arrays("after-sigma-w2-1.5-seed-7")).isPresent();
        assertThat(run.arrays("before-sigma-w2-2.5-seed-7")).isPresent();
        assertThat(run.arrays("after-sigma-w2-2.5-seed-7")).isEmpty();
        StudyRunner.draw(STUDY, RunFolder.open(run.path()));
        assertThat(Files.readString(run.report())).contains("interrupted");
    }

    @Test
    void interruptedBeforeAnythingWasMeasuredItSaysSo() throws IOException {
        RunFolder run = run("nothing", Map.of(), () -> true);
        assertThat(run.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        StudyRunner.draw(STUDY, RunFolder.open(run.path()));
        assertThat(run.report()).isNotEmptyFile();
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatThrownBy(() -> run("tail", Map.of("tail-widths", "16,7"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("tail-widths=16,7")
                .hasMessageContaining("10");
        assertThatThrownBy(() -> run("missing", Map.of("data", "mnist"), () -> false))
                .hasMessageContaining("train-images").hasMessageContaining("data fetch mnist");
        assertThatThrownBy(() -> run("sigma", Map.of("sigma-w2", "0"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("sigma-w2=0");
        assertThatThrownBy(() -> run("twice", Map.of("sigma-w2", "2,2"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("sigma-w2=2,2");
        assertThatThrownBy(() -> run("probed", Map.of("probed-inputs", "5000"), () -> false))
                .hasMessageContaining("5000").hasMessageContaining("2000");
    }

    @Test
    void aDivergingLossFailsTheRunAndSaysWhere() throws IOException {
        assertThatThrownBy(() -> run("diverging",
                Map.of("output-activation", "identity", "activation", "identity", "learning-rate", "1e30"),
                () -> false)).hasMessageContaining("epoch 1, step ").hasMessageContaining("linear");
        RunFolder run = RunFolder.open(folder.resolve("diverging"));
        assertThat(run.record().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.record().reason()).contains("the loss became");
    }

    @Test
    void theNarrowestNetworkTakenIsDrawn() throws IOException {
        assertThatThrownBy(() -> run("seven", Map.of("width", "7"), () -> false)).isInstanceOf(SettingException.class);
        assertThat(run("narrow", Map.of("width", "8"), () -> false).report()).isNotEmptyFile();
    }

    @Test
    void aRunKilledBetweenAnyTwoRowsCanBeDrawn() throws IOException {
        RunFolder run = run("killed", Map.of(), () -> false);
        Path metrics = run.path().resolve("metrics.csv");
        List<String> lines = Files.readAllLines(metrics);
        for (int kept : new int[]{2, 4, 20, 50, 100, lines.size() / 2, lines.size() / 2 + 20, lines.size() - 30}) {
            Files.write(metrics, lines.subList(0, kept));
            assertThat(STUDY.draw(RunFolder.open(run.path())).sections()).as(kept + " rows").isNotEmpty();
        }
    }

    @Test
    void noChangeIsNotCalledHigher() throws IOException {
        String findings = findings(run("still", Map.of("learning-rate", "1e-30"), () -> false));
        assertThat(findings).contains("lower in 0 and higher in 0 of 4 layers");
    }

    @Test
    void oneFinishedPairClaimsNoSignificance() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        // Two networks of the first seed take 2 x 10 questions; the second seed is stopped in its first training.
        RunFolder run = run("half", Map.of(), () -> asked.incrementAndGet() > 24);
        assertThat(run.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(run.arrays("before-sigma-w2-1.5-seed-8")).isPresent();
        assertThat(run.arrays("after-sigma-w2-1.5-seed-8")).isEmpty();
        assertThat(findings(run)).doesNotContain("significant").contains("one seed says nothing");
    }

    private static String findings(RunFolder run) throws IOException {
        return STUDY.draw(run).sections().stream().map(Section::paragraphs).flatMap(List::stream)
                .collect(java.util.stream.Collectors.joining("\n"));
    }

    @Test
    void progressNeverGoesBack() throws IOException {
        Map<String, Long> last = new HashMap<>();
        Progress progress = (phase, done, total, unit, message) -> {
            if (unit.equals("steps")) {
                assertThat(done).as(phase).isGreaterThan(last.getOrDefault(phase, 0L)).isLessThanOrEqualTo(total);
                last.put(phase, done);
            }
        };
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.put("batch", "100");
        StudyRunner.execute(STUDY, new RunRequest(Settings.of(STUDY.settings(), settings), 7, OptionalInt.of(1),
                folder, folder.resolve("progress")), progress, () -> false);
    }

    @Test
    void wrongInputLeavesNoFolder() {
        assertThatThrownBy(() -> run("tail", Map.of("tail-widths", "16,7"), () -> false));
        assertThat(folder.resolve("tail")).doesNotExist();
        assertThatThrownBy(() -> run("missing", Map.of("data", "mnist"), () -> false));
        assertThat(folder.resolve("missing")).doesNotExist();
    }
}
