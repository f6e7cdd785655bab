package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.report.Figure;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Metric;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Studies;
import org.surprisal.study.Study;
import org.surprisal.study.StudyRunner;
import org.surprisal.study.dataset.IsingStates;
import org.surprisal.study.depth.Measurements;
import org.surprisal.tensor.Machine;
import org.surprisal.tensor.Tensor;

/// The study as a whole, on small networks.
class AutoencoderStudyTest {
    private static final Study STUDY = Studies.builtIn().find("autoencoder").orElseThrow();
    private static final Map<String, String> SMALL = Map.ofEntries(Map.entry("hidden-layers", "4"),
            Map.entry("width", "20"), Map.entry("sigma-w2", "1.5"), Map.entry("train-samples", "80"),
            Map.entry("test-samples", "40"), Map.entry("epochs", "2"), Map.entry("batch", "20"),
            Map.entry("mc-samples", "20"), Map.entry("probed-inputs", "8"),
            Map.entry("distribution-layers", "1,3,9"), Map.entry("learning-rate", "0.003"));

    @TempDir
    private Path folder;
    private final int threads = Machine.current().threads();

    @AfterEach
    void restoreThreads() {
        Machine.setThreads(threads);
    }

    private RunFolder run(String name, Map<String, String> changes, BooleanSupplier interruption) throws IOException {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.putAll(changes);
        return StudyRunner.execute(STUDY, new RunRequest(Settings.of(STUDY.settings(), settings), 7, OptionalInt.of(2),
                folder, folder.resolve(name)), Progress.SILENT, interruption);
    }

    private static List<Section> sections(RunFolder run) throws IOException {
        return STUDY.draw(run).sections();
    }

    private static List<String> figures(RunFolder run) throws IOException {
        return sections(run).stream().flatMap(section -> section.figures().stream()).map(Figure::id).toList();
    }

    private static String findings(RunFolder run) throws IOException {
        return sections(run).stream().flatMap(section -> section.paragraphs().stream())
                .collect(Collectors.joining("\n"));
    }

    private static Table table(RunFolder run, String id) throws IOException {
        return sections(run).stream().flatMap(section -> section.tables().stream())
                .filter(table -> table.id().equals(id)).findFirst().orElseThrow();
    }

    private static Tensor array(Map<String, Tensor> kept, String name) {
        return Objects.requireNonNull(kept.get(name), name);
    }

    private static List<Metric> named(RunFolder run, String name) throws IOException {
        return run.metrics().stream().filter(metric -> metric.name().equals(name)).toList();
    }

    @Test
    void aRunLeavesEveryNumberFigureAndTheReport() throws IOException {
        RunFolder run = run("whole", Map.of("sigma-w2", "1.5,1.75"), () -> false);

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        // 2 variances x 2 seeds x before and after x layers 0 to 3: the last forward pass is left out
        assertThat(named(run, Measurements.VALUE)).hasSize(2 * 2 * 2 * 4);
        assertThat(named(run, Outcome.TRAIN_LOSS)).hasSize(2 * 2 * 2);
        assertThat(named(run, Outcome.TEST_LOSS)).hasSize(2 * 2 * 3);
        assertThat(named(run, SpinComparison.AGREEMENT)).hasSize(2 * 2 * 2);
        assertThat(figures(run)).containsExactly("relative-entropy-by-depth", "after-minus-before",
                "relative-entropy-by-input", "reconstructions-sigma-w2-1-5", "magnetisation-and-energy-sigma-w2-1-5",
                "state-by-state-sigma-w2-1-5", "reconstructions-sigma-w2-1-75",
                "magnetisation-and-energy-sigma-w2-1-75", "state-by-state-sigma-w2-1-75", "reconstruction-error",
                "layer-distributions", "mean-field-check", "reference-code-form");
        for (String figure : figures(run)) {
            assertThat(run.figures().resolve(figure + ".png")).isNotEmptyFile();
            assertThat(run.figures().resolve(figure + ".svg")).isNotEmptyFile();
        }
        assertThat(run.report()).isNotEmptyFile();
        assertThat(findings(run)).contains("rises to a peak, then falls", "flatter after training",
                "lower after training", "higher for the larger weight variance", "No network diverged",
                "nothing but the majority spin");
        // Two variances: two peaks, lower, flatter each; and growth before and after.
        assertThat(table(run, "statements").rows()).hasSize(2 * 4 + 2);
        assertThat(table(run, "spins").rows()).hasSize(4);
    }

