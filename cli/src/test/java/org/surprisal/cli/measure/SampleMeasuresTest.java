package org.surprisal.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.cli.CommandRun;
import org.surprisal.data.format.Npy;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// `measure entropy`, `gaussianity` and `distances`, through the entry point.
class SampleMeasuresTest {
    private static final double UNIT_NORMAL = 0.5 * Math.log(2 * Math.PI * Math.E);

    @TempDir
    private Path folder;

    private String write(String name, Tensor array) {
        Npy.write(folder.resolve(name), array);
        return folder.resolve(name).toString();
    }

    private String normal(int... lengths) {
        return write("normal.npy", RandomStream.seeded(3).gaussian(ElementType.FLOAT64, 0, 1, lengths));
    }

    /// Of a standard normal each: standard errors are about 0.7/√n = .022 a coordinate.
    @ParameterizedTest
    @CsvSource({"kl, 1, 0.1", "kl, 2, 0.15", "gaussian, 1, 0.1", "gaussian, 3, 0.15", "kde, 1, 0.1"})
    void estimatorsFindTheEntropyOfANormal(String estimator, int dimension, double margin) {
        JsonNode answer = CommandRun.of("measure", "entropy", "--x", normal(1000, dimension), "--estimator", estimator,
                "--json").json();

        assertThat(answer.get("measure").asString()).isEqualTo("entropy");
        assertThat(answer.get("estimator").asString()).isEqualTo(estimator);
        assertThat(answer.get("n").asInt()).isEqualTo(1000);
        assertThat(answer.get("dimension").asInt()).isEqualTo(dimension);
        assertThat(answer.get("value").asDouble()).isCloseTo(dimension * UNIT_NORMAL, within(margin));
        assertThat(answer.get("standardError").asDouble()).isBetween(0.005, 0.1);
    }

    /// Three of one symbol and one of another: 2 - (3/4) log2 3 bits.
    @Test
    void shannonCountsRows() {
        String rows = write("rows.npy", Tensor.of(new double[]{1, 2, 1, 2, 5, 2, 1, 2}, 4, 2));
        JsonNode answer = CommandRun.of("measure", "entropy", "--x", rows, "--estimator", "shannon", "--unit", "bit",
                "--json").json();

        assertThat(answer.get("value").asDouble()).isCloseTo(2 - 0.75 * Math.log(3) / Math.log(2), within(1e-12));
        assertThat(answer.get("millerMadow").asDouble() - answer.get("value").asDouble())
                .isCloseTo(1 / 8.0 / Math.log(2), within(1e-12));
        assertThat(answer.get("symbols").asInt()).isEqualTo(2);
        assertThat(answer.has("nsb")).isFalse();
    }

    /// Counts 4, 2, 3, 2, 4, 2 of ten possible symbols: numbers recorded from a script in mpmath.
    @Test
    void countsAreCorrected() {
        double[] rows = {1, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 5, 6, 6};
        String file = write("counts.npy", Tensor.of(rows, 17, 1));
        JsonNode answer = CommandRun.of("measure", "entropy", "--x", file, "--estimator", "shannon", "--alphabet", "10",
                "--json").json();

        assertThat(answer.get("grassberger").asDouble()).isCloseTo(1.789850699321616, within(1e-12));
        assertThat(answer.get("chaoShen").asDouble()).isCloseTo(1.8633596352763704, within(1e-12));
        assertThat(answer.get("nsb").asDouble()).isCloseTo(1.9676084485298486, within(1e-9));
        assertThat(answer.get("nsbDeviation").asDouble()).isCloseTo(0.177869811805, within(1e-7));
        assertThat(answer.get("settings").get("alphabet").asInt()).isEqualTo(10);
        CommandRun few = CommandRun.of("measure", "entropy", "--x", file, "--estimator", "shannon", "--alphabet", "3");
        assertThat(few.code()).isNotZero();
        assertThat(few.errorLines()).containsExactly(
                "surprisal: alphabet = 3 values, and 6 occurred: at least as many needed");
        assertThat(CommandRun.of("measure", "entropy", "--x", file, "--alphabet", "3").errorLines()).containsExactly(
                "surprisal: --alphabet is an option of shannon, not of kl; try 'surprisal measure entropy --help'");
    }

    @Test
    void aNormalRowLooksNormalAndTwoHeapsDoNot() {
        double[] heaps = RandomStream.seeded(5).gaussian(ElementType.FLOAT64, 0, 1, 400).toDoubles();
        for (int i = 0; i < heaps.length; i += 2) {
            heaps[i] += 8;
        }
        JsonNode normal = CommandRun.of("measure", "gaussianity", "--x", normal(2, 400), "--rows", "2", "--json")
                .json();
        JsonNode two = CommandRun.of("measure", "gaussianity", "--x", write("heaps.npy", Tensor.of(heaps)), "--json")
                .json();

        assertThat(normal.get("rows")).hasSize(2);
        assertThat(normal.get("n").asInt()).isEqualTo(400);
        assertThat(normal.get("rows").get(0).get("andersonDarling").get("pValue").asDouble()).isGreaterThan(0.01);
        assertThat(two.get("rows").get(0).get("components").asInt()).isEqualTo(2);
        assertThat(two.get("rows").get(0).get("lilliefors").get("pValue").asDouble()).isLessThan(0.01);
        assertThat(two.get("value").asDouble()).isGreaterThan(1.035);
    }

