package org.surprisal.information.automatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.GaussianCopula;
import org.surprisal.information.mutual.IntervalMethod;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.Variable;
import org.surprisal.information.task.Task;
import org.surprisal.information.task.Tasks;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class AutomaticEstimatorTest {
    private static final AutomaticEstimator AUTO = new AutomaticEstimator(RandomStream.seeded(1));
    private static final double RHO = 0.8;

    private static MutualInformation of(String id, int n) {
        Task.Pairs pairs = Tasks.find(id).orElseThrow().draw(n, RandomStream.seeded(2));
        return AUTO.estimate(pairs.x(), pairs.y());
    }

    private static String text(MutualInformation answer, String name) {
        return String.valueOf(answer.settings().get(name));
    }

    private static Continuous variable(String name, double[] values) {
        return Continuous.of(name, Tensor.of(values, values.length, 1));
    }

    private static double[] normals(int n, long seed) {
        RandomStream stream = RandomStream.seeded(seed);
        return IntStream.range(0, n).mapToDouble(i -> stream.nextGaussian()).toArray();
    }

    /// Correlated with other normal numbers by [#RHO].
    private static double[] correlated(double[] x, long seed) {
        double[] noise = normals(x.length, seed);
        return IntStream.range(0, x.length).mapToDouble(i -> RHO * x[i] + Math.sqrt(1 - RHO * RHO) * noise[i])
                .toArray();
    }

    /// Tasks of each kind: what is chosen, what is claimed, and an answer as near to the truth as a benchmark asks for.
    @ParameterizedTest
    @CsvSource({"normal-1x1, gaussian-copula, valid", "half-cube-2-pair-3x3, gaussian-copula, valid",
            "2-pair-25x25, gaussian-copula, valid", "additive-0.75-1x1, ksg-normal-scores, valid",
            "student-1-1x1, ksg-normal-scores, valid", "swiss-roll-2x1, ksg-normal-scores, lower bound",
            "student-2-5x5, ksg-lengths, lower bound",
            "spiral-normal-cdf-2-pair-25x25, ksg-canonical-variates, lower bound",
            "spiral-2-pair-5x5, ksg-curved-variates, lower bound"})
    void eachKindOfTaskGetsItsEstimator(String id, String chosen, String claim) {
        MutualInformation answer = of(id, 8000);
        double truth = Tasks.find(id).orElseThrow().information();

        assertThat(answer.estimator()).isEqualTo("auto");
        assertThat(text(answer, "chosen")).isEqualTo(chosen);
        assertThat(text(answer, "claim")).isEqualTo(claim);
        assertThat(answer.value()).isCloseTo(truth, within(Math.max(0.03, 0.1 * truth)));
        assertThat(answer.component(chosen)).isEqualTo(answer.value());
        assertThat(answer.interval().isPresent()).isEqualTo(claim.equals("valid"));
        assertThat(answer.lower().isPresent()).isEqualTo(claim.equals("lower bound"));
        answer.lower().ifPresent(bound -> assertThat(bound).isLessThan(truth));
    }

    @Test
    void theCopulasAnswerIsThatOfTheCopulaWithItsError() {
        double[] x = normals(2000, 3);
        double[] y = Arrays.stream(correlated(x, 4)).map(v -> v * v * v).toArray();
        MutualInformation answer = AUTO.estimate(variable("x", x), variable("y", y));
        MutualInformation copula = new GaussianCopula().estimate(variable("x", x), variable("y", y));
        // √(ρ²/n) of the one canonical correlation, and the scatter d²/8n² of two independent coordinates.
        double error = Math.hypot(copula.standardError().orElseThrow(), Math.sqrt(0.5) / 2000);

        assertThat(answer.value()).isEqualTo(copula.value());
        assertThat(answer.standardError().orElseThrow()).isCloseTo(error, within(1e-12));
        assertThat(answer.interval().orElseThrow().lower()).isCloseTo(copula.value() - 1.959963984540054 * error,
                within(1e-12));
        assertThat(answer.interval().orElseThrow().upper()).isCloseTo(copula.value() + 1.959963984540054 * error,
                within(1e-12));
        assertThat(answer.interval().orElseThrow().method()).isEqualTo(IntervalMethod.AUTO);
        assertThat(text(answer, "reason")).matches("normal scores pass every test of a joint Gaussian \\(the largest"
                + " statistic is 0\\.\\d\\d of its critical value\\), and no other candidate finds clearly more");
        assertThat(text(answer, "unseen"))
                .isEqualTo("a dependence that neither the tests nor the other candidates see");
        assertThat(answer.warnings()).isEmpty();
    }

    /// One pair of equal samples of each candidate, so that its value is Kraskov's of the same scores.
    @Test
    void anIntervalOfNeighboursIsWidenedByTheChangeFromHalfOfTheSamples() {
        MutualInformation answer = of("additive-0.75-1x1", 2000);
        double allowance = Math.abs(answer.value() - answer.component("halfOfSamples")) / (Math.sqrt(2) - 1);
        double half = 1.959963984540054 * answer.standardError().orElseThrow() + allowance;

        assertThat(answer.interval().orElseThrow().upper()).isCloseTo(answer.value() + half, within(1e-12));
        assertThat(answer.interval().orElseThrow().lower()).isCloseTo(answer.value() - half, within(1e-12));
        assertThat(answer.interval().orElseThrow().covers(1 / 3.0)).isTrue();
        assertThat(text(answer, "reason")).matches("normal scores are not jointly Gaussian \\(the largest statistic is"
                + " \\d\\.\\d times its critical value\\), and of one coordinate each nearest neighbours need no more"
                + " than a density");
        assertThat(answer.ceiling()).isPresent();
    }

    @Test
    void lowerBoundsSayWhatTheyDoNotSee() {
        MutualInformation answer = of("student-2-3x3", 3000);

        assertThat(answer.lower().orElseThrow()).isLessThan(answer.value());
        assertThat(answer.warnings()).contains(
                "the value is a lower bound: what the directions of both variables share may add to it");
        assertThat(text(answer, "reason")).endsWith(
                ", and nearest neighbours of the lengths of both variables' scores find the most");
    }

    @Test
    void functionsWithoutNoiseCannotBeKnown() {
        double[] x = normals(1000, 5);
        for (DoubleUnaryOperator function : new DoubleUnaryOperator[]{v -> v, Math::sin, v -> v * v}) {
            double[] y = Arrays.stream(x).map(function).toArray();
            MutualInformation answer = AUTO.estimate(variable("x", x), variable("y", y));

            assertThat(text(answer, "claim")).isEqualTo("cannot be known from these samples");
            assertThat(text(answer, "reason")).matches("the value is 0\\.\\d\\d nat larger than that of half of the"
                    + " samples, as where one variable is nearly a function of the other: it tells the number of"
                    + " samples");
            assertThat(answer.interval()).isEmpty();
            assertThat(answer.warnings()).contains(
                    "the information cannot be known from these samples: " + text(answer, "reason"));
        }
    }

    @Test
    void independentVariablesThatAreNotGaussianCannotBeKnown() {
        IndependentPairs.Pair pair = IndependentPairs.of("one divisor, 5 coordinates", 2000,
                RandomStream.seeded(6));
        MutualInformation answer = AUTO.estimate(pair.x(), pair.y());

        assertThat(text(answer, "claim")).isEqualTo("cannot be known from these samples");
        assertThat(text(answer, "reason")).matches("normal scores are not jointly Gaussian \\(the largest statistic is"
                + " \\d+\\.\\d times its critical value\\), and nearest neighbours of the lengths of both variables'"
                + " scores find as little as the others; the value does not stand out of what independent variables"
                + " give \\(0\\.089 nat\\), and what it cannot see may be large");
    }

    @Test
    void fewSamplesLeaveTheTestsOut() {
        MutualInformation answer = of("dense-2x2", 400);

        assertThat(text(answer, "claim")).isEqualTo("lower bound");
        assertThat(text(answer, "reason")).startsWith(
                "400 samples of 4 coordinates are too few to test for a joint Gaussian, and nearest neighbours of ");
        assertThat(answer.components()).doesNotContainKey("gaussian-copula");
    }

    /// The error of the plug-in value, and √(degrees of freedom / 2n²) of independent symbols.
    @Test
    void symbolsAreCounted() {
        int n = 1000;
        int[] x = new int[n];
        int[] y = new int[n];
        RandomStream stream = RandomStream.seeded(7);
        for (int i = 0; i < n; i++) {
            x[i] = (int) (3 * stream.nextDouble());
            y[i] = stream.nextDouble() < 0.2 ? (int) (3 * stream.nextDouble()) : x[i];
        }
        MutualInformation answer = AUTO.estimate(Discrete.labels("x", x), Discrete.labels("y", y));
        MutualInformation counted = new PlugIn(PlugIn.Correction.MILLER_MADOW).estimate(Discrete.labels("x", x),
                Discrete.labels("y", y));

        assertThat(text(answer, "chosen")).isEqualTo("discrete");
        assertThat(answer.value()).isEqualTo(counted.value());
        assertThat(answer.standardError().orElseThrow())
                .isCloseTo(Math.hypot(counted.standardError().orElseThrow(), Math.sqrt(2) / n), within(1e-12));
        assertThat(text(answer, "reason"))
                .isEqualTo("both variables have few values: 3 and 3 symbols of 1000 samples");
        // Few different rows are symbols, too.
        assertThat(AUTO.estimate(variable("x", Arrays.stream(x).asDoubleStream().toArray()), Discrete.labels("y", y))
                .value()).isEqualTo(counted.value());
    }

    @Test
    void tooManySymbolsCannotBeKnown() {
        int[] x = IntStream.range(0, 300).map(i -> i % 30).toArray();
        int[] y = IntStream.range(0, 300).map(i -> i / 30).toArray();
        MutualInformation answer = AUTO.estimate(Discrete.labels("x", x), Discrete.labels("y", y));

        assertThat(text(answer, "claim")).isEqualTo("cannot be known from these samples");
        assertThat(text(answer, "reason"))
                .isEqualTo("300 samples for 300 pairs of symbols: counts need 5 samples for each");
    }

    /// Two normals of variance 1 whose means are 2 apart, one for each label: I = h(mixture) - h(normal).
    @Test
    void labelsAreMeasuredByNeighboursOfTheSameLabel() {
        double[] x = normals(4000, 8);
        int[] labels = IntStream.range(0, x.length).map(i -> i % 2).toArray();
        for (int i = 0; i < x.length; i++) {
            x[i] += 2 * labels[i];
        }
        double truth = integral(-8, 10, v -> {
            double p = (density(v) + density(v - 2)) / 2;
            return -p * Math.log(p);
        }) - 0.5 * Math.log(2 * Math.PI * Math.E);
        MutualInformation answer = AUTO.estimate(variable("x", x), Discrete.labels("y", labels));

        assertThat(text(answer, "chosen")).isEqualTo("ksg");
        assertThat(text(answer, "claim")).isEqualTo("valid");
        assertThat(answer.value()).isCloseTo(truth, within(0.03));
        assertThat(answer.interval().orElseThrow().covers(truth)).isTrue();
        assertThat(text(answer, "reason")).isEqualTo("one variable has labels and the other a density, as nearest"
                + " neighbours among the samples of a label assume (Ross 2014)");
    }

    /// I(max(0, X); Y) = h(Y) - ½ h(Y | X < 0) - ½ h(Y | X) for normals of correlation ρ, where p(y | X < 0) is
    /// 2 φ(y) Φ(-ρ y / √(1 - ρ²)).
    @Test
    void equalValuesAreOrderedByChance() {
        double[] x = normals(8000, 9);
        double[] y = correlated(x, 10);
        double[] relu = Arrays.stream(x).map(v -> Math.max(0, v)).toArray();
        double slope = RHO / Math.sqrt(1 - RHO * RHO);
        double below = integral(-9, 9, v -> {
            double p = density(v) * Erf.erfc(slope * v / Math.sqrt(2));
            return p <= 0 ? 0 : -p * Math.log(p);
        });
        double truth = 0.5 * Math.log(2 * Math.PI * Math.E) - 0.5 * below
                - 0.25 * Math.log(2 * Math.PI * Math.E * (1 - RHO * RHO));
        MutualInformation answer = AUTO.estimate(variable("x", relu), variable("y", y));

        assertThat(answer.value()).isCloseTo(truth, within(0.03));
        assertThat(text(answer, "claim")).isEqualTo("lower bound");
        assertThat(text(answer, "reason")).startsWith(
                "equal values were put into a random order, which changes no information; normal scores are not");
    }

    private static double density(double v) {
        return Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double integral(double from, double to, DoubleUnaryOperator function) {
        int steps = 20_000;
        double width = (to - from) / steps;
        return IntStream.range(0, steps).mapToDouble(i -> width * function.applyAsDouble(from + (i + 0.5) * width))
                .sum();
    }

    @Test
    void aConstantVariableHasNoInformation() {
        Variable constant = variable("c", new double[500]);

        assertThat(AUTO.estimate(constant, variable("y", normals(500, 11))).value()).isZero();
        assertThat(AUTO.estimate(constant, constant).value()).isZero();
    }

    /// The answer of the same samples is the same to the bit, also with coordinates in other units.
    @Test
    void unitsAndRepetitionChangeNothing() {
        Task.Pairs pairs = Tasks.find("student-2-3x3").orElseThrow().draw(1000, RandomStream.seeded(12));
        Continuous scaled = Continuous.of("x", pairs.x().values().times(1024));

        assertThat(AUTO.estimate(pairs.x(), pairs.y())).isEqualTo(AUTO.estimate(pairs.x(), pairs.y()));
        assertThat(AUTO.value(pairs.x(), pairs.y())).isEqualTo(AUTO.estimate(pairs.x(), pairs.y()).value());
        assertThat(AUTO.estimate(scaled, pairs.y()).value()).isEqualTo(AUTO.estimate(pairs.x(), pairs.y()).value());
    }

    @Test
    void refusalsAreOneLine() {
        Continuous few = variable("x", normals(49, 13));
        Continuous more = variable("x", normals(200, 13));
        RandomStream stream = RandomStream.seeded(1);

        assertThatThrownBy(() -> AUTO.estimate(few, few))
                .hasMessage("x and x have 49 sample(s), at least 50 needed");
        assertThatThrownBy(() -> IntervalMethod.SUBSAMPLING.estimate(AUTO, more, more, 0.95, stream))
                .hasMessage("auto chooses by all samples, and of parts it may choose otherwise: its own interval is"
                        + " there where its claim is 'valid'");
        assertThatThrownBy(() -> IntervalMethod.BOOTSTRAP.estimate(AUTO, more, more, 0.95, stream)).hasMessage(
                "a bootstrap draws samples more than once: copies are ties, by which auto chooses; take auto");
        assertThatThrownBy(() -> IntervalMethod.AUTO.estimate(AUTO, more, more, 0.9, stream))
                .hasMessage("level = 0.9, auto gives intervals of level 0.95 only");
        assertThatThrownBy(
                () -> IntervalMethod.AUTO.estimate(Kraskov.standard(stream), more, more, 0.95, stream))
                .hasMessage("auto is the interval that the estimator auto gives: take subsampling");
        assertThat(IntervalMethod.AUTO.estimate(AUTO, more, more, 0.95, stream)).isEqualTo(AUTO.estimate(more, more));
    }
}
