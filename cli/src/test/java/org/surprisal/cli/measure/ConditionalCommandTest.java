package org.surprisal.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.cli.CommandRun;
import org.surprisal.data.format.Npy;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// `measure cmi` and `measure te`, and the estimators of `measure mi` that came with them, through the entry point.
class ConditionalCommandTest {

    @TempDir
    private Path folder;
    private String x = "";
    private String y = "";
    private String z = "";

    /// X = Z + e and Y = -Z + 2 e + f with normal numbers: I(X;Y|Z) = ½ ln 5.
    @BeforeEach
    void writeThreeVariables() {
        RandomStream draws = RandomStream.seeded(4);
        double[] ofX = new double[600];
        double[] ofY = new double[600];
        double[] ofZ = new double[600];
        for (int i = 0; i < 600; i++) {
            ofZ[i] = draws.nextGaussian();
            double own = draws.nextGaussian();
            ofX[i] = ofZ[i] + own;
            ofY[i] = -ofZ[i] + 2 * own + draws.nextGaussian();
        }
        x = write("x.npy", ofX);
        y = write("y.npy", ofY);
        z = write("z.npy", ofZ);
    }

    private String write(String name, double... values) {
        Npy.write(folder.resolve(name), Tensor.of(values, values.length, 1));
        return folder.resolve(name).toString();
    }

