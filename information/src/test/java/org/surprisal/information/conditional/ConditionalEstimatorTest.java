package org.surprisal.information.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.surprisal.information.conditional.RebuiltSeries.variable;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.Scaling;
import org.surprisal.information.mutual.Subsampling;
import org.surprisal.tensor.RandomStream;

class ConditionalEstimatorTest {

    private static final RandomStream STREAM = RandomStream.seeded(5);
    private static final ConditionalGaussian GAUSSIAN = new ConditionalGaussian(false);
    private static final ConditionalGaussian COPULA = new ConditionalGaussian(true);
    private static final ConditionalPlugIn COUNTS = new ConditionalPlugIn(PlugIn.Correction.NONE);
    private static final Continuous X = variable("x", RebuiltSeries.X);
    private static final Continuous Y = variable("y", RebuiltSeries.Y);
    private static final Continuous Z = variable("z", RebuiltSeries.OTHER);

    private static ConditionalKraskov raw(int k, int theiler) {
        return new ConditionalKraskov(k, 0, Scaling.NONE, theiler, STREAM);
    }

    /// Recorded from JIDT (github.com/jlizier/jidt): ConditionalMutualInfoCalculatorMultiVariateKraskov1 with NORMALISE
    /// false, no noise, and DYN_CORR_EXCL for the Theiler window.
    @ParameterizedTest
    @CsvSource({"1, 0, 1.0415580661811443", "4, 0, 1.010130239577395", "4, 10, 1.007988912356557"})
    void neighboursAreThoseOfJidt(int k, int theiler, double recorded) {
        assertThat(raw(k, theiler).estimate(X, Y, Z).value()).isCloseTo(recorded, within(1e-12));
    }

    @Test
    void severalCoordinatesAreThoseOfJidt() {
        Continuous wide = variable("x", RebuiltSeries.X, RebuiltSeries.NOISE);
        Continuous given = variable("z", RebuiltSeries.OTHER, RebuiltSeries.NOISE);

        assertThat(raw(4, 0).estimate(wide, Y, Z).value()).isCloseTo(1.2082707105824444, within(1e-12));
        assertThat(raw(4, 0).estimate(X, Y, given).value()).isCloseTo(1.0999705648788116, within(1e-12));
    }

    /// Recorded from JIDT's ConditionalMutualInfoCalculatorMultiVariateGaussian.
    @Test
    void gaussiansAreThoseOfJidt() {
        assertThat(GAUSSIAN.estimate(X, Y, Z).value()).isCloseTo(0.9697251438157412, within(1e-11));
        assertThat(GAUSSIAN.estimate(variable("x", RebuiltSeries.X, RebuiltSeries.NOISE), Y, Z).value())
                .isCloseTo(1.396541107500377, within(1e-11));
    }

