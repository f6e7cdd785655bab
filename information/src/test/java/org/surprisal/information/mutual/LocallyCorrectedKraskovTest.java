package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.surprisal.information.mutual.RebuiltPairs.variable;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;

class LocallyCorrectedKraskovTest {

    private static final RandomStream STREAM = RandomStream.seeded(5);

    private static LocallyCorrectedKraskov exact(int k, double threshold) {
        return new LocallyCorrectedKraskov(k, OptionalDouble.of(threshold), 0, STREAM);
    }

    /// Recorded from NPEET_LNC (github.com/gregversteeg/NPEET_LNC), mi_LNC without its noise, of standardised
    /// coordinates; y = x² + 0.01 u, then y = x² + 0.3 u.
    @ParameterizedTest
    @CsvSource({"5, 0.25, 3.6631718574480363, 1.169138780618464", "5, 0.4, 3.8479202817222458, 1.1830526873471836",
            "8, 0.3, 3.637541099296588, 1.1499839965156609"})
    void valuesAreThoseOfTheAuthorsProgram(int k, double threshold, double near, double noisy) {
        Continuous x = variable("x", RebuiltPairs.X);

        assertThat(exact(k, threshold).estimate(x, variable("y", RebuiltPairs.NEAR)).value())
                .isCloseTo(near, within(1e-10));
        assertThat(exact(k, threshold).estimate(x, variable("y", RebuiltPairs.Y)).value())
                .isCloseTo(noisy, within(1e-10));
    }

