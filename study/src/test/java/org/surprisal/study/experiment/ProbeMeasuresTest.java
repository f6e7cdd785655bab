package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.format.Npz;
import org.surprisal.data.format.Safetensors;
import org.surprisal.information.Moments;
import org.surprisal.information.entropy.NearestNeighbourDivergence;
import org.surprisal.information.entropy.NearestNeighbourEntropy;
import org.surprisal.information.entropy.Norm;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.report.Chart;
import org.surprisal.report.Mark;
import org.surprisal.report.ReferenceLine;
import org.surprisal.report.Trail;
import org.surprisal.report.Wording;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// What probes of an experiment record, against the estimators on the arrays that they keep.
class ProbeMeasuresTest {
    private static final String TEXT = """
            data: {csv: flowers.csv, target: species, split: {test: 0.25}}
            network: [{linear: 5}, tanh, {linear: 3}]
            loss: cross-entropy
            optimiser: {sgd: 0.1}
            training: {epochs: 4, batch-size: 30, precision: float64}
            probes:
              - PROBE
            """;
    private final Study study = new ExperimentStudy();

    @TempDir
    private Path folder;

    @BeforeEach
    void usersFiles() throws IOException {
        UserFiles.table(folder.resolve("flowers.csv"));
    }

    private RunFolder run(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), text);
        return StudyRunner.execute(study, new RunRequest(
                Settings.of(study.settings(), ExperimentStudy.settings(file, Map.of())), 1, OptionalInt.of(1),
                folder.resolve("data"), folder.resolve("run")), Progress.SILENT, () -> false);
    }

    /// The value of a quantity of a layer at an epoch.
    private double number(String epoch, String layer, String kind, String quantity) throws IOException {
        String cell = kind.contains(",") ? "\"" + kind + "\"" : kind;
        String start = "1,," + epoch + ",," + layer + "," + cell + "," + quantity + ",";
        return Files.readAllLines(folder.resolve("run/metrics.csv")).stream().filter(line -> line.startsWith(start))
                .map(line -> Double.parseDouble(line.substring(start.length(), line.lastIndexOf(','))))
                .findFirst().orElseThrow(() -> new AssertionError("no line " + start));
    }

    private Map<String, Tensor> kept(String name) {
        return Npz.readAll(folder.resolve("run/trials/seed=1/arrays/" + name + ".npz"));
    }

    @Test
    void informationIsThatOfTheLayersOutputsWithEachNoise() throws IOException {
        run(TEXT.replace("PROBE", "{layer: tanh0, measure: mutual-information, noise-variance: [0.01, 0.1],"
                + " every: 4, keep: true}"));
        for (int epoch : new int[]{0, 4}) {
            Map<String, Tensor> arrays = kept("tanh0-epoch-" + epoch);
            Continuous layer = Continuous.of("t", Objects.requireNonNull(arrays.get("output")));
            Discrete labels = Discrete.labels("y", Objects.requireNonNull(arrays.get("target")));
            for (String noise : List.of("0.01", "0.1")) {
                PairwiseDistance estimator = PairwiseDistance.withNoise(Double.parseDouble(noise));
                String kind = "bhattacharyya, noise " + noise;
                assertThat(number("" + epoch, "tanh0", kind, "label-information"))
                        .isCloseTo(estimator.estimate(layer, labels).value(), within(1e-12));
                // All inputs are different: I(X;T) is what distances tell about the sample's number.
                Discrete numbers = Discrete.labels("x", IntStream.range(0, layer.count()).toArray());
                assertThat(number("" + epoch, "tanh0", kind, "input-information"))
                        .isCloseTo(estimator.estimate(layer, numbers).value(), within(1e-12));
                assertThat(number("" + epoch, "tanh0", kind, "shuffled-label-information"))
                        .isLessThan(number("" + epoch, "tanh0", kind, "label-information"));
            }
        }
        assertThat(number("", "tanh0", "", "samples")).isEqualTo(30);
        assertThat(number("", "tanh0", "", "input-entropy")).isCloseTo(Math.log(30), within(1e-12));
        assertThat(Files.readString(folder.resolve("run/report.html"))).contains("The information plane");
    }

    @Test
    void bitsAreNatsOverLn2() throws IOException {
        String text = TEXT.replace("PROBE", "{layer: output, measure: mutual-information, noise-variance: 0.01}");
        run(text);
        double nats = number("4", "output", "bhattacharyya, noise 0.01", "label-information");
        Files.move(folder.resolve("run"), folder.resolve("nats"));
        run(text + "unit: bit\n");
        assertThat(number("4", "output", "bhattacharyya, noise 0.01", "label-information"))
                .isCloseTo(nats / Math.log(2), within(1e-12));
        assertThat(Files.readString(folder.resolve("run/metrics.csv"))).contains(",bit\n");
    }

    @Test
    void distributionsAreThoseOfAllNumbersOfALayer() throws IOException {
        run(TEXT.replace("PROBE", "{layer: [linear0, linear1], measure: [entropy, gaussianity, relative-entropy],"
                + " every: 4, keep: true}"));
        double[] numbers = Objects.requireNonNull(kept("linear1-epoch-4").get("output")).toDoubles();
        Continuous sample = Continuous.of("t", Tensor.of(numbers, numbers.length, 1));
        assertThat(number("4", "linear1", "", "activation-entropy"))
                .isEqualTo(NearestNeighbourEntropy.standard().estimate(sample).value());
        assertThat(number("4", "linear1", "", "activation-skewness"))
                .isEqualTo(Moments.of(numbers).skewness().orElseThrow());
        assertThat(number("4", "linear1", "", "activation-relative-entropy")).isFinite();
        assertThatThrownBy(() -> number("4", "linear0", "", "activation-relative-entropy")).hasMessageContaining("no");
    }

    @Test
    void distancesAreQuantilesOfThoseOfAllPairs() throws IOException {
        run(TEXT.replace("PROBE", "{layer: linear1, measure: distances, every: 4, keep: true}"));
        Tensor output = Objects.requireNonNull(kept("linear1-epoch-4").get("output"));
        int n = output.length(0);
        double[] sorted = IntStream.range(0, n).boxed().flatMap(i -> IntStream.range(0, i)
                .mapToObj(j -> Math.sqrt(output.rows(i).minus(output.rows(j)).to(ElementType.FLOAT64).square().sum()
                        .item())))
                .mapToDouble(Double::doubleValue).sorted().toArray();
        for (int percent : List.of(10, 50, 90)) {
            double position = percent / 100.0 * (sorted.length - 1);
            int below = (int) position;
            double expected = sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
            assertThat(number("4", "linear1", percent + " %", "distance")).isCloseTo(expected,
                    withinPercentage(1e-4));
        }
    }

    /// With one batch an epoch there is no spread over batches, and the mean is the step over the learning rate.
    @Test
    void gradientsOfOneBatchAreItsStepAndHaveNoDeviation() throws IOException {
        String text = TEXT.replace("batch-size: 30", "batch-size: 1000").replace("PROBE",
                "{layer: linear0, measure: gradient-snr, every: 1}");
        run(text.replace("epochs: 4", "epochs: 0"));
        Tensor before = weight();
        Files.move(folder.resolve("run"), folder.resolve("before"));
        run(text.replace("epochs: 4", "epochs: 1"));
        Tensor after = weight();

        double step = Math.sqrt(after.minus(before).square().sum().item()) / 0.1;
        assertThat(number("1", "linear0", "", "gradient-mean-norm-over-weight-norm"))
                .isCloseTo(step / Math.sqrt(after.square().sum().item()), withinPercentage(1e-6));
        assertThat(number("1", "linear0", "", "gradient-deviation-norm-over-weight-norm")).isCloseTo(0, within(1e-9));
    }

    private Tensor weight() {
        return Objects.requireNonNull(Safetensors
                .readAll(folder.resolve("run/trials/seed=1/weights/trained.safetensors")).get("linear0.weight"));
    }

    /// Only the watched nodes' rows are kept, beside their own targets; the rows are those of the whole graph.
    @Test
    void aGraphsLayersAreTheWatchedNodes() throws IOException {
        UserFiles.graph(folder.resolve("people.csv"), folder.resolve("friends.csv"));
        run("""
                data: {nodes: people.csv, edges: friends.csv, target: club, split: {test: 0.5}}
                network: [{graph-convolution: 4}, relu, {graph-convolution: 2}]
                loss: cross-entropy
                optimiser: {adam: 0.02}
                training: {epochs: 5, batch-size: 1000}
                probes:
                  - {layer: [relu0, output], measure: mutual-information, noise-variance: 0.1, keep: true}
                """);
        Map<String, Tensor> arrays = kept("output-epoch-5");
        int nodes = Objects.requireNonNull(arrays.get("target")).length(0);
        assertThat(Objects.requireNonNull(arrays.get("output")).shape().lengths()).containsExactly(nodes, 2);
        int right = 0;
        for (int i = 0; i < nodes; i++) {
            right += Objects.requireNonNull(arrays.get("output")).at(i,
                    1) > 0.5 == Objects.requireNonNull(arrays.get("target")).toDoubles()[i] > 0.5 ? 1 : 0;
        }
        assertThat((double) right / nodes).isCloseTo(number("5", "", "", "test-accuracy"), within(1e-12));
    }

    @Test
    void sequencesAreTheirLastStepAndMapsAreRows() throws IOException {
        run("""
                data: {set: digits, train: 60, test: 20, shape: [1, 28, 28]}
                networks:
                  maps: {network: [{convolution: {channels: 2, kernel: 25}}, relu, flatten, {linear: 10}]}
                  steps: {network: [{reshape: [28, 28]}, {rnn-relu: 6, name: relu0}, last-step, {linear: 10}]}
                loss: cross-entropy
                optimiser: {adam: 0.01}
                training: {epochs: 1}
                probes: [{layer: relu0, measure: mutual-information, noise-variance: 0.1, keep: true}]
                """);
        assertThat(outputs("network=maps").shape().lengths()).containsExactly(20, 2 * 4 * 4);
        assertThat(outputs("network=steps").shape().lengths()).containsExactly(20, 6);
    }

    /// A layer of sequences of several lengths is what the network's own last step takes from it.
    @Test
    void sequencesEndWhereTheirStepsDo() throws IOException {
        int[] lengths = IntStream.range(0, 40).map(i -> 1 + i % 4).toArray();
        double[] x = new double[40 * 4 * 3];
        double[] y = new double[40];
        for (int i = 0; i < 40; i++) {
            y[i] = i % 2;
            for (int k = 0; k < 3 * lengths[i]; k++) {
                x[12 * i + k] = 1 + Math.sin(i + 7 * k);
            }
        }
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("x", Tensor.of(x, 40, 4, 3));
        arrays.put("y", Tensor.of(y));
        Npz.write(folder.resolve("sequences.npz"), arrays);
        run("""
                data: {inputs: 'sequences.npz#x', targets: 'sequences.npz#y', split: {test: 0.5}}
                network: [{rnn: 5}, {dropout: 0.1}, {rnn: 4}, last-step, {linear: 2}]
                loss: cross-entropy
                optimiser: {adam: 0.01}
                training: {epochs: 1, precision: float64}
                probes: [{layer: [rnn0, rnn1, last-step0]}]
                """);
        assertThat(output(kept("rnn1-epoch-1")).toDoubles())
                .isEqualTo(output(kept("last-step0-epoch-1")).toDoubles());
        assertThat(output(kept("rnn0-epoch-1")).shape().lengths()).containsExactly(20, 5);
        assertThat(output(kept("rnn0-epoch-1")).toDoubles()).doesNotContain(0);
    }

    /// The last step of a block that holds a recurrent layer is what the network's own last step takes from it.
    @Test
    void sequencesOfResidualBlocksEndWhereTheirStepsDo() throws IOException {
        double[] x = new double[40 * 4 * 3];
        for (int i = 0; i < 40; i++) {
            for (int k = 0; k < 3 * (1 + i % 4); k++) {
                x[12 * i + k] = 1 + Math.sin(i + 7 * k);
            }
        }
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("x", Tensor.of(x, 40, 4, 3));
        arrays.put("y", Tensor.of(IntStream.range(0, 40).mapToDouble(i -> i % 2).toArray()));
        Npz.write(folder.resolve("sequences.npz"), arrays);
        run("""
                data: {inputs: 'sequences.npz#x', targets: 'sequences.npz#y', split: {test: 0.5}}
                network: [{residual: {body: [{rnn: 3}]}}, last-step, {linear: 2}]
                loss: cross-entropy
                optimiser: {adam: 0.01}
                training: {epochs: 1, precision: float64}
                probes: [{layer: [residual0, last-step0]}]
                """);
        assertThat(output(kept("residual0-epoch-1")).toDoubles())
                .isEqualTo(output(kept("last-step0-epoch-1")).toDoubles());
    }

    /// Batch normalisation has a gain and a shift for each feature, and no matrix.
    @Test
    void gradientsOfLayersWithoutAWeightMatrixAreRefused() {
        assertThatThrownBy(() -> run(TEXT.replace("tanh, ", "batch-normalisation, tanh, ").replace("PROBE",
                "{layer: [linear0, batch-normalisation0], measure: gradient-snr}"))).hasMessage(
                        folder.resolve("my.yaml") + ", line 7: probes[0].layer[1] is 'batch-normalisation0', which has"
                                + " no weight matrix: gradient-snr is of layers with one, such as linear0, linear1,"
                                + " output");
    }

    private static Tensor output(Map<String, Tensor> arrays) {
        return Objects.requireNonNull(arrays.get("output"));
    }

    private Tensor outputs(String network) {
        return Objects.requireNonNull(Npz.readAll(
                folder.resolve("run/trials/" + network + ",seed=1/arrays/relu0-epoch-1.npz")).get("output"));
    }

    /// The first layer is the reference at epochs at which it is not listened to itself, too.
    @Test
    void relativeEntropyIsAgainstTheSameLayerAtAllEpochs() throws IOException {
        String text = TEXT.replace("species,", "species, normalise: standard,");
        run(text.replace("PROBE", "{layer: linear0, every: 4, keep: true}\n"
                + "  - {layer: [tanh0, linear1], measure: relative-entropy, every: 2, keep: true}"));
        Map<String, Double> rare = new HashMap<>();
        for (String layer : List.of("tanh0", "linear1")) {
            for (String epoch : List.of("0", "2", "4")) {
                rare.put(layer + epoch, number(epoch, layer, "", "activation-relative-entropy"));
            }
        }
        Files.move(folder.resolve("run"), folder.resolve("rare"));
        run(text.replace("PROBE", "{layer: linear0, every: 2, keep: true}\n"
                + "  - {layer: [tanh0, linear1], measure: relative-entropy, every: 2, keep: true}"));
        for (String layer : List.of("tanh0", "linear1")) {
            for (String epoch : List.of("0", "2", "4")) {
                double expected = new NearestNeighbourDivergence(5, Norm.EUCLIDEAN).estimate(
                        column(kept(layer + "-epoch-" + epoch)), column(kept("linear0-epoch-" + epoch)));
                assertThat(number(epoch, layer, "", "activation-relative-entropy")).isEqualTo(expected)
                        .isEqualTo(rare.get(layer + epoch));
            }
        }
    }

    private static Continuous column(Map<String, Tensor> arrays) {
        Tensor output = output(arrays);
        return Continuous.of("t", output.reshape(output.size(), 1));
    }

    @Test
    void aLayerIsHeardOnTheSameSamplesByAllProbes() {
        assertThatThrownBy(() -> run(TEXT.replace("PROBE", "{layer: tanh0, part: training}\n"
                + "  - {layer: tanh0, measure: entropy}")))
                .hasMessage(folder.resolve("my.yaml") + ", line 8: probes[1].layer is 'tanh0', to which another probe"
                        + " listens on other samples: all probes of a layer need the same part and samples, because"
                        + " numbers are told apart by their layer");
    }

    /// Data of two sizes have two limits: the report once drew their mean into both planes. A limit beyond the end of
    /// the axis is told in the caption.
    @Test
    void anInformationPlaneHasTheLimitsOfItsOwnSamples() throws IOException {
        run(TEXT.replace("split: {test: 0.25}", "split: {test: [10, 40]}").replace("PROBE",
                "{layer: tanh0, measure: mutual-information, noise-variance: [0.1, 1], every: 4}"));
        List<Chart> planes = StudyRunner.report(study, RunFolder.open(folder.resolve("run"))).sections().stream()
                .flatMap(section -> section.figures().stream())
                .filter(figure -> figure.id().startsWith("information-plane")).map(Chart.class::cast).toList();
        assertThat(planes).hasSize(4);
        for (Chart chart : planes) {
            double limit = Math.log(chart.title().contains("test = 10") ? 10 : 40);
            double farthest = chart.marks().stream().filter(Trail.class::isInstance).flatMapToDouble(Mark::positions)
                    .max().orElseThrow();
            double[] drawn = chart.marks().stream().filter(ReferenceLine.class::isInstance)
                    .map(ReferenceLine.class::cast).filter(rule -> rule.name().equals("H(X)"))
                    .mapToDouble(ReferenceLine::value).toArray();
            if (farthest < limit / 2) {
                assertThat(drawn).as(chart.title()).isEmpty();
                assertThat(chart.caption()).contains("H(X) at " + Wording.rough(limit) + " nat");
                assertThat(Objects.requireNonNull(chart.x().range()).high()).isCloseTo(1.15 * farthest, within(1e-12));
            } else {
                assertThat(drawn).as(chart.title()).hasSize(1);
                assertThat(drawn[0]).as(chart.title()).isCloseTo(limit, within(1e-12));
            }
        }
    }

    /// With classes the output is a probability, of a single logit too.
    @Test
    void theOutputOfALogitIsAProbability() throws IOException {
        String text = TEXT.replace("split:", "classes: [setosa, virginica], split:")
                .replace("{linear: 3}", "{linear: 1}")
                .replace("cross-entropy", "binary-cross-entropy").replace("PROBE", "{layer: [linear1, output]}");
        run(text);
        double[] logits = output(kept("linear1-epoch-4")).toDoubles();
        double[] outputs = output(kept("output-epoch-4")).toDoubles();
        for (int i = 0; i < logits.length; i++) {
            assertThat(outputs[i]).isCloseTo(1 / (1 + Math.exp(-logits[i])), within(1e-12));
        }
    }

    /// A layer whose numbers overflow before training ends the trial, not the run.
    @Test
    void noiseIsNotFoundByNumbersThatAreNotFinite() throws IOException {
        RunFolder run = run(TEXT.replace("loss: ", "initialisation: {constant: {value: 1e200}}\nloss: ")
                .replace("tanh, ",
                        "relu, {linear: 5}, ")
                .replace("PROBE", "{layer: linear1, measure: mutual-information,"
                        + " noise-variance: {quantile: 0.9}}"));
        assertThat(Files.readString(run.path().resolve("metrics.csv"))).contains(",diverged,1.0,1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{layer: tanh0, measure: [entropy, mutual-information]}|probes[0].measure: mutual-information needs"
                    + " 'noise-variance', such as 0.001 for layers of a few units, 0.1 for images, or {quantile: 0.9,"
                    + " divisor: 1000}",
            "{layer: tanh0, measure: entropi}|probes[0].measure: there is no measure 'entropi'; did you mean"
                    + " 'entropy'?",
            "{layer: tanh0, measure: gradient-snr}|probes[0].layer is 'tanh0', which has no weight matrix: gradient-snr"
                    + " is of layers with one, such as linear0, linear1, output",
            "{layer: tanh0, part: validation}|probes[0].part is 'validation', and the data have no such part: 'split'"
                    + " makes one",
            "{layer: tanh0, every: 2, log-spaced: 3}|probes[0].log-spaced: there is 'every' too, and one of them says"
                    + " when",
            "{layer: [tanh0, linear1], measure: mutual-information, noise-variance: {tanh0: 5}}|probes[0]"
                    + ".noise-variance: the variance of 'linear1' is missing: one of each layer is needed, or"
                    + " 'quantile'",
            "{layer: [tanh0, tanh0], measure: entropy}|probes[0].layer[1] is 'tanh0', of which entropy is measured"
                    + " already: once for each layer, with several values of noise-variance if wanted",
            "{layer: tanh0, measure: mutual-information, noise-variance: [0.1, 0.10]}|probes[0].noise-variance[1] is"
                    + " '0.10', which stands there already: different values are needed, each makes a plane of its own",
            "{layer: tanh0, measure: mutual-information, noise-variance: []}|probes[0].noise-variance is an empty list:"
                    + " a variance is needed, or several",
            "{layer: tanh0, measure: entropy, noise-variance: 0.1}|probes[0].noise-variance: this is a key of 'measure:"
                    + " mutual-information', which is not asked for",
            "{layer: tanh0, measure: mutual-information, estimator: binning, noise-variance: 0.1}|probes[0]"
                    + ".noise-variance: 'estimator: binning' adds no noise: leave it out",
            "{layer: tanh0, measure: mutual-information, noise-variance: 0.1, bin-width: 0.1}|probes[0].bin-width: bins"
                    + " need 'estimator: binning'",
            "{layer: tanh0, measure: relative-entropy}|probes: relative-entropy is that of a layer to 'tanh0', the"
                    + " first layer listened to: measure it of another layer",
            "{layer: tan0}|probes[0].layer is 'tan0': must be a layer of the network, one of linear0, tanh0, linear1,"
                    + " or 'output' for the class probabilities"})
    void whatIsWrongWithAProbeIsRefused(String probe, String answer) {
        assertThatThrownBy(() -> run(TEXT.replace("PROBE", probe))).isInstanceOf(SettingException.class)
                .hasMessage(folder.resolve("my.yaml") + ", line 7: " + answer);
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
