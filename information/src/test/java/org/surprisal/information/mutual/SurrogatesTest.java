package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Which rows take each other's place, and what that does to the p-values of independent time series.
class SurrogatesTest {

    private static final int ROWS = 1000;
    private static final int PAIRS = 200;
    private static final GaussianInformation GAUSSIAN = new GaussianInformation();

    /// x_t = a x_(t-1) + e_t in its stationary distribution.
    private static double[] autoregressive(double a, int n, RandomStream stream) {
        double[] x = new double[n];
        double last = stream.nextGaussian() / Math.sqrt(1 - a * a);
        for (int t = 0; t < n; t++) {
            last = a * last + stream.nextGaussian();
            x[t] = last;
        }
        return x;
    }

    private static Continuous series(String name, double... values) {
        return Continuous.of(name, Tensor.of(values, values.length));
    }

    private static PermutationNull pair(double a, int number, Surrogates how) {
        RandomStream stream = RandomStream.seeded(number);
        return PermutationNull.of(GAUSSIAN, series("x", autoregressive(a, ROWS, stream.child("x"))),
                series("y", autoregressive(a, ROWS, stream.child("y"))), 19, how, stream.child("null"));
    }

    private static long small(double a, Surrogates how) {
        return IntStream.range(0, PAIRS).filter(number -> pair(a, number, how).pValue() <= 0.1).count();
    }

    /// Of 200 uniform p-values fewer than 8 or more than 35 are at most 0.1 once in 1,000 times.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9, 0.98})
    void rotatedPValuesOfIndependentSeriesAreUniform(double coefficient) {
        assertThat(small(coefficient, Surrogates.ROTATE)).isBetween(8L, 35L);
    }

    @Test
    void shuffledPValuesAreUniformForIndependentRowsOnly() {
        assertThat(small(0, Surrogates.SHUFFLE)).isBetween(8L, 35L);
        assertThat(small(0.98, Surrogates.SHUFFLE)).isGreaterThan(100);
    }

    @Test
    void rotationFindsADependenceThatIsThere() {
        RandomStream stream = RandomStream.seeded(3);
        double[] x = autoregressive(0.9, ROWS, stream.child("x"));
        double[] y = autoregressive(0.9, ROWS, stream.child("y"));
        Arrays.setAll(y, t -> y[t] + x[t]);

        PermutationNull rotated = PermutationNull.of(GAUSSIAN, series("x", x), series("y", y), 39, Surrogates.ROTATE,
                stream);

        assertThat(rotated.pValue()).isLessThanOrEqualTo(0.05);
        assertThat(rotated.observed().warnings()).isEmpty();
    }

    @Test
    void aWarningNamesRowsThatDependOnTheRowBefore() {
        assertThat(pair(0.98, 1, Surrogates.SHUFFLE).answer().warnings()).first().asString()
                .matches(
                        "rows of x and of y depend on the row before \\(lag-1 correlations 0\\.9[0-9] and"
                                + " 0\\.9[0-9]\\), as in"
                                + " time series and sorted files: shuffled rows do not, so the p-value of time"
                                + " series is too small;"
                                + " --surrogates rotate keeps their order");
        assertThat(pair(0.98, 1, Surrogates.ROTATE).observed().warnings()).isEmpty();
        assertThat(IntStream.range(0, PAIRS)
                .filter(number -> !pair(0, number, Surrogates.SHUFFLE).observed().warnings().isEmpty()).count())
                .isZero();
    }

    /// One series that depends on its past and one whose rows do not: the pairs are exchangeable.
    @Test
    void oneDependentVariableAloneIsNoReasonToWarn() {
        RandomStream stream = RandomStream.seeded(8);
        Continuous x = series("x", autoregressive(0.98, ROWS, stream.child("x")));
        Continuous y = series("y", autoregressive(0, ROWS, stream.child("y")));
        Discrete labels = Discrete.labels("l", IntStream.range(0, ROWS).map(i -> stream.nextInt(3)).toArray());
        Discrete runs = Discrete.labels("l", IntStream.range(0, ROWS).map(i -> i / 50 % 3).toArray());

        assertThat(SerialDependence.warning(x, y)).isEmpty();
        assertThat(SerialDependence.warning(x, labels)).isEmpty();
        assertThat(SerialDependence.warning(x, runs)).isPresent();
    }

    @Test
    void everyOrderIsAPermutation() {
        for (Surrogates how : List.of(Surrogates.SHUFFLE, Surrogates.ROTATE, new Surrogates.Blocks(2))) {
            int[][] orders = how.orders(7, 6, RandomStream.seeded(1));
            assertThat(orders).hasDimensions(6, 7);
            for (int[] order : orders) {
                assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
            }
        }
        for (int[] order : Surrogates.ROTATE.orders(7, 6, RandomStream.seeded(1))) {
            assertThat(order[0]).isNotZero();
            assertThat(IntStream.range(0, 7)).allMatch(i -> order[i] == (order[0] + i) % 7);
        }
    }

    @Test
    void blocksKeepTheirOrder() {
        for (int[] order : new Surrogates.Blocks(5).orders(23, 6, RandomStream.seeded(1))) {
            assertThat(order).containsExactlyInAnyOrder(IntStream.range(0, 23).toArray());
            assertThat(IntStream.range(1, 23).filter(i -> order[i] != (order[i - 1] + 1) % 23).count())
                    .isLessThanOrEqualTo(4);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Surrogates.Blocks(8).orders(23, 6, RandomStream.seeded(1)))
                .withMessage("blocks of 8 rows make 3 of 23 rows, at least 4 blocks needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new Surrogates.Blocks(0))
                .withMessage("block length = 0 rows, at least 1 needed");
    }

    /// With blocks of fifty times the time over which an AR(1) series of coefficient 0.5 forgets.
    @Test
    void blocksHaveUniformPValues() {
        assertThat(small(0.5, new Surrogates.Blocks(50))).isBetween(8L, 35L);
    }

    @Test
    void moreRotationsThanThereAreRefused() {
        Continuous x = series("x", 1, 2, 4, 3, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PermutationNull.of(GAUSSIAN, x, x.take(1, 0, 3, 2, 4), 5, Surrogates.ROTATE,
                        RandomStream.seeded(1)))
                .withMessage("5 rotations of 5 rows asked for; at most 4 are possible");
    }
}