    private static Continuous[] normals(int n, double coupling, RandomStream draws) {
        double[] x = new double[n];
        double[] y = new double[n];
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = draws.nextGaussian();
            double own = draws.nextGaussian();
            x[i] = z[i] + own;
            y[i] = -z[i] + coupling * own + draws.nextGaussian();
        }
        return new Continuous[]{variable("x", x), variable("y", y), variable("z", z)};
    }

    /// X = Z + e and Y = -Z + θ e + f with normal Z, e, f: given Z they are a channel of power θ² and noise 1, I =
    /// ½ ln(1 + θ²). Means of 20 runs.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 2})
    void normalsGivenACommonCause(double coupling) {
        double[] means = new double[3];
        for (int run = 0; run < 20; run++) {
            Continuous[] v = normals(1000, coupling, RandomStream.seeded(run));
            MutualInformation closed = GAUSSIAN.estimate(v[0], v[1], v[2]);
            means[0] += (closed.value() - closed.component("bias")) / 20;
            means[1] += COPULA.estimate(v[0], v[1], v[2]).value() / 20;
            means[2] += ConditionalKraskov.standard(STREAM).estimate(v[0], v[1], v[2]).value() / 20;
        }
        double truth = 0.5 * Math.log1p(coupling * coupling);

        assertThat(means[0]).isCloseTo(truth, within(0.02));
        assertThat(means[1]).isCloseTo(truth, within(0.02));
        assertThat(means[2]).isCloseTo(truth, within(0.05));
    }

    /// Of 400 intervals of level 0.95 at most 397 and at least 366 cover the truth, but for once in 1,000 times.
    @Test
    void fisherIntervalsCover() {
        long covered = IntStream.range(0, 400).filter(run -> {
            Continuous[] v = normals(100, 0.5, RandomStream.seeded(run));
            return GAUSSIAN.estimate(v[0], v[1], v[2]).interval().orElseThrow().covers(0.5 * Math.log(1.25));
        }).count();
        assertThat(covered).isBetween(366L, 397L);
    }

    /// All 8 triples of bits: y = x xor z is known from x given z, and not from x.
    @ParameterizedTest
    @ValueSource(strings = {"NONE", "NSB"})
    void bits(String correction) {
        ConditionalPlugIn counts = new ConditionalPlugIn(PlugIn.Correction.valueOf(correction));
        double tolerance = correction.equals("NONE") ? 1e-12 : 0.02;
        Discrete x = Discrete.labels("x", IntStream.range(0, 4000).map(i -> i & 1).toArray());
        Discrete z = Discrete.labels("z", IntStream.range(0, 4000).map(i -> (i >> 1) & 1).toArray());
        Discrete xor = Discrete.labels("y", IntStream.range(0, 4000).map(i -> (i & 1) ^ ((i >> 1) & 1)).toArray());

        assertThat(counts.estimate(x, xor, z).value()).isCloseTo(Math.log(2), within(tolerance));
        assertThat(InteractionInformation.of(counts, x, xor, z).value()).isCloseTo(Math.log(2), within(tolerance));
        assertThat(InteractionInformation.of(counts, x, x, x).value()).isCloseTo(-Math.log(2), within(tolerance));
        assertThat(counts.estimate(x, xor, z).component("entropyX")).isCloseTo(Math.log(2), within(tolerance));
        assertThat(InteractionInformation.of(counts, x, xor, z).value())
                .isCloseTo(InteractionInformation.of(counts, xor, z, x).value(), within(1e-12));
    }

    @Test
    void aConstantConditionLeavesTheMutualInformation() {
        Continuous constant = variable("z", new double[300]);

        for (ConditionalEstimator estimator : List.of(raw(4, 0), GAUSSIAN, COPULA)) {
            assertThat(estimator.estimate(X, Y, constant).value())
                    .isCloseTo(estimator.unconditional().estimate(X, Y).value(), within(1e-12));
        }
        assertThat(raw(4, 0).estimate(X, Y, constant).warnings())
                .containsExactly("z is constant: it carries no information");
    }

    @Test
    void anIntervalByPartsHoldsTheTruth() {
        Continuous[] v = normals(1000, 2, RandomStream.seeded(2));
        MutualInformation answer = Subsampling.standard(0.95, STREAM).around(GAUSSIAN.estimate(v[0], v[1], v[2]), 1000,
                rows -> GAUSSIAN.estimate(v[0].take(rows), v[1].take(rows), v[2].take(rows)).value());

        assertThat(answer.interval().orElseThrow().covers(0.5 * Math.log(5))).isTrue();
        assertThat(answer.standardError().orElseThrow()).isBetween(0.015, 0.06);
        assertThat(raw(4, 3).objectionToParts())
                .contains("leaves out rows near in time, and parts drawn at random have no order in time");
    }

    @Test
    void whatTheyCannotTakeIsSaid() {
        Discrete labels = Discrete.labels("l", IntStream.range(0, 300).map(i -> i % 3).toArray());
        Continuous few = X.take(0, 1, 2, 3);

        assertThatIllegalArgumentException().isThrownBy(() -> raw(4, 0).estimate(X, labels, Z))
                .withMessage("l is discrete: ksg needs continuous variables, take discrete");
        assertThatIllegalArgumentException().isThrownBy(() -> GAUSSIAN.estimate(X, Y, labels))
                .withMessage("l is discrete: gaussian needs continuous variables, take discrete");
        assertThatIllegalArgumentException().isThrownBy(() -> COUNTS.estimate(labels, labels, Z))
                .withMessage("z is continuous: counting needs a discrete variable, take whole rows as symbols");
        assertThatIllegalArgumentException().isThrownBy(() -> GAUSSIAN.estimate(X, Y, few))
                .withMessage("x has 300 sample(s), x has 4: triples needed");
        assertThatIllegalArgumentException().isThrownBy(() -> raw(4, 0).estimate(few, few, few))
                .withMessage("k = 4 neighbours need more than 4 samples, x has 4");
        assertThatIllegalArgumentException().isThrownBy(() -> raw(4, 149).estimate(X, Y, Z))
                .withMessage("a Theiler window of 149 rows leaves some of 300 points fewer than k = 4 others");
        assertThatIllegalArgumentException().isThrownBy(() -> raw(4, -1))
                .withMessage("Theiler window = -1 rows, at least 0 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> GAUSSIAN.estimate(few, few, variable("w",
                Arrays.copyOf(RebuiltSeries.X, 4), Arrays.copyOf(RebuiltSeries.Y, 4))))
                .withMessage("4 samples for 4 coordinates: more samples than coordinates needed");
        Continuous steps = variable("s", Arrays.stream(RebuiltSeries.X).map(Math::rint).toArray());
        assertThatIllegalArgumentException().isThrownBy(() -> raw(4, 0).estimate(steps, steps, steps))
                .withMessageMatching("sample \\d+ coincides with its 4 nearest neighbours: nearest neighbours need"
                        + " points apart, give a jitter above 0 \\(jitter = 0.0\\)");
    }
}
