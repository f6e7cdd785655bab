package org.surprisal.cli.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.cli.CommandRun;
import org.surprisal.data.format.Npy;
import org.surprisal.data.format.Npz;
import org.surprisal.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// `surprisal theory`, through the entry point.
class TheoryCommandTest {
    private static final double LN2 = Math.log(2);

    @TempDir
    private Path folder;

    private static CommandRun theory(String words) {
        return CommandRun.of(("theory " + words).split(" "));
    }

    @ParameterizedTest
    @CsvSource({"1.5, 0.4180372, 0.9386363, 1, 15.7910, 1.68283, 5e-5",
            "2.5, 1.0639584, 1.1335157, 0.446804, 11.7956, 1.17987, 5e-5"})
    void aTanhNetworkHasThePublishedNumbers(String sigmaW2, double qStar, double chi1, double cStar, double xiC,
            double xiQ, double rounding) {
        for (String question : new String[]{"fixed-point", "lengths", "critical"}) {
            JsonNode answer = theory(
                    question + " --activation tanh --sigma-w2 " + sigmaW2 + " --sigma-b2 0.05 --json").json();

            assertThat(answer.get("theory").asString()).isEqualTo(question);
            assertThat(answer.get("outcome").asString()).isEqualTo("settled");
            assertThat(answer.get("qStar").asDouble()).isCloseTo(qStar, within(1e-7));
            assertThat(answer.get("chi1").asDouble()).isCloseTo(chi1, within(1e-7));
            assertThat(answer.get("cStar").asDouble()).isCloseTo(cStar, within(1e-6));
            assertThat(answer.get("xiC").asDouble()).isCloseTo(xiC, within(rounding));
            assertThat(answer.get("xiQ").asDouble()).isCloseTo(xiQ, within(rounding));
            assertThat(answer.get("criticalSigmaW2").asDouble()).isCloseTo(1.7609546, within(1e-7));
            assertThat(answer.get("errors").get("qStar").asDouble()).isBetween(0.0, 1e-8);
        }
    }

    @Test
    void whatDoesNotExistIsSaidAndIsNoNumber() {
        JsonNode beyond = theory("fixed-point --activation relu --sigma-w2 2.5 --sigma-b2 0.1 --json").json();
        assertThat(beyond.get("outcome").asString()).isEqualTo("divergent");
        assertThat(beyond.get("qStar").isNull()).isTrue();
        assertThat(beyond.get("warnings").toString()).contains("no fixed point");

        JsonNode marginal = theory("fixed-point --activation relu --sigma-w2 2 --sigma-b2 0 --json").json();
        assertThat(marginal.get("outcome").asString()).isEqualTo("marginal");
        assertThat(marginal.get("chi1").asDouble()).isEqualTo(1);
        assertThat(marginal.get("criticalSigmaW2").asDouble()).isEqualTo(2);
    }

    @Test
    void theCriticalPointNeedsNoSigmaW2() {
        CommandRun run = theory("critical --sigma-b2 0.05");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("critical sigma_w2").contains("1.760954");
    }

    @Test
    void aGridHoldsWhatEachCellHas() {
        JsonNode answer = theory("phase-diagram --sigma-w2 1.5,2.5,2 --sigma-b2 0.05,0.1,2 --json").json();

        assertThat(answer.get("chi1").get(0).get(0).asDouble()).isCloseTo(0.9386363, within(1e-7));
        assertThat(answer.get("xiC").get(0).get(1).asDouble()).isCloseTo(11.7956, within(5e-5));
        assertThat(answer.get("criticalSigmaW2").get(0).asDouble()).isCloseTo(1.7609546, within(1e-7));
        assertThat(theory("phase-diagram --activation relu --sigma-w2 1,3,3 --sigma-b2 0.1,0.2,2").out())
                .contains("xi_c in layers", "-");
    }

