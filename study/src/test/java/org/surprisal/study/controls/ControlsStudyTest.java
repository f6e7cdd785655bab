package org.surprisal.study.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.report.Figure;
import org.surprisal.report.Judged;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Verdict;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;
import org.surprisal.study.engine.Unpainted;

/// The study as a whole, on three layers of 784 neurons that hardly train.
class ControlsStudyTest {
    private static final Study STUDY = new ControlsStudy();
    private static final Map<String, String> SMALL = Map.ofEntries(Map.entry("depth", "4"),
            Map.entry("tail-widths", "10"), Map.entry("sigma-w2", "1.5"), Map.entry("train-samples", "128"),
            Map.entry("batch", "64"), Map.entry("epochs", "1"), Map.entry("mc-samples", "10"),
            Map.entry("probed-inputs", "3"), Map.entry("shown-inputs", "40"), Map.entry("neurons", "12"));

    @TempDir
    private Path folder;

    private RunFolder run(int seeds, Map<String, String> changes) throws IOException {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.putAll(changes);
        return StudyRunner.execute(Unpainted.of(STUDY),
                new RunRequest(Settings.of(STUDY.settings(), settings), 7,
                        OptionalInt.of(seeds), folder, folder.resolve("run")),
                Progress.SILENT, () -> false);
    }

    private static String words(RunFolder run) throws IOException {
        return StudyRunner.report(STUDY, run).sections().stream().map(Section::paragraphs).flatMap(List::stream)
                .collect(Collectors.joining("\n"));
    }

    private static List<String> figures(RunFolder run) throws IOException {
        return StudyRunner.report(STUDY, run).sections().stream().map(Section::figures).flatMap(List::stream)
                .map(Figure::id).toList();
    }

    private static List<String> rows(RunFolder run, String words) throws IOException {
        return Files.readAllLines(run.path().resolve("metrics.csv")).stream().filter(line -> line.contains(words))
                .toList();
    }

    @Test
    void aRunLeavesEveryNumberAndFigure() throws IOException {
        RunFolder run = run(2, Map.of());

        // Two seeds, before and after, four kinds, layers 0 to 2, and the input.
        assertThat(rows(run, ",relative-entropy-from-first-pass,")).hasSize(2 * 2 * 4 * 3);
        assertThat(rows(run, ",relative-entropy-from-input,")).hasSize(2 * 2 * 4 * 4);
        assertThat(rows(run, "-1,images,relative-entropy-from-input,")).hasSize(4)
                .allMatch(row -> row.endsWith(",0.0,1"));
        for (FinerMeasure measure : FinerMeasure.values()) {
            // Four kinds against noise before and after, two of them after against before.
            assertThat(rows(run, "," + measure.quantity().name() + ",")).as(measure.label())
                    .hasSize(2 * 3 * (4 + 4 + 2));
        }
        assertThat(figures(run)).containsExactly("from-the-input", "network-and-data", "images-from-noise",
                "from-the-first-layer");
        assertThat(words(run)).contains("No network diverged");
        Report report = StudyRunner.report(STUDY, run);
        assertThat(report.verdicts()).extracting(Judged::claim).asString().contains("Before training the data have");
        assertThat(report.found()).hasSize(3).first().asString().contains("the same on images as on noise");
    }

    @Test
    void withoutTrainingThereIsNoAfterAndOneSeedDecidesNothing() throws IOException {
        RunFolder run = run(1, Map.of("epochs", "0", "stimuli", "images,noise"));
        assertThat(rows(run, ",after,")).isEmpty();
        Report report = StudyRunner.report(STUDY, run);
        assertThat(report.found()).last()
                .isEqualTo("One seed decides nothing, so every claim is undecided; run with `--seeds 5` for verdicts.");
        assertThat(report.verdicts()).extracting(Judged::verdict).containsOnly(Verdict.UNDECIDED);
        assertThat(report.verdicts()).anyMatch(judged -> judged.cases().isEmpty());
        assertThat(figures(run)).hasSize(4);
    }

    @Test
    void networksThatDivergeAreNamed() throws IOException {
        RunFolder run = run(2,
                Map.of("activation", "identity", "output-activation", "identity", "learning-rate", "1e20",
                        "stimuli", "noise"));
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(words(run)).contains("Diverged, and without numbers from then on: σ_w² = 1.5, seed 7;"
                + " σ_w² = 1.5, seed 8");
        assertThat(rows(run, ",after,")).isEmpty();
    }

    @Test
    void wrongSettingsAreNamed() {
        refused("width", "700", "must be 784, the pixels of digits");
        refused("shown-inputs", "1001", "must be at most 1000, half the test images");
        refused("probed-inputs", "41", "must be at most 40, the shown inputs");
        refused("neurons", "785", "must be at most 784, the neurons of a layer");
        refused("components", "13", "must be at most the neurons (12)");
        refused("neighbours", "40", "must be less than 40, the shown inputs");
        refused("tail-widths", "7", "widths that end with 10");
        refused("stimuli", "images,sounds", "must be some of images, permuted, shuffled, noise, other-noise");
        assertThat(folder).isEmptyDirectory();
    }

    private void refused(String key, String value, String message) {
        assertThatThrownBy(() -> run(2, Map.of(key, value))).isInstanceOf(SettingException.class)
                .hasMessageContaining(key + "=" + value).hasMessageContaining(message);
    }
}
