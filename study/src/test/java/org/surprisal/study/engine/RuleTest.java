package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.report.Verdict;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// Estimates, rules and claims against tables of Student's t and against error rates over many drawn samples.
class RuleTest {
    private static final Citation SOURCE = new Citation("a document", "a place");
    private static final Quantity NUMBER = Quantity.of("number", "1", "number");
    private static final Quantity BY_LAYER = Quantity.of("number", "1", "number", Index.LAYER);

    /// Mean 2, standard deviation 1, standard error 1/√3; t of two degrees of freedom is 4.303 at .975 and 2.920 at
    /// .95.
    @Test
    void theIntervalIsStudents() {
        Estimate estimate = Estimate.of(1, 2, 3);
        assertThat(estimate.mean()).isEqualTo(2);
        assertThat(estimate.standardError().orElseThrow()).isCloseTo(1 / Math.sqrt(3), within(1e-15));
        assertThat(estimate.interval(0.95).orElseThrow().high()).isCloseTo(2 + 4.302653 / Math.sqrt(3), within(1e-6));
        assertThat(estimate.interval(0.90).orElseThrow().low()).isCloseTo(2 - 2.919986 / Math.sqrt(3), within(1e-6));
    }

    /// SciPy: `stats.t.interval(.95, n - 1, z.mean(), stats.sem(z))` of z = arctanh(r), and tanh of its ends; p of
    /// `stats.ttest_1samp(z, arctanh(.2))`.
    @Test
    void intervalOfARankCorrelationIsFishersAndStaysBelowOne() {
        Estimate estimate = Estimate.ofCorrelations(0.04, 0.5, 0.62, 0.71, 0.66);
        assertThat(estimate.mean()).isCloseTo(0.6225, within(1e-12));
        Estimate.Interval interval = estimate.interval(0.95).orElseThrow();
        assertThat(interval.low()).isCloseTo(0.47120246420713835, within(1e-9));
        assertThat(interval.high()).isCloseTo(0.7467376031821373, within(1e-9));
        assertThat(estimate.pAbove(0.2).orElseThrow()).isCloseTo(0.004885493174922456 / 2, within(1e-9));
        Estimate below = Estimate.ofCorrelations(0.04, -0.9, -0.95, -0.7);
        assertThat(below.interval(0.95).orElseThrow().low()).as("-0.98905 is beyond -0.98").isEqualTo(-1);
        assertThat(below.interval(0.95).orElseThrow().high()).isCloseTo(-0.17772306012113867, within(1e-9));
    }

    /// A perfect order is taken half a step below 1, here arctanh(.98), as in the same lines of SciPy.
    @Test
    void perfectOrderHasAFiniteInterval() {
        Estimate estimate = Estimate.ofCorrelations(0.04, 0.9, 0.8, 1);
        assertThat(estimate.interval(0.95).orElseThrow().low()).isCloseTo(0.09847506487226676, within(1e-9));
        assertThat(estimate.interval(0.95).orElseThrow().high()).as("beyond 0.98 is told as 1").isEqualTo(1);
        assertThat(estimate.pAbove(0.2).orElseThrow()).isCloseTo(0.056950475192035485 / 2, within(1e-9));
        Estimate.Interval same = Estimate.ofCorrelations(0.04, 1, 1, 1).interval(0.95).orElseThrow();
        assertThat(same.low()).isEqualTo(1);
        assertThat(same.high()).isEqualTo(1);
        assertThat(Estimate.ofCorrelations(0.04, 1).interval(0.95)).isEmpty();
    }

    /// The geometric mean of 2 and 8 is 4; the interval of the logarithms is ln 4 ± 12.706 ln 2, and 2^12.706 is 6682.
    @Test
    void aFactorIsAGeometricMeanWithAnIntervalOfLogarithms() {
        assertThat(Estimate.of(Math.log(2), Math.log(8)).asFactor())
                .isEqualTo("4 with a 95 % interval of 0.0006 to 27000");
        assertThat(Estimate.of(Math.log(14.04)).asFactor()).isEqualTo("14");
    }

    @ParameterizedTest
    @CsvSource({"3, 3.1", "5, 1.7", "10, 1.0"})
    void theDetectableDifferenceIsThatOfTheSpecification(int trials, double deviations) {
        Estimate estimate = Estimate.of(IntStream.range(0, trials).mapToDouble(i -> i).toArray());
        assertThat(estimate.detectable().orElseThrow()).isCloseTo(deviations, within(0.05));
    }

    @Test
    void oneTrialDecidesNothing() {
        for (Rule rule : List.of(new Rule.Above(0), new Rule.Below(9), new Rule.Within(1, 5), new Rule.Apart(9, 1))) {
            assertThat(rule.of(Estimate.of(1))).as(rule.words()).isEqualTo(Verdict.UNDECIDED);
        }
    }

