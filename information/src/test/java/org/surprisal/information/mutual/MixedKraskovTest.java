package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.surprisal.information.mutual.RebuiltPairs.variable;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;

class MixedKraskovTest {

    private static final MixedKraskov USUAL = MixedKraskov.standard();
    private static final double[] RELU = Arrays.stream(RebuiltPairs.X).map(v -> Math.max(0, v - 0.4)).toArray();
    private static final double[] STEPS = Arrays.stream(RebuiltPairs.X).map(v -> Math.floor(4 * v)).toArray();

    private static double raw(int k, Variable x, Variable y) {
        return new MixedKraskov(k, Scaling.NONE).estimate(x, y).value();
    }

    /// Recorded from mixed_KSG (github.com/wgao9/mixed_KSG), Mixed_KSG: max(0, x - 0.4), which is 0 in two fifths of
    /// the samples, x itself, ⌊4 x⌋ times 1,000, and two variables of whole numbers.
    @Test
    void valuesAreThoseOfTheAuthorsProgram() {
        Continuous y = variable("y", RebuiltPairs.Y);
        Continuous far = variable("f", Arrays.stream(STEPS).map(v -> 1000 * v).toArray());
        Continuous thirds = variable("t", Arrays.stream(RebuiltPairs.Y).map(v -> Math.floor(3 * v)).toArray());

        assertThat(raw(5, variable("x", RELU), y)).isCloseTo(1.1270906744652178, within(1e-12));
        assertThat(raw(3, variable("x", RELU), y)).isCloseTo(1.124989517001213, within(1e-12));
        assertThat(raw(5, variable("x", RebuiltPairs.X), y)).isCloseTo(1.1885934902385187, within(1e-12));
        assertThat(raw(5, far, y)).isCloseTo(0.9022420759287889, within(1e-12));
        assertThat(raw(5, variable("s", STEPS), thirds)).isCloseTo(0.742847219075799, within(1e-12));
    }

    /// Symbols are infinitely far apart, as the authors' far numbers are from each other.
    @Test
    void symbolsAreFarNumbers() {
        Discrete symbols = Discrete.labels("s", Arrays.stream(STEPS).mapToInt(v -> (int) v).toArray());
        Discrete thirds = Discrete.labels("t", Arrays.stream(RebuiltPairs.Y).mapToInt(v -> (int) (3 * v)).toArray());

        assertThat(raw(5, symbols, variable("y", RebuiltPairs.Y))).isCloseTo(0.9022420759287889, within(1e-12));
        assertThat(raw(5, variable("y", RebuiltPairs.Y), symbols)).isCloseTo(0.9022420759287889, within(1e-12));
        assertThat(raw(5, symbols, thirds)).isCloseTo(counted(symbols, thirds), within(1e-12));
    }

    /// ⟨ψ(n_xy) - ψ(n_x) - ψ(n_y)⟩ + ln n, by counting, with ψ(m) = 1 + … + 1/(m - 1) - γ.
    private static double counted(Discrete x, Discrete y) {
        Discrete joint = Discrete.joint(x, y);
        return Math.log(x.count()) + 0.5772156649015329 + IntStream.range(0, x.count())
                .mapToDouble(i -> harmonic(joint.counts()[joint.code(i)]) - harmonic(x.counts()[x.code(i)])
                        - harmonic(y.counts()[y.code(i)]))
                .average().orElseThrow();
    }

    private static double harmonic(int m) {
        return IntStream.range(1, m).mapToDouble(j -> 1.0 / j).sum();
    }

    /// x uniform on 0 … m-1 and y uniform from x to x + 2: I = ln m - (m - 1) ln 2 / m (Gao et al. 2017, experiment I);
    /// means of ten runs.
    @Test
    void uniformAboveASymbol() {
        double mean = 0;
        for (int run = 0; run < 10; run++) {
            RandomStream draws = RandomStream.seeded(run);
            double[] x = new double[1000];
            Arrays.setAll(x, i -> draws.nextInt(5));
            double[] y = Arrays.stream(x).map(v -> v + 2 * draws.nextDouble()).toArray();
            mean += USUAL.estimate(variable("x", x), variable("y", y)).value() / 10;
        }
        assertThat(mean).isCloseTo(Math.log(5) - 0.8 * Math.log(2), within(0.03));
    }