    private CommandRun cmi(String... more) {
        return CommandRun.of(Stream.concat(Stream.of("measure", "cmi", "--x", x, "--y", y, "--z", z),
                Arrays.stream(more)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ksg", "gaussian", "gaussian-copula"})
    void estimatorsFindAConditionalInformation(String estimator) {
        JsonNode answer = cmi("--estimator", estimator, "--permutations", "19", "--interaction", "--json").json();

        assertThat(answer.get("measure").asString()).isEqualTo("cmi");
        assertThat(answer.get("value").asDouble()).isCloseTo(0.5 * Math.log(5), within(0.12));
        assertThat(answer.get("permutations").get("pValue").asDouble()).isEqualTo(0.05);
        assertThat(answer.get("permutations").get("surrogates").asString()).isEqualTo("local");
        assertThat(answer.get("interaction").asDouble())
                .isCloseTo(answer.get("value").asDouble() - answer.get("mutual").asDouble(), within(1e-12));
        assertThat(answer.get("settings").get("z").asString()).isEqualTo(z);
    }

    @Test
    void aPersonGetsLines() {
        CommandRun run = cmi("--estimator", "gaussian", "--permutations", "19", "--surrogates", "blocks",
                "--block-length", "20", "--unit", "bit");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("conditional mutual information, gaussian, 600 rows [bit]", "  value  ",
                "  95 % interval by fisher-z: [", "19 surrogates (blocks) [bit]", "  p-value              0.050000");
    }

    @Test
    void anIntervalByPartsIsGivenWhenAsked() {
        JsonNode interval = cmi("--interval", "subsampling", "--json").json().get("interval");

        assertThat(interval.get("method").asString()).isEqualTo("subsampling");
        assertThat(interval.get("lower").asDouble()).isLessThan(0.5 * Math.log(5));
        assertThat(interval.get("upper").asDouble()).isGreaterThan(0.5 * Math.log(5));
    }

    @Test
    void bitsAreCounted() {
        String a = write("a.npy", IntStream.range(0, 400).mapToDouble(i -> i & 1).toArray());
        String b = write("b.npy", IntStream.range(0, 400).mapToDouble(i -> (i >> 1) & 1).toArray());
        String xor = write("xor.npy", IntStream.range(0, 400).mapToDouble(i -> (i & 1) ^ ((i >> 1) & 1)).toArray());
        JsonNode answer = CommandRun.of("measure", "cmi", "--estimator", "discrete", "--x", a, "--y", xor, "--z", b,
                "--interaction", "--unit", "bit", "--json").json();

        assertThat(answer.get("value").asDouble()).isCloseTo(1, within(1e-12));
        assertThat(answer.get("interaction").asDouble()).isCloseTo(1, within(1e-12));
        JsonNode over = CommandRun.of("measure", "mi", "--estimator", "discrete", "--x", a, "--y", a, "--normalise",
                "mean", "--correction", "nsb", "--json").json();
        assertThat(over.get("normalised").asDouble()).isCloseTo(1, within(0.03));
        assertThat(over.get("normalisedBy").asString()).isEqualTo("mean");
        assertThat(over.get("settings").get("correction").asString()).isEqualTo("nsb");
    }

    /// y follows x one row later: y_t = x_(t-1) + noise of equal variance, ½ ln 2 nat forth and none back.
    @Test
    void informationIsTransferredForthAndNotBack() {
        RandomStream draws = RandomStream.seeded(9);
        double[] source = new double[1000];
        Arrays.setAll(source, t -> draws.nextGaussian());
        double[] target = new double[1000];
        Arrays.setAll(target, t -> (t > 0 ? source[t - 1] : 0) + draws.nextGaussian());
        String from = write("from.npy", source);
        String to = write("to.npy", target);

        JsonNode forth = CommandRun.of("measure", "te", "--source", from, "--target", to, "--target-history", "2",
                "--permutations", "19", "--json").json();
        JsonNode back = CommandRun.of("measure", "te", "--source", to, "--target", from, "--estimator", "gaussian",
                "--permutations", "19", "--json").json();
        JsonNode late = CommandRun.of("measure", "te", "--source", from, "--target", to, "--lag", "3", "--estimator",
                "gaussian", "--json").json();

        assertThat(forth.get("value").asDouble()).isCloseTo(0.5 * Math.log(2), within(0.08));
        assertThat(forth.get("n").asInt()).isEqualTo(998);
        assertThat(forth.get("permutations").get("pValue").asDouble()).isEqualTo(0.05);
        assertThat(forth.get("permutations").get("surrogates").asString()).isEqualTo("rotate");
        assertThat(forth.get("settings").get("targetHistory").asInt()).isEqualTo(2);
        assertThat(back.get("value").asDouble()).isCloseTo(0, within(0.01));
        assertThat(late.get("value").asDouble()).isCloseTo(0, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ksg-lnc", "ksg-mixed", "gaussian-copula"})
    void newEstimatorsServeMutualInformation(String estimator) {
        JsonNode answer = CommandRun.of("measure", "mi", "--estimator", estimator, "--x", x, "--y", z, "--permutations",
                "19", "--interval", "subsampling", "--json").json();

        // X = Z + e: ½ ln 2.
        assertThat(answer.get("value").asDouble()).isCloseTo(0.5 * Math.log(2), within(0.1));
        assertThat(answer.get("permutations").get("pValue").asDouble()).isEqualTo(0.05);
        assertThat(answer.get("interval").get("upper").asDouble()).isGreaterThan(0.5 * Math.log(2));
    }

    private static void assertRefused(CommandRun run, String message) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errorLines()).singleElement().asString()
                .startsWith("surprisal: " + message + "; try 'surprisal measure ");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertRefused(cmi("--estimator", "gaussian", "--k", "3"),
                "--k is not an option of gaussian, which takes none");
        assertRefused(cmi("--correction", "nsb"),
                "--correction is not an option of ksg, which takes --jitter, --k, --scale, --theiler");
        assertRefused(cmi("--surrogates", "rotate"),
                "--surrogates needs --permutations B: it says how pairs are broken up for them");
        assertRefused(cmi("--surrogates", "blocks", "--permutations", "9"),
                "--surrogates blocks needs --block-length L: many times the number of rows over which a row resembles"
                        + " another");
        assertRefused(cmi("--block-length", "9", "--permutations", "9"),
                "--block-length is an option of --surrogates blocks, not of local");
        assertRefused(cmi("--permutations", "1"), "--permutations 1: must be at least 2");
        assertRefused(cmi("--interval", "bootstrap"), "--interval bootstrap: must be subsampling");
        assertRefused(cmi("--interval", "subsampling", "--theiler", "5"),
                "ksg leaves out rows near in time, and parts drawn at random have no order in time");
        assertRefused(CommandRun.of("measure", "te", "--source", x, "--target", y, "--lag", "0"),
                "lag = 0, at least 1 needed");
        assertRefused(CommandRun.of("measure", "mi", "--estimator", "ksg", "--x", x, "--y", y, "--normalise", "x"),
                "--normalise is an option of discrete and binning, not of ksg: entropies of continuous variables may be"
                        + " negative");
        assertRefused(CommandRun.of("measure", "mi", "--estimator", "ksg", "--x", x, "--y", y, "--permutations", "9",
                "--surrogates", "rotate", "--block-length", "3"),
                "--block-length is an option of --surrogates blocks, not of rotate");
    }
}