    @Test
    void whatIsKeptIsWhatTheStatesAre() throws IOException {
        RunFolder run = run("kept", Map.of(), () -> false);
        Map<String, Tensor> kept = run.arrays("after-sigma-w2-1.5-seed-8").orElseThrow();
        // Layer 9 is beyond the depth and left out.
        assertThat(kept.keySet()).contains("input", MultilayerPerceptron.preActivation(0),
                MultilayerPerceptron.preActivation(1), MultilayerPerceptron.preActivation(3))
                .doesNotContain(MultilayerPerceptron.preActivation(2), MultilayerPerceptron.preActivation(4));
        Tensor states = IsingStates.generate(2, 1, 7).test().all().inputs().reshape(40, 784);
        assertThat(array(kept, SpinComparison.INPUT_MAGNETISATION).toDoubles()).usingComparatorWithPrecision(1e-6)
                .containsExactly(
                        states.sum(1).times(2.0 / 784).plus(Tensor.full(states.type(), -1, 40)).toDoubles());
        // The mean over inputs is what the metrics say.
        Tensor profiles = array(kept, Outcome.PROFILES);
        assertThat(profiles.shape().lengths()).containsExactly(8, 4);
        double mean = named(run, Measurements.NORMALISED).stream()
                .filter(m -> m.layer().equals("3") && m.epoch().orElseThrow() == 2 && Measurements.seed(m.in()) == 8)
                .mapToDouble(Metric::value).sum();
        assertThat(profiles.sum(0).times(1.0 / 8).toDoubles()[3]).isCloseTo(mean, within(1e-12));
    }

    @Test
    void trainingLowersTheErrorAndKeepsTheMagnetisation() throws IOException {
        RunFolder run = run("learning", Map.of("epochs", "20"), () -> false);
        List<Double> losses = named(run, Outcome.TEST_LOSS).stream().map(Metric::value).toList();
        Tensor states = IsingStates.generate(2, 1, 7).test().all().inputs().reshape(40, 784);
        // What the best picture that is always the same would reach.
        double constant = states.minus(states.sum(0).times(1.0 / 40)).square().mean().item();
        assertThat(losses.getFirst()).isGreaterThan(constant);
        assertThat(losses.getLast()).isLessThan(constant);
        // Without any relation, 40 states reach a correlation of 0.5 once in a thousand times.
        assertThat(named(run, SpinComparison.MAGNETISATION).getLast().value()).isGreaterThan(0.5);
    }

