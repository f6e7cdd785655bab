package org.surprisal.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.cli.CommandRun;
import org.surprisal.data.format.Npy;
import org.surprisal.data.format.Npz;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// `measure plane`, on three layers of the cube {0,1}^8: all its bits, half of them, and the one that is the label.
class PlaneCommandTest {
    private static final int BITS = 8;
    private static final int POINTS = 1 << BITS;

    @TempDir
    private Path folder;

    private String x = "";
    private String labels = "";
    private String layers = "";

    @BeforeEach
    void write() {
        x = write("x.npy", bits(BITS));
        labels = write("y.npy", bits(1).reshape(POINTS));
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("first", bits(BITS).reshape(POINTS, 2, BITS / 2));
        arrays.put("second", bits(BITS / 2));
        arrays.put("third", bits(1));
        Npz.write(folder.resolve("layers.npz"), arrays);
        layers = folder.resolve("layers.npz").toString();
    }

    private static Tensor bits(int count) {
        double[] points = new double[POINTS * count];
        for (int i = 0; i < points.length; i++) {
            points[i] = ((i / count) >> (i % count)) & 1;
        }
        return Tensor.of(points, POINTS, count);
    }

    private String write(String name, Tensor array) {
        Npy.write(folder.resolve(name), array);
        return folder.resolve(name).toString();
    }

    private CommandRun plane(String... more) {
        List<String> given = new ArrayList<>(
                List.of("measure", "plane", "--x", x, "--labels", labels, "--layers", layers));
        given.addAll(List.of(more));
        return CommandRun.of(given.toArray(String[]::new));
    }

