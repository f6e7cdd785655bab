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
import org.surprisal.information.pairwise.PlainPairLoops;
import org.surprisal.information.pairwise.Tiles;
import org.surprisal.information.pairwise.VectorPairLoops;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Machine;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class PairwiseDistanceTest {

    private static final double LN2 = Math.log(2);

    /// The 4096 corners of {0,1}^12. Each sum over the corners is a product over the coordinates, which gives both
    /// bounds; the numbers in bits are those of the specification.
    @ParameterizedTest
    @CsvSource({"0.1, FLOAT64, 7.6385180, 9.5149374, 11.8837416", "0.1, FLOAT32, 7.6385180, 9.5149374, 11.8837416",
            "1, FLOAT64, 1.0482301, 1.9289666, 3.7926178", "0.001, FLOAT64, 12, 12, 12"})
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
        // At v = 0.001 all three are 12 bits, but for the rounding of the quadrature.
        assertThat(truth).isBetween(estimate.lower().orElseThrow() - 1e-12, estimate.upper().orElseThrow() + 1e-12);
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
        // With labels the samples are added up class by class.
        assertThat(output.component("inputLower")).isCloseTo(input.lower().orElseThrow(), within(1e-14));
        assertThat(output.component("inputUpper")).isCloseTo(input.upper().orElseThrow(), within(1e-14));
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

    /// Blocks, screening by float32 products and more than one tile, beside a double loop over all pairs; the noise
    /// puts none, some, most or all pairs beyond what counts.
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

    /// On the cube the exact information is known, of one corner's bit too: 12 bits through noise less 11 of them.
    @ParameterizedTest
    @CsvSource({"0.001", "0.1", "1"})
    void bracketOfAnOutputHoldsTheTruthOfTheCube(double variance) {
        Discrete bit = Discrete.labels("y", IntStream.range(0, 4096).map(i -> i >> 5 & 1).toArray());

        MutualInformation estimate = PairwiseDistance.withNoise(variance).estimate(cube(1, ElementType.FLOAT32), bit);

        double truth = GaussianChannel.information(new double[]{0, 1}, variance);
        assertThat(truth).isBetween(estimate.lower().orElseThrow() - 1e-12, estimate.upper().orElseThrow() + 1e-12);
        // One-kind differences are the bit's own bounds here, because the sums are products over the coordinates.
        // They are differences of numbers near 8, each a mean of 4096 logarithms.
        assertThat(estimate.component("kl")).isCloseTo(LN2 - Math.log1p(Math.exp(-1 / (2 * variance))), within(1e-11));
        assertThat(estimate.value()).isCloseTo(LN2 - Math.log1p(Math.exp(-1 / (8 * variance))), within(1e-11));
    }

    /// Parity's classes are as far apart as alike: nothing is known of it until all bits are told apart.
    @Test
    void parityOfTheCubeIsBracketed() {
        Discrete parity = Discrete.labels("y", IntStream.range(0, 4096).map(i -> Integer.bitCount(i) & 1).toArray());

        MutualInformation estimate = PairwiseDistance.withNoise(0.001).estimate(cube(1, ElementType.FLOAT64), parity);

        assertThat(estimate.lower().orElseThrow()).isCloseTo(LN2, within(1e-12));
        assertThat(estimate.upper().orElseThrow()).isCloseTo(LN2, within(1e-12));
    }

    /// Two points of many samples each, 40 standard deviations of the noise apart: one bit, whatever the number of
    /// samples.
    @Test
    void twoPointsFarApartAreOneBit() {
        Continuous z = Continuous.of("z",
                Tensor.of(IntStream.range(0, 60).mapToDouble(i -> i % 3 == 0 ? 4 : 0).toArray(), 60, 1));
        Discrete y = Discrete.labels("y", IntStream.range(0, 60).map(i -> i % 3 == 0 ? 1 : 0).toArray());

        MutualInformation output = PairwiseDistance.withNoise(0.01).estimate(z, y);

        double entropy = Math.log(3) - 2 * LN2 / 3;
        assertThat(output.lower().orElseThrow()).isCloseTo(entropy, within(1e-12));
        assertThat(output.upper().orElseThrow()).isCloseTo(entropy, within(1e-12));
        assertThat(output.component("inputLower")).isCloseTo(entropy, within(1e-12));
        assertThat(output.component("inputUpper")).isCloseTo(entropy, within(1e-12));
    }

    /// I(Y;Z) <= min(I(X;Z), H(Y)), I(X;Z) <= ln n and the order of the bounds, to rounding, on 1,000 arrays: of all
    /// shapes and scales, with constant columns, duplicates and classes of one sample.
    @Test
    void identitiesHoldOnAThousandArrays() {
        for (int seed = 0; seed < 1000; seed++) {
            RandomStream stream = RandomStream.seeded(seed);
            int n = 2 + stream.nextInt(60);
            int d = 1 + stream.nextInt(40);
            double scale = Math.pow(10, stream.nextDouble(-3, 3));
            Tensor rows = stream.gaussian(seed % 2 == 0 ? ElementType.FLOAT32 : ElementType.FLOAT64, 0, scale, n, d);
            if (seed % 3 == 0) {
                rows = rows.relu();
            }
            Continuous z = Continuous.of("z",
                    seed % 5 == 0 ? rows.rows(IntStream.range(0, n).map(i -> i / 2).toArray()) : rows);
            int classes = 1 + stream.nextInt(8);
            Discrete y = Discrete.labels("y", IntStream.range(0, n).map(i -> stream.nextInt(classes)).toArray());
            double variance = scale * scale * Math.pow(10, stream.nextDouble(-4, 3));

            MutualInformation estimate = PairwiseDistance.withNoise(variance).estimate(z, y);

            double entropy = estimate.component("labelEntropy");
            for (String[] kernel : new String[][]{{"kl", "inputUpper"}, {"bhattacharyya", "inputLower"}}) {
                double ofInput = estimate.component(kernel[1]);
                assertThat(ofInput).as("I(X;Z), seed %d", seed).isBetween(0.0, Math.log(n) + 1e-12);
                assertThat(estimate.component(kernel[0])).as("I(Y;Z), seed %d", seed)
                        .isLessThanOrEqualTo(Math.min(ofInput, entropy) + 1e-12);
            }
            assertThat(estimate.component("inputLower")).isLessThanOrEqualTo(estimate.component("inputUpper") + 1e-12);
            assertThat(estimate.lower().orElseThrow()).isLessThanOrEqualTo(estimate.upper().orElseThrow());
        }
    }

    /// Both pairs of loops over tiles in part, on the diagonal and off it, with and without classes.
    @ParameterizedTest
    @CsvSource({"300, 5, 0.3", "300, 70, 4", "17, 130, 20", "513, 1, 0.001"})
    void fastLoopsGiveTheBitsOfPlainOnes(int n, int dimension, double variance) {
        Continuous z = normal(n, dimension, ElementType.FLOAT32);
        Discrete y = Discrete.labels("y", IntStream.range(0, n).map(i -> i % 7).toArray());
        double[] widths = {8 * variance, 4 * variance, 2 * variance, 3 * variance};

        GaussianOverlaps plain = GaussianOverlaps.of(z, widths, y, new PlainPairLoops());
        GaussianOverlaps fast = GaussianOverlaps.of(z, widths, y, new VectorPairLoops());

        for (int k = 0; k < widths.length; k++) {
            assertThat(fast.meanLog(k)).isEqualTo(plain.meanLog(k));
            assertThat(fast.meanLogWithin(k)).isEqualTo(plain.meanLogWithin(k));
            assertThat(fast.meanLog(k)).isCloseTo(Math.log(n) - definition(z, widths[k]), within(1e-12));
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        Continuous z = normal(1900, 40, ElementType.FLOAT32);
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

    /// More pairs than are drawn to find where the quantile lies, wide rows that are screened, and ties throughout.
    @ParameterizedTest
    @CsvSource({"3, false", "40, false", "40, true"})
    void quantilesOfManyPairsAreThoseOfTheSortedDistances(int dimension, boolean binary) {
        int n = 800;
        Continuous drawn = normal(n, dimension, ElementType.FLOAT32);
        Continuous z = binary ? Continuous.of("b", drawn.values().plus(-3).heaviside()) : drawn;
        double[] flat = z.values().toDoubles();
        double[] sorted = IntStream.range(0, n * n).filter(pair -> pair / n < pair % n)
                .mapToDouble(pair -> Math.sqrt(squared(flat, dimension, pair / n, pair % n))).sorted().toArray();
        for (double q : new double[]{0, 0.003, 0.5, 0.9, 1}) {
            double position = q * (sorted.length - 1);
            double low = sorted[(int) position];
            double high = sorted[(int) Math.ceil(position)];
            assertThat(new DistanceOrder(z).quantile(q))
                    .isCloseTo(low + (position - Math.floor(position)) * (high - low), within(1e-13));
        }
    }

    @Test
    void extremeScalesGiveTheirLimits() {
        Continuous z = normal(50, 40, ElementType.FLOAT64);
        Continuous tiny = Continuous.of("z", z.values().times(1e-160));
        Continuous huge = Continuous.of("z", z.values().times(1e160));

        assertThat(PairwiseDistance.withNoise(1e-300).ofInput(z).value()).isCloseTo(Math.log(50),
                within(1e-14));
        assertThat(PairwiseDistance.withNoise(1).ofInput(huge).value()).isCloseTo(Math.log(50), within(1e-14));
        assertThat(PairwiseDistance.withNoise(1e300).ofInput(z).value()).isCloseTo(0, within(1e-14));
        assertThat(PairwiseDistance.withNoise(1e300).ofInput(huge).value()).isCloseTo(Math.log(50),
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
        assertThatIllegalArgumentException().isThrownBy(() -> PairwiseDistance.withNoise(Double.MIN_VALUE))
                .withMessage("noise variance = 4.9E-324, a value from 1e-300 to 1e300 needed");
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