    /// With probability 1/2 correlated normals, else x = ±10 and y equal to it in 4 of 5 cases: I = ln 2 plus the mean
    /// of both informations, because either variable shows which of the two it is.
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9})
    void halfTheSamplesAreDiscrete(double correlation) {
        double mean = 0;
        for (int run = 0; run < 10; run++) {
            RandomStream draws = RandomStream.seeded(run);
            double[] x = new double[2000];
            double[] y = new double[2000];
            for (int i = 0; i < 2000; i++) {
                boolean continuous = draws.nextInt(2) == 0;
                x[i] = continuous ? draws.nextGaussian() : 20 * draws.nextInt(2) - 10;
                y[i] = continuous
                        ? correlation * x[i] + Math.sqrt(1 - correlation * correlation) * draws.nextGaussian()
                        : draws.nextInt(5) == 0 ? -x[i] : x[i];
            }
            mean += USUAL.estimate(variable("x", x), variable("y", y)).value() / 10;
        }
        double discrete = Math.log(2) + 0.8 * Math.log(0.8) + 0.2 * Math.log(0.2);
        assertThat(mean).isCloseTo(
                Math.log(2) + CorrelatedNormals.information(1, correlation) / 2 + discrete / 2, within(0.03));
    }

    /// Counting is the plug-in estimate with ψ for ln.
    @Test
    void manyPairsOfSymbolsAreCounted() {
        RandomStream draws = RandomStream.seeded(9);
        int[] x = IntStream.range(0, 5000).map(i -> draws.nextInt(3)).toArray();
        int[] y = Arrays.stream(x).map(v -> draws.nextInt(4) == 0 ? draws.nextInt(3) : v).toArray();
        Discrete first = Discrete.labels("x", x);
        Discrete second = Discrete.labels("y", y);

        assertThat(USUAL.estimate(first, second).value())
                .isCloseTo(new PlugIn(PlugIn.Correction.NONE).estimate(first, second).value(), within(0.001));
    }

    @Test
    void singleSymbolsAreLeftOut() {
        int[] labels = IntStream.range(0, 300).map(i -> i == 7 ? 9 : (int) STEPS[i]).toArray();
        int[] others = IntStream.range(0, 300).filter(i -> i != 7).toArray();
        Discrete classes = Discrete.labels("c", labels);
        Continuous y = variable("y", RebuiltPairs.Y);

        MutualInformation answer = new MixedKraskov(5, Scaling.NONE).estimate(classes, y);

        assertThat(answer.value()).isEqualTo(raw(5, classes.take(others), y.take(others)));
        assertThat(answer.warnings()).containsExactly("class 9 of c has a single sample, which is left out");
        assertThat(answer.n()).isEqualTo(300);
    }

    /// y = x + 0.1 noise with normal numbers, ½ ln 101 nat; one value of x is a marker far away.
    @Test
    void aFarValueChangesLittle() {
        RandomStream draws = RandomStream.seeded(1);
        double[] x = new double[1000];
        Arrays.setAll(x, i -> draws.nextGaussian());
        Continuous y = variable("y", Arrays.stream(x).map(v -> v + 0.1 * draws.nextGaussian()).toArray());
        x[0] = 1e6;

        MutualInformation answer = USUAL.estimate(variable("x", x), y);

        assertThat(answer.value()).isCloseTo(0.5 * Math.log(101), within(0.1));
        assertThat(answer.warnings()).singleElement().asString()
                .startsWith("1 of 1000 values of coordinate 0 of x lies far from the others (up to 1.000e+06;");
    }

    @Test
    void whatItCannotTakeIsSaid() {
        Continuous few = variable("x", RebuiltPairs.X).take(0, 1, 2, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> USUAL.estimate(few, few))
                .withMessage("k = 5 neighbours need more than 5 samples, x has 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MixedKraskov(2, Scaling.NONE).estimate(few, Discrete.labels("l", 1, 2, 3, 4)))
                .withMessage("every class of l has one sample, at least 2 of a class needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new MixedKraskov(0, Scaling.NONE))
                .withMessage("k = 0, at least 1 neighbour needed");
    }
}
