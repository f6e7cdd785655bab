package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.Moments;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class GaussianInformationTest {

    private static final GaussianInformation GAUSSIAN = new GaussianInformation();

    /// The mean over 40 runs, less the bias it states, is -d/2 ln (1 - ρ²), to 4 of its own standard errors.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void correlatedNormals(int dimension) {
        double mean = 0;
        double error = 0;
        for (int run = 0; run < 40; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(200, dimension, 0.6, RandomStream.seeded(100 + run));
            MutualInformation estimate = GAUSSIAN.estimate(pairs.x(), pairs.y());
            mean += (estimate.value() - estimate.component("bias")) / 40;
            error += estimate.standardError().orElseThrow() / 40;
        }
        assertThat(mean).isCloseTo(CorrelatedNormals.information(dimension, 0.6),
                within(4 * error / Math.sqrt(40)));
    }

    /// 200 seeds: the mean, less d_x d_y / (2 N), is 0 within 3 of its standard errors.
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "5, 5"})
    void independenceIsZeroOnAverage(int dimensionX, int dimensionY) {
        int n = 2000;
        double[] values = IntStream.range(0, 200).mapToDouble(run -> {
            RandomStream stream = RandomStream.seeded(900 + run);
            Continuous x = Continuous.of("x", stream.gaussian(ElementType.FLOAT64, 0, 1, n, dimensionX));
            Continuous y = Continuous.of("y", stream.gaussian(ElementType.FLOAT64, 0, 1, n, dimensionY));
            return GAUSSIAN.estimate(x, y).value() - dimensionX * dimensionY / (2.0 * n);
        }).toArray();
        Moments moments = Moments.of(values);

        assertThat(Math.abs(moments.mean())).isLessThan(3 * Math.sqrt(moments.sampleVariance() / 200));
    }

    /// The stated standard error against the scatter of 300 runs.
    @Test
    void standardErrorIsTheScatter() {
        double[] values = new double[300];
        double error = 0;
        for (int run = 0; run < 300; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(300, 2, 0.7, RandomStream.seeded(run));
            MutualInformation estimate = GAUSSIAN.estimate(pairs.x(), pairs.y());
            values[run] = estimate.value();
            error += estimate.standardError().orElseThrow() / 300;
        }
        double mean = IntStream.range(0, 300).mapToDouble(i -> values[i]).average().orElseThrow();
        double variance = IntStream.range(0, 300).mapToDouble(i -> Math.pow(values[i] - mean, 2)).sum() / 299;

        // A standard deviation from 300 values is known to 4 %.
        assertThat(Math.sqrt(variance)).isCloseTo(error, within(0.15 * error));
    }

    @Test
    void oneCoordinateEachIsTheCorrelation() {
        MutualInformation estimate = GAUSSIAN.estimate(
                Continuous.of("x", Tensor.of(new float[]{1, 2, 4, 3, 7})),
                Continuous.of("y", Tensor.of(new double[]{2, 1, 3, 5, 6})));

        // Σ (x-3.4)(y-3.4) = 15.2, Σ (x-3.4)² = 21.2, Σ (y-3.4)² = 17.2.
        assertThat(estimate.value()).isCloseTo(-0.5 * Math.log(1 - 15.2 * 15.2 / (21.2 * 17.2)), within(1e-14));
    }

    /// Invertible linear maps of either variable change nothing.
    @Test
    void linearMapsChangeNothing() {
        CorrelatedNormals pairs = CorrelatedNormals.of(100, 3, 0.5, RandomStream.seeded(4));
        Tensor map = Tensor.of(new double[]{1, 2, 0, 0, 1e3, 1, 1e-3, 0, 1}, 3, 3);

        assertThat(GAUSSIAN.estimate(Continuous.of("x", pairs.x().values().matmul(map)), pairs.y()).value())
                .isCloseTo(GAUSSIAN.estimate(pairs.x(), pairs.y()).value(), within(1e-10));
    }

    /// Recorded from NumPy: corrcoef of 12 samples of x, 8 coordinates, (7919 m mod 1009)/1009 with m = 0 … 95 in
    /// row-major order, and y, 5 coordinates, (4801 m mod 997)/997 with m = 0 … 59; Schäfer and Strimmer's intensity
    /// from their equations with NumPy sums, determinants by slogdet.
    @Test
    void fewSamplesAreShrunkAndSaidSo() {
        Continuous x = Continuous.of("x", Tensor.of(IntStream.range(0, 96)
                .mapToDouble(i -> (7919L * i % 1009) / 1009.0).toArray(), 12, 8));
        Continuous y = Continuous.of("y", Tensor.of(IntStream.range(0, 60)
                .mapToDouble(i -> (4801L * i % 997) / 997.0).toArray(), 12, 5));

        MutualInformation estimate = GAUSSIAN.estimate(x, y);

        assertThat(estimate.settings().get("shrinkage"))
                .isInstanceOfSatisfying(Double.class, s -> assertThat(s).isCloseTo(INTENSITY, within(1e-12)));
        assertThat(estimate.value()).isCloseTo(SHRUNK, within(1e-11));
        assertThat(estimate.standardError()).isEmpty();
        assertThat(estimate.warnings()).hasSize(1).first().asString().startsWith("12 samples for 13 dimensions");
    }

    private static final double INTENSITY = 0.7649045661681904;
    private static final double SHRUNK = 0.06704514577253651;

    @Test
    void constantCoordinatesAreLeftOut() {
        CorrelatedNormals pairs = CorrelatedNormals.of(50, 2, 0.5, RandomStream.seeded(4));
        Tensor wider = Tensor.concatenate(1,
                java.util.List.of(pairs.x().values(), Tensor.full(ElementType.FLOAT64, 3, 50, 1)));

        MutualInformation estimate = GAUSSIAN.estimate(Continuous.of("x", wider), pairs.y());

        assertThat(estimate.value()).isEqualTo(GAUSSIAN.estimate(pairs.x(), pairs.y()).value());
        assertThat(estimate.warnings()).contains("1 of 3 coordinates of x are constant and left out");
        MutualInformation none = GAUSSIAN.estimate(Continuous.of("c", Tensor.zeros(ElementType.FLOAT64, 50, 2)),
                pairs.y());
        assertThat(none.value()).isZero();
        assertThat(none.warnings()).containsExactly("c is constant: it carries no information");
    }

    @Test
    void refusesWhatHasNoDensity() {
        CorrelatedNormals pairs = CorrelatedNormals.of(50, 2, 0.5, RandomStream.seeded(4));
        Tensor twice = Tensor.concatenate(1, java.util.List.of(pairs.x().values(), pairs.x().values().times(2)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GAUSSIAN.estimate(Continuous.of("x", twice), pairs.y())).withMessage(
                        "the coordinates of x are linearly dependent: leave out those that others determine");
        assertThatIllegalArgumentException().isThrownBy(() -> GAUSSIAN.estimate(pairs.x(), pairs.x()))
                .withMessage("some combination of the coordinates of x equals a combination of those of x: their"
                        + " information is infinite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GAUSSIAN.estimate(pairs.x(), Discrete.labels("y", new int[50])))
                .withMessage("y is discrete: a Gaussian needs a continuous variable");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GAUSSIAN.estimate(pairs.x().take(0, 1), pairs.y().take(0, 1)))
                .withMessage("x and y have 2 sample(s), at least 3 needed");
    }
}
