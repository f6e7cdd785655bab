package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;

/// Initialisations that leave the finite numbers are refused with their place.
class InitialWeightsTest {
    private static final String EXPERIMENT = """
            data: {csv: open.csv, target: b, task: classification, split: {PART: 0.25}}
            network: [{linear: 3}, {linear: 4}, {linear: 2}]
            initialisation: {RULE}
            loss: cross-entropy
            optimiser: {sgd: 0.01}
            training: {epochs: 1, precision: PRECISION}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeTable() throws IOException {
        Files.writeString(folder.resolve("open.csv"), "a,b\n" + "5,0\n6,1\n7,0\n8,1\n".repeat(10));
    }

    private RunFolder run(String part, String rule, String precision, Progress progress) throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), EXPERIMENT.replace("PART", part)
                .replace("RULE", rule).replace("PRECISION", precision));
        Study study = new ExperimentStudy();
        return StudyRunner.execute(study, new RunRequest(
                Settings.of(study.settings(), Map.of("file", file.toString())), 1, OptionalInt.empty(),
                folder.resolve("data"), folder.resolve("run"), false, Duration.ofDays(1), OptionalInt.empty()),
                progress, () -> false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian: {sigma-w2: 1e308}", "constant: {value: 1e39}",
            "variance-scaling: {scale: 1e80}", "orthogonal: {gain: 1e300}"})
    void initialWeightsThatAreNotFiniteAreRefusedWithTheirLine(String rule) {
        assertThatThrownBy(() -> run("test", rule, "float32", Progress.SILENT)).hasMessage(folder.resolve("my.yaml")
                + ", line 3: initialisation: 'linear0.weight' starts with a number that is not finite as float32: start"
                + " with smaller weights");
    }

    /// Weights of about 1e110: the third layer's outputs are of about 1e330.
    @ParameterizedTest
    @ValueSource(strings = {"test", "validation"})
    void lossThatIsNotFiniteBeforeTrainingIsAResultThatNamesTheFirstLayer(String part) throws IOException {
        List<String> told = new ArrayList<>();
        RunFolder run = run(part, "gaussian: {sigma-w2: 1e220}", "float64",
                (phase, finished, total, unit, message) -> told.add(phase));
        assertThat(told).contains("seed 1 diverged, which is its result: the " + part
                + " loss before training is NaN; first seen in the output of 'linear2': start with smaller weights, use"
                + " a smaller learning rate or 64-bit numbers");
        assertThat(Files.readString(run.report())).contains("1 of 1 trainings diverged");
    }
}