    @Test
    void heatMapsAreDrawn() throws IOException {
        Path drawn = folder.resolve("drawn");
        JsonNode answer = theory("phase-diagram --sigma-w2 0.5,3,4 --sigma-b2 0,0.2,3 --json --figure " + drawn).json();

        assertThat(answer.get("figures")).hasSize(6);
        assertThat(drawn.resolve("xi-c.png")).isNotEmptyFile();
        assertThat(Files.readString(drawn.resolve("chi-1.svg")).replaceAll("<[^>]*>", "")).contains("critical line",
                "σb²");
    }

    private String write(double... table) {
        Npy.write(folder.resolve("p.npy"), Tensor.of(table, table.length / 2, 2));
        return folder.resolve("p.npy").toString();
    }

    /// A binary symmetric channel that flips a tenth: I(X;Y) = 1 - h(0.1) bits, and nothing is worth keeping below
    /// beta = 1/(1 - 0.2)².
    @Test
    void aBinarySymmetricChannelHasItsCurve() {
        String file = write(0.45, 0.05, 0.05, 0.45);
        JsonNode answer = theory("ib-curve --joint " + file + " --beta 1.5,2,5 --unit bit --json").json();

        double h = -(0.1 * Math.log(0.1) + 0.9 * Math.log(0.9)) / LN2;
        assertThat(answer.get("iXY").asDouble()).isCloseTo(1 - h, within(1e-9));
        assertThat(answer.get("criticalBeta").asDouble()).isCloseTo(1 / 0.64, within(1e-9));
        assertThat(answer.get("points")).hasSize(3);
        assertThat(answer.get("points").get(0).get("iXT").asDouble()).isCloseTo(0, within(1e-6));
        assertThat(answer.get("points").get(2).get("iTY").asDouble()).isBetween(0.4, 1 - h);
        JsonNode corners = answer.get("curve");
        assertThat(corners.get(0).get("iXT").asDouble()).isZero();
        assertThat(corners.get(corners.size() - 1).get("iTY").asDouble()).isCloseTo(1 - h, within(1e-9));
    }

