package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class MatrixRenyiTest {

    /// Recorded from NumPy (linalg.eigvalsh, exp, log): x of 60 rows of 2 is (7919 m mod 1009)/1009, m = 0 … 119
    /// in row-major order, and y the square of its first column plus 0.3 times its second; kernel width 0.4.
    @ParameterizedTest
    @CsvSource({"1.01, 1.220528918748275, 0.8453947879921628, 1.4654959553681184",
            "0.5, 1.4783035505298068, 1.1197872148667525, 1.7073356129410153",
            "3, 0.8936361256716907, 0.5453902176979428, 1.1690032597757651"})
    void agreesWithNumPy(double alpha, double entropyX, double entropyY, double entropyJoint) {
        double[] x = IntStream.range(0, 120).mapToDouble(i -> (7919L * i % 1009) / 1009.0).toArray();
        double[] y = IntStream.range(0, 60).mapToDouble(i -> x[2 * i] * x[2 * i] + 0.3 * x[2 * i + 1]).toArray();

        MutualInformation estimate = new MatrixRenyi(alpha, OptionalDouble.of(0.4)).estimate(
                Continuous.of("x", Tensor.of(x, 60, 2)), Continuous.of("y", Tensor.of(y)));

        assertThat(estimate.component("entropyX")).isCloseTo(entropyX, within(TOLERANCE));
        assertThat(estimate.component("entropyY")).isCloseTo(entropyY, within(TOLERANCE));
        assertThat(estimate.component("entropyJoint")).isCloseTo(entropyJoint, within(TOLERANCE));
        assertThat(estimate.value()).isCloseTo(entropyX + entropyY - entropyJoint, within(TOLERANCE));
    }

    /// Of α = ½, an eigenvalue of 1e-16 counts 1e-8: rounding of either side shows.
    private static final double TOLERANCE = 1e-6;

    /// Order 2 needs no eigenvalues: Σ λ² is the sum of all squared elements.
    @Test
    void orderTwoIsTheNormOfTheMatrix() {
        Continuous x = Continuous.of("x", RandomStream.seeded(3).gaussian(ElementType.FLOAT32, 0, 1, 400, 3));
        Continuous y = Continuous.of("y", RandomStream.seeded(4).gaussian(ElementType.FLOAT64, 0, 1, 400, 2));

        MutualInformation estimate = new MatrixRenyi(2, OptionalDouble.of(1.5)).estimate(x, y);

        double[] sums = new double[3];
        for (int i = 0; i < 400; i++) {
            for (int j = 0; j < 400; j++) {
                double kx = Math.exp(-squared(x, i, j) / (2 * 1.5 * 1.5));
                double ky = Math.exp(-squared(y, i, j) / (2 * 1.5 * 1.5));
                sums[0] += kx * kx / 160_000;
                sums[1] += ky * ky / 160_000;
                sums[2] += kx * kx * ky * ky / 160_000;
            }
        }
        assertThat(estimate.component("entropyX")).isCloseTo(-Math.log(sums[0]), within(1e-10));
        assertThat(estimate.component("entropyY")).isCloseTo(-Math.log(sums[1]), within(1e-10));
        assertThat(estimate.component("entropyJoint")).isCloseTo(-Math.log(sums[2]), within(1e-10));
    }

    /// Symbols give block matrices, whose eigenvalues are the shares of the symbols: Rényi's own entropy of these, and
    /// for α = 1 Shannon's, with the information of the counts.
    @Test
    void symbolsGiveTheirOwnEntropies() {
        Discrete x = Discrete.labels("x", IntStream.range(0, 90).map(i -> i * i % 7).toArray());
        Discrete y = Discrete.labels("y", IntStream.range(0, 90).map(i -> i % 4).toArray());

        MutualInformation shannon = new MatrixRenyi(1, OptionalDouble.empty()).estimate(x, y);
        double order3 = new MatrixRenyi(3, OptionalDouble.empty()).estimate(x, y).component("entropyX");

        assertThat(shannon.value()).isCloseTo(new PlugIn(PlugIn.Correction.NONE).estimate(x, y).value(), within(1e-12));
        double cubes = 0;
        for (int count : x.counts()) {
            cubes += Math.pow(count / 90.0, 3);
        }
        assertThat(order3).isCloseTo(-0.5 * Math.log(cubes), within(1e-12));
    }

    @Test
    void ordersNearOneTendToTheLimit() {
        CorrelatedNormals pairs = CorrelatedNormals.of(80, 2, 0.8, RandomStream.seeded(1));
        double limit = new MatrixRenyi(1, OptionalDouble.of(1)).estimate(pairs.x(), pairs.y()).value();

        assertThat(new MatrixRenyi(1 + 1e-9, OptionalDouble.of(1)).estimate(pairs.x(), pairs.y()).value())
                .isCloseTo(limit, within(1e-7));
        assertThat(new MatrixRenyi(1 - 1e-9, OptionalDouble.of(1)).estimate(pairs.x(), pairs.y()).value())
                .isCloseTo(limit, within(1e-7));
    }

    @Test
    void liesBetweenZeroAndTheSmallerEntropy() {
        for (double correlation : new double[]{0, 0.5, 0.99}) {
            CorrelatedNormals pairs = CorrelatedNormals.of(100, 3, correlation, RandomStream.seeded(2));
            MutualInformation estimate = new MatrixRenyi(1.01, OptionalDouble.empty()).estimate(pairs.x(), pairs.y());
            assertThat(estimate.value()).isBetween(0.0, estimate.ceiling().orElseThrow());
            assertThat(estimate.settings()).containsKeys("kernelWidthX", "kernelWidthY");
        }
    }

    @Test
    void limitsOfTheWidth() {
        Continuous x = Continuous.of("x", RandomStream.seeded(3).gaussian(ElementType.FLOAT64, 0, 1, 50, 3));

        MutualInformation sharp = new MatrixRenyi(1.01, OptionalDouble.of(1e-6)).estimate(x, x);
        MutualInformation blunt = new MatrixRenyi(1.01, OptionalDouble.of(1e9)).estimate(x, x);

        assertThat(sharp.value()).isCloseTo(Math.log(50), within(1e-12));
        assertThat(sharp.warnings()).hasSize(2).allMatch(w -> w.contains("nearly all samples of x apart"));
        assertThat(blunt.value()).isCloseTo(0, within(1e-9));
    }

    /// The order of the samples, an offset, a rotation and a reflection change nothing, of pairs and of a variable with
    /// labels.
    @Test
    void permutationsAndIsometriesChangeNothing() {
        Tensor rows = RandomStream.seeded(8).gaussian(ElementType.FLOAT64, 0, 1, 90, 3);
        Tensor turn = Tensor.of(new double[]{0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, -1}, 3, 3);
        Continuous x = Continuous.of("x", rows);
        Continuous y = Continuous.of("y", rows.square().plus(RandomStream.seeded(9).gaussian(ElementType.FLOAT64, 0, 1,
                90, 3)));
        Discrete labels = Discrete.labels("y", IntStream.range(0, 90).map(i -> i % 3).toArray());
        int[] order = RandomStream.seeded(10).permutation(90);
        var renyi = new MatrixRenyi(1.01, OptionalDouble.empty());

        for (Variable other : new Variable[]{y, labels}) {
            double value = renyi.estimate(x, other).value();
            assertThat(renyi.estimate(x.take(order), other.take(order)).value()).isCloseTo(value, within(1e-10));
            assertThat(renyi.estimate(Continuous.of("x", rows.matmul(turn).plus(7)), other).value())
                    .isCloseTo(value, within(1e-10));
            assertThat(renyi.estimate(other, x).value()).isCloseTo(value, within(1e-10));
        }
    }

    /// Sampled sums beside exact ones, of more than one tile: each within four of its own standard errors, which are
    /// small.
    @ParameterizedTest
    @CsvSource({"1.01, 2, 1", "1, 6, 3", "0.8, 2, 2", "3, 4, 1"})
    void sampledSpectraAgreeWithExactOnes(double alpha, int dimension, double width) {
        CorrelatedNormals pairs = CorrelatedNormals.of(500, dimension, 0.8, RandomStream.seeded(5));
        var exact = new MatrixRenyi(alpha, OptionalDouble.of(width), new MatrixRenyi.Spectrum.Exact());
        double truth = exact.estimate(pairs.x(), pairs.y()).value();

        for (int seed = 0; seed < 4; seed++) {
            var sampled = new MatrixRenyi(alpha, OptionalDouble.of(width),
                    MatrixRenyi.Spectrum.Sampled.standard(RandomStream.seeded(seed)));
            MutualInformation estimate = sampled.estimate(pairs.x(), pairs.y());
            double error = estimate.standardError().orElseThrow();
            assertThat(error).isBetween(0.0, 0.03);
            assertThat(estimate.value()).isCloseTo(truth, within(4 * error + 1e-5));
        }
        assertThat(exact.estimate(pairs.x(), pairs.y()).standardError()).isEmpty();
    }

    /// Powers of order 1000 vanish, their logarithms do not: 1/(1 - α) ln Σ (1/90)^α over 90 symbols is ln 90; the
    /// highest orders see the largest eigenvalue only. Sampled sums that have vanished are refused.
    @Test
    void highOrdersKeepTheirDigits() {
        Discrete symbols = Discrete.labels("x", IntStream.range(0, 90).toArray());
        Discrete uneven = Discrete.labels("x", IntStream.range(0, 90).map(i -> i < 45 ? 0 : i).toArray());
        var exact = new MatrixRenyi(1000, OptionalDouble.of(1), new MatrixRenyi.Spectrum.Exact());

        assertThat(exact.estimate(symbols, symbols).value()).isCloseTo(Math.log(90), within(1e-10));
        assertThat(exact.estimate(uneven, uneven).value()).isCloseTo(1000 * Math.log(2) / 999, within(1e-10));
        Continuous x = Continuous.of("x", RandomStream.seeded(3).gaussian(ElementType.FLOAT64, 0, 1, 100, 3));
        var sampled = new MatrixRenyi(9, OptionalDouble.of(0.01),
                MatrixRenyi.Spectrum.Sampled.standard(RandomStream.seeded(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> sampled.estimate(x, x))
                .withMessageStartingWith("alpha = 9.0 is too high for sampled eigenvalues");
    }

    @Test
    void sampledSpectraOfLabelsAgreeWithExactOnes() {
        CorrelatedNormals pairs = CorrelatedNormals.of(400, 2, 0.8, RandomStream.seeded(5));
        Discrete labels = Discrete.labels("y",
                IntStream.range(0, 400).map(i -> pairs.x().values().at(i, 0) > 0 ? 1 : 0).toArray());
        MutualInformation exact = new MatrixRenyi(1.01, OptionalDouble.of(1)).estimate(pairs.x(), labels);
        var settings = MatrixRenyi.Spectrum.Sampled.standard(RandomStream.seeded(1));
        var renyi = new MatrixRenyi(1.01, OptionalDouble.of(1), new MatrixRenyi.Spectrum.BySize(399, settings));

        MutualInformation estimate = renyi.estimate(pairs.x(), labels);

        assertThat(estimate.component("entropyY")).isEqualTo(exact.component("entropyY"));
        assertThat(estimate.value())
                .isCloseTo(exact.value(), within(4 * estimate.standardError().orElseThrow() + 1e-5));
        assertThat(estimate.settings()).containsEntry("probes", 32).containsEntry("lanczosSteps", 16);
        assertThat(renyi.estimate(pairs.x(), labels)).isEqualTo(estimate);
        assertThat(renyi.estimate(labels, labels).standardError()).isEmpty();
    }

    @Test
    void refusesWhatIsNoOrderOrWidth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MatrixRenyi.Spectrum.Sampled(0, 4, 4, RandomStream.seeded(1)))
                .withMessage("subspace = 0, probes = 4, steps = 4: at least 1, 4 and 4 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new MatrixRenyi(0, OptionalDouble.empty()))
                .withMessage("alpha = 0.0, a finite value > 0 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new MatrixRenyi(2, OptionalDouble.of(-1)))
                .withMessage("kernel width = -1.0, a finite value > 0 needed");
        Continuous constant = Continuous.of("x", Tensor.zeros(ElementType.FLOAT64, 5, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MatrixRenyi(2, OptionalDouble.empty()).estimate(constant, constant))
                .withMessage("the median distance of x is 0.0, which is no kernel width: give one");
    }

    private static double squared(Continuous x, int i, int j) {
        double sum = 0;
        for (int l = 0; l < x.dimension(); l++) {
            sum += Math.pow(x.values().at(i, l) - x.values().at(j, l), 2);
        }
        return sum;
    }
}
