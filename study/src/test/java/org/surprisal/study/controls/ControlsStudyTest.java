package org.surprisal.study.controls;

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
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.information.RelativeEntropy;
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
import org.surprisal.study.controls.Readings.Network;
import org.surprisal.study.depth.Stage;

/// The study as a whole, on three layers of 784 neurons that hardly train.
class ControlsStudyTest {
    private static final Study STUDY = new ControlsStudy();
    private static final Map<String, String> SMALL = Map.ofEntries(Map.entry("depth", "4"),
            Map.entry("tail-widths", "10"), Map.entry("sigma-w2", "1.5,2.5"), Map.entry("train-samples", "128"),
            Map.entry("batch", "64"), Map.entry("epochs", "1"), Map.entry("mc-samples", "10"),
            Map.entry("probed-inputs", "3"), Map.entry("shown-inputs", "40"), Map.entry("neurons", "12"));

    @TempDir
    private static Path shared;
    private static RunFolder whole;

    @TempDir
    private Path folder;

    @BeforeAll
    static void runOnce() throws IOException {
        whole = run(shared, "whole", Map.of(), () -> false);
    }

    private RunFolder run(String name, Map<String, String> changes, BooleanSupplier interruption) throws IOException {
        return run(folder, name, changes, interruption);
    }

    private static RunFolder run(Path folder, String name, Map<String, String> changes, BooleanSupplier interruption)
            throws IOException {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.putAll(changes);
        return StudyRunner.execute(STUDY, new RunRequest(Settings.of(STUDY.settings(), settings), 7, OptionalInt.of(2),
                folder, folder.resolve(name)), Progress.SILENT, interruption);
    }

    private static String findings(RunFolder run) throws IOException {
        return STUDY.draw(run).sections().stream().map(Section::paragraphs).flatMap(List::stream)
                .collect(Collectors.joining("\n"));
    }

    private static List<String> figures(RunFolder run) throws IOException {
        return STUDY.draw(run).sections().stream().map(Section::figures).flatMap(List::stream).map(Figure::id)
                .toList();
    }

    @Test
    void aRunLeavesEveryNumberFigureAndTheReport() throws IOException {
        RunFolder run = whole;

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        List<Metric> metrics = run.metrics();
        // 2 variances x 2 seeds x before and after x 4 kinds x layers 0 to 2, and the input
        assertThat(metrics).filteredOn(m -> m.name().equals(Measured.FROM_FIRST)).hasSize(2 * 2 * 2 * 4 * 3);
        assertThat(metrics).filteredOn(m -> m.name().equals(Measured.FROM_INPUT)).hasSize(2 * 2 * 2 * 4 * 4)
                .filteredOn(m -> m.layer().equals(Integer.toString(RelativeEntropy.INPUT)))
                .allMatch(m -> m.value() == 0).hasSize(32);
        for (FinerMeasure measure : FinerMeasure.values()) {
            // four kinds against noise before and after, two of them after against before
            assertThat(metrics).filteredOn(m -> m.name().equals(measure.metric())).as(measure.label())
                    .hasSize(2 * 2 * 3 * (4 + 4 + 2));
        }
        assertThat(figures(run)).containsExactly("from-the-input", "network-and-data", "images-from-noise",
                "from-the-first-layer");
        for (String figure : figures(run)) {
            assertThat(run.figures().resolve(figure + ".png")).isNotEmptyFile();
        }
        assertThat(findings(run)).contains("No network diverged").contains("Before training the data have no part")
                .containsPattern("(HELD|UNDECIDED) at σ_w² = 1.5: ");
    }

    @Test
    void theDataPartIsTheDifferenceOnTheSameWeights() throws IOException {
        Readings readings = Readings.read(whole);
        Network network = new Network(2.5, 8);

        double[] part = new Findings(readings).dataPart(network, Stimulus.IMAGES, Stage.AFTER);

        double images = value(whole, "input=images", 2);
        double noise = value(whole, "input=noise", 2);
        assertThat(part[2]).isCloseTo(images - noise, within(1e-15));
        assertThat(part[0]).isZero();
        assertThat(readings.networks(2.5, Stage.AFTER)).containsExactly(new Network(2.5, 7), network);
    }