    /// Corners of a square: four sides of 1, two diagonals of √2.
    @Test
    void distancesAreThoseOfAllPairs() {
        String square = write("square.npy", Tensor.of(new double[]{0, 0, 0, 1, 1, 0, 1, 1}, 4, 2));
        JsonNode answer = CommandRun.of("measure", "distances", "--x", square, "--json").json();

        assertThat(answer.get("pairs").asInt()).isEqualTo(6);
        assertThat(answer.get("value").asDouble()).isEqualTo(1);
        assertThat(answer.get("largest").asDouble()).isCloseTo(Math.sqrt(2), within(1e-15));
        assertThat(answer.get("mean").asDouble()).isCloseTo((4 + 2 * Math.sqrt(2)) / 6, within(1e-15));
        assertThat(answer.get("estimator").asString()).isEqualTo("all-pairs");
        assertThat(
                CommandRun.of("measure", "distances", "--x", square, "--pairs", "3", "--json").json().get("estimator")
                        .asString())
                .isEqualTo("drawn-pairs");
    }

    @Test
    void peopleGetLines() {
        String file = normal(100);
        assertThat(CommandRun.of("measure", "entropy", "--x", file).out()).contains("value", "standardError", "nat");
        assertThat(CommandRun.of("measure", "gaussianity", "--x", file).out()).contains("skewness", "components");
        assertThat(CommandRun.of("measure", "distances", "--x", file).out()).contains("quantile 0.9", "mean");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"entropy --estimator gauss|did you mean 'gaussian'",
            "entropy --estimator gaussian --k 3|--k is an option of kl, not of gaussian", "entropy --k 0|at least 1",
            "entropy --norm taxicab|euclidean", "gaussianity --rows 0|at least 1", "distances --pairs 0|at least 1"})
    void wrongUsageIsOneLine(String words, String told) {
        CommandRun run = CommandRun.of(("measure " + words + " --x " + normal(100)).split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: ").contains(told);
    }

    @Test
    void samplesThatCannotBeJudgedAreRefused() {
        String same = write("same.npy", Tensor.of(new double[20], 20, 1));
        String wide = write("wide.npy", Tensor.of(new double[]{1, 2, 3, 5}, 2, 2));
        for (CommandRun run : new CommandRun[]{CommandRun.of("measure", "entropy", "--x", same),
                CommandRun.of("measure", "entropy", "--x", wide, "--estimator", "kde"),
                CommandRun.of("measure", "gaussianity", "--x", same, "--pooled"),
                CommandRun.of("measure", "gaussianity", "--x", wide, "--rows", "3"),
                CommandRun.of("measure", "distances", "--x", write("one.npy", Tensor.of(new double[]{1}, 1, 1)))}) {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: ");
        }
    }

    @Test
    void whatIsNotFiniteIsNamedByFileAndPlace() {
        double[] values = new double[20];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * i;
        }
        values[7] = Double.NaN;
        String flat = write("flat.npy", Tensor.of(values, 20));
        String pairs = write("pairs.npy", Tensor.of(values, 10, 2));
        for (String measure : new String[]{"distances", "gaussianity", "entropy"}) {
            assertThat(CommandRun.of("measure", measure, "--x", flat).err())
                    .isEqualTo("surprisal: " + flat + "[7][0] = NaN, a finite value needed" + System.lineSeparator());
            assertThat(CommandRun.of("measure", measure, "--x", pairs).err())
                    .isEqualTo("surprisal: " + pairs + "[3][1] = NaN, a finite value needed" + System.lineSeparator());
        }
    }

    @Test
    void distancesOfTinyValuesAreNotZero() {
        String tiny = write("tiny.npy", Tensor.of(new double[]{0, 0, 3e-300, 4e-300}, 2, 2));
        JsonNode answer = CommandRun.of("measure", "distances", "--x", tiny, "--json").json();

        assertThat(answer.get("value").asDouble()).isCloseTo(5e-300, within(1e-314));
        assertThat(answer.get("mean").asDouble()).isCloseTo(5e-300, within(1e-314));
    }

    /// The truth is -2.074; Cauchy samples of this scale have values alone among their bandwidths.
    @Test
    void theKernelDensityOfHeavyTailsWarns() {
        double[] u = RandomStream.seeded(7).gaussian(ElementType.FLOAT64, 0, 1, 2000).toDoubles();
        double[] cauchy = new double[1000];
        for (int i = 0; i < cauchy.length; i++) {
            cauchy[i] = 0.01 * u[2 * i] / u[2 * i + 1];
        }
        String file = write("cauchy.npy", Tensor.of(cauchy, 1000));

        assertThat(CommandRun.of("measure", "entropy", "--estimator", "kde", "--x", file).errorLines()).singleElement()
                .asString().contains("bandwidths from every other", "take kl");
        assertThat(CommandRun.of("measure", "entropy", "--estimator", "kde", "--x", normal(1000)).err()).isEmpty();
    }
}