    @Test
    void theProbabilitiesAreSaved() {
        Path saved = folder.resolve("probabilities.npz");
        CommandRun run = theory("ib-curve --joint " + write(0.45, 0.05, 0.05, 0.45) + " --beta 5 --save " + saved);

        assertThat(run.code()).isZero();
        assertThat(run.out().lines().skip(1)).startsWith("nothing is worth keeping below beta = 1.562500",
                "    beta  I(X;T) [nat]  I(T;Y) [nat]");
        double[] decoder = Npz.read(saved, "decoder_5.0").toDoubles();
        assertThat(decoder[0] + decoder[1]).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"fixed-point --sigma-b2 0.05|--sigma-w2",
            "fixed-point --sigma-w2 0 --sigma-b2 0.05|sigma_w2 = 0.0, a positive number",
            "fixed-point --sigma-w2 1 --sigma-b2 -1|sigma_b2 = -1.0",
            "critical --activation gelu --sigma-b2 0|no activation",
            "phase-diagram --sigma-w2 2,1,5|LO,HI,N", "phase-diagram --sigma-w2 1,2|LO,HI,N",
            "phase-diagram --sigma-b2 -1,1,3|at least 0", "ib-curve|--joint",
            "ib-curve --joint p.npy --beta 0|positive",
            "ib-curve --joint p.npy --symbols 0|--symbols 0: must be at least 1",
            "ib-curve --joint p.npy --save p.txt|.npz"})
    void wrongUsageIsOneLine(String words, String told) {
        CommandRun run = theory(words);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: ").contains(told);
    }

    @Test
    void aTableThatIsNoDistributionIsRefused() {
        CommandRun run = theory("ib-curve --joint " + write(0.5, 0.25, 0.25, 0.25));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errorLines()).singleElement().asString().contains("sum to 1.25");
    }

    /// A rare x that tells much is worth keeping as a whole long before it is worth keeping a little of it. T = X is
    /// worth something from beta = H(X)/I(X;Y) = 8.86 on, and a little from 105.16 on.
    @Test
    void theSentenceOnTheThresholdAgreesWithTheRows() {
        String file = write(0.495, 0.495, 0.0001, 0.0099);
        CommandRun run = theory("ib-curve --joint " + file + " --beta 2,8.79,100");

        assertThat(run.out().lines().skip(1).findFirst()).contains("nothing is worth keeping below beta = 2.496871;"
                + " something is from beta = 7.337860 on; keeping only a little is from beta = 105.164931 on");
        JsonNode answer = theory("ib-curve --joint " + file + " --beta 2,8.79,100 --json").json();
        assertThat(answer.get("criticalBeta").asDouble()).isCloseTo(105.164931, within(1e-6));
        assertThat(answer.get("somethingFromBeta").asDouble()).isLessThan(8.79);
        assertThat(answer.get("points").get(0).get("iXT").asDouble()).isLessThan(1e-9);
        assertThat(answer.get("points").get(1).get("iXT").asDouble()).isCloseTo(0.031094, within(1e-6));
        assertThat(answer.get("points").get(2).get("iTY").asDouble()).isCloseTo(0.006323, within(1e-6));
    }

    @Test
    void independentVariablesAreSaid() {
        CommandRun run = theory("ib-curve --joint " + write(0.1, 0.4, 0.1, 0.4) + " --beta 2");

        assertThat(run.out().lines().skip(1).findFirst())
                .contains("X and Y are independent: nothing is worth keeping at any beta");
    }

    @Test
    void countsAreTakenWhenAskedAndTheOptionIsNamedElse() {
        String file = write(90, 10, 10, 90);
        CommandRun refused = theory("ib-curve --joint " + file);
        JsonNode taken = theory("ib-curve --normalise --beta 2 --joint " + file + " --json").json();

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errorLines()).containsExactly(
                "surprisal: the joint's elements sum to 200.0, 1 needed; --normalise divides them by their sum");
        assertThat(taken.get("criticalBeta").asDouble()).isCloseTo(1 / 0.64, within(1e-9));
    }

    /// 100 different p(y|x): with symbols enough everything is kept at a large beta, and with too few a warning says
    /// so.
    @Test
    void symbolsThatAreTooFewAreWarnedOf() {
        double[] table = new double[200];
        for (int i = 0; i < 100; i++) {
            table[2 * i] = (i + 0.5) / 10_000;
            table[2 * i + 1] = 0.01 - table[2 * i];
        }
        String words = "ib-curve --beta 100000000 --json --joint " + write(table);
        JsonNode all = theory(words).json();
        CommandRun few = theory(words + " --symbols 5");

        assertThat(all.get("points").get(0).get("iXT").asDouble()).isCloseTo(Math.log(100), within(1e-6));
        assertThat(all.get("warnings")).isEmpty();
        assertThat(few.json().get("symbols").asInt()).isEqualTo(5);
        assertThat(few.json().get("points").get(0).get("converged").asBoolean()).isFalse();
        assertThat(few.json().get("warnings").get(0).asString()).isEqualTo(
                "100 values of x differ in p(y|x) and T has 5 symbols: points may lie below the curve; --symbols 100"
                        + " lets T "
                        + "tell all of them apart");
        assertThat(few.json().get("warnings").get(1).asString())
                .isEqualTo("beta = 1.0E8 has not converged: its point may lie below the curve");
    }

    @Test
    void criticalPointsByRowHaveTheirAccuracy() {
        CommandRun run = theory("phase-diagram --sigma-w2 1,2,2 --sigma-b2 0,0.05,2");

        assertThat(run.out().lines().toList().getLast())
                .matches("  sigma_b2 = 0\\.05000  1\\.760954640  ± \\de-1\\d");
        assertThat(theory("phase-diagram --activation relu --sigma-w2 1,2,2 --sigma-b2 0.1,0.2,2").out())
                .endsWith("  sigma_b2 = 0.2000  2.000000000\n");
    }
}
