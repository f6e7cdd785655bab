package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Machine;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class PairwiseDistanceTest {

    private static final double LN2 = Math.log(2);

    /// The 4096 corners of {0,1}^12. Each sum over the corners is a product over the coordinates, which gives both bounds;
    /// the numbers in bits are those of the specification.
    @ParameterizedTest
    @CsvSource({"0.1, FLOAT64, 7.6385180, 9.5149374, 11.8837416", "0.1, FLOAT32, 7.6385180, 9.5149374, 11.8837416",
            "1, FLOAT64, 1.0482301, 1.9289666, 3.7926178"})
    void binaryCubeInClosedForm(double variance, ElementType type, double lower, double exact, double upper) {
        MutualInformation estimate = PairwiseDistance.withNoise(variance).ofInput(cube(1, type));

        assertThat(estimate.upper().orElseThrow())
                .isCloseTo(12 * (LN2 - Math.log1p(Math.exp(-1 / (2 * variance)))), within(1e-12));
        assertThat(estimate.lower().orElseThrow())
                .isCloseTo(12 * (LN2 - Math.log1p(Math.exp(-1 / (8 * variance)))), within(1e-12));
        assertThat(estimate.lower().orElseThrow() / LN2).isCloseTo(lower, within(1e-7));
        assertThat(estimate.upper().orElseThrow() / LN2).isCloseTo(upper, within(1e-7));
        // 12 times the information of one bit through Gaussian noise, by quadrature.
        double truth = 12 * GaussianChannel.information(new double[]{0, 1}, variance);
        assertThat(truth / LN2).isCloseTo(exact, within(1e-7));
        assertThat(truth).isBetween(estimate.lower().orElseThrow(), estimate.upper().orElseThrow());
        assertThat(estimate.ceiling().orElseThrow()).isCloseTo(12 * LN2, within(1e-14));
    }

    /// Nothing was learnt, and 'information' rises: noise of fixed variance makes no Markov chain of two layers.
    @Test
    void doublingAllActivationsRaisesBothBounds() {
        MutualInformation doubled = PairwiseDistance.withNoise(0.1).ofInput(cube(2, ElementType.FLOAT64));

        assertThat(doubled.upper().orElseThrow() / LN2).isCloseTo(12.000, within(5e-4));
        assertThat(doubled.lower().orElseThrow() / LN2).isCloseTo(11.884, within(5e-4));
    }

    /// One coordinate, so that the exact information of the mixture is an integral.
    @ParameterizedTest
    @CsvSource({"0.001", "0.05", "0.3", "2"})
    void bracketsHoldTheInformationOfAMixture(double variance) {
        double[] points = RandomStream.seeded(3).gaussian(ElementType.FLOAT64, 0, 1, 24).toDoubles();
        Arrays.sort(points);
        int[] classes = IntStream.range(0, 24).map(i -> i < 7 ? 0 : i % 2 + 1).toArray();
        Continuous z = Continuous.of("z", Tensor.of(points, 24, 1));
        var estimator = PairwiseDistance.withNoise(variance);

        MutualInformation input = estimator.estimate(z, z);
        MutualInformation output = estimator.estimate(z, Discrete.labels("y", classes));

        double exactInput = GaussianChannel.information(points, variance);
        double exactOutput = exactInput;
        for (int c = 0; c < 3; c++) {
            int label = c;
            double[] own = IntStream.range(0, 24).filter(i -> classes[i] == label).mapToDouble(i -> points[i])
                    .toArray();
            exactOutput -= own.length / 24.0 * GaussianChannel.information(own, variance);
        }
        assertThat(exactInput).isBetween(input.lower().orElseThrow(), input.upper().orElseThrow());
        assertThat(exactOutput).isBetween(output.lower().orElseThrow(), output.upper().orElseThrow());
        assertThat(output.component("kl"))
                .isBetween(output.lower().orElseThrow() - 1e-14, output.upper().orElseThrow() + 1e-14);
        assertThat(output.component("inputLower")).isEqualTo(input.lower().orElseThrow());
        assertThat(output.component("inputUpper")).isEqualTo(input.upper().orElseThrow());
    }

    /// For either kernel, whatever the noise: I(T;Y) <= min(I(X;T), H(Y)) and I(X;T) <= ln n.
    @ParameterizedTest
    @CsvSource({"1e-4", "0.01", "0.1", "1", "10", "1000"})
    void identitiesHoldForEitherKernel(double variance) {
        Continuous z = normal(300, 5, ElementType.FLOAT64);
        Discrete y = Discrete.labels("y", IntStream.range(0, 300).map(i -> i % 7).toArray());

        MutualInformation estimate = PairwiseDistance.withNoise(variance).estimate(z, y);

        double entropy = estimate.component("labelEntropy");
        double inputUpper = estimate.component("inputUpper");
        double inputLower = estimate.component("inputLower");
        assertThat(estimate.component("kl")).isLessThanOrEqualTo(Math.min(inputUpper, entropy) + 1e-12);
        assertThat(estimate.component("bhattacharyya"))
                .isLessThanOrEqualTo(Math.min(inputLower, entropy) + 1e-12);
        assertThat(inputLower).isBetween(0.0, inputUpper);
        assertThat(inputUpper).isLessThanOrEqualTo(Math.log(300) + 1e-12);
        assertThat(estimate.lower().orElseThrow()).isBetween(0.0, estimate.upper().orElseThrow());
        assertThat(estimate.upper().orElseThrow()).isLessThanOrEqualTo(entropy);
        assertThat(entropy).isCloseTo(Math.log(7), within(1e-3));
    }

    /// Blocks, screening by float32 products and more than one tile, beside a double loop over all pairs; the noise puts
    /// none, some, most or all pairs beyond what counts.
    @ParameterizedTest
    @CsvSource({"3, FLOAT64, 0.01", "3, FLOAT32, 0.01", "70, FLOAT64, 0.05", "70, FLOAT32, 0.05", "70, FLOAT32, 0.3",
            "70, FLOAT32, 0.6", "70, FLOAT64, 50", "33, FLOAT32, 1e-9"})
    void agreesWithTheDefinition(int dimension, ElementType type, double variance) {
        int n = 2 * Tiles.SIZE + 37;
        Continuous z = withNeighbours(normal(n, dimension, type));
        Discrete y = Discrete.labels("y", IntStream.range(0, n).map(i -> i * i % 5).toArray());

        MutualInformation estimate = PairwiseDistance.withNoise(variance).estimate(z, y);

        assertThat(estimate.component("inputUpper")).isCloseTo(definition(z, variance * 2), within(1e-12));
        assertThat(estimate.component("inputLower")).isCloseTo(definition(z, variance * 8), within(1e-12));
        double kl = definition(z, variance * 2);
        double bhattacharyya = definition(z, variance * 8);
        for (int[] members : y.members()) {
            kl -= (double) members.length / n * definition(z.take(members), variance * 2);
            bhattacharyya -= (double) members.length / n * definition(z.take(members), variance * 8);
        }
        assertThat(estimate.component("kl")).isCloseTo(kl, within(1e-12));
        assertThat(estimate.value()).isCloseTo(bhattacharyya, within(1e-12));
    }

    @Test
    void threadsDoNotChangeABit() {
        Continuous z = normal(900, 40, ElementType.FLOAT32);
        var estimator = new PairwiseDistance(new NoiseVariance.DistanceQuantile(0.5, 3));
        int threads = Machine.current().threads();
        try {
            Machine.setThreads(1);
            MutualInformation one = estimator.ofInput(z);
            Machine.setThreads(5);
            assertThat(estimator.ofInput(z)).isEqualTo(one);
        } finally {
            Machine.setThreads(threads);
        }
    }

    @Test
    void orderOfTheSamplesDoesNotMatter() {
        Continuous z = normal(400, 6, ElementType.FLOAT64);
        Discrete y = Discrete.labels("y", IntStream.range(0, 400).map(i -> i % 3).toArray());
        int[] order = RandomStream.seeded(1).permutation(400);
        var estimator = PairwiseDistance.withNoise(0.2);

        assertThat(estimator.estimate(z.take(order), y.take(order)).value())
                .isCloseTo(estimator.estimate(z, y).value(), within(1e-12));
    }

    /// Recorded from NumPy: percentile(pdist(z), 90) / 1000 for z of 700 rows of 3, (7919 m mod 1009) / 1009 with
    /// m = 0 … 2099 in row-major order.
    @Test
    void noiseFromTheDistancesIsNumPysPercentile() {
        Continuous z = Continuous.of("z", Tensor.of(IntStream.range(0, 2100)
                .mapToDouble(i -> (7919L * i % 1009) / 1009.0).toArray(), 700, 3));

        assertThat(new NoiseVariance.DistanceQuantile(0.9, 1000).of(z)).isCloseTo(NINETIETH, within(1e-16));
        assertThat(new NoiseVariance.DistanceQuantile(1, 1).of(z)).isCloseTo(FARTHEST, within(1e-14));
        assertThat(PairwiseDistance.withNoise(NINETIETH).ofInput(z).value()).isEqualTo(
                new PairwiseDistance(new NoiseVariance.DistanceQuantile(0.9, 1000)).ofInput(z).value(), within(1e-9));
    }

    private static final double NINETIETH = 0.000977107648969088;
    private static final double FARTHEST = 1.2080475855130752;

    /// Every quantile of distances with many ties (of binary vectors) and none, beside all distances sorted.
    @Test
    void quantilesAreThoseOfTheSortedDistances() {
        Continuous normal = normal(300, 3, ElementType.FLOAT32);
        Continuous binary = Continuous.of("b", normal.values().plus(-3).heaviside());
        for (Continuous z : List.of(normal, binary)) {
            double[] sorted = IntStream.range(0, 300 * 300).filter(pair -> pair / 300 < pair % 300)
                    .mapToDouble(pair -> Math.sqrt(squared(z, pair / 300, pair % 300))).sorted().toArray();
            for (double q : new double[]{0, 0.1, 0.37, 0.5, 0.9, 0.999, 1}) {
                double position = q * (sorted.length - 1);
                double low = sorted[(int) position];
                double high = sorted[(int) Math.ceil(position)];
                assertThat(new DistanceOrder(z).quantile(q))
                        .isCloseTo(low + (position - Math.floor(position)) * (high - low), within(1e-13));
            }
        }
    }

    @Test
    void extremeScalesGiveTheirLimits() {
        Continuous z = normal(50, 40, ElementType.FLOAT64);
        Continuous tiny = Continuous.of("z", z.values().times(1e-160));
        Continuous huge = Continuous.of("z", z.values().times(1e160));

        assertThat(PairwiseDistance.withNoise(Double.MIN_VALUE).ofInput(z).value()).isCloseTo(Math.log(50),
                within(1e-14));
        assertThat(PairwiseDistance.withNoise(1).ofInput(huge).value()).isCloseTo(Math.log(50), within(1e-14));
        assertThat(PairwiseDistance.withNoise(Double.MAX_VALUE).ofInput(z).value()).isCloseTo(0, within(1e-14));
        assertThat(PairwiseDistance.withNoise(Double.MAX_VALUE).ofInput(huge).value()).isCloseTo(Math.log(50),
                within(1e-14));
        assertThat(PairwiseDistance.withNoise(1).ofInput(tiny).value()).isCloseTo(0, within(1e-14));
        // Far below what float32 holds, the noise with it.
        Continuous faint = Continuous.of("z", z.values().times(1e-30));
        assertThat(PairwiseDistance.withNoise(3e-60).ofInput(faint).value())
                .isCloseTo(PairwiseDistance.withNoise(3).ofInput(z).value(), within(1e-9));
    }

    @Test
    void saysWhereAValueMeansLittle() {
        Continuous z = normal(60, 4, ElementType.FLOAT64);
        Discrete random = Discrete.labels("y", RandomStream.seeded(9).permutation(60)).take(IntStream.range(0, 60)
                .map(i -> i % 10).toArray());

        MutualInformation sharp = PairwiseDistance.withNoise(1e-6).estimate(z, random);
        MutualInformation constant = PairwiseDistance.withNoise(1)
                .ofInput(Continuous.of("z", Tensor.zeros(ElementType.FLOAT64, 5, 2)));
        MutualInformation alone = PairwiseDistance.withNoise(1).estimate(z.take(0, 1, 2),
                Discrete.labels("y", 4, 4, 8));

        assertThat(sharp.value()).isCloseTo(Math.log(10), within(1e-9));
        assertThat(sharp.warnings()).anyMatch(w -> w.contains("compare with the permutation null"));
        assertThat(constant.value()).isZero();
        assertThat(constant.upper()).hasValue(0);
        assertThat(alone.warnings())
                .contains("class 8 of y has a single sample: it counts as known from its representation");
        assertThat(PairwiseDistance.withNoise(1).estimate(z, Discrete.labels("y", new int[60])).warnings())
                .contains("y has one class only: there is nothing to know");
    }

    @Test
    void threeSamplesByHand() {
        MutualInformation estimate = PairwiseDistance.withNoise(0.25).estimate(
                Continuous.of("z", Tensor.of(new double[]{0, 1, 2}, 3, 1)), Discrete.labels("y", 0, 1, 0));
        double s = Math.exp(-0.5);
        double all = -Math.log((1 + s + Math.exp(-2)) / 3) * 2 / 3 - Math.log((1 + 2 * s) / 3) / 3;

        assertThat(estimate.value()).isCloseTo(all + Math.log((1 + Math.exp(-2)) / 2) * 2 / 3, within(1e-14));
        assertThat(estimate.ceiling()).hasValue(estimate.component("labelEntropy"));
        assertThat(estimate.settings()).containsEntry("noiseVariance", 0.25);
    }

    @Test
    void refusesWhatItCannotMeasure() {
        Continuous z = normal(10, 2, ElementType.FLOAT64);
        Discrete y = Discrete.labels("y", IntStream.range(0, 10).map(i -> i % 2).toArray());
        var estimator = PairwiseDistance.withNoise(0.1);

        assertThatIllegalArgumentException().isThrownBy(() -> PairwiseDistance.withNoise(0))
                .withMessage("noise variance = 0.0, a finite value > 0 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> PairwiseDistance.withNoise(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> PairwiseDistance.withNoise(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new NoiseVariance.DistanceQuantile(90, 1000))
                .withMessage("noise quantile = 90.0, a value in (0, 1] needed (0.9 for the 90th percentile)");
        assertThatIllegalArgumentException().isThrownBy(() -> new NoiseVariance.DistanceQuantile(0.9, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> estimator.estimate(z, y.take(0, 1, 2)))
                .withMessage("z has 10 sample(s), y has 3: pairs needed");
        assertThatIllegalArgumentException().isThrownBy(() -> estimator.ofInput(z.take(0)))
                .withMessage("z and z have 1 sample(s), at least 2 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> estimator.estimate(y, y))
                .withMessageContaining("y is discrete");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator.estimate(z, Continuous.of("w", z.values().times(2))))
                .withMessageContaining("w is neither labels nor z itself");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairwiseDistance(new NoiseVariance.DistanceQuantile(0.9, 1000))
                        .ofInput(Continuous.of("z", Tensor.zeros(ElementType.FLOAT64, 5, 2))))
                .withMessage("the 0.9-quantile of the distances of z is 0.0, which gives no noise variance: give the"
                        + " variance itself");
    }

    private static double definition(Continuous z, double width) {
        double[] flat = z.values().toDoubles();
        int n = z.count();
        int d = z.dimension();
        double total = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += Math.exp(-squared(flat, d, i, j) / width);
            }
            total -= Math.log(sum / n) / n;
        }
        return total;
    }

    private static double squared(Continuous z, int i, int j) {
        return squared(z.values().toDoubles(), z.dimension(), i, j);
    }

    private static double squared(double[] flat, int d, int i, int j) {
        double squared = 0;
        for (int l = 0; l < d; l++) {
            squared += Math.pow(flat[i * d + l] - flat[j * d + l], 2);
        }
        return squared;
    }

    private static Continuous normal(int n, int dimension, ElementType type) {
        return Continuous.of("z", RandomStream.seeded(n).gaussian(type, 3, 1, n, dimension));
    }

    /// Every fourth sample moved close to the one before, so that some distances are small.
    private static Continuous withNeighbours(Continuous z) {
        Tensor rows = z.values().rows(IntStream.range(0, z.count()).map(i -> i % 4 == 3 ? i - 1 : i).toArray());
        return Continuous.of(z.name(), rows.times(0.99).plus(z.values().times(0.01)));
    }

    private static Continuous cube(double scale, ElementType type) {
        double[] corners = new double[4096 * 12];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = (((i / 12) >> (i % 12)) & 1) * scale;
        }
        return Continuous.of("z", Tensor.of(corners, 4096, 12).to(type));
    }
}