    /// A bit with noise of variance v has 1 - log2(1 + exp(-1/(2v))) bits by Kullback-Leibler, with 8v by
    /// Bhattacharyya.
    @Test
    void everyLayerHasTheBoundsOfItsBits() {
        JsonNode answer = plane("--noise-variance", "0.1", "--unit", "bit", "--json").json();

        double upper = 1 - Math.log1p(Math.exp(-5)) / Math.log(2);
        double lower = 1 - Math.log1p(Math.exp(-1.25)) / Math.log(2);
        assertThat(answer.get("measure").asString()).isEqualTo("plane");
        assertThat(answer.get("estimator").asString()).isEqualTo("kde");
        assertThat(answer.get("n").asInt()).isEqualTo(POINTS);
        assertThat(answer.get("inputEntropy").asDouble()).isCloseTo(8, within(1e-9));
        assertThat(answer.get("labelEntropy").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(answer.get("value").asDouble()).isCloseTo(lower, within(1e-9));
        JsonNode points = answer.get("layers");
        assertThat(points).hasSize(3);
        int[] count = {8, 4, 1};
        String[] name = {"first", "second", "third"};
        for (int i = 0; i < 3; i++) {
            JsonNode point = points.get(i);
            assertThat(point.get("layer").asString()).isEqualTo(name[i]);
            assertThat(point.get("iXT").asDouble()).isCloseTo(count[i] * lower, within(1e-9));
            assertThat(point.get("iTY").asDouble()).isCloseTo(lower, within(1e-9));
            assertThat(point.get("kl").get("iXT").asDouble()).isCloseTo(count[i] * upper, within(1e-9));
            assertThat(point.get("kl").get("iTY").asDouble()).isCloseTo(upper, within(1e-9));
            assertThat(point.get("lower").asDouble()).isLessThanOrEqualTo(lower + 1e-9);
            assertThat(point.get("upper").asDouble()).isBetween(upper - 1e-9, 1.0 + 1e-9);
        }
        assertThat(answer.get("orderViolations")).isEmpty();
        assertThat(answer.get("warnings")).isEmpty();
    }

    @Test
    void binsCountTheBits() {
        JsonNode answer = plane("--estimator", "binning", "--bins", "2,0,1", "--unit", "bit", "--json").json();

        assertThat(answer.get("layers").get(1).get("iXT").asDouble()).isCloseTo(4, within(1e-9));
        assertThat(answer.get("layers").get(1).get("iTY").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(answer.get("layers").get(1).get("binned").get("iXT").asDouble()).isCloseTo(4, within(1e-9));
    }

    /// Doubled activations have more information behind the same noise, with nothing learnt.
    @Test
    void anOrderThatIsBrokenIsReadForThePerson() {
        String doubled = write("doubled.npy", bits(BITS).times(2));
        CommandRun run = plane(doubled, "--noise-variance", "0.1");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("doubled exceeds layers:third", "nothing learnt", "I(T;Y) lies in");
        CommandRun recurrent = plane(doubled, "--noise-variance", "0.1", "--succession", "recurrent");
        assertThat(recurrent.out()).contains("not applicable").doesNotContain("exceeds");
    }

    @Test
    void shuffledLabelsGiveAPValue() {
        JsonNode answer = plane("--noise-variance", "0.1", "--permutations", "19", "--json").json();

        assertThat(answer.get("layers").get(2).get("pValue").asDouble()).isEqualTo(0.05);
        assertThat(answer.get("layers").get(2).get("nullMean").asDouble())
                .isLessThan(answer.get("layers").get(2).get("iTY").asDouble());
    }

    @Test
    void theFigureIsWritten() {
        Path drawn = folder.resolve("drawn");
        CommandRun run = plane("--noise-variance", "0.1", "--figure", drawn.toString(), "--json");

        assertThat(run.json().get("figures")).hasSize(3);
        assertThat(drawn.resolve("information-plane.png")).isNotEmptyFile();
        assertThat(drawn.resolve("information-plane.svg")).content().contains("third", "I(X;T)");
    }

    @Test
    void wrongUsageIsOneLine() {
        for (CommandRun run : List.of(plane(), plane("--noise-variance", "0"), plane("--estimator", "ksg"),
                plane("--noise-variance", "1", "--succession", "ring"),
                plane("--noise-variance", "1", "--permutations", "0"))) {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: ");
        }
    }

    @Test
    void filesThatDoNotFitAreNamed() {
        String few = write("few.npy", Tensor.of(new double[]{1, 2, 3}, 3, 1));
        for (CommandRun run : List.of(plane(few, "--noise-variance", "1"), plane("none.npy", "--noise-variance", "1"),
                plane(layers + "#fourth", "--noise-variance", "1"))) {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: ");
        }
        assertThat(plane(few, "--noise-variance", "1").err()).contains("few", "3 sample(s)");
    }

    /// A coin that knows nothing of 20 inputs of 100 samples each: H(T) = ln 2 = 0.6931 nat, I(X;T) = 0.
    @Test
    void aRandomLayerIsNamedAndHasTheInformationOfItsChannel() {
        double[] inputs = new double[2000];
        double[] coin = RandomStream.seeded(6).gaussian(ElementType.FLOAT64, 0, 1, 2000).toDoubles();
        double[] classes = new double[2000];
        for (int i = 0; i < 2000; i++) {
            inputs[i] = i % 20;
            coin[i] = coin[i] > 0 ? 1 : 0;
            classes[i] = i % 2;
        }
        String[] given = {"measure", "plane", "--x", write("repeated.npy", Tensor.of(inputs, 2000, 1)), "--labels",
                write("classes.npy", Tensor.of(classes, 2000)), "--layers", write("coin.npy", Tensor.of(coin, 2000, 1)),
                "--noise-variance", "0.001", "--json"};
        JsonNode answer = CommandRun.of(given).json();

        assertThat(answer.get("layers").get(0).get("iXT").asDouble()).isBetween(0.0, 0.012);
        assertThat(answer.get("layers").get(0).get("kl").get("iXT").asDouble()).isBetween(0.0, 0.012);
        assertThat(answer.get("warnings").toString()).contains("layer coin: rows ",
                " have equal inputs and different representations");
    }

    @Test
    void sentencesOfOrderHaveTheUnitThatWasAskedFor() {
        String doubled = write("doubled.npy", bits(BITS).times(2));
        CommandRun bit = plane(doubled, "--noise-variance", "0.1", "--unit", "bit");
        assertThat(bit.out()).contains(" bit about X").doesNotContain(" nat");
    }

    /// Float32 activations of layers that know the same differ by rounding.
    @Test
    void roundingIsNotABrokenOrder() {
        String again = write("again.npy", bits(1).times(1 + 1e-8));
        assertThat(plane(again, "--noise-variance", "0.1", "--json").json().get("orderViolations")).isEmpty();
    }

    @Test
    void aSampleOfRowsMakesThePlaneOfThese() {
        JsonNode answer = plane("--noise-variance", "0.1", "--sample", "64", "--json").json();

        assertThat(answer.get("n").asInt()).isEqualTo(64);
        assertThat(answer.get("settings").get("rows").asInt()).isEqualTo(POINTS);
        assertThat(plane("--noise-variance", "0.1", "--sample", "64").out())
                .startsWith("information plane, 64 of 256 samples [nat]");
    }
}
