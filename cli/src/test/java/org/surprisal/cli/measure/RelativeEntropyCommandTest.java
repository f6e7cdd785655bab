package org.surprisal.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.cli.CommandRun;
import org.surprisal.data.format.Npy;
import org.surprisal.data.format.Npz;
import org.surprisal.tensor.Tensor;
import tools.jackson.databind.JsonNode;

class RelativeEntropyCommandTest {
    @TempDir
    private Path folder;

    private String weights = "";
    private String input = "";
    private final SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();

    /// A linear network of width 2: z0 = (3, 1), z1 = 2 z0, z2 = -z1 + (1, 1).
    @BeforeEach
    void writeNetwork() {
        arrays.put("W1", Tensor.of(new double[]{1, 1, 0, 1, 0, 0}, 2, 3));
        arrays.put("b1", Tensor.of(new double[]{0, 0}));
        arrays.put("W2", Tensor.of(new double[]{2, 0, 0, 2}, 2, 2));
        arrays.put("b2", Tensor.of(new double[]{0, 0}));
        arrays.put("W3", Tensor.of(new double[]{-1, 0, 0, -1}, 2, 2));
        arrays.put("b3", Tensor.of(new double[]{1, 1}));
        weights = write("w.npz");
        input = folder.resolve("x.npy").toString();
        Npy.write(Path.of(input), Tensor.of(new double[]{1, 2, 5}));
    }

    private String write(String name) {
        Npz.write(folder.resolve(name), arrays);
        return folder.resolve(name).toString();
    }

    private CommandRun measure(String... more) {
        String[] arguments = new String[8 + more.length];
        System.arraycopy(new String[]{"measure", "relative-entropy", "--weights", weights, "--input", input,
                "--activation", "identity"}, 0, arguments, 0, 8);
        System.arraycopy(more, 0, arguments, 8, more.length);
        return CommandRun.of(arguments);
    }

    /// By hand: z0 = (3, 1) has mean 2 and variance 1 over the neurons, z1 = (6, 2) mean 4 and variance 4, z2 =
    /// (-5, -1) mean -3 and variance 4. A sample is N(2, 1) in each component, so that ||z_m - mu_m||^2 has expectation
    /// 2 * 4 in both layers: Q_m / (2 sigma_m^2) = 1, and D_m = -(N/2) ln(2 pi e) + (N/2) ln(2 pi 4) + 1 = ln 4 with
    /// N = 2.
    @Test
    void aLinearNetworkHasTheValueOfTheClosedForm() {
        JsonNode answer = measure("--samples", "100000", "--seed", "5", "--sigma-w2", "1", "--json").json();

        assertThat(answer.get("measure").asString()).isEqualTo("relative-entropy");
        assertThat(answer.get("estimator").asString()).isEqualTo("monte-carlo");
        assertThat(answer.get("unit").asString()).isEqualTo("nat");
        assertThat(answer.get("n").asInt()).isEqualTo(100_000);
        assertThat(answer.get("warnings")).isEmpty();
        assertThat(answer.get("settings").get("seed").asInt()).isEqualTo(5);
        assertThat(answer.get("settings").get("sigmaW2").asDouble()).isEqualTo(1);
        JsonNode layers = answer.get("layers");
        assertThat(layers).hasSize(3);
        assertThat(layers.get(0).get("value").asDouble()).isZero();
        assertThat(layers.get(0).get("standardError").asDouble()).isZero();
        // The squared distance is 4 times chi-squared with 2 degrees of freedom, of variance 4: 1 +- sqrt(1/100000).
        double error = Math.sqrt(1e-5);
        for (int m = 1; m <= 2; m++) {
            JsonNode layer = layers.get(m);
            assertThat(layer.get("layer").asInt()).isEqualTo(m);
            assertThat(layer.get("value").asDouble()).isCloseTo(Math.log(4), within(4 * error));
            assertThat(layer.get("standardError").asDouble()).isCloseTo(error, within(0.05 * error));
            assertThat(layer.get("normalised").asDouble())
                    .isCloseTo(layer.get("value").asDouble() / Math.log(2 * Math.PI * Math.E), within(1e-12));
        }
        assertThat(answer.get("value").asDouble()).isEqualTo(layers.get(2).get("value").asDouble());
    }

