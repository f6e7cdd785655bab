package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.format.Npz;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.report.Figure;
import org.surprisal.report.Judged;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.dataset.IsingStates;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;
import org.surprisal.study.engine.Unpainted;
import org.surprisal.tensor.Tensor;

/// The study as a whole, on small networks.
class AutoencoderStudyTest {
    private static final Study STUDY = new AutoencoderStudy();
    private static final Map<String, String> SMALL = Map.ofEntries(Map.entry("hidden-layers", "4"),
            Map.entry("width", "20"), Map.entry("sigma-w2", "1.5"), Map.entry("train-samples", "80"),
            Map.entry("test-samples", "40"), Map.entry("epochs", "2"), Map.entry("batch", "20"),
            Map.entry("mc-samples", "20"), Map.entry("probed-inputs", "8"),
            Map.entry("distribution-layers", "1,3,9"), Map.entry("learning-rate", "0.003"));

    @TempDir
    private Path folder;

    private RunFolder run(Map<String, String> changes) throws IOException {
        return run(Unpainted.of(STUDY), changes);
    }

    private RunFolder run(Study study, Map<String, String> changes) throws IOException {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.putAll(changes);
        return StudyRunner.execute(study, new RunRequest(Settings.of(STUDY.settings(), settings), 7, OptionalInt.of(2),
                folder, folder.resolve("run")), Progress.SILENT, () -> false);
    }

    private static List<Section> sections(RunFolder run) throws IOException {
        return StudyRunner.report(STUDY, run).sections();
    }

    private static List<String> figures(RunFolder run) throws IOException {
        return sections(run).stream().flatMap(section -> section.figures().stream()).map(Figure::id).toList();
    }

    private static String words(RunFolder run) throws IOException {
        return sections(run).stream().flatMap(section -> section.paragraphs().stream())
                .collect(Collectors.joining("\n"));
    }

    private static Table table(RunFolder run, String id) throws IOException {
        return sections(run).stream().flatMap(section -> section.tables().stream())
                .filter(table -> table.id().equals(id)).findFirst().orElseThrow();
    }

    /// The values of a quantity, in the order of metrics.csv.
    private static List<Double> values(RunFolder run, String quantity) throws IOException {
        return Files.readAllLines(run.path().resolve("metrics.csv")).stream().map(line -> line.split(",", -1))
                .filter(cells -> cells[cells.length - 3].equals(quantity))
                .map(cells -> Double.valueOf(cells[cells.length - 2])).toList();
    }

    private static Path arrays(RunFolder run, String stage, int seed) {
        return run.path().resolve("trials/sigma-w2=1.5,seed=" + seed + "/arrays/" + stage + ".npz");
    }

    @Test
    void aRunLeavesEveryNumberAndFigure() throws IOException {
        RunFolder run = run(Map.of("sigma-w2", "1.5,1.75"));

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        // Two variances, two seeds, before and after, layers 0 to 3: the last forward pass is left out.
        assertThat(values(run, "relative-entropy")).hasSize(2 * 2 * 2 * 4);
        assertThat(values(run, "train-loss")).hasSize(2 * 2 * 2);
        assertThat(values(run, "test-loss")).hasSize(2 * 2 * 3);
        assertThat(values(run, "spin-agreement")).hasSize(2 * 2 * 2);
        assertThat(figures(run)).containsExactly("relative-entropy-by-depth", "after-minus-before",
                "relative-entropy-by-input", "reconstructions-sigma-w2-1-5", "magnetisation-and-energy-sigma-w2-1-5",
                "state-by-state-sigma-w2-1-5", "reconstructions-sigma-w2-1-75",
                "magnetisation-and-energy-sigma-w2-1-75", "state-by-state-sigma-w2-1-75", "reconstruction-error",
                "gaussianity-by-depth", "layer-distributions", "mean-field-check", "reference-code-form");
        assertThat(StudyRunner.report(STUDY, run).verdicts()).extracting(Judged::claim).asString()
                .contains("rises to a peak", "flatter after training", "lower after training");
        assertThat(words(run)).contains("No network diverged", "nothing but the majority spin");
        assertThat(table(run, "spins").rows()).hasSize(4);
    }

    @Test
    void whatIsKeptIsWhatTheStatesAreAndEachSeedDrawsItsOwn() throws IOException {
        RunFolder run = run(Map.of());
        SequencedMap<String, Tensor> kept = Npz.readAll(arrays(run, "after", 7));
        // Layer 9 is beyond the depth and left out.
        assertThat(kept.keySet()).contains("input", MultilayerPerceptron.preActivation(0),
                MultilayerPerceptron.preActivation(1), MultilayerPerceptron.preActivation(3))
                .doesNotContain(MultilayerPerceptron.preActivation(2), MultilayerPerceptron.preActivation(4));
        for (int seed : new int[]{7, 8}) {
            Tensor states = IsingStates.generate(2, 1, seed).test().all().inputs().reshape(40, 784);
            assertThat(Objects.requireNonNull(
                    Npz.readAll(arrays(run, "after", seed)).get(SpinComparison.INPUT_MAGNETISATION)).toDoubles())
                    .usingComparatorWithPrecision(1e-6).containsExactly(
                            Arrays.stream(states.sum(1).toDoubles()).map(up -> 2 * up / 784 - 1).toArray());
        }
    }

