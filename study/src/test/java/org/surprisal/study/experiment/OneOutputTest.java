package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;

/// Networks of one output for two classes.
class OneOutputTest {
    private static final String EXPERIMENT = """
            data: {csv: flowers.csv, target: species, classes: [setosa, virginica], split: {test: 0.25},
              normalise: standard}
            network: [{linear: 1}]
            loss: LOSS
            optimiser: {adam: 0.1}
            training: {epochs: 40, batch-size: 16}
            metrics: [precision, positive-recall, positive-f1, roc-auc, average-precision, equal-error-rate]
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void usersFiles() throws IOException {
        UserFiles.table(folder.resolve("flowers.csv"));
    }

    private RunFolder run(String loss, String out) throws IOException {
        return run(Files.writeString(folder.resolve("my.yaml"), EXPERIMENT.replace("LOSS", loss)), out);
    }

    private RunFolder run(Path file, String out) throws IOException {
        Study study = new ExperimentStudy();
        return StudyRunner.execute(study, new RunRequest(
                Settings.of(study.settings(), Map.of("file", file.toString())), 1, OptionalInt.of(1),
                folder.resolve("data"), folder.resolve(out)), Progress.SILENT, () -> false);
    }

    private static double last(RunFolder run, String name) throws IOException {
        return UserFiles.numbers(run, name).getLast();
    }

    /// The clouds are 3 sqrt(2) apart, which is 6 of their standard deviations.
    @ParameterizedTest
    @ValueSource(strings = {"binary-cross-entropy", "mean-squared-error", "half-squared-error: {threshold: 0.5}"})
    void oneOutputTellsTwoClassesApart(String loss) throws IOException {
        RunFolder run = run(loss.contains(":") ? "{" + loss + "}" : loss, "run");
        assertThat(last(run, "test-accuracy")).isGreaterThan(0.9);
        assertThat(last(run, "train-accuracy")).isGreaterThan(0.9);
        assertThat(last(run, "test-roc-auc")).isGreaterThan(0.95);
        assertThat(last(run, "test-average-precision")).isGreaterThan(0.95);
        assertThat(last(run, "test-equal-error-rate")).isLessThan(0.1);
        assertThat(last(run, "test-positive-f1")).isGreaterThan(0.9);
    }

    @Test
    void documentedExampleRuns() throws IOException {
        Matcher example = Pattern.compile("```yaml\n# one-output.yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "experiments.md")));
        assertThat(example.find()).isTrue();
        assertThat(last(run(Files.writeString(folder.resolve("my.yaml"), example.group(1)), "run"),
                "test-positive-recall")).isGreaterThan(0.9);
    }

    /// At a threshold that no probability reaches every sample is given the first class, that of half of them.
    @Test
    void thresholdMovesTheDecisionAndNotTheCurve() throws IOException {
        RunFolder middle = run("{binary-cross-entropy: {threshold: 0.5}}", "middle");
        RunFolder high = run("{binary-cross-entropy: {threshold: 0.9999999999999}}", "high");
        assertThat(last(high, "test-accuracy")).isEqualTo(0.5);
        assertThat(last(high, "test-positive-recall")).isZero();
        assertThat(last(middle, "test-positive-recall")).isGreaterThan(0.9);
        assertThat(last(high, "test-roc-auc")).isEqualTo(last(middle, "test-roc-auc"));
        assertThat(last(high, "test-loss")).isEqualTo(last(middle, "test-loss"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "loss: LOSS|loss: cross-entropy|line 3: network[0]: the last layer gives samples of shape (1), and 2"
                    + " classes need shape (2); one output needs the loss 'binary-cross-entropy' or a squared error",
            "linear: 1|linear: 3|line 3: network[0]: the last layer gives samples of shape (3), and 2 classes need"
                    + " shape (2) or (1)",
            "classes: [setosa, virginica], |''|line 3: network[0]: the last layer gives samples of shape (1), and 3"
                    + " classes need shape (3)",
            "loss: LOSS|loss: {binary-cross-entropy: {threshold: 1}}|line 4: loss.binary-cross-entropy.threshold is"
                    + " '1': must be a number above 0, at most 0.9999999999999999",
            "loss: LOSS|loss: {cross-entropy: {threshold: 0.3}}|line 4: loss.cross-entropy.threshold: there is no such"
                    + " key; there are no keys",
            "loss: LOSS|loss: {squared-eror: {threshold: 0.3}}|line 4: loss.squared-eror: there is no such loss; did"
                    + " you mean 'squared-error'?",
            "loss: LOSS|loss: {squared-error: , cross-entropy: }|line 4: loss must have one loss, one of cross-entropy,"
                    + " negative-log-likelihood, binary-cross-entropy, mean-squared-error, squared-error,"
                    + " half-squared-error"})
    void networkThatDoesNotFitIsAnsweredWithItsPlace(String right, String wrong, String answer) throws IOException {
        assertThat(EXPERIMENT).contains(right);
        Path file = Files.writeString(folder.resolve("my.yaml"),
                EXPERIMENT.replace(right, wrong).replace("LOSS", "binary-cross-entropy"));
        assertThatThrownBy(() -> ExperimentStudy.summary(file, Map.of(), folder, _ -> {
        })).isInstanceOf(SettingException.class).hasMessage(file + ", " + answer);
    }

    @Test
    void thresholdOfANetworkOfTwoOutputsIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), EXPERIMENT.replace("linear: 1", "linear: 2")
                .replace("LOSS", "{squared-error: {threshold: 0.3}}"));
        assertThatThrownBy(() -> ExperimentStudy.summary(file, Map.of(), folder, _ -> {
        })).hasMessage(file + ", line 4: loss.squared-error.threshold: a threshold belongs to a network of one output"
                + " for two classes, and this one has outputs of shape (2): leave it out");
    }
}