    @Test
    void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws IOException {
        Machine.setThreads(1);
        run("one", Map.of(), () -> false);
        Machine.setThreads(3);
        run("three", Map.of(), () -> false);
        for (String file : List.of("metrics.csv", "arrays/after-sigma-w2-1.5-seed-8.npz",
                "figures/relative-entropy-by-depth.svg")) {
            assertThat(folder.resolve("three").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
        }
    }

    @Test
    void imagesHaveNoSpins() throws IOException {
        RunFolder run = run("digits", Map.of("data", "digits"), () -> false);
        assertThat(figures(run)).contains("reconstructions-sigma-w2-1-5", "relative-entropy-by-depth")
                .doesNotContain("relative-entropy-by-input").noneMatch(id -> id.startsWith("magnetisation"));
        assertThat(named(run, SpinComparison.AGREEMENT)).isEmpty();
    }

    @Test
    void aBottleneckHasNoRelativeEntropyAndACodeToLookAt() throws IOException {
        RunFolder run = run("bottleneck", Map.of("latent", "2", "hidden-layers", "3"), () -> false);
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(named(run, Measurements.VALUE)).isEmpty();
        assertThat(findings(run)).contains("layer 1 has 2 neurons, layer 0 has 20", "needs equal widths",
                "The code is what hidden layer 1 gives out (the first is 0), 2 numbers");
        assertThat(figures(run)).contains("reconstructions-sigma-w2-1-5", "codes-sigma-w2-1-5",
                "magnetisation-and-energy-sigma-w2-1-5").doesNotContain("relative-entropy-by-depth");
        assertThat(array(run.arrays("after-sigma-w2-1.5-seed-7").orElseThrow(), Outcome.CODE).shape().lengths())
                .containsExactly(40, 2);
    }

    @Test
    void aCodeAsWideAsTheOtherLayersIsNoBottleneck() throws IOException {
        assertThat(named(run("wide", Map.of("latent", "20"), () -> false), Measurements.VALUE))
                .isNotEmpty();
    }

    @Test
    void networksThatDivergeAreNamedAndTheOthersGoOn() throws IOException {
        // Without an activation a signal grows by σ_w² a layer: 1000^14 is beyond float32 before any training.
        RunFolder run = run("diverging", Map.of("activation", "identity", "output-activation", "identity",
                "hidden-layers", "13", "sigma-w2", "1000,1"), () -> false);
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(named(run, Outcome.DIVERGED)).hasSize(2)
                .allMatch(metric -> metric.in().get("sigma-w2").equals("1000") && metric.epoch().orElseThrow() == 0);
        assertThat(named(run, Measurements.VALUE)).hasSize(2 * 2 * 13)
                .allMatch(metric -> metric.in().get("sigma-w2").equals("1"));
        assertThat(findings(run)).contains("Diverged", "σ_w² = 1000, seed 7 (finished epochs: 0)",
                "σ_w² = 1000, seed 8");
        assertThat(figures(run)).contains("relative-entropy-by-depth");
    }

    @Test
    void divergingInTrainingLeavesWhatWasMeasuredBefore() throws IOException {
        RunFolder run = run("flying", Map.of("activation", "identity", "output-activation", "identity",
                "learning-rate", "1e30"), () -> false);
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(named(run, Outcome.DIVERGED)).hasSize(2);
        assertThat(named(run, Measurements.VALUE)).hasSize(2 * 4);
        assertThat(run.arrays("after-sigma-w2-1.5-seed-7")).isEmpty();
        assertThat(figures(run)).contains("relative-entropy-by-depth", "reconstructions-sigma-w2-1-5")
                .doesNotContain("after-minus-before", "reconstruction-error");
    }

    @Test
    void withoutTrainingThereIsNoAfter() throws IOException {
        RunFolder run = run("random", Map.of("epochs", "0"), () -> false);
        assertThat(named(run, Measurements.VALUE)).hasSize(2 * 4);
        assertThat(figures(run)).contains("relative-entropy-by-depth").doesNotContain("after-minus-before");
        assertThat(table(run, "spins").rows()).hasSize(1);
    }

    @Test
    void oneHiddenLayerHasNoPeakToLookFor() throws IOException {
        RunFolder run = run("shallow", Map.of("hidden-layers", "1"), () -> false);
        assertThat(findings(run)).contains("at least three hidden layers");
    }

    @Test
    void anInterruptedRunGoesOnToTheSameNumbers() throws IOException {
        run("whole", Map.of(), () -> false);
        Machine.setThreads(1);
        AtomicInteger asked = new AtomicInteger();
        // A network asks once before it begins and after each of its eight steps; the second is stopped.
        RunFolder stopped = run("stopped", Map.of(), () -> asked.incrementAndGet() > 13);
        assertThat(stopped.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(stopped.arrays("after-sigma-w2-1.5-seed-7")).isPresent();
        assertThat(stopped.arrays("before-sigma-w2-1.5-seed-8")).isEmpty();
        StudyRunner.draw(STUDY, RunFolder.open(stopped.path()));
        assertThat(Files.readString(stopped.report())).contains("interrupted");
        StudyRunner.resume(STUDY, stopped.path(), folder, Duration.ofHours(1), Progress.SILENT, () -> false);
        assertThat(folder.resolve("stopped/metrics.csv")).hasSameBinaryContentAs(folder.resolve("whole/metrics.csv"));
    }

    @Test
    void interruptedBeforeAnythingWasMeasuredItSaysSo() throws IOException {
        RunFolder run = run("nothing", Map.of(), () -> true);
        assertThat(run.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        StudyRunner.draw(STUDY, RunFolder.open(run.path()));
        assertThat(run.report()).isNotEmptyFile();
    }

    @Test
    void aRunKilledBetweenAnyTwoRowsCanBeDrawn() throws IOException {
        RunFolder run = run("killed", Map.of(), () -> false);
        Path metrics = run.path().resolve("metrics.csv");
        List<String> lines = Files.readAllLines(metrics);
        for (int kept : new int[]{2, 4, 20, 40, 60, lines.size() / 2, lines.size() / 2 + 20, lines.size() - 12}) {
            Files.write(metrics, lines.subList(0, kept));
            assertThat(sections(RunFolder.open(run.path()))).as(kept + " rows").isNotEmpty();
        }
        Files.delete(run.path().resolve("arrays/before-sigma-w2-1.5-seed-7.npz"));
        assertThat(sections(RunFolder.open(run.path()))).as("arrays not yet written").isNotEmpty();
    }

    @Test
    void wrongSettingsAreNamedAndLeaveNoFolder() {
        assertThatThrownBy(() -> run("twice", Map.of("sigma-w2", "2,2"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("sigma-w2=2,2");
        assertThatThrownBy(() -> run("narrow", Map.of("width", "7"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("width=7");
        assertThatThrownBy(() -> run("probed", Map.of("probed-inputs", "41"), () -> false))
                .hasMessageContaining("probed-inputs=41").hasMessageContaining("at most 40");
        assertThatThrownBy(() -> run("missing", Map.of("data", "mnist"), () -> false))
                .hasMessageContaining("train-images").hasMessageContaining("data fetch mnist");
        assertThatThrownBy(() -> run("few", Map.of("data", "digits", "test-samples", "2001"), () -> false))
                .hasMessageContaining("2001");
        for (String name : List.of("twice", "narrow", "probed", "missing", "few")) {
            assertThat(folder.resolve(name)).doesNotExist();
        }
    }

    @Test
    void progressNeverGoesBack() throws IOException {
        AtomicInteger last = new AtomicInteger();
        Progress progress = (phase, done, total, unit, message) -> {
            if (unit.equals("epochs")) {
                assertThat((int) done).isGreaterThanOrEqualTo(last.get()).isLessThanOrEqualTo((int) total);
                last.set((int) done);
            }
        };
        StudyRunner.execute(STUDY, new RunRequest(Settings.of(STUDY.settings(), SMALL), 7, OptionalInt.of(1), folder,
                folder.resolve("progress")), progress, () -> false);
        assertThat(last).hasValue(2);
    }
}
