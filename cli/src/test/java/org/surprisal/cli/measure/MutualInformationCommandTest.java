package org.surprisal.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.cli.CommandRun;
import org.surprisal.cli.Unit;
import org.surprisal.data.format.Npy;
import org.surprisal.data.format.Npz;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// `measure mi`, through the entry point, on arrays whose information is known.
class MutualInformationCommandTest {
    private static final double LN2 = Math.log(2);
    private static final double RHO = 0.8;
    private static final double GAUSSIAN = -0.5 * Math.log(1 - RHO * RHO);

    @TempDir
    private Path folder;

    private String cube = "";
    private String parity = "";
    private String x = "";
    private String y = "";

    /// The twelve-bit cube with its first bit as label, and 1,000 pairs of correlated normal numbers.
    @BeforeEach
    void write() {
        double[] points = new double[4096 * 12];
        double[] bit = new double[4096];
        for (int i = 0; i < 4096; i++) {
            for (int j = 0; j < 12; j++) {
                points[12 * i + j] = (i >> j) & 1;
            }
            bit[i] = i & 1;
        }
        cube = write("cube.npy", Tensor.of(points, 4096, 12));
        parity = write("labels.npy", Tensor.of(bit, 4096));
        Tensor first = RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, 1000, 1);
        Tensor second = RandomStream.seeded(2).gaussian(ElementType.FLOAT64, 0, 1, 1000, 1);
        SequencedMap<String, Tensor> pair = new LinkedHashMap<>();
        pair.put("x", first);
        pair.put("y", first.times(RHO).plus(second.times(Math.sqrt(1 - RHO * RHO))));
        Npz.write(folder.resolve("pair.npz"), pair);
        x = folder.resolve("pair.npz") + "#x";
        y = folder.resolve("pair.npz") + "#y";
    }

    private String write(String name, Tensor array) {
        Npy.write(folder.resolve(name), array);
        return folder.resolve(name).toString();
    }

    private static CommandRun mi(String estimator, String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[]{"measure", "mi", "--estimator", estimator}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    /// U = 12 (1 - log2(1 + exp(-1/(2v)))) bits, L the same with 8v.
    @ParameterizedTest
    @CsvSource({"0.1, 7.6385180, 11.8837416", "1, 1.0482301, 3.7926178"})
    void theCubeHasTheBoundsOfTheClosedForm(String variance, double lower, double upper) {
        JsonNode answer = mi("kde", "--noise-variance", variance, "--x", cube, "--unit", "bit", "--json").json();

        assertThat(answer.get("measure").asString()).isEqualTo("mi");
        assertThat(answer.get("estimator").asString()).isEqualTo("kde");
        assertThat(answer.get("unit").asString()).isEqualTo("bit");
        assertThat(answer.get("n").asInt()).isEqualTo(4096);
        assertThat(answer.get("lower").asDouble()).isCloseTo(lower, within(1e-6));
        assertThat(answer.get("upper").asDouble()).isCloseTo(upper, within(1e-6));
        assertThat(answer.get("ceiling").asDouble()).isCloseTo(12, within(1e-9));
        assertThat(answer.get("settings").get("noiseVariance").asDouble()).isEqualTo(Double.parseDouble(variance));
        assertThat(mi("kde", "--noise-variance", variance, "--x", cube, "--y", cube, "--unit", "bit", "--json").json()
                .get("upper")).isEqualTo(answer.get("upper"));
    }

    /// Within a class eleven bits are left, so each one-kind difference is one bit's bound.
    @Test
    void labelsGiveBothDifferencesAndTheTrueBracket() {
        JsonNode answer = mi("kde", "--noise-variance", "0.1", "--x", cube, "--labels", parity, "--unit", "bit",
                "--json").json();

        double kl = 11.8837416 / 12;
        double bhattacharyya = 7.6385180 / 12;
        assertThat(answer.get("kl").asDouble()).isCloseTo(kl, within(1e-6));
        assertThat(answer.get("bhattacharyya").asDouble()).isCloseTo(bhattacharyya, within(1e-6));
        assertThat(answer.get("lower").asDouble()).isZero();
        assertThat(answer.get("upper").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(answer.get("ceiling").asDouble()).isCloseTo(1, within(1e-9));
    }

    /// Kraskov's bias is below .02 nat, its spread at n = 1000 about .03; Fisher's standard error is 1/sqrt(997) of
    /// atanh rho.
    @ParameterizedTest
    @CsvSource({"ksg, 0.12", "gaussian, 0.12", "infonce --steps 600, 0.35", "mine --steps 600, 0.35",
            "smile --steps 600, 0.45"})
    void estimatorsFindTheInformationOfCorrelatedNormals(String words, double margin) {
        List<String> given = new ArrayList<>(List.of("measure", "mi", "--x", x, "--y", y, "--json", "--estimator"));
        given.addAll(List.of(words.split(" ")));
        JsonNode answer = CommandRun.of(given.toArray(String[]::new)).json();

        assertThat(answer.get("value").asDouble()).isCloseTo(GAUSSIAN, within(margin));
        assertThat(answer.get("settings").get("seed").asInt()).isEqualTo(1);
        assertThat(answer.get("settings").get("x").asString()).isEqualTo(x);
    }

    @Test
    void renyiGivesItsThreeEntropies() {
        JsonNode answer = mi("renyi", "--x", x, "--y", y, "--alpha", "2", "--kernel-width", "1", "--json").json();

        assertThat(answer.get("value").asDouble()).isCloseTo(answer.get("entropyX").asDouble()
                + answer.get("entropyY").asDouble() - answer.get("entropyJoint").asDouble(), within(1e-12));
        assertThat(answer.get("settings").get("alpha").asDouble()).isEqualTo(2);
    }

    /// A bit of the cube, told by the whole row: H(Y) = 1 bit by counts, by bins, and by symbols.
    @Test
    void countsGiveTheEntropyOfTheLabel() {
        for (CommandRun run : List.of(mi("binning", "--bins", "2,0,1", "--x", cube, "--labels", parity, "--json"),
                mi("binning", "--bin-width", "0.5", "--x", cube, "--labels", parity, "--json"),
                mi("binning", "--bins", "2", "--x", cube, "--labels", parity, "--json"),
                mi("discrete", "--x", cube, "--y", parity, "--json"))) {
            assertThat(run.json().get("value").asDouble()).isCloseTo(LN2, within(1e-12));
            assertThat(run.json().get("warnings").toString()).contains("ceiling");
        }
    }

    @Test
    void aNullAndASubsamplingCurveAreGivenWhenAsked() {
        JsonNode answer = mi("ksg", "--x", x, "--y", y, "--permutations", "19", "--subsample", "3", "--seed", "4",
                "--json")
                .json();

        assertThat(answer.get("permutations").get("count").asInt()).isEqualTo(19);
        assertThat(answer.get("permutations").get("pValue").asDouble()).isEqualTo(0.05);
        assertThat(answer.get("permutations").get("mean").asDouble()).isCloseTo(0, within(0.05));
        JsonNode points = answer.get("subsampling").get("points");
        assertThat(points).hasSize(3);
        assertThat(points.get(2).get("n").asInt()).isEqualTo(333);
        assertThat(points.get(0).get("mean")).isEqualTo(answer.get("value"));
        assertThat(answer.get("subsampling").get("standardError").asDouble()).isBetween(0.005, 0.2);
    }

    /// The pairs are normal: the copula's answer, claimed to be valid, with every candidate's number.
    @Test
    void autoSaysWhatItChoseAndWhy() {
        CommandRun run = mi("auto", "--x", x, "--y", y);
        JsonNode answer = mi("auto", "--x", x, "--y", y, "--json").json();

        assertThat(answer.get("estimator").asString()).isEqualTo("auto");
        assertThat(answer.get("settings").get("chosen").asString()).isEqualTo("gaussian-copula");
        assertThat(answer.get("settings").get("claim").asString()).isEqualTo("valid");
        assertThat(answer.get("value").asDouble()).isCloseTo(GAUSSIAN, within(0.1));
        assertThat(answer.get("gaussian-copula")).isEqualTo(answer.get("value"));
        assertThat(answer.get("ksg-normal-scores").asDouble()).isCloseTo(GAUSSIAN, within(0.12));
        assertThat(answer.get("interval").get("method").asString()).isEqualTo("auto");
        assertThat(answer.get("interval").get("lower").asDouble()).isLessThan(GAUSSIAN);
        assertThat(answer.get("warnings")).isEmpty();
        assertThat(run.out()).contains("mutual information, auto, 1000 pairs [nat]", "95 % interval by auto: [",
                "  chosen  gaussian-copula", "  claim   valid",
                "  reason  normal scores pass every test of a joint Gaussian",
                "  unseen  a dependence that neither the tests nor the other candidates see");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void autoWarnsWhereItsValueIsALowerBound() {
        CommandRun run = mi("auto", "--task", "student-2-3x3", "--sample", "2000");
        JsonNode answer = mi("auto", "--task", "student-2-3x3", "--sample", "2000", "--json").json();

        assertThat(run.out()).contains("  claim   lower bound");
        assertThat(run.err().strip()).isEqualTo("surprisal: warning: the value is a lower bound: what the directions of"
                + " both variables share may add to it");
        assertThat(answer.get("lower").asDouble()).isLessThan(answer.get("truth").asDouble());
        assertThat(answer.get("settings").get("chosen").asString()).isEqualTo("ksg-lengths");
    }

    /// The first bit of the cube is a label that the whole row tells, and twelve bits are too many symbols to count.
    @Test
    void autoTakesLabelsAndTiesForWhatTheyAre() {
        JsonNode counted = mi("auto", "--x", parity, "--labels", parity, "--json").json();

        assertThat(counted.get("settings").get("chosen").asString()).isEqualTo("discrete");
        assertThat(counted.get("value").asDouble()).isCloseTo(LN2, within(1e-3));
        JsonNode labelled = mi("auto", "--x", x, "--labels", write("thirds.npy", Tensor.of(thirds(), 1000)), "--json")
                .json();
        assertThat(labelled.get("settings").get("chosen").asString()).isEqualTo("ksg");
        assertThat(labelled.get("value").asDouble()).isCloseTo(0, within(0.1));
    }

    private static double[] thirds() {
        double[] thirds = new double[1000];
        Arrays.setAll(thirds, i -> i % 3);
        return thirds;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--k 3|--k is not an option of auto, which takes none; try 'surprisal measure mi"
                    + " --help'",
            "--interval subsampling|auto chooses by all samples, and of parts it may choose otherwise: its own interval"
                    + " is there where its claim is 'valid'",
            "--interval auto --level 0.9|level = 0.9, auto gives intervals of level 0.95 only",
            "--sample 20|x and y have 20 sample(s), at least 50 needed"})
    void autoRefusesInALine(String words, String message) {
        List<String> given = new ArrayList<>(List.of("measure", "mi", "--task", "normal-1x1", "--estimator", "auto"));
        given.addAll(List.of(words.split(" ")));
        CommandRun run = CommandRun.of(given.toArray(String[]::new));

        assertThat(run.code()).isNotZero();
        assertThat(run.err().strip()).isEqualTo("surprisal: " + message);
    }

    /// Two points a distance of 2 apart, one a class: I(T;Y) is a bit while the noise is far below that, and none far
    /// above.
    @Test
    void aNoiseSweepFindsWhereTheNoiseDoesNotMatter() {
        double[] apart = new double[200];
        double[] sides = new double[200];
        for (int i = 0; i < 200; i++) {
            sides[i] = i % 2;
            apart[i] = 2 * sides[i];
        }
        String points = write("apart.npy", Tensor.of(apart, 200, 1));
        String classes = write("sides.npy", Tensor.of(sides, 200));
        JsonNode swept = mi("kde", "--noise-share", "0.05", "--noise-sweep", "1e-3,1e3", "--x", points, "--labels",
                classes,
                "--unit", "bit", "--json").json().get("noiseSweep");

        assertThat(swept.get("of").asString()).isEqualTo("iTY");
        assertThat(swept.get("points").get(0).get("noiseVariance").asDouble()).isEqualTo(1e-3);
        assertThat(swept.get("points").get(0).get("value").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(swept.get("points").get(swept.get("points").size() - 1).get("upper").asDouble()).isLessThan(0.01);
        assertThat(swept.get("stable").get("from").asDouble()).isEqualTo(1e-3);
        assertThat(swept.get("stable").get("to").asDouble()).isBetween(0.02, 0.5);
        assertThat(mi("kde", "--noise-variance", "1", "--noise-sweep", "1e-3,1e3", "--x", points, "--labels", classes)
                .out()).contains("I(T;Y) by noise variance [nat]", "hardly depends");
    }

    /// Fisher's interval is that of artanh r, ± 1.96 / √(n - 3), taken through -½ ln(1 - tanh²).
    @Test
    void intervalsAreGivenByTheMethodThatIsValid() {
        JsonNode fisher = mi("gaussian", "--x", x, "--y", y, "--interval", "fisher-z", "--json").json();
        double z = Math.log((1 + Math.sqrt(1 - Math.exp(-2 * fisher.get("value").asDouble())))
                / (1 - Math.sqrt(1 - Math.exp(-2 * fisher.get("value").asDouble())))) / 2;
        double half = 1.959963984540054 / Math.sqrt(997);
        assertThat(fisher.get("interval").get("lower").asDouble())
                .isCloseTo(Math.log(Math.cosh(z - half)), within(1e-9));
        assertThat(fisher.get("interval").get("upper").asDouble())
                .isCloseTo(Math.log(Math.cosh(z + half)), within(1e-9));
        assertThat(fisher.get("interval").get("method").asString()).isEqualTo("fisher-z");

        JsonNode parts = mi("ksg", "--x", x, "--y", y, "--interval", "subsampling", "--level", "0.9", "--json").json();
        assertThat(parts.get("interval").get("level").asDouble()).isEqualTo(0.9);
        assertThat(parts.get("interval").get("lower").asDouble()).isLessThan(parts.get("value").asDouble());
        assertThat(mi("ksg", "--x", x, "--y", y, "--interval", "subsampling").out())
                .contains("95 % interval by subsampling");
        assertFails(mi("ksg", "--x", x, "--y", y, "--interval", "bootstrap", "--json"), "more than once",
                "subsampling");
    }

    @Test
    void bitsAreNatsOverLnTwo() {
        String[] given = {"--x", x, "--y", y, "--json"};
        double nat = mi("ksg", given).json().get("value").asDouble();
        CommandRun bit = CommandRun.of("measure", "mi", "--estimator", "ksg", "--x", x, "--y", y, "--unit", "bit",
                "--json");

        assertThat(bit.json().get("value").asDouble() * LN2).isCloseTo(nat, within(1e-12));
    }

    @Test
    void peopleGetLinesAndWarningsApart() {
        CommandRun run = mi("kde", "--noise-variance", "1e-6", "--x", cube, "--labels", parity);

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("mutual information, kde, 4096 pairs [nat]", "bhattacharyya", "ceiling");
        assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: warning: ")
                .contains("permutation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"kde --x X|--noise-variance V", "kde --x X --noise-variance 0|> 0",
            "kde --x X --noise-variance -1|> 0", "kde --x X --noise-quantile 0.9|Q,DIVISOR",
            "kde --x X --noise-quantile a,b|Q,DIVISOR",
            "kde --x X --noise-variance 1 --k 3|--k is not an option of kde",
            "binning --x X --y Y|--bin-width W", "binning --x X --y Y --bins 2,1|N,LO,HI",
            "binning --x X --y Y --bins 2.5,0,1|whole", "binning --x X --y Y --bins 3,1,0|low < high",
            "ksg --x X|--y FILE or --labels FILE", "ksg --x X --y Y --labels Y|one of the two",
            "ksg --x X --y Y --scale ranks|did you mean 'rank'", "ksg --x X --y Y --k 0|at least 1",
            "ksg --x X --y Y --algorithm 3|1 or 2", "gaussian --x X --y Y --k 3|which takes none",
            "ksq --x X --y Y|did you mean 'ksg'", "renyi --x X --y Y --alpha 0|> 0",
            "mine --x X --y Y --steps 0|above 0", "ksg --x X --y Y --permutations 1|at least 2",
            "ksg --x X --y Y --noise-sweep 1,2|adds no noise",
            "kde --x X --noise-variance 1 --noise-share 1|one of", "kde --x X --noise-variance 1 --noise-sweep 1|LO,HI",
            "ksg --x X --y Y --subsample 1|at least 2", "ksg --x X --y Y --sample 1|at least 2",
            "ksg --x X --y Y --surrogates rotate|needs --permutations B",
            "ksg --x X --y Y --permutations 9 --surrogates turn|shuffle, rotate",
            "gaussian --x X --y Y --level 0.9|needs --interval",
            "gaussian --x X --y Y --interval fisher-z --level 1|between 0 and 1",
            "gaussian --x X --y Y --interval fisherz|did you mean",
            "ksg --x X --y Y --unit nats|must be one of nat, bit",
            "ksg|--x FILE or --task ID: one of the two is needed",
            "ksg --task 2-pair-25x26|unknown task '2-pair-25x26'; did you mean '2-pair-25x25'?",
            "ksg --x task:nothing-of-this-kind|unknown task 'nothing-of-this-kind'; 'surprisal list tasks' names them",
            "ksg --task 2-pair-3x3 --y Y|a task has both X and Y: give --task ID alone, without files or another task",
            "ksg --task normal-1x1 --labels Y|a task has both X and Y",
            "ksg --x task:dense-2x2 --y task:dense-3x3|a task has both X and Y",
            "ksg --task normal-1x1 --sample 1000001|--sample 1000001: must be at most 1000000 pairs of a task",
            "ksg --task normal-1x1 --sample 1|at least 2",
            "kde --task normal-1x1 --noise-variance 1|kde is of X and X plus noise, or of X and classes, which a task"
                    + " has not: take another estimator"})
    void wrongUsageIsAnsweredWithWhatIsRight(String words, String told) {
        String[] given = words.replace("X", x).replace("Y", y).split(" ");
        String[] more = new String[given.length - 1];
        System.arraycopy(given, 1, more, 0, more.length);
        CommandRun run = mi(given[0], more);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: ").contains(told);
    }

    /// The Gaussian estimate of 4,000 pairs scatters by √(2 · 0.64 / 4000) = 0.018 nat.
    @Test
    void pairsOfATaskAreDrawnAndItsTruthIsTold() {
        JsonNode answer = mi("gaussian", "--task", "2-pair-3x3", "--samples", "4000", "--seed", "3", "--json").json();

        assertThat(answer.get("n").asInt()).isEqualTo(4000);
        assertThat(answer.get("truth").asDouble()).isCloseTo(-Math.log(1 - RHO * RHO), within(1e-12));
        assertThat(answer.get("value").asDouble() - answer.get("bias").asDouble())
                .isCloseTo(-Math.log(1 - RHO * RHO), within(0.072));
        assertThat(answer.get("settings").toString()).isEqualTo(
                "{\"task\":\"2-pair-3x3\",\"samples\":4000,\"shrinkage\":0.0,\"seed\":3}");
        assertThat(mi("gaussian", "--x", "task:2-pair-3x3", "--sample", "4000", "--seed", "3", "--json").json()
                .get("value")).isEqualTo(answer.get("value"));
        assertThat(mi("gaussian", "--x", "task:2-pair-3x3", "--y", "task:2-pair-3x3", "--sample", "4000", "--seed",
                "3", "--json").json().get("value")).isEqualTo(answer.get("value"));
        assertThat(mi("gaussian", "--task", "2-pair-3x3", "--sample", "4000", "--seed", "4", "--json").json()
                .get("value")).isNotEqualTo(answer.get("value"));
        assertThat(mi("gaussian", "--task", "2-pair-3x3", "--unit", "bit").out().lines()).contains(
                "mutual information, gaussian, 10000 pairs [bit]",
                String.format(Locale.ROOT, "  truth             %.6f", -Math.log(1 - RHO * RHO) / LN2));
    }

    private void assertFails(CommandRun run, String... told) {
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: ").contains(told);
    }

    @Test
    void dataThatCannotBeMeasuredAreRefused() throws IOException {
        String one = write("one.npy", Tensor.of(new double[]{1}, 1, 1));
        String nan = write("nan.npy", Tensor.of(new double[]{1, Double.NaN, 3}, 3, 1));
        String three = write("three.npy", Tensor.of(new double[]{1, 2, 4}, 3, 1));
        String half = write("half.npy", Tensor.of(new double[]{0, 1, 0.5}, 3));

        assertFails(mi("ksg", "--x", x, "--y", cube, "--json"), "1000 sample(s)", "4096");
        assertFails(mi("ksg", "--x", one, "--y", one, "--json"), "1 sample");
        assertFails(mi("ksg", "--x", nan, "--y", three, "--json"), "nan.npy", "NaN");
        assertFails(mi("ksg", "--x", three, "--labels", half, "--json"), "half.npy[2] = 0.5", "integer");
        assertFails(mi("ksg", "--x", three, "--y", three, "--k", "3", "--json"), "k = 3");
        assertFails(mi("kde", "--noise-variance", "1", "--x", x, "--y", y, "--json"), "kde measures");
        byte[] whole = Files.readAllBytes(Path.of(three));
        Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 8));
        assertFails(mi("ksg", "--x", folder.resolve("cut.npy").toString(), "--y", three, "--json"), "cut.npy");
        assertFails(mi("ksg", "--x", folder.resolve("none.npy").toString(), "--y", three, "--json"), "none.npy");
    }

    /// One value of 1e6 among 1,000: an invertible map of x, which changes no information.
    @Test
    void aFarValueIsNamedAndChangesLittle() {
        double[] values = RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, 1000, 1).toDoubles();
        values[0] = 1e6;
        CommandRun run = mi("ksg", "--x", write("far.npy", Tensor.of(values, 1000, 1)), "--y", y);

        assertThat(run.code()).isZero();
        assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: warning: 1 of 1000 values of"
                + " coordinate 0 of " + folder.resolve("far.npy")
                + " lies far from the others (up to 1.000e+06; standard"
                + " deviation of the others ")
                .endsWith("): the coordinate is divided by that standard deviation; --scale rank looks at the order of"
                        + " values only");
        assertThat(mi("ksg", "--x", folder.resolve("far.npy").toString(), "--y", y, "--json").json().get("value")
                .asDouble()).isCloseTo(mi("ksg", "--x", x, "--y", y, "--json").json().get("value").asDouble(),
                        within(0.01));
    }

    /// Without the far value the variance is that of 0 to 19 four times over, 33.25, of which the noise is a twentieth.
    @Test
    void farValueIsLeftOutOfTheNoiseShareOfEachPermutation() {
        double[] values = new double[81];
        double[] classes = new double[81];
        for (int i = 0; i < 80; i++) {
            values[i] = i % 20;
            classes[i] = i % 2;
        }
        values[80] = 1e6;
        String far = write("far.npy", Tensor.of(values, 81, 1));
        String[] arguments = {"--noise-share", "0.05", "--x", far, "--labels",
                write("classes.npy", Tensor.of(classes, 81)), "--permutations", "19"};
        List<String> warned = mi("kde", arguments).errorLines();

        assertThat(warned).contains("surprisal: warning: 1 of 81 values of coordinate 0 of " + far
                + " lies far from the others (up to 1.000e+06; standard deviation of the others 5.766): the total"
                + " variance,"
                + " of which the noise is a share, leaves them out");
        List<String> more = new ArrayList<>(List.of(arguments));
        more.add("--json");
        assertThat(mi("kde", more.toArray(String[]::new)).json().get("settings").get("noiseVariance").asDouble())
                .isCloseTo(0.05 * 33.25, within(1e-12));
    }

    /// Softmax outputs in float32 add up to 1 up to their rounding.
    @Test
    void softmaxOutputsAreRefusedInWordsOfThisProgram() {
        float[] outputs = new float[3000];
        double[] logits = RandomStream.seeded(9).gaussian(ElementType.FLOAT64, 0, 1, 1000, 3).toDoubles();
        for (int i = 0; i < 1000; i++) {
            float sum = 0;
            for (int c = 0; c < 3; c++) {
                outputs[3 * i + c] = (float) Math.exp(logits[3 * i + c]);
                sum += outputs[3 * i + c];
            }
            for (int c = 0; c < 3; c++) {
                outputs[3 * i + c] /= sum;
            }
        }
        String softmax = write("softmax.npy", Tensor.of(outputs, 1000, 3));

        CommandRun run = mi("gaussian", "--x", softmax, "--y", y);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("surprisal: the coordinates of " + softmax
                + " are linearly dependent: leave out those that others determine" + System.lineSeparator());
        CommandRun entropy = CommandRun.of("measure", "entropy", "--estimator", "gaussian", "--x", softmax);
        assertThat(entropy.code()).isEqualTo(1);
        assertThat(entropy.err()).isEqualTo("surprisal: " + softmax
                + " has no Gaussian entropy: a coordinate is constant or a combination of others"
                + System.lineSeparator());
    }

    @Test
    void rowsThatDependOnTheRowBeforeAreNamedAndRotated() {
        String walkX = write("walk-x.npy", autoregressive(21));
        String walkY = write("walk-y.npy", autoregressive(22));

        CommandRun shuffled = mi("gaussian", "--x", walkX, "--y", walkY, "--permutations", "19");
        assertThat(shuffled.errorLines()).first().asString()
                .startsWith("surprisal: warning: rows of " + walkX + " and of " + walkY
                        + " depend on the row before (lag-1 correlations 0.9")
                .endsWith("--surrogates rotate keeps their order");
        assertThat(shuffled.out()).contains("std. deviation", "p-value");
        CommandRun rotated = mi("gaussian", "--x", walkX, "--y", walkY, "--permutations", "19", "--surrogates",
                "rotate", "--json");
        assertThat(rotated.json().get("permutations").get("surrogates").asString()).isEqualTo("rotate");
        assertThat(rotated.json().get("warnings").toString()).doesNotContain("row before");
    }

    private static Tensor autoregressive(int seed) {
        double[] values = RandomStream.seeded(seed).gaussian(ElementType.FLOAT64, 0, 1, 1000).toDoubles();
        for (int i = 1; i < values.length; i++) {
            values[i] += 0.98 * values[i - 1];
        }
        return Tensor.of(values, 1000);
    }

    /// 8.29 nat of ψ(4096) - ψ(4) would be the ceiling in nats; the sentence has it in bits.
    @Test
    void sentencesHaveTheUnitThatWasAskedFor() {
        String same = write("same.npy", RandomStream.seeded(4).gaussian(ElementType.FLOAT64, 0, 1, 1000, 1));
        String warned = mi("ksg", "--x", same, "--y", same, "--unit", "bit", "--json").json().get("warnings")
                .toString();
        // ψ(1000) - ψ(4) = 6.907255 - 1.256118 = 5.651 nat = 8.153 bit.
        assertThat(warned).contains("ceiling of 8.153 bit at n = 1000").doesNotContain("nat");

        String alone = write("alone.npy", RandomStream.seeded(5).gaussian(ElementType.FLOAT64, 0, 1, 1000, 1));
        assertThat(mi("ksg", "--x", same, "--y", alone, "--permutations", "9", "--unit", "bit").err())
                .contains("its permutation null, ").contains(" bit: it does not count").doesNotContain(" nat");
        assertThat(Unit.BIT.of("null, 0.5 ± 0.02 nat: of 12 samples, -1.5e-3 nat too large, natural"))
                .isEqualTo("null, 0.7 ± 0.03 bit: of 12 samples, -0.0022 bit too large, natural");
        assertThat(Unit.NAT.of("0.5 nat")).isEqualTo("0.5 nat");
    }

    @Test
    void aSampleOfRowsIsDrawnBySeedAndSaysOfHowMany() {
        JsonNode answer = mi("ksg", "--x", x, "--y", y, "--sample", "400", "--seed", "3", "--json").json();

        assertThat(answer.get("n").asInt()).isEqualTo(400);
        assertThat(answer.get("settings").get("sample").asInt()).isEqualTo(400);
        assertThat(answer.get("settings").get("rows").asInt()).isEqualTo(1000);
        assertThat(answer.get("value").asDouble()).isCloseTo(GAUSSIAN, within(0.2));
        assertThat(mi("ksg", "--x", x, "--y", y, "--sample", "400", "--seed", "3", "--json").json()).isEqualTo(answer);
        assertThat(mi("ksg", "--x", x, "--y", y, "--sample", "400", "--seed", "4", "--json").json().get("value"))
                .isNotEqualTo(answer.get("value"));
        assertThat(mi("ksg", "--x", x, "--y", y, "--sample", "400").out())
                .startsWith("mutual information, ksg, 400 of 1000 pairs [nat]");
        // All rows, where there are no more.
        assertThat(mi("ksg", "--x", x, "--y", y, "--sample", "5000", "--json").json().get("value"))
                .isEqualTo(mi("ksg", "--x", x, "--y", y, "--json").json().get("value"));
        assertThat(CommandRun.of("measure", "entropy", "--x", x, "--sample", "300", "--json").json().get("n").asInt())
                .isEqualTo(300);
    }
}