    /// Uniform x, y = x + θ u: I = θ/2 - ln θ. Kraskov's algorithm 2 cannot show more than ψ(n) and a constant. Means
    /// of ten runs.
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.01, 0.001, 0.0001})
    void strongDependenceIsUnderestimatedLess(double noise) {
        double corrected = 0;
        double kraskov = 0;
        for (int run = 0; run < 10; run++) {
            RandomStream draws = RandomStream.seeded(run);
            double[] x = new double[500];
            Arrays.setAll(x, i -> draws.nextDouble());
            Continuous y = variable("y", Arrays.stream(x).map(v -> v + noise * draws.nextDouble()).toArray());
            corrected += LocallyCorrectedKraskov.standard(STREAM).estimate(variable("x", x), y).value() / 10;
            kraskov += new Kraskov(5, 2, 1e-8, Scaling.STANDARDISE, STREAM).estimate(variable("x", x), y).value() / 10;
        }
        double truth = noise / 2 - Math.log(noise);

        assertThat(Math.abs(corrected - truth)).isLessThanOrEqualTo(Math.abs(kraskov - truth));
        assertThat(corrected).isCloseTo(truth, within(0.6));
    }

    /// Two uniform coordinates and y = u + v + θ w: I = 1/2 - ln θ for small θ, the entropy of a triangular density
    /// being 1/2. Means of ten runs.
    @Test
    void aPlaneInThreeCoordinatesIsCorrected() {
        double corrected = 0;
        double uncorrected = 0;
        for (int run = 0; run < 10; run++) {
            RandomStream draws = RandomStream.seeded(run);
            double[] u = new double[1000];
            double[] v = new double[1000];
            Arrays.setAll(u, i -> draws.nextDouble());
            Arrays.setAll(v, i -> draws.nextDouble());
            double[] y = IntStream.range(0, 1000).mapToDouble(i -> u[i] + v[i] + 0.001 * draws.nextDouble()).toArray();
            MutualInformation answer = new LocallyCorrectedKraskov(8, OptionalDouble.empty(), 1e-8, STREAM)
                    .estimate(variable("x", u, v), variable("y", y));
            corrected += answer.value() / 10;
            uncorrected += answer.component("uncorrected") / 10;
        }
        double truth = 0.5 - Math.log(0.001);

        assertThat(Math.abs(corrected - truth)).isLessThan(Math.abs(uncorrected - truth) / 2);
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 8"})
    void independentVariablesHaveNone(int dimension, int k) {
        double mean = 0;
        for (int run = 0; run < 10; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(500, dimension, 0, RandomStream.seeded(run));
            mean += new LocallyCorrectedKraskov(k, OptionalDouble.empty(), 1e-8, STREAM)
                    .estimate(pairs.x(), pairs.y()).value() / 10;
        }
        assertThat(mean).isCloseTo(0, within(0.05));
    }

    /// In six dimensions the ten neighbours among 500 normal points are far from uniform, and some look like planes.
    @Test
    void manyCoordinatesLookLikePlanesByChance() {
        double mean = 0;
        for (int run = 0; run < 10; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(500, 3, 0, RandomStream.seeded(run));
            mean += new LocallyCorrectedKraskov(10, OptionalDouble.empty(), 1e-8, STREAM)
                    .estimate(pairs.x(), pairs.y()).value() / 10;
        }
        assertThat(mean).isBetween(0.05, 0.15);
    }

    /// y = x + 0.1 noise with normal numbers, ½ ln 101 nat; one value of x is a marker far away.
    @Test
    void aFarValueChangesLittle() {
        RandomStream draws = RandomStream.seeded(1);
        double[] x = new double[1000];
        Arrays.setAll(x, i -> draws.nextGaussian());
        Continuous y = variable("y", Arrays.stream(x).map(v -> v + 0.1 * draws.nextGaussian()).toArray());
        x[0] = 1e6;

        MutualInformation answer = LocallyCorrectedKraskov.standard(STREAM).estimate(variable("x", x), y);

        assertThat(answer.value()).isCloseTo(0.5 * Math.log(101), within(0.1));
        assertThat(answer.warnings()).singleElement().asString()
                .startsWith("1 of 1000 values of coordinate 0 of x lies far from the others (up to 1.000e+06;");
    }

    @Test
    void whatItCannotTakeIsSaid() {
        Continuous x = variable("x", RebuiltPairs.X);
        Continuous wide = variable("w", RebuiltPairs.Y, RebuiltPairs.OTHER, RebuiltPairs.NOISE, RebuiltPairs.NEAR);
        Discrete labels = Discrete.labels("l", IntStream.range(0, 300).map(i -> i % 3).toArray());
        LocallyCorrectedKraskov usual = LocallyCorrectedKraskov.standard(STREAM);

        assertThatIllegalArgumentException().isThrownBy(() -> usual.estimate(x, labels))
                .withMessage("l is discrete: ksg-lnc needs continuous variables, take ksg or ksg-mixed");
        assertThatIllegalArgumentException().isThrownBy(() -> usual.estimate(x, wide))
                .withMessage("k = 5 neighbours span no box of 5 coordinates: more than 5 neighbours needed");
        assertThatIllegalArgumentException().isThrownBy(() -> usual.estimate(x.take(0, 1, 2, 3), x.take(1, 3, 2, 0)))
                .withMessage("k = 5 neighbours need more than 5 samples, x has 4");
        assertThatIllegalArgumentException().isThrownBy(() -> exact(5, 1.5))
                .withMessage("threshold = 1.5, a value above 0 and at most 1 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> exact(0, 0.5))
                .withMessage("k = 0, at least 1 neighbour needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LocallyCorrectedKraskov(5, OptionalDouble.empty(), -1, STREAM))
                .withMessage("jitter = -1.0, a finite value > 0 needed");
        Continuous steps = variable("s", Arrays.stream(RebuiltPairs.X).map(Math::rint).toArray());
        assertThatIllegalArgumentException().isThrownBy(() -> exact(5, 0.2).estimate(x, steps)).withMessageMatching(
                "sample \\d+ has a coordinate in common with its 5 nearest neighbours: nearest neighbours need points"
                        + " apart, give a jitter above 0 \\(jitter = 0.0\\)");
    }

    @Test
    void aConstantCarriesNothing() {
        MutualInformation answer = LocallyCorrectedKraskov.standard(STREAM).estimate(variable("x", RebuiltPairs.X),
                variable("y", new double[300]));

        assertThat(answer.value()).isZero();
        assertThat(answer.warnings()).containsExactly("y is constant: it carries no information");
    }
}
