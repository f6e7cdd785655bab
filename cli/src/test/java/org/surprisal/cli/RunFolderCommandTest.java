package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Studies;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;
import org.surprisal.study.experiment.ExperimentStudy;

/// Run folders through the command line: whose they are, what goes into them, and from what a run goes on.
class RunFolderCommandTest {
    private static final String EXPERIMENT = """
            data: {csv: points.csv, target: kind, split: {test: 0.25}}
            network: [{linear: 8}, tanh, {linear: 2}]
            loss: cross-entropy
            optimiser: {adam: 0.01}
            training: {epochs: 4, batch-size: 8}
            """;

    /// What a run that was left alone leaves, once a test has needed it.
    private static Map<String, String> whole = Map.of();

    @TempDir
    private Path folder;

    private Path out = Path.of("");

    @BeforeEach
    void makeData() throws IOException {
        out = folder.resolve("run");
        StringBuilder points = new StringBuilder("x,y,kind\n");
        for (int i = 0; i < 48; i++) {
            points.append(Math.sin(i)).append(',').append(Math.cos(3 * i)).append(',').append(i % 2 == 0 ? "a" : "b")
                    .append('\n');
        }
        Files.writeString(folder.resolve("points.csv"), points);
    }

    private CommandRun run(String yaml, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), yaml);
        return CommandRun.of(Studies.builtIn(), Stream.concat(
                Stream.of("run", file.toString(), "--out", out.toString(), "--quiet"), Stream.of(more))
                .toArray(String[]::new));
    }

    private CommandRun resume() {
        return CommandRun.of(Studies.builtIn(), "run", "--resume", out.toString(), "--quiet");
    }

    /// The run of a file, stopped at a step, with a checkpoint at each step. Each step asks whether it is to stop;
    /// progress would not count them, because it is told at most some times a second.
    private void stopAt(int step, String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), yaml);
        Study study = new ExperimentStudy();
        AtomicInteger steps = new AtomicInteger();
        RunFolder stopped = StudyRunner.execute(study, new RunRequest(
                Settings.of(study.settings(), Map.of("file", file.toString())), 1, OptionalInt.empty(),
                folder.resolve("data"), out, false, Duration.ZERO, OptionalInt.empty()), Progress.SILENT,
                () -> steps.incrementAndGet() >= step);
        assertThat(stopped.record().status()).isEqualTo(RunStatus.INTERRUPTED);
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                contents.put(root.relativize(file).toString(), Files.isDirectory(file)
                        ? "folder"
                        : Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private void assertRefused(CommandRun run, int code, String message) {
        assertThat(run.err()).isEqualTo("surprisal: " + message + System.lineSeparator());
        assertThat(run.code()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void usersExperimentInTheFolderIsNeitherRunNorOverwritten() throws IOException {
        Files.createDirectories(out.resolve("trials/seed=1"));
        Files.writeString(out.resolve("experiment.yaml"), EXPERIMENT.replace("linear: 8", "linear: 3"));
        Files.writeString(out.resolve("trials/seed=1/rows.csv"), "mine");
        Map<String, String> before = contents(out);

        assertRefused(run(EXPERIMENT), 1, "run folder " + out + " holds experiment.yaml, trials, which a run would"
                + " overwrite; choose another with --out DIR, or move them away");
        assertThat(contents(out)).isEqualTo(before);
    }

    @Test
    void filesOfOtherNamesAreLeftAlone() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("my.yaml"), "mine");

        assertThat(run(EXPERIMENT).code()).isZero();
        assertThat(out.resolve("my.yaml")).hasContent("mine");
    }

    @Test
    void refusedRunLeavesNothingAndTheCorrectedFileIsRead() throws IOException {
        assertThat(run(EXPERIMENT.replace("kind", "kid")).code()).isEqualTo(2);
        assertThat(out).doesNotExist();
        assertThat(run(EXPERIMENT).code()).isZero();
        assertThat(out.resolve("experiment.yaml")).hasContent(EXPERIMENT);
    }

    @Test
    void numbersOfALayerThatOverflowAreAResult() throws IOException {
        String wide = EXPERIMENT.replace(", split: {test: 0.25}", "").replace("network: [",
                "probes: [wide]\nnetwork: [{linear: 90}, {linear: 90, name: wide}, ");
        String data = Files.readString(folder.resolve("points.csv"));
        Files.writeString(folder.resolve("points.csv"), data.replaceAll("(?m)^-?[0-9.Ee-]+,", "3e38,"));
        CommandRun diverged = run(wide);

        assertThat(diverged.code()).isZero();
        assertThat(diverged.errorLines()).last()
                .isEqualTo("surprisal: warning: seed 1 diverged, which is its result: layer 'wide' gave numbers after"
                        + " epoch 0 that are not finite, or whose mean or deviation is not");
        assertThat(out.resolve("report.html")).content().contains("1 of 1 trainings diverged");
    }

    @Test
    void refusalLeavesAFolderThatWasThereAsItWas() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("notes.txt"), "mine");

        CommandRun refused = run(EXPERIMENT.replace("kind", "kid"));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(contents(out)).containsOnlyKeys("", "notes.txt");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/tmp/x|has a slash or backslash, which separate folders",
            "up/x|has a slash or backslash, which separate folders",
            "a\\\\b|has a slash or backslash, which separate folders"})
    void layerWhoseNameLeavesTheFolderIsRefusedWithItsLine(String name, String problem) throws IOException {
        String yaml = EXPERIMENT.replace("[{linear: 8}", "[{linear: 8, name: \"" + name + "\"}")
                + "probes:\n  - layer: \"" + name + "\"\n";

        assertRefused(run(yaml), 2, folder.resolve("my.yaml") + ", line 7: probes[0].layer is '"
                + name.replace("\\\\", "\\")
                + "': outputs cannot be kept under this name, because a file's name with it "
                + problem + "; give the layer another name, or say 'keep: false'; try 'surprisal run --help'");
        assertThat(out).doesNotExist();
        assertThat(run(yaml.replace("\"\n", "\"\n    keep: false\n")).code()).isZero();
    }

    @Test
    void longNameAndNamesThatDifferInCapitalsOnlyAreRefused() throws IOException {
        String name = "ß".repeat(118);
        assertThat(run(EXPERIMENT.replace("[{linear: 8}", "[{linear: 8, name: " + name + "}") + "probes: [" + name
                + "]\n").err()).contains("line 6: probes[0] is '" + name, "takes 257 bytes",
                        "a file's name has at most 255");
        assertThat(run(EXPERIMENT.replace("[{linear: 8}, tanh", "[{linear: 8, name: Hidden}, {tanh: , name: hidden}")
                + "probes: [Hidden, hidden]\n").err()).contains("line 6: probes[1] is 'hidden': layer 'Hidden' is"
                        + " kept already, and its name differs in capitals only");
        assertThat(run(EXPERIMENT + "probes: [tanh0, {layer: tanh0, every: 3}]\n").err())
                .contains(
                        "line 6: probes[1].layer is 'tanh0': outputs of this layer are kept already; say 'keep:"
                                + " false'");
        assertThat(run(EXPERIMENT.replace("[{linear: 8}", "[{linear: 8, name: \"a\\tb\"}")).err())
                .contains("line 2: network[0].name has a control character: a layer's name is printable text");
        assertThat(out).doesNotExist();
    }

    @Test
    void layersOfAnyPrintableNameAreTrainedAndDrawn() throws IOException {
        List<String> names = List.of("first layer", "a, b", "say 'hi'", "say \"hi\"", "input", "total", "κ,λ", "aux",
                "a  b");
        String quoted = names.stream().map(name -> "\"" + name.replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(", "));
        String layers = Stream.of(quoted.split(", (?=\")", -1)).map(name -> "{linear: 8, name: " + name + "}, ")
                .collect(Collectors.joining());
        CommandRun run = run(EXPERIMENT.replace("[{linear: 8}, ", "[" + layers) + "probes: [" + quoted + "]\n");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        RunFolder kept = RunFolder.open(out);
        String metrics = Files.readString(out.resolve("metrics.csv"));
        for (String name : names) {
            String cell = name.matches(".*[,\"].*") ? "\"" + name.replace("\"", "\"\"") + "\"" : name;
            assertThat(metrics).as(name).contains(",4,," + cell + ",,activation-mean,");
            assertThat(out.resolve("trials/seed=1/arrays/" + name + "-epoch-4.npz")).as(name).exists();
        }
        assertThat(kept.report()).content().contains("first layer", "a  b");
        assertThat(CommandRun.of(Studies.builtIn(), "report", out.toString()).code()).isZero();
    }

    @Test
    void resumeIsRefusedWhenTheDataHaveChanged() throws IOException {
        stopAt(7, EXPERIMENT);
        Path csv = folder.resolve("points.csv");
        String data = Files.readString(csv);
        Files.writeString(csv, data.replaceFirst("0\\.0,", "0.5,"));

        CommandRun refused = resume();
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errorLines()).singleElement().asString()
                .startsWith("surprisal: " + csv + " is not as it was when this run began: its SHA-256 is ")
                .endsWith("; bring the old one back, or start a new run");

        Files.writeString(csv, data);
        assertThat(resume().code()).isZero();
        assertSameAsWhole();
    }

    @Test
    void resumeGoesOnWithTheExperimentAsItBegan() throws IOException {
        stopAt(7, EXPERIMENT);
        Files.writeString(folder.resolve("my.yaml"), "nonsense");

        assertThat(resume().code()).isZero();
        assertSameAsWhole();
    }

    @Test
    void resumeIsRefusedWhenItsCopyOfTheExperimentHasChanged() throws IOException {
        stopAt(7, EXPERIMENT);
        Path copy = out.resolve("experiment.yaml");
        Files.writeString(copy, EXPERIMENT.replace("0.01", "0.02"));

        assertRefused(resume(), 1, copy + " is not as the run wrote it: the run cannot go on without it");

        Files.writeString(copy, EXPERIMENT);
        assertThat(resume().code()).isZero();
        assertSameAsWhole();
    }

    @Test
    void resumeIsRefusedWhenABitOfTheCheckpointIsFlipped() throws IOException {
        stopAt(7, EXPERIMENT);
        Path file = out.resolve("trials/seed=1/training-1.safetensors");
        byte[] right = Files.readAllBytes(file);
        byte[] damaged = right.clone();
        damaged[right.length - 5] ^= 4;
        Files.write(file, damaged);
        Map<String, String> before = contents(out);

        assertRefused(resume(), 1, file + " is damaged: its digest is not that of the numbers in it; if it is the"
                + " checkpoint of a run, delete it, and the run goes on from its start");
        Map<String, String> after = contents(out);
        // Only how the run went is told anew.
        assertThat(RunFolder.open(out).record().status()).isEqualTo(RunStatus.FAILED);
        after.put("run.json", before.get("run.json"));
        assertThat(after).isEqualTo(before);

        Files.write(file, right);
        assertThat(resume().code()).isZero();
        assertSameAsWhole();
    }

    @Test
    void runWhoseCheckpointIsDeletedGoesOnFromItsStart() throws IOException {
        stopAt(7, EXPERIMENT);
        Files.delete(out.resolve("trials/seed=1/training-1.safetensors"));

        assertThat(resume().code()).isZero();
        assertSameAsWhole();
    }

    @Test
    void folderOfAnOlderVersionIsNeitherResumedNorDrawn() throws IOException {
        stopAt(7, EXPERIMENT);
        Path record = out.resolve("run.json");
        Files.writeString(record, Files.readString(record).replace("\"format\" : 2", "\"format\" : 1"));
        String older = record + " has format 1, that of an older version of Surprisal, which this version neither draws"
                + " nor goes on with: the folder's report.html still shows its numbers; for a report of this version,"
                + " start a new run";

        assertRefused(resume(), 1, older);
        assertRefused(CommandRun.of(Studies.builtIn(), "report", out.toString()), 1, older);
    }

    @Test
    void resumeIsRefusedWhenASettingInTheRecordHasChanged() throws IOException {
        stopAt(7, EXPERIMENT);
        Path record = out.resolve("run.json");
        String text = Files.readString(record);
        Files.writeString(record, text.replace("\"set\" : \"\"", "\"set\" : \"training.epochs=3\""));

        assertRefused(resume(), 1, record + " is damaged: study, settings or seeds are not those with which the run"
                + " began; bring the old file back");

        Files.writeString(record, text);
        assertThat(resume().code()).isZero();
        assertSameAsWhole();
    }

    @Test
    void resumeWithOtherProductsIsRefused() throws IOException {
        stopAt(7, EXPERIMENT);
        Path record = out.resolve("run.json");
        String text = Files.readString(record);
        String products = RunFolder.open(out).record().machine().arithmetic().products();
        boolean plain = products.startsWith("plain");
        Files.writeString(record, text.replace(products, plain ? "oneDNN dnnl_sgemm" : "plain (surprisal.native=off)"));

        CommandRun refused = resume();

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errorLines()).singleElement().asString()
                .startsWith("surprisal: " + out + " was begun with matrix products of ")
                .contains("which gives other last digits; to go on to the same bits, ",
                        plain ? "'surprisal doctor' says why" : "SURPRISAL_JAVA_OPTS=-Dsurprisal.native=off");
        assertThat(RunFolder.open(out).record().status()).isEqualTo(RunStatus.INTERRUPTED);
        Files.writeString(record, text);
        assertThat(resume().code()).isZero();
    }

    /// The numbers of the resumed run are those of a run that was left alone.
    private void assertSameAsWhole() throws IOException {
        if (whole.isEmpty()) {
            out = folder.resolve("whole");
            assertThat(run(EXPERIMENT).code()).isZero();
            whole = contents(out);
            out = folder.resolve("run");
        }
        Map<String, String> resumed = contents(out);
        assertThat(resumed.keySet()).isEqualTo(whole.keySet());
        for (String file : List.of("metrics.csv", "trials/seed=1/weights/trained.safetensors",
                "trials/seed=1/arrays/confusion.npz",
                "figures/loss-by-epoch.png", "figures/loss-by-epoch.svg")) {
            assertThat(resumed.get(file)).as(file).isEqualTo(whole.get(file));
        }
    }
}
