package org.surprisal.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.cli.CommandRun;
import org.surprisal.data.format.Npy;
import org.surprisal.data.format.Npz;
import org.surprisal.data.format.Safetensors;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// The same samples in files of several kinds give the same numbers, and what a file leaves open is told.
class FileMeaningTest {
    private static final int N = 200;
    private static final double NOISE = 0.5;

    @TempDir
    private Path folder;

    private final RandomStream stream = RandomStream.seeded(7);
    private final double[] x = normal(1);
    private final double[] noise = normal(2);
    private final double[] y = IntStream.range(0, N).mapToDouble(i -> x[i] + NOISE * noise[i]).toArray();

    private double[] normal(int label) {
        RandomStream drawn = stream.child(label);
        return IntStream.range(0, N).mapToDouble(_ -> drawn.nextGaussian()).toArray();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private String npy(String name, double... values) {
        Npy.write(folder.resolve(name), Tensor.of(values));
        return path(name);
    }

    /// Writes a table with one line for each sample: the pattern with its number and value filled in.
    private String csv(String name, String header, String line, double... values) throws IOException {
        StringBuilder text = new StringBuilder(header);
        for (int i = 0; i < values.length; i++) {
            text.append(String.format(Locale.ROOT, line, i, values[i])).append('\n');
        }
        Files.writeString(folder.resolve(name), text);
        return path(name);
    }

    private static JsonNode measure(String... arguments) {
        List<String> all = new ArrayList<>(List.of("measure"));
        all.addAll(List.of(arguments));
        all.add("--json");
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return run.json();
    }

    private static JsonNode ksg(String first, String second) {
        return measure("mi", "--estimator", "ksg", "--x", first, "--y", second);
    }

    private static List<String> warnings(JsonNode answer) {
        List<String> warnings = new ArrayList<>();
        answer.get("warnings").forEach(warning -> warnings.add(warning.asString()));
        return warnings;
    }

    private double expected() {
        return ksg(npy("x.npy", x), npy("y.npy", y)).get("value").asDouble();
    }

    /// With the row numbers as a coordinate of both, independent variables shared more than a nat.
    @Test
    void rowNumbersAreNoCoordinate() throws IOException {
        double plain = ksg(csv("a.csv", "x\n", "%2$.17g", x), csv("b.csv", "y\n", "%2$.17g", noise)).get("value")
                .asDouble();
        JsonNode answer = ksg(csv("x.csv", ",x\n", "%d,%.17g", x), csv("y.csv", ",y\n", "%d,%.17g", noise));

        assertThat(answer.get("value").asDouble()).isEqualTo(plain).isCloseTo(0, within(0.1));
        assertThat(warnings(answer)).containsExactly(
                path("x.csv")
                        + ": column 1 has no name and counts 0, 1, ...: left out as row numbers (give it a name to"
                        + " keep it)",
                path("y.csv")
                        + ": column 1 has no name and counts 0, 1, ...: left out as row numbers (give it a name to"
                        + " keep it)");
    }

    @Test
    void warningsGoToStandardErrorForAPerson() throws IOException {
        CommandRun run = CommandRun.of("measure", "entropy", "--estimator", "gaussian", "--x",
                csv("x.csv", ",x\n", "%d,%.17g", x));
        assertThat(run.errorLines()).containsExactly("surprisal: warning: " + path("x.csv")
                + ": column 1 has no name and counts 0, 1, ...: left out as row numbers (give it a name to keep it)");
        assertThat(run.code()).isZero();
    }

    @Test
    void namesOfColumnsThatAreNumbersAreNoSample() throws IOException {
        double value = expected();
        String first = csv("x.csv", "0\n", "%2$.17g", x);
        String second = csv("y.csv", "0\n", "%2$.17g", y);
        JsonNode open = ksg(first, second);
        assertThat(open.get("n").asInt()).isEqualTo(N + 1);
        assertThat(warnings(open)).containsExactly(
                first + ": line 1 (0) is taken for data; if it names the columns, say that there is a header"
                        + " (--header, or"
                        + " 'header: true' in an experiment's file)",
                second + ": line 1 (0) is taken for data; if it names the columns, say that there is a header"
                        + " (--header, or"
                        + " 'header: true' in an experiment's file)");
        JsonNode settled = measure("mi", "--estimator", "ksg", "--x", first, "--y", second, "--header");
        assertThat(settled.get("value").asDouble()).isEqualTo(value);
        assertThat(warnings(settled)).isEmpty();
        JsonNode data = measure("mi", "--estimator", "ksg", "--x", first, "--y", second, "--no-header");
        assertThat(data.get("n").asInt()).isEqualTo(N + 1);
        assertThat(warnings(data)).isEmpty();
    }

    @Test
    void headerWithoutATableIsNamed() {
        assertThat(warnings(measure("distances", "--x", npy("x.npy", x), "--no-header")))
                .containsExactly("--no-header has no effect: no file is a CSV file");
    }

    @Test
    void numbersThatAreNotFiniteAreToldWithTheFile() {
        double[] holed = x.clone();
        holed[3] = Double.NaN;
        String file = npy("holed.npy", holed);
        for (String command : new String[]{"distances", "gaussianity"}) {
            CommandRun run = CommandRun.of("measure", command, "--x", file);
            assertThat(run.err()).isEqualTo("surprisal: " + file + "[3][0] = NaN, a finite value needed\n");
            assertThat(run.code()).isEqualTo(1);
        }
    }

    @Test
    void columnsAreNamedBehindTheFile() throws IOException {
        StringBuilder text = new StringBuilder("0,x,label\n");
        for (int i = 0; i < N; i++) {
            text.append(noise[i]).append(',').append(x[i]).append(',').append(y[i] > 0 ? "high" : "low").append('\n');
        }
        Files.writeString(folder.resolve("t.csv"), text);
        String classes = npy("classes.npy", IntStream.range(0, N).mapToDouble(i -> y[i] > 0 ? 1 : 0).toArray());
        double value = measure("mi", "--estimator", "ksg", "--x", npy("x.npy", x), "--labels", classes).get("value")
                .asDouble();

        for (String header : new String[]{"--header", "--unit=nat"}) {
            JsonNode answer = measure("mi", "--estimator", "ksg", "--x", path("t.csv") + "#x", "--labels",
                    path("t.csv") + "#label", header);
            assertThat(answer.get("value").asDouble()).isEqualTo(value);
            assertThat(warnings(answer)).isEmpty();
        }
        assertThat(
                CommandRun.of("measure", "mi", "--estimator", "ksg", "--x", path("t.csv") + "#z", "--labels", classes)
                        .err())
                .isEqualTo("surprisal: " + path("t.csv") + " has no column 'z'; it has columns 0, x, label, or"
                        + " 1 to 3 (the last is also -1)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oned.mat", "column.mat"})
    void lineOfNumbersInAMatFileIsSamples(String name) throws IOException {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        int[] shape = name.equals("oned.mat") ? new int[]{1, N} : new int[]{N, 1};
        arrays.put("x", Tensor.of(x, shape));
        arrays.put("y", Tensor.of(y, shape));
        MatFile.write(folder.resolve(name), arrays);
        String first = path(name) + "#x";
        JsonNode answer = ksg(first, path(name) + "#y");

        assertThat(answer.get("value").asDouble()).isEqualTo(expected());
        assertThat(warnings(answer)).hasSize(shape[0] == 1 ? 2 : 0);
        for (String command : new String[]{"entropy", "distances", "gaussianity"}) {
            JsonNode whole = measure(command, "--x", path("x.npy"));
            JsonNode same = measure(command, "--x", first);
            assertThat(same.get("value").asDouble()).isEqualTo(whole.get("value").asDouble());
            assertThat(same.get("n").asInt()).isEqualTo(N);
        }
    }

    /// The labels of the 12-bit task are (1, 4096), 1970 of them ones: H(Y) = 0.99916 bit, and X tells Y.
    @Test
    void labelsOfTheTwelveBitTaskHaveTheirEntropy() {
        String variable = System.getenv("SURPRISAL_DATA");
        Path data = Path.of(variable == null || variable.isBlank() ? "../../shared/data" : variable)
                .resolve("tishby/var_u.mat");
        assumeTrue(Files.isRegularFile(data), "no " + data + ": set SURPRISAL_DATA");

        JsonNode entropy = measure("entropy", "--estimator", "shannon", "--x", data + "#y", "--unit", "bit");
        assertThat(entropy.get("n").asInt()).isEqualTo(4096);
        assertThat(entropy.get("value").asDouble()).isCloseTo(0.99916, within(5e-6));
        JsonNode told = measure("mi", "--estimator", "discrete", "--x", data + "#F", "--labels", data + "#y", "--unit",
                "bit");
        assertThat(told.get("value").asDouble()).isCloseTo(0.99916, within(5e-6));
    }

    /// Twelve layers, each a function of the one before it; `stem` is what their names begin with.
    private SequencedMap<String, Tensor> layers(String stem) {
        SequencedMap<String, Tensor> layers = new LinkedHashMap<>();
        Tensor signal = Tensor.of(x, N, 1);
        for (int i = 0; i < 12; i++) {
            signal = signal.times(0.8).tanh();
            layers.put(stem + i, signal);
        }
        return layers;
    }

    private static SequencedMap<String, Tensor> sorted(SequencedMap<String, Tensor> arrays) {
        SequencedMap<String, Tensor> sorted = new LinkedHashMap<>();
        arrays.keySet().stream().sorted().forEach(name -> sorted.put(name, arrays.get(name)));
        return sorted;
    }

    private JsonNode plane(String layers) {
        String labels = npy("labels.npy", IntStream.range(0, N).mapToDouble(i -> x[i] > 0 ? 1 : 0).toArray());
        return measure("plane", "--x", npy("x.npy", x), "--labels", labels, "--layers", layers, "--noise-variance",
                "0.001");
    }

    /// As safetensors' own library and MATLAB write names: layer0, layer1, layer10, layer11, layer2, ….
    @ParameterizedTest
    @ValueSource(strings = {"T.safetensors", "T.mat", "sorted.npz"})
    void layersGoByTheirNumbers(String name) throws IOException {
        SequencedMap<String, Tensor> layers = layers("layer");
        Npz.write(folder.resolve("T.npz"), layers);
        JsonNode expected = plane(path("T.npz"));
        switch (name) {
            case "T.safetensors" -> Safetensors.write(folder.resolve(name), sorted(layers));
            case "T.mat" -> MatFile.write(folder.resolve(name), sorted(layers));
            default -> Npz.write(folder.resolve(name), sorted(layers));
        }
        JsonNode answer = plane(path(name));

        assertThat(answer.get("layers")).isEqualTo(expected.get("layers"));
        assertThat(answer.get("value")).isEqualTo(expected.get("value"));
        assertThat(answer.get("orderViolations")).isEqualTo(expected.get("orderViolations")).isEmpty();
        assertThat(warnings(answer)).isEqualTo(warnings(expected));
    }

    /// A layer of one unit, which SciPy saves as (1, n).
    @Test
    void lineOfAMatFileIsALayerOfOneUnit() throws IOException {
        SequencedMap<String, Tensor> layers = new LinkedHashMap<>();
        layers("layer").forEach((name, layer) -> layers.put(name, layer.reshape(N)));
        Npz.write(folder.resolve("T.npz"), layers);
        MatFile.write(folder.resolve("T.mat"), sorted(layers));

        assertThat(plane(path("T.mat")).get("layers")).isEqualTo(plane(path("T.npz")).get("layers"));
    }

    @Test
    void orderThatNamesDoNotTellIsNamed() throws IOException {
        SequencedMap<String, Tensor> mixed = new LinkedHashMap<>();
        SequencedMap<String, Tensor> layers = layers("relu");
        for (int i = 0; i < 11; i++) {
            mixed.put("relu" + i, layers.get("relu" + i));
        }
        mixed.put("output", layers.get("relu11"));
        Npz.write(folder.resolve("mixed.npz"), mixed);
        JsonNode saved = plane(path("mixed.npz"));
        assertThat(warnings(saved)).noneMatch(warning -> warning.contains("order"));
        assertThat(saved.get("layers").get(11).get("layer").asString()).isEqualTo("output");

        Safetensors.write(folder.resolve("mixed.safetensors"), sorted(mixed));
        String names = "output, relu0, relu1, relu2, relu3, relu4, relu5, relu6, relu7, relu8, relu9, relu10";
        assertThat(warnings(plane(path("mixed.safetensors")))).contains(path("mixed.safetensors")
                + " keeps no order of its arrays, and their names do not tell it: taken in the order of its header,"
                + " those whose names differ only in numbers by number: " + names
                + " (name each as FILE#NAME for another order)");
        Npz.write(folder.resolve("mixed.npz"), sorted(mixed));
        assertThat(warnings(plane(path("mixed.npz")))).contains(path("mixed.npz")
                + " holds its arrays sorted by name, with their numbers out of order: those whose names differ only in"
                + " numbers are taken by number: "
                + names + " (name each as FILE#NAME for another order)");
    }

    @Test
    void targetThatAProbeKeepsIsNoLayer() {
        SequencedMap<String, Tensor> probe = new LinkedHashMap<>();
        probe.put("output", Tensor.of(x, N, 1));
        probe.put("target", Tensor.of(y));
        Npz.write(folder.resolve("relu0.npz"), probe);
        JsonNode answer = plane(path("relu0.npz"));

        assertThat(answer.get("layers")).hasSize(1);
        assertThat(warnings(answer)).contains(path("relu0.npz") + ": target left out, because a probe keeps it beside"
                + " the layer's output; " + path("relu0.npz") + "#target takes it as a layer");
    }

    /// A network of width 2 by the names and formats that other programs give it.
    private void writeWeights(String file, String weight, String bias, int first) throws IOException {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            RandomStream layer = RandomStream.seeded(3).child(i);
            arrays.put(weight.formatted(i + first), layer.gaussian(ElementType.FLOAT64, 0, 1, 2, 2));
            arrays.put(bias.formatted(i + first), layer.gaussian(ElementType.FLOAT64, 0, 1, 2));
        }
        if (file.endsWith(".mat")) {
            MatFile.write(folder.resolve(file), sorted(arrays));
        } else if (file.endsWith(".safetensors")) {
            Safetensors.write(folder.resolve(file), sorted(arrays));
        } else {
            Npz.write(folder.resolve(file), arrays);
        }
    }

    @Test
    void weightsAreTheSameByEveryName() throws IOException {
        writeWeights("w.npz", "W%d", "b%d", 1);
        String input = npy("in.npy", 1, 2);
        JsonNode expected = measure("relative-entropy", "--weights", path("w.npz"), "--input", input);
        writeWeights("w.mat", "W%d", "b%d", 1);
        writeWeights("zero.npz", "W%d", "b%d", 0);
        writeWeights("sequential.safetensors", "%d.weight", "%d.bias", 0);
        writeWeights("module.npz", "net.%d.weight", "net.%d.bias", 0);
        for (String file : new String[]{"w.mat", "zero.npz", "sequential.safetensors", "module.npz"}) {
            JsonNode answer = measure("relative-entropy", "--weights", path(file), "--input", input);
            assertThat(answer.get("layers")).as(file).isEqualTo(expected.get("layers"));
        }
    }
}
