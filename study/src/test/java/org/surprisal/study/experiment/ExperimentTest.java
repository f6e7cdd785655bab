package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
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
import org.surprisal.study.RunStatus;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;
import org.surprisal.tensor.RandomStream;

/// Experiments from files: the documented ones run, wrong ones are answered with their place, interrupted ones go on.
class ExperimentTest {
    private final Study study = new ExperimentStudy();

    @TempDir
    Path folder;

    @BeforeEach
    void usersFiles() throws IOException {
        UserFiles.table(folder.resolve("flowers.csv"));
        UserFiles.arrays(folder.resolve("data.npz"));
    }

    private RunFolder run(Path file, String out, int seeds, Duration checkpoint, BooleanSupplier stop)
            throws IOException {
        Settings settings = Settings.of(study.settings(), Map.of("file", file.toString()));
        return StudyRunner.execute(study, new RunRequest(settings, 1, OptionalInt.of(seeds), folder.resolve("data"),
                folder.resolve(out), false, checkpoint, OptionalInt.empty()), Progress.SILENT, stop);
    }

    private RunFolder run(String text) throws IOException {
        Path file = folder.resolve("my.yaml");
        Files.writeString(file, text);
        return run(file, "run", 1, Duration.ofDays(1), () -> false);
    }

    private static double last(RunFolder run, String name) throws IOException {
        return UserFiles.numbers(run, name).getLast();
    }