    private static double value(RunFolder run, String input, int layer) throws IOException {
        return run.metrics().stream()
                .filter(m -> m.name().equals(Measured.FROM_FIRST) && m.layer().equals(Integer.toString(layer))
                        && m.epoch().orElseThrow() == 1 && m.in().toString().equals("sigma-w2=2.5 seed=8 " + input))
                .mapToDouble(Metric::value).sum();
    }

    @Test
    void aRunThatIsStoppedAndResumedGivesTheSameBytes() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        // In the training of the third network.
        RunFolder stopped = run("stopped", Map.of(), () -> asked.incrementAndGet() > 11);
        assertThat(stopped.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        StudyRunner.draw(STUDY, RunFolder.open(stopped.path()));
        assertThat(Files.readString(stopped.report())).contains("interrupted");

        StudyRunner.resume(STUDY, stopped.path(), folder, Duration.ZERO, Progress.SILENT, () -> false);
        assertThat(folder.resolve("stopped/metrics.csv")).hasSameBinaryContentAs(shared.resolve("whole/metrics.csv"));
    }

    @Test
    void withoutTrainingThereIsNoAfterAndOneSeedDecidesNothing() throws IOException {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.put("epochs", "0");
        RunFolder run = StudyRunner.execute(STUDY, new RunRequest(Settings.of(STUDY.settings(), settings), 7,
                OptionalInt.of(1), folder, folder.resolve("random")), Progress.SILENT, () -> false);

        assertThat(Readings.read(run).networks(1.5, Stage.AFTER)).isEmpty();
        assertThat(findings(run)).contains("(one seed)").contains("no network to judge it by").contains("UNDECIDED")
                .doesNotContain("NOT HELD").doesNotContain("– HELD");
        assertThat(figures(run)).hasSize(4);
    }

    @Test
    void networksThatDivergeAreNamedAndLeftOut() throws IOException {
        RunFolder run = run("diverging", Map.of("activation", "identity", "output-activation", "identity",
                "learning-rate", "1e20", "sigma-w2", "1.5"), () -> false);

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(findings(run))
                .contains("Diverged in training, and left out: sigma-w2=1.5 seed=7; sigma-w2=1.5 seed=8")
                .contains("no network that was measured and did not diverge");
        assertThat(figures(run)).isEmpty();
    }

    @Test
    void interruptedBeforeAnythingWasMeasuredItSaysSo() throws IOException {
        RunFolder run = run("nothing", Map.of(), () -> true);
        StudyRunner.draw(STUDY, RunFolder.open(run.path()));
        assertThat(run.report()).isNotEmptyFile();
    }

    @Test
    void aRunKilledBetweenAnyTwoRowsCanBeDrawn() throws IOException {
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Files.copy(whole.path().resolve("run.json"), killed.resolve("run.json"));
        Path metrics = killed.resolve("metrics.csv");
        List<String> lines = Files.readAllLines(whole.path().resolve("metrics.csv"));
        for (int kept : new int[]{1, 2, 40, lines.size() / 4, lines.size() / 2, lines.size() - 20}) {
            Files.write(metrics, lines.subList(0, kept));
            assertThat(STUDY.draw(RunFolder.open(killed)).sections()).as(kept + " rows").isNotEmpty();
        }
    }

    @Test
    void wrongSettingsAreNamed() {
        refused("width", "700", "must be 784, the pixels of digits");
        refused("shown-inputs", "1001", "must be at most 1000, half the test images");
        refused("probed-inputs", "41", "must be at most 40, the shown inputs");
        refused("neurons", "785", "must be at most 784, the neurons of a layer");
        refused("components", "13", "must be at most the neurons (12)");
        refused("neighbours", "40", "must be less than 40, the shown inputs");
        refused("sigma-w2", "2,2", "different numbers");
        refused("tail-widths", "7", "widths that end with 10");
        assertThat(folder).isEmptyDirectory();
    }

    private void refused(String key, String value, String message) {
        assertThatThrownBy(() -> run("refused", Map.of(key, value), () -> false)).isInstanceOf(SettingException.class)
                .hasMessageContaining(key + "=" + value).hasMessageContaining(message);
    }
}