    @Test
    void trainingLowersTheErrorAndKeepsTheMagnetisation() throws IOException {
        RunFolder run = run(Map.of("epochs", "20"));
        List<Double> losses = values(run, "test-loss");
        Tensor states = IsingStates.generate(2, 1, 8).test().all().inputs().reshape(40, 784);
        // What the best picture that is always the same would reach.
        double constant = states.minus(states.sum(0).times(1.0 / 40)).square().mean().item();
        assertThat(losses.getFirst()).isGreaterThan(constant);
        assertThat(losses.getLast()).isLessThan(constant);
        // Without any relation, 40 states reach a correlation of 0.5 once in a thousand times.
        assertThat(values(run, "magnetisation-correlation").getLast()).isGreaterThan(0.5);
    }

    @Test
    void imagesHaveNoSpins() throws IOException {
        RunFolder run = run(Map.of("data", "digits"));
        assertThat(figures(run)).contains("reconstructions-sigma-w2-1-5", "relative-entropy-by-depth")
                .doesNotContain("relative-entropy-by-input").noneMatch(id -> id.startsWith("magnetisation"));
        assertThat(values(run, "spin-agreement")).isEmpty();
    }

    @Test
    void aBottleneckHasNoRelativeEntropyAndACodeToLookAt() throws IOException {
        RunFolder run = run(STUDY, Map.of("latent", "2", "hidden-layers", "3"));
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(values(run, "relative-entropy")).isEmpty();
        assertThat(words(run)).contains("equal widths: the hidden layers have 20, 2 and 20 neurons",
                "The code is what hidden layer 1 gives out (the first is 0), 2 numbers");
        assertThat(figures(run)).contains("reconstructions-sigma-w2-1-5", "codes-sigma-w2-1-5",
                "magnetisation-and-energy-sigma-w2-1-5").doesNotContain("relative-entropy-by-depth");
    }

    @Test
    void networksThatDivergeAreNamedAndTheOthersGoOn() throws IOException {
        // Without an activation a signal grows by σ_w² a layer: 1000^14 is beyond float32 before any training.
        // Its numbers are painted too, because they are far from each other.
        RunFolder run = run(STUDY, Map.of("activation", "identity", "output-activation", "identity", "hidden-layers",
                "13", "sigma-w2", "1000,1"));
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(values(run, "diverged")).hasSize(2);
        assertThat(values(run, "relative-entropy")).hasSize(2 * 2 * 13);
        assertThat(words(run)).contains("Diverged", "σ_w² = 1000, seed 7; σ_w² = 1000, seed 8");
        assertThat(figures(run)).contains("relative-entropy-by-depth");
    }

    @Test
    void divergingInTrainingLeavesWhatWasMeasuredBefore() throws IOException {
        RunFolder run = run(Map.of("activation", "identity", "output-activation", "identity", "learning-rate", "1e30"));
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(values(run, "diverged")).hasSize(2);
        assertThat(values(run, "relative-entropy")).hasSize(2 * 4);
        assertThat(arrays(run, "after", 7)).doesNotExist();
        assertThat(figures(run)).contains("relative-entropy-by-depth", "reconstructions-sigma-w2-1-5")
                .doesNotContain("after-minus-before", "reconstruction-error");
    }

    @Test
    void withoutTrainingAndPeak() throws IOException {
        RunFolder run = run(Map.of("epochs", "0", "hidden-layers", "1"));
        assertThat(values(run, "relative-entropy")).hasSize(2);
        assertThat(figures(run)).contains("relative-entropy-by-depth").doesNotContain("after-minus-before");
        assertThat(table(run, "spins").rows()).hasSize(1);
        assertThat(words(run)).contains("at least three hidden layers");
    }

    @Test
    void wrongSettingsAreNamedAndLeaveNoFolder() {
        refused(Map.of("width", "7"), "width=7");
        refused(Map.of("probed-inputs", "41"), "at most 40");
        refused(Map.of("data", "mnist"), "data fetch mnist");
        refused(Map.of("data", "digits", "test-samples", "2001"), "2001");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    private void refused(Map<String, String> changes, String words) {
        assertThatThrownBy(() -> run(changes)).hasMessageContaining(words);
    }
}