    /// The example of docs/experiments.md that begins with this name.
    private static String documented(String name) throws IOException {
        Matcher example = Pattern.compile("```yaml\n# " + Pattern.quote(name) + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "experiments.md")));
        assertThat(example.find()).as(name).isTrue();
        return example.group(1);
    }

    @Test
    void aPerceptronOnATable() throws IOException {
        RunFolder run = run(documented("mlp.yaml"));
        // 120 samples: 84 to learn from, 18 and 18; the clouds are 3 apart, their deviation is 0.7.
        assertThat(last(run, "test-accuracy")).isGreaterThan(0.9);
        assertThat(run.path().resolve("report.html")).exists();
        assertThat(Files.readString(run.path().resolve("network.txt"))).contains("linear1\t(3)");
        assertThat(run.path().resolve("trials/seed=1/weights/trained.safetensors")).exists();
    }

    /// pandas writes the numbers of the lines as a first column without a name.
    @Test
    void indexColumnLeavesTheRunAsItIsWithoutIt() throws IOException {
        RunFolder without = run(documented("mlp.yaml"));
        String expected = Files.readString(without.path().resolve("metrics.csv"));
        Files.move(folder.resolve("run"), folder.resolve("without"));
        List<String> lines = Files.readAllLines(folder.resolve("flowers.csv"));
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            table.append(i == 0 ? "" : i - 1).append(',').append(lines.get(i)).append('\n');
        }
        Files.writeString(folder.resolve("flowers.csv"), table);

        assertThat(run(documented("mlp.yaml")).path().resolve("metrics.csv")).hasContent(expected);
    }

    /// The numbers of a NumPy array's columns are names for pandas; `header` settles what the file leaves open.
    @Test
    void headerSaysWhatTheFirstLineIs() throws IOException {
        Files.writeString(folder.resolve("open.csv"), "0,1\n" + "5,0\n6,1\n7,0\n8,1\n".repeat(10));
        String experiment = """
                data: {csv: open.csv, target: -1HEADER}
                network: [{linear: 2}]
                loss: cross-entropy
                optimiser: {sgd: 0.01}
                training: {epochs: 1, batch-size: 41}
                """;
        List<String> warnings = new ArrayList<>();
        for (String header : new String[]{"", ", header: true", ", header: false"}) {
            Files.writeString(folder.resolve("open.yaml"), experiment.replace("HEADER", header));
            ExperimentStudy.summary(folder.resolve("open.yaml"), Map.of(), folder, warnings::add);
        }
        assertThat(warnings).containsExactly(folder.resolve("open.csv")
                + ": line 1 (0, 1) is taken for data; if it names"
                + " the columns, say that there is a header (--header, or 'header: true' in an experiment's file)");
    }

    @Test
    void classesThatCannotBeJudgedAreAnsweredWithLineAndCure() throws IOException {
        String experiment = """
                data: {csv: gaps.csv, target: kind, split: {test: 0.5}}
                network: [{linear: 2}]
                loss: cross-entropy
                optimiser: {sgd: 0.01}
                training: {epochs: 1, batch-size: 4}
                """;
        Files.writeString(folder.resolve("gaps.csv"), "x,kind\n" + "0.5,2\n0.25,10\n".repeat(4));
        assertThatThrownBy(() -> run(experiment)).isInstanceOf(SettingException.class)
                .hasMessage(folder.resolve("my.yaml")
                        + ", line 2: network[0]: the last layer gives samples of shape (2), and"
                        + " 11 classes need shape (11): labels are numbers of classes from 0 to 10, and the training"
                        + " samples"
                        + " show 2 of them; number the classes without gaps, or let the last layer have 11 outputs");
        Files.writeString(folder.resolve("gaps.csv"), "x,kind\n" + "0.5,rose\n0.25,rose\n".repeat(4));
        assertThatThrownBy(() -> run(experiment)).isInstanceOf(SettingException.class)
                .hasMessage(folder.resolve("my.yaml") + ", line 1: data: all samples are of one class, rose: at least 2"
                        + " classes are needed");
    }

    @Test
    void columnsOfATableAreInputsByName() throws IOException {
        String experiment = documented("mlp.yaml").replace("csv: flowers.csv", "csv: flowers.csv#c,a");
        Files.writeString(folder.resolve("my.yaml"), experiment);
        assertThat(ExperimentStudy.summary(folder.resolve("my.yaml"), Map.of(), folder, _ -> {
        })).contains("input    2");
    }

    @Test
    void leNetOnAFolderOfImages() throws IOException {
        UserFiles.images(folder.resolve("photos"));
        RunFolder run = run(documented("lenet.yaml"));
        assertThat(last(run, "test-accuracy")).isGreaterThan(0.9);
        assertThat(last(run, "activation-mean")).isPositive();
    }

    @Test
    void aGraphConvolutionalNetworkOnAnEdgeList() throws IOException {
        UserFiles.graph(folder.resolve("people.csv"), folder.resolve("friends.csv"));
        RunFolder run = run(documented("gcn.yaml"));
        assertThat(last(run, "test-accuracy")).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @CsvSource({"sweep.yaml,8,result-by-learning-rate", "networks.yaml,2,accuracy-by-epoch",
            "plane.yaml,1,information-plane-1"})
    void experimentsWithSeveralValuesAndMeasuresRunAsDocumented(String name, int networks, String figure)
            throws IOException {
        RunFolder run = run(documented(name));
        assertThat(run.path().resolve("trials").toFile().list()).hasSize(networks);
        assertThat(run.figures().resolve(figure + ".png")).exists();
    }

    @Test
    void theTemplateRunsAsItIs() throws IOException {
        RunFolder run = run(ExperimentStudy.template());
        assertThat(last(run, "test-accuracy")).isGreaterThan(0.6);
        for (String name : List.of("test-f1", "test-top-2", "activation-deviation")) {
            assertThat(UserFiles.numbers(run, name)).as(name).isNotEmpty();
        }
        assertThat(run.path().resolve("trials/seed=1/arrays/relu0-epoch-5.npz")).exists();
    }

    @Test
    void arraysClassifiedAndPredicted() throws IOException {
        String head = "data: {inputs: 'data.npz#x', targets: 'data.npz#%s', task: %s, split: {test: 0.2}}\n";
        String tail = """
                optimiser: {adam: 0.02}
                training: {epochs: 60, batch-size: 16, precision: float64}
                """;
        RunFolder classes = run(head.formatted("y", "classification") + "network: [{linear: 8}, relu, {linear: 3}]\n"
                + "loss: cross-entropy\n" + tail);
        assertThat(last(classes, "test-accuracy")).isGreaterThan(0.9);
        Files.move(folder.resolve("run"), folder.resolve("other"));
        RunFolder values = run(head.formatted("value", "regression") + "network: [{linear: 1}]\n"
                + "loss: mean-squared-error\n" + tail.replace("0.02", "0.1"));
        assertThat(last(values, "test-loss")).isLessThan(0.05);
    }

    @Test
    void anAutoencoderShowsWhatItMakesOfImages() throws IOException {
        RunFolder run = run("""
                data: {set: digits, train: 500, test: 50, reconstruct: true}
                network: [{linear: 40}, tanh, {linear: 784}]
                loss: mean-squared-error
                optimiser: {adam: 0.003}
                training: {epochs: 4, batch-size: 32}
                """);
        List<Double> losses = UserFiles.numbers(run, "test-loss");
        assertThat(losses.getLast()).isLessThan(losses.getFirst() / 2);
        assertThat(run.figures().resolve("images.png")).exists();
    }

    /// A file whose faults are made one at a time.
    private static final String RIGHT = """
            data:
              csv: flowers.csv
              target: species
              split: {validation: 0.2, test: 0.2}
            network:
              - linear: 8
              - relu
              - linear: 3
            loss: cross-entropy
            optimiser:
              sgd: {learning-rate: 0.1}
            training: {epochs: 2, early-stopping: 9}
            """;

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', value = {
            "loss: cross-entropy|lose: cross-entropy|line 9: lose: there is no such key; did you mean 'loss'?",
            "linear: 8|linear: many|line 6: network[0].linear is 'many': must be an integer of at least 1",
            "- relu|- rely|line 7: network[1]: there is no layer 'rely'; did you mean 'relu'?",
            "linear: 3|linear: 4|line 8: network[2]: the last layer gives samples of shape (4), and 3 classes need"
                    + " shape (3)",
            "- relu|- max-pooling: 2|line 7: network[1]: max-pooling needs samples of shape (channels, height,"
                    + " width), not (8)",
            "learning-rate: 0.1|learning-rate: -1|line 11: optimiser.sgd.learning-rate is '-1': must be a number"
                    + " above 0",
            "learning-rate: 0.1|momentum: 0.9|line 11: optimiser.sgd: needs the key 'learning-rate'",
            "sgd:|sdg:|line 11: optimiser.sdg: there is no such method; did you mean 'sgd'?",
            "target: species|target: [a, b]|line 3: data.target names 2 columns: a class is in one",
            "csv: flowers.csv|csv: flowers.txt.csv|line 2: data: ",
            "target: species|target: specie|line 2: data: ",
            "epochs: 2|epochs: [2, 2.0]|line 12: training.epochs[1] is '2' like training.epochs[0]: different values"
                    + " are needed, each makes networks of its own",
            "test: 0.2|test: 0.9|line 4: data.split: 'validation' and 'test' are shares",
            "csv: flowers.csv|cvs: flowers.csv|line 2: data must have one of the keys 'set', 'csv'",
            "- relu|- graph-convolution: 8|line 7: network[1].graph-convolution: graph convolutions need a graph",
            "- relu|- {relu: , linear: 4}|line 7: network[1] must have one kind of layer",
            "target: species|csv: other.csv|line 3: data: has the key 'csv' twice",
            "optimiser:|optimiser: [|line 1",
            "split: {validation: 0.2, test: 0.2}|split: {test: 0.2}|line 2: data: early stopping and plateaus watch",
            "early-stopping: 9|early-stopping: 0|line 12: training.early-stopping is '0': must be an integer of at"
                    + " least 1"})
    void whatIsWrongIsAnsweredWithItsPlace(String right, String wrong, String answer) throws IOException {
        assertThat(RIGHT).contains(right);
        assertThatThrownBy(() -> run(RIGHT.replace(right, wrong))).isInstanceOf(SettingException.class)
                .hasMessageContaining("my.yaml, " + answer).satisfies(refused -> assertThat(refused.getMessage())
                        .doesNotContain("\n"));
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "convolution: {channels: 2, kernel: 2147483647, padding: same}|network[0]: a window of"
                    + " 2147483647x2147483647 has more entries than one array holds (2147483647)",
            "convolution: {channels: 2, kernel: 3, dilation: 2147483647}|network[0].convolution: a window of length"
                    + " (=3) at dilation (=2147483647) reaches over more elements than one array holds (2147483647)",
            "convolution: {channels: 2147483647, kernel: 1}|network[0]: convolution 1x1, samples of shape (1, 6, 6):"
                    + " shape (2147483647, 6, 6) has more elements than one array holds (2147483647)",
            "convolution: {channels: 2, kernel: 2, padding: 2147483647}|network[0]: convolution 2x2, padding"
                    + " 2147483647, samples of shape (1, 6, 6): a window with a border of 2147483647 + 2147483647"
                    + " has more places than one array holds (2147483647)",
            "max-pooling: 2147483647|network[0]: max-pooling 2147483647x2147483647, stride 2147483647, samples of"
                    + " shape (1, 6, 6): a window that reaches over 2147483647 does not fit 6 elements with a border"
                    + " of 0 + 0",
            "reshape: [65536, 65536]|network[0].reshape: shape (65536, 65536) has more elements than one array holds"
                    + " (2147483647)",
            "linear: 2147483647|network[0]: shape (1, 6, 2147483647) has more elements than one array holds"
                    + " (2147483647)",
            "linear: 100000000|network[0]: a batch of 8 samples of shape (1, 6, 100000000) has more elements than"
                    + " one array holds (2147483647)",
            "linear: 2147483648|network[0].linear is '2147483648': must be an integer from 1 to 2147483647",
            "linear: -2147483649|network[0].linear is '-2147483649': must be an integer of at least 1"})
    void sizeThatNoArrayHasIsAnsweredWithItsPlace(String layer, String answer) throws IOException {
        String text = """
                data: {csv: images.csv, target: kind, shape: [1, 6, 6]}
                network:
                  - LAYER
                  - flatten
                  - linear: 2
                loss: cross-entropy
                optimiser: {sgd: 0.1}
                training: {epochs: 1, batch-size: 8}
                """;
        StringBuilder rows = new StringBuilder();
        for (int column = 0; column < 36; column++) {
            rows.append('p').append(column).append(',');
        }
        rows.append("kind\n");
        for (int row = 0; row < 20; row++) {
            rows.append((row % 3 + ",").repeat(36)).append(row % 2 == 0 ? "a" : "b").append('\n');
        }
        Files.writeString(folder.resolve("images.csv"), rows);

        assertThatThrownBy(() -> run(text.replace("LAYER", layer))).isInstanceOf(SettingException.class)
                .hasMessage(folder.resolve("my.yaml") + ", line 3: " + answer);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void samplesOfOneClassAreRefused() throws IOException {
        Files.writeString(folder.resolve("one.csv"), "a,b,kind\n1,2,x\n2,1,x\n3,4,x\n");
        assertThatThrownBy(() -> run(RIGHT.replace("flowers.csv", "one.csv").replace("target: species", "target: kind")
                .replace("  split: {validation: 0.2, test: 0.2}\n", ""))).isInstanceOf(SettingException.class)
                .hasMessageContaining("data: all samples are of one class, x: at least 2 classes are needed");
    }

    @ParameterizedTest
    @CsvSource({"seed: 2147483648,seed is '2147483648': must be an integer from 0 to 2147483647",
            "seed: -1,seed is '-1': must be an integer of at least 0",
            "seed: 1e3,seed is '1e3': must be an integer of at least 0"})
    void numberTooLargeIsToldTheLargest(String line, String answer) {
        assertThatThrownBy(() -> run(RIGHT + line + "\n")).isInstanceOf(SettingException.class)
                .hasMessage(folder.resolve("my.yaml") + ", line 13: " + answer);
    }

    /// Characters that a terminal would interpret, and a value that would fill it.
    @Test
    void messagesShowNoControlCharactersAndNoLongValues() {
        assertThatThrownBy(() -> run(RIGHT.replace("- relu", "- \"re\\e[2J\\r\\nlu\"")))
                .hasMessageStartingWith(folder.resolve("my.yaml")
                        + ", line 7: network[1]: there is no layer 're?[2J??lu'");
        for (String text : List.of(RIGHT.replace("linear: 8", "linear: " + "x".repeat(300_000)),
                RIGHT.replace("- relu", "- " + "x".repeat(300_000)),
                RIGHT.replace("title", "") + "? " + "y".repeat(300_000) + "\n: 1\n")) {
            assertThatThrownBy(() -> run(text)).isInstanceOf(SettingException.class)
                    .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(2100).contains(" ... "));
        }
        assertThatThrownBy(() -> run("root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1\n"))
                .hasMessage(folder.resolve("my.yaml")
                        + ", line 1: the file is a single value: must be a map, 'key: value' line by line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void nestingWithoutEndIsRefused(String level) {
        assertThatThrownBy(() -> run("network: \n  " + level.repeat(100_000))).isInstanceOf(SettingException.class)
                .hasMessage(folder.resolve("my.yaml")
                        + ", line 2: lists and maps are nested more than 300 levels deep");
    }

    @Test
    void manyBlocksWithinBlocksAreTrained() throws IOException {
        String block = "[relu]";
        for (int level = 0; level < 60; level++) {
            block = "[{residual: {body: " + block + "}}]";
        }
        RunFolder run = run(RIGHT.replace("- relu", "- residual: {body: " + block + "}"));
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "just text", "- a list", "data: {csv: a}\n\tb: 1"})
    void whatIsNoExperimentIsAnsweredInOneLine(String text) {
        assertThatThrownBy(() -> run(text)).isInstanceOf(SettingException.class).hasMessageContaining("my.yaml");
    }

    /// Stopped after any of its steps, and resumed, a run of two seeds ends with the bytes of one that was not.
    @Test
    void aStoppedRunGoesOnToTheSameBytes() throws IOException {
        Path file = folder.resolve("my.yaml");
        Files.writeString(file, RIGHT.replace("- relu", "- relu\n  - dropout: 0.3"));
        RunFolder whole = run(file, "whole", 2, Duration.ZERO, () -> false);
        byte[] metrics = Files.readAllBytes(whole.path().resolve("metrics.csv"));
        for (int stopAt : new int[]{1, 2, 3, 5, 7}) {
            AtomicInteger asked = new AtomicInteger();
            String out = "stopped" + stopAt;
            RunFolder stopped = run(file, out, 2, Duration.ofDays(1), () -> asked.incrementAndGet() >= stopAt);
            assertThat(stopped.record().status()).isEqualTo(RunStatus.INTERRUPTED);
            // The file may change: a run goes on as it began.
            Files.writeString(file, RIGHT.replace("0.1}", "0.5}"));
            RunFolder resumed = StudyRunner.resume(study, folder.resolve(out), folder.resolve("data"), Duration.ZERO,
                    Progress.SILENT, () -> false);
            Files.writeString(file, RIGHT.replace("- relu", "- relu\n  - dropout: 0.3"));
            assertThat(resumed.record().status()).isEqualTo(RunStatus.DONE);
            assertThat(Files.readAllBytes(resumed.path().resolve("metrics.csv"))).isEqualTo(metrics);
            for (String weights : List.of("trials/seed=1/weights/trained.safetensors",
                    "trials/seed=2/weights/trained.safetensors")) {
                assertThat(Files.readAllBytes(resumed.path().resolve(weights)))
                        .isEqualTo(Files.readAllBytes(whole.path().resolve(weights)));
            }
        }
        assertThatThrownBy(() -> StudyRunner.resume(study, folder.resolve("whole"), folder, Duration.ZERO,
                Progress.SILENT, () -> false)).isInstanceOf(IOException.class).hasMessageContaining("is done");
    }

    /// As a run that is resumed from another folder finds it, where the path of its file was a relative one.
    @Test
    void fileThatIsFoundElsewhereWhenTheRunGoesOnIsToldOnceForAllSeeds() throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), RIGHT);
        AtomicInteger asked = new AtomicInteger();
        run(file, "stopped", 2, Duration.ofDays(1), () -> asked.incrementAndGet() >= 3);
        Path record = folder.resolve("stopped/run.json");
        String csv = folder.resolve("flowers.csv").toString();
        assertThat(Files.readString(record)).contains("\"" + csv + "\"");
        Files.writeString(record, Files.readString(record).replace("\"" + csv + "\"", "\"/else/flowers.csv\""));
        List<String> told = new ArrayList<>();

        StudyRunner.resume(study, folder.resolve("stopped"), folder.resolve("data"), Duration.ZERO,
                (phase, finished, total, unit, message) -> told.add(phase), () -> false);

        assertThat(told).filteredOn(phase -> phase.contains("not noticed"))
                .containsExactly(csv + " was not among the files the run began with, so that a change is not noticed");
    }

    /// Weights of a finished run, loaded and only judged, do as well as they did.
    @Test
    void aNetworkStartsFromTheWeightsOfAnother() throws IOException {
        RunFolder first = run(RIGHT);
        double accuracy = last(first, "test-accuracy");
        Files.move(folder.resolve("run"), folder.resolve("first"));
        RunFolder second = run(RIGHT.replace("training: {epochs: 2, early-stopping: 9}", """
                training: {epochs: 0}
                weights: first/trials/seed=1/weights/trained.safetensors"""));
        assertThat(last(second, "test-accuracy")).isEqualTo(accuracy);
        Files.move(folder.resolve("run"), folder.resolve("second"));
        assertThatThrownBy(() -> run(RIGHT + "weights: none.safetensors\n")).isInstanceOf(SettingException.class)
                .hasMessageContaining("my.yaml, line 13: weights: ");
    }

    @Test
    void aSummaryRunsNothing() throws IOException {
        Path file = folder.resolve("my.yaml");
        Files.writeString(file, RIGHT);
        assertThat(ExperimentStudy.summary(file, Map.of(), folder, _ -> {
        })).isEqualTo("""
                layer    output  parameters
                input    4
                linear0  8               40
                relu0    8                0
                linear1  3               27
                total                    67""");
    }

    /// A thousand damaged templates: each is read, or refused in one line.
    @Test
    void damagedFilesAreReadOrRefusedInOneLine() throws IOException {
        byte[] right = ExperimentStudy.template().getBytes(StandardCharsets.UTF_8);
        RandomStream stream = RandomStream.seeded(5);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] damaged = switch (stream.nextInt(4)) {
                case 0 -> Arrays.copyOf(right, stream.nextInt(right.length));
                case 1 -> {
                    byte[] bytes = right.clone();
                    bytes[stream.nextInt(bytes.length)] = (byte) stream.nextInt(256);
                    yield bytes;
                }
                case 2 -> {
                    byte[] bytes = right.clone();
                    for (int k = 0; k < 20; k++) {
                        bytes[stream.nextInt(bytes.length)] = (byte) ":-{}[]&*#|>%@`\t\n 09az"
                                .charAt(stream.nextInt(21));
                    }
                    yield bytes;
                }
                default -> {
                    // A line moved to another place.
                    List<String> lines = new ArrayList<>(
                            List.of(new String(right, StandardCharsets.UTF_8).split("\n", -1)));
                    lines.add(stream.nextInt(lines.size()), lines.remove(stream.nextInt(lines.size())));
                    yield String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
                }
            };
            try {
                ExperimentStudy.read(folder.resolve("my.yaml"), damaged, Map.of());
            } catch (SettingException e) {
                refused++;
                assertThat(e.getMessage()).contains("my.yaml").doesNotContain("\n");
            }
        }
        assertThat(refused).isBetween(300, 999);
    }

    @Test
    void filesThatReferToThemselvesOrExplodeAreRefused() {
        String head = RIGHT.substring(0, RIGHT.indexOf("network:"));
        String tail = RIGHT.substring(RIGHT.indexOf("loss:"));
        assertThatThrownBy(() -> run(head + "network: &a [{residual: {body: *a}}]\n" + tail))
                .isInstanceOf(SettingException.class).hasMessageContaining("refers to itself");
        String items = String.join(", ", Collections.nCopies(100_001, "relu"));
        assertThatThrownBy(() -> run(head + "network: [" + items + "]\n" + tail)).isInstanceOf(SettingException.class)
                .hasMessageContaining("more than 100000 entries");
        String aliases = String.join(", ", Collections.nCopies(60, "*a"));
        assertThatThrownBy(() -> run(head + "network: [{residual: {body: &a [relu]}}, {residual: {body: [" + aliases
                + "]}}]\n" + tail)).isInstanceOf(SettingException.class)
                .hasMessageContaining("more than 50 references");
    }
}
