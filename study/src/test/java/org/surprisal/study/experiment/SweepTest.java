package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Section;
import org.surprisal.report.Wording;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;

/// Experiments whose file, or command line, has several values: a trial for each.
class SweepTest {
    private static final String TEXT = """
            data: {csv: flowers.csv, target: species, split: {validation: 0.2, test: 0.2}}
            network: [{linear: 8}, relu, {linear: 3}]
            loss: cross-entropy
            optimiser: {adam: {learning-rate: 0.02}}
            training: {epochs: 3, batch-size: 16}
            """;
    private final Study study = new ExperimentStudy();

    @TempDir
    private Path folder;

    @BeforeEach
    void usersFiles() throws IOException {
        UserFiles.table(folder.resolve("flowers.csv"));
    }

    private RunFolder run(String text, Map<String, String> given, int seeds, String out) throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), text);
        return StudyRunner.execute(study, new RunRequest(
                Settings.of(study.settings(), ExperimentStudy.settings(file, given)), 1, OptionalInt.of(seeds),
                folder.resolve("data"), folder.resolve(out)), Progress.SILENT, () -> false);
    }

    /// The numbers of a trial do not depend on the values beside its own, nor on where they are given.
    @Test
    void eachValueHasTheNumbersThatItHasAlone() throws IOException {
        run(TEXT, Map.of("optimiser.adam.learning-rate", "0.02,0.002"), 2, "both");
        run(TEXT, Map.of(), 2, "alone");
        run(TEXT.replace("0.02}", "[0.002, 0.02]}"), Map.of(), 1, "file");
        for (int seed = 1; seed <= 2; seed++) {
            assertThat(folder.resolve("both/trials/learning-rate=0.02,seed=" + seed + "/rows.csv"))
                    .hasSameBinaryContentAs(folder.resolve("alone/trials/seed=" + seed + "/rows.csv"));
        }
        assertThat(folder.resolve("both/trials/learning-rate=0.002,seed=1/rows.csv"))
                .hasSameBinaryContentAs(folder.resolve("file/trials/learning-rate=0.002,seed=1/rows.csv"));
        assertThat(Files.readAllLines(folder.resolve("both/metrics.csv")).getFirst())
                .isEqualTo("learning-rate,seed,stage,epoch,step,layer,kind,quantity,value,unit");
    }

    /// The page, with spaces that break.
    private static String report(RunFolder run) throws IOException {
        return Files.readString(run.report()).replace('\u00a0', ' ');
    }

    /// A rate at which nothing is learnt loses by its validation samples; the test samples of the best alone are shown.
    @Test
    void theBestIsChosenByValidationSamplesAndJudgedOnTestSamples() throws IOException {
        RunFolder run = run(TEXT, Map.of("optimiser.adam.learning-rate", "1e-9,0.02", "training.epochs", "20"), 3,
                "run");
        String report = report(run);
        assertThat(report).contains("Of 2 combinations, learning rate = 0.02 does best on validation samples")
                .contains("On test samples, which had no part in the choice, it reaches a test accuracy of")
                .contains("After training, on test samples: learning rate = 0.02");
        assertThat(run.figures().resolve("result-by-learning-rate.png")).exists();
        RunFolder unwatched = run(TEXT.replace("validation: 0.2, ", ""),
                Map.of("optimiser.adam.learning-rate", "1e-9,0.02"), 1, "unwatched");
        List<Double> accuracies = UserFiles.numbers(unwatched, "test-accuracy");
        assertThat(StudyRunner.report(study, unwatched).found()).containsExactly(
                "After training, the test accuracy is lowest for learning rate = 1e-9, "
                        + Wording.alone(accuracies.get(4))
                        + ", and highest for learning rate = 0.02, " + Wording.alone(accuracies.getLast()) + ".",
                "There are no validation samples to choose by, so nothing is chosen: the best of several results on"
                        + " test samples is better than it would be on new ones.");
        assertThat(StudyRunner.report(study, unwatched).sections().stream().flatMap(section -> section.figures()
                .stream()).map(Figure::title)).contains("Test accuracy after training, by learning rate");
    }

    @Test
    void severalNetworksStandInOneReport() throws IOException {
        RunFolder run = run(TEXT.replace("network: [{linear: 8}, relu, {linear: 3}]", """
                networks:
                  deep: [{linear: 8}, relu, {linear: 3}]
                  flat: {network: [{linear: 3}], optimiser: {sgd: 0.1}}"""), Map.of(), 1, "run");
        assertThat(Files.readAllLines(run.path().resolve("network.txt"))).containsExactly(
                "network\tlayer\toutput\tparameters", "deep\tlinear0\t(8)\t40", "deep\trelu0\t(8)\t0",
                "deep\tlinear1\t(3)\t27", "flat\tlinear0\t(3)\t15");
        assertThat(report(run)).contains("Layers, deep", "Layers, flat");
        assertThat(run.path().resolve("trials/network=flat,seed=1/weights/trained.safetensors")).exists();
    }

    /// Each fold's test samples are the others' training samples, so all are judged once.
    @Test
    void foldsAreAFactorAndAreAveraged() throws IOException {
        RunFolder run = run(TEXT.replace("split: {validation: 0.2, test: 0.2}", "folds: 4"), Map.of(), 2, "run");
        assertThat(UserFiles.numbers(run, "test-accuracy")).hasSize(2 * 4 * (1 + 4));
        assertThat(report(run)).contains("Numbers are means over the folds.");
    }

    @Test
    void theSeedOfTheCommandLineTakesThePlaceOfTheFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), TEXT + "seed: 4\n");
        assertThat(ExperimentStudy.seed(file, Map.of())).hasValue(4);
        assertThat(ExperimentStudy.seed(file, Map.of("seed", "9"))).hasValue(9);
    }

    @Test
    void whatIsWrongWithOneOfTheValuesIsRefusedBeforeAnythingIsKept() {
        assertThatThrownBy(() -> run(TEXT, Map.of("optimiser.adam.learning-rate", "0.1,-1"), 1, "run"))
                .isInstanceOf(SettingException.class).hasMessage("--set optimiser.adam.learning-rate:"
                        + " optimiser.adam.learning-rate is '-1': must be a number above 0");
        assertThatThrownBy(() -> run(TEXT.replace("{linear: 3}]", "{linear: [3, 4]}]"), Map.of(), 1, "run"))
                .hasMessage(folder.resolve("my.yaml") + ", line 2: network[2]: the last layer gives samples of shape"
                        + " (4), and 3 classes need shape (3)");
        assertThatThrownBy(() -> run(TEXT.replace("split: {validation: 0.2, test: 0.2}", "folds: [2, 3]"), Map.of(), 1,
                "run")).hasMessage(folder.resolve("my.yaml") + ", line 1: data: 'folds' divides the samples into 3 here"
                        + " and into 2 with other values: all networks need the same number of folds");
        assertThatThrownBy(() -> run(TEXT + "metrics: [f1, precision, f1]\n", Map.of(), 1, "run"))
                .hasMessage(folder.resolve("my.yaml") + ", line 6: metrics[2] is 'f1', which stands above already: once"
                        + " is enough");
        assertThatThrownBy(() -> ExperimentStudy.settings(Path.of("my.yaml"), Map.of("title", "a; b")))
                .hasMessage("--set title=a; b: a value has no semicolon here: change the file");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /// A combination that loses a seed to divergence is not compared by its other seeds.
    @Test
    void combinationsWithDivergedTrainingsAreNotChosen() throws IOException {
        String text = TEXT.replace("cross-entropy", "mean-squared-error").replace("relu, ", "")
                .replace("species,", "species, normalise: standard,")
                .replace("{adam: {learning-rate: 0.02}}", "{sgd: {learning-rate: 0.01}}");
        String some = report(run(text, Map.of("optimiser.sgd.learning-rate", "0.01,1e30"), 2, "some"));
        assertThat(some).contains("Of all combinations, learning rate = 0.01 alone has no diverged training:",
                "On test samples, which had no part in the choice, it reaches", "2 of 4 trainings diverged",
                "After training, on test samples: learning rate = 0.01");
        String all = report(run(text, Map.of("optimiser.sgd.learning-rate", "1e29,1e30"), 2, "all"));
        assertThat(all).contains("With each combination a training diverged, so nothing is chosen.",
                "4 of 4 trainings diverged").doesNotContain("There are no validation samples");
    }

    /// Squared errors and halves of them are of one unit, and not of one scale.
    @Test
    void differentLossesOfValuesAreNotCompared() throws IOException {
        UserFiles.arrays(folder.resolve("my.npz"));
        RunFolder run = run(
                TEXT.replace("csv: flowers.csv, target: species",
                        "inputs: my.npz#x, targets: my.npz#value, task: regression")
                        .replace("{linear: 3}", "{linear: 1}")
                        .replace("cross-entropy", "[squared-error, half-squared-error]").replace("0.02", "0.001"),
                Map.of(), 1,
                "run");
        assertThat(report(run))
                .contains("The numbers of different losses cannot be compared, so nothing is chosen.")
                .doesNotContain("does best");
    }

    /// What is done to inputs leaves samples and targets as they are; another division does not.
    @Test
    void valuesThatChangeTheSamplesAreNotChosen() throws IOException {
        String parts = Files.readString(run(TEXT, Map.of("data.split.test", "0.2,0.3"), 1, "parts").report());
        assertThat(parts).contains("The values change which samples the networks are judged on, or what they have to"
                + " give for them, so nothing is chosen: one result may be better because its samples are easier.")
                .doesNotContain("does best");
        String scales = Files.readString(run(TEXT, Map.of("data.normalise", "none,standard"), 1, "scales").report());
        assertThat(scales).contains("does best on validation samples").doesNotContain("nothing is chosen");
    }

    /// The curves of three networks that stop at different epochs end where the first of them does.
    @Test
    void curvesEndWhereEarlyStoppingEndedTheFirstTraining() throws IOException {
        RunFolder run = run(TEXT.replace("epochs: 3", "epochs: 60, early-stopping: 1")
                .replace("learning-rate: 0.02", "learning-rate: 0.2"), Map.of(), 3, "run");
        List<Integer> ends = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            ends.add((int) Files.readAllLines(run.path().resolve("trials/seed=" + seed + "/rows.csv")).stream()
                    .filter(line -> line.contains(",train-loss,")).count());
        }
        int first = Collections.min(ends);
        int last = Collections.max(ends);
        assertThat(first).as("epochs of the trainings: %s", ends).isLessThan(last);

        List<Section> sections = StudyRunner.report(study, run).sections();
        Section training = sections.stream().filter(section -> section.heading().equals("Training")).findFirst()
                .orElseThrow();
        assertThat(training.paragraphs()).containsExactly("Early stopping ended trainings after " + first + " to "
                + last + " epochs, at other epochs for other seeds. A curve ends where the first of its trainings"
                + " ended: beyond that it would be a mean over the networks that take longest. All epochs are in"
                + " metrics.csv.");
        assertThat(training.figures()).hasSize(2).allSatisfy(figure -> assertThat(
                ((Chart) figure).marks().stream().filter(Line.class::isInstance).map(Line.class::cast)
                        .flatMapToDouble(line -> line.x().stream()).max())
                .hasValue(first));
        assertThat(Files.readString(run.path().resolve("metrics.csv"))).contains("," + last + ",,,,train-loss,");
    }

    @Test
    void oneValueInAListIsNoChoice() throws IOException {
        RunFolder run = run(TEXT.replace("{linear: 8}", "{linear: [8]}"), Map.of(), 1, "run");
        assertThat(report(run)).contains("On test samples the network reaches a test accuracy of")
                .doesNotContain("does best", "nothing is chosen");
    }

    @Test
    void aRedrawnReportReadsTheCopyAndTheValuesGiven() throws IOException {
        RunFolder run = run(TEXT, Map.of("training.epochs", "1,2"), 1, "run");
        Files.writeString(folder.resolve("my.yaml"), "nonsense");
        byte[] drawn = Files.readAllBytes(run.report());
        StudyRunner.draw(study, RunFolder.open(run.path()));
        assertThat(Files.readAllBytes(run.report())).isEqualTo(drawn);
        assertThat(List.of(run.path().resolve("trials").toFile().list())).containsExactlyInAnyOrder("epochs=1,seed=1",
                "epochs=2,seed=1");
    }
}