    /// The second input gives z0 = (1, 2), of a quarter of the variance, and so does every layer behind it: ln 4 again.
    @Test
    void severalInputsAreAveraged() {
        Npy.write(Path.of(input), Tensor.of(new double[]{1, 2, 5, -1, 2, 3}, 2, 3));
        JsonNode answer = measure("--samples", "100000", "--seed", "5", "--json").json();

        assertThat(answer.get("inputs").asInt()).isEqualTo(2);
        JsonNode last = answer.get("layers").get(2);
        double error = Math.sqrt(1e-5 / 2);
        assertThat(last.get("value").asDouble()).isCloseTo(Math.log(4), within(4 * error));
        assertThat(last.get("standardError").asDouble()).isCloseTo(error, within(0.05 * error));
        // The two differ by Monte Carlo error only.
        assertThat(last.get("spread").asDouble()).isBetween(0.0, 5 * Math.sqrt(1e-5));
        assertThat(answer.get("layers").get(0).get("spread").asDouble()).isZero();
        assertThat(measure("--samples", "50").out()).contains("mean over 2 inputs", "spread");
    }

    @Test
    void bitsAreNatsOverLnTwo() {
        JsonNode nat = measure("--seed", "5", "--json").json();
        JsonNode bit = measure("--seed", "5", "--unit", "bit", "--json").json();

        assertThat(bit.get("unit").asString()).isEqualTo("bit");
        assertThat(bit.get("value").asDouble() * Math.log(2)).isCloseTo(nat.get("value").asDouble(), within(1e-12));
        assertThat(bit.get("layers").get(1).get("standardError").asDouble() * Math.log(2))
                .isCloseTo(nat.get("layers").get(1).get("standardError").asDouble(), within(1e-12));
        assertThat(nat.get("layers").get(1).get("normalised").isNull()).isTrue();
    }

    @Test
    void theSeedChoosesTheSamples() {
        assertThat(measure("--seed", "5", "--json")).isEqualTo(measure("--seed", "5", "--json"));
        assertThat(measure("--seed", "5", "--json").out()).isNotEqualTo(measure("--seed", "6", "--json").out());
    }

    @Test
    void peopleGetATable() {
        CommandRun run = measure("--samples", "50");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("value [nat]", "std. error", "50 samples");
        assertThat(run.out().lines()).hasSize(5);
    }

    /// Of 10 samples the standard error is about sqrt(1/10), 23 % of ln 4.
    @Test
    void whatMayMisleadIsAWarning() {
        arrays.put("epoch", Tensor.of(new double[]{3}));
        arrays.put("b3", Tensor.of(new float[]{1, 1}));
        weights = write("mixed.npz");

        CommandRun json = measure("--samples", "10", "--json");
        assertThat(json.err()).isEmpty();
        assertThat(json.json().get("warnings")).hasSize(3);
        assertThat(json.json().get("warnings").toString()).contains("not used: epoch", "float64", "standard error");
        assertThat(measure("--samples", "10").errorLines()).hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("surprisal: warning: "));
    }

    private void assertFails(String... told) {
        CommandRun run = measure("--json");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: ").contains(told);
    }

    @Test
    void anArrayThatIsMissingIsNamed() {
        arrays.remove("b2");
        weights = write("a.npz");
        assertFails("a.npz", "W2", "no b2");

        arrays.remove("W2");
        weights = write("b.npz");
        assertFails("b.npz", "W3", "no W2");

        arrays.keySet().removeIf(name -> !name.equals("b3"));
        weights = write("c.npz");
        assertFails("c.npz", "no W1", "b3");
    }

    @Test
    void widthsThatDifferAreRefused() {
        arrays.put("W3", Tensor.of(new double[]{1, 1}, 1, 2));
        arrays.put("b3", Tensor.of(new double[]{0}));
        weights = write("narrow.npz");

        assertFails("equal widths", "layer 2");
    }

    @Test
    void anInputOfAnotherSizeIsRefused() {
        Npy.write(Path.of(input), Tensor.of(new double[]{1, 2, 3, 4}, 2, 2));

        assertFails("x.npy", "(2, 2)", "3 numbers");
    }

    @Test
    void filesThatAreMissingOrDamagedAreNamed() throws IOException {
        Files.writeString(folder.resolve("w.npz"), "no archive");
        assertFails("w.npz");
        Files.delete(folder.resolve("w.npz"));
        assertFails("w.npz");
        writeNetwork();
        input = folder.resolve("x.txt").toString();
        assertFails("x.txt");
    }

    @Test
    void aWeightThatIsNoNumberIsRefused() {
        arrays.put("b2", Tensor.of(new double[]{0, Double.NaN}));
        weights = write("nan.npz");

        assertFails("NaN", "layer 1");
    }
}