    /// The interval of 1, 2, 3 is -.48 to 4.48, that of 90 % .31 to 3.69.
    @Test
    void theVerdictSaysWhereTheIntervalLies() {
        Estimate estimate = Estimate.of(1, 2, 3);
        assertThat(new Rule.Above(-0.5).of(estimate)).isEqualTo(Verdict.HELD);
        assertThat(new Rule.Above(0).of(estimate)).isEqualTo(Verdict.UNDECIDED);
        assertThat(new Rule.Above(4.5).of(estimate)).isEqualTo(Verdict.NOT_HELD);
        assertThat(new Rule.Below(4.5).of(estimate)).isEqualTo(Verdict.HELD);
        assertThat(new Rule.Below(-0.5).of(estimate)).isEqualTo(Verdict.NOT_HELD);
        assertThat(new Rule.Within(2, 1.7).of(estimate)).isEqualTo(Verdict.HELD);
        assertThat(new Rule.Within(2, 1.6).of(estimate)).isEqualTo(Verdict.UNDECIDED);
        assertThat(new Rule.Within(9, 4.5).of(estimate)).isEqualTo(Verdict.NOT_HELD);
        assertThat(new Rule.Apart(9, 4.5).of(estimate)).isEqualTo(Verdict.HELD);
        assertThat(new Rule.Apart(2, 2.5).of(estimate)).isEqualTo(Verdict.NOT_HELD);
        assertThat(new Rule.Apart(2, 0).of(estimate)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void equalityWithoutAMarginIsRefused() {
        assertThatThrownBy(() -> new Rule.Within(0, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the margin (=0.0) must be above 0: without one, nothing could show that a number is"
                        + " equal to"
                        + " another");
    }

    /// At the edge of the region, a false 'held' and a false 'not held' come each in 2.5 % of samples, 5 % of those for
    /// equality.
    @Test
    void verdictsAreWrongAsOftenAsTheySay() {
        int repetitions = 4000;
        double[] drawn = RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, repetitions * 5).toDoubles();
        int held = 0;
        int refuted = 0;
        int equal = 0;
        for (int i = 0; i < repetitions; i++) {
            Estimate estimate = Estimate.of(Arrays.copyOfRange(drawn, 5 * i, 5 * i + 5));
            held += new Rule.Above(0).of(estimate) == Verdict.HELD ? 1 : 0;
            refuted += new Rule.Above(0).of(estimate) == Verdict.NOT_HELD ? 1 : 0;
            equal += new Rule.Within(3, 3).of(estimate) == Verdict.HELD ? 1 : 0;
        }
        // Three standard errors of a share.
        assertThat((double) held / repetitions).isCloseTo(0.025, within(0.0075));
        assertThat((double) refuted / repetitions).isCloseTo(0.025, within(0.0075));
        assertThat((double) equal / repetitions).isCloseTo(0.05, within(0.0105));
    }

    private static Sample sample(double[]... cases) {
        List<Sample.Point> points = new ArrayList<>();
        for (int layer = 0; layer < cases.length; layer++) {
            for (int seed = 0; seed < cases[layer].length; seed++) {
                SequencedMap<Coordinate, Object> at = new LinkedHashMap<>();
                at.put(Index.SEED, (long) seed);
                at.put(Index.LAYER, (long) layer);
                points.add(new Sample.Point(at, cases[layer][seed]));
            }
        }
        return new Sample(BY_LAYER, points);
    }

    private static Verdict judge(Sample sample) {
        Claim claim = Claim.of("a-claim", "A sentence.", SOURCE, results -> sample, new Rule.Above(0))
                .forEach(Index.LAYER);
        return claim.judge(EngineFixture.noResults()).verdict();
    }

    @Test
    void aClaimForEachIsHeldIfEveryCaseIs() {
        double[] above = {1, 1.1, 0.9, 1};
        double[] around = {1, -1, 0.5, -0.5};
        double[] below = {-1, -1.1, -0.9, -1};
        assertThat(judge(sample(above, above))).isEqualTo(Verdict.HELD);
        assertThat(judge(sample(above, around))).isEqualTo(Verdict.UNDECIDED);
        assertThat(judge(sample(above, below))).isEqualTo(Verdict.NOT_HELD);
    }

    /// t = -3.5 with 3 degrees of freedom has p = .039: refuted alone, but not as the worst of twenty cases.
    @Test
    void oneCaseOfManyIsCorrectedByHolm() {
        double[] low = {-1, -0.2, -1.2, -0.7};
        Estimate estimate = Estimate.of(low);
        assertThat(estimate.mean() / estimate.standardError().orElseThrow()).isBetween(-3.9, -3.2);
        assertThat(judge(sample(low))).isEqualTo(Verdict.NOT_HELD);
        double[][] cases = new double[20][];
        Arrays.fill(cases, new double[]{1, 1.1, 0.9, 1});
        cases[7] = low;
        assertThat(judge(sample(cases))).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aClaimWithoutNumbersIsUndecidedAndSaysSo() {
        Claim claim = Claim.of("a-claim", "A sentence.", SOURCE, results -> new Sample(NUMBER, List.of()),
                new Rule.Above(0));
        Finding finding = claim.judge(EngineFixture.noResults());
        assertThat(finding.sentence())
                .isEqualTo("Undecided: A sentence. There is no number for it: nothing has been recorded.");
    }
}
