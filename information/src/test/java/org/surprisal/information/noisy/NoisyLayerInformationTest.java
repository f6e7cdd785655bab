package org.surprisal.information.noisy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.Moments;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.pairwise.PlainPairLoops;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Processors;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class NoisyLayerInformationTest {
    private static Tensor gaussian(long seed, double deviation, int... lengths) {
        return RandomStream.seeded(seed).gaussian(ElementType.FLOAT64, 0, deviation, lengths);
    }

    /// The entropy of the mixture of these centres on a line, by the trapezoid rule.
    private static double entropyOnALine(double[] centres, double deviation) {
        double low = Arrays.stream(centres).min().orElseThrow() - 10 * deviation;
        double high = Arrays.stream(centres).max().orElseThrow() + 10 * deviation;
        double step = deviation / 20;
        double entropy = 0;
        for (double t = low; t < high; t += step) {
            double density = 0;
            for (double centre : centres) {
                density += normal(t - centre, deviation) / centres.length;
            }
            entropy -= step * density * Math.log(density);
        }
        return entropy;
    }

    private static double normal(double x, double deviation) {
        return Math.exp(-x * x / (2 * deviation * deviation)) / (deviation * Math.sqrt(2 * Math.PI));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.2, 1})
    void entropyOfAMixtureOnALineIsThatOfTheGrid(double deviation) {
        Tensor centres = gaussian(1, 0.5, 37, 1).tanh();
        NoisyLayerInformation found = NoisyLayerInformation.ofFunction(centres, deviation, 2000,
                RandomStream.seeded(2));
        double truth = entropyOnALine(centres.toDoubles(), deviation);
        assertThat(found.entropy()).isCloseTo(truth, within(0.006));
        assertThat(found.value()).isCloseTo(truth - 0.5 * Math.log(2 * Math.PI * Math.E * deviation * deviation),
                within(0.006));
        assertThat(found.withinInput()).isZero();
        assertThat(found.mayBeTooLow(1)).isZero();
        assertThat(found.mayBeTooHigh(1)).isZero();
    }

    @Test
    void entropyOfAMixtureInAPlaneIsThatOfTheGrid() {
        double deviation = 0.3;
        Tensor centres = gaussian(3, 1, 9, 2).tanh();
        double step = deviation / 8;
        double truth = 0;
        for (double a = -4; a < 4; a += step) {
            for (double b = -4; b < 4; b += step) {
                double density = 0;
                for (int i = 0; i < 9; i++) {
                    density += normal(a - centres.at(i, 0), deviation) * normal(b - centres.at(i, 1), deviation) / 9;
                }
                truth -= step * step * density * Math.log(density);
            }
        }
        NoisyLayerInformation found = NoisyLayerInformation.ofFunction(centres, deviation, 10_000,
                RandomStream.seeded(4));
        assertThat(found.entropy()).isCloseTo(truth, within(0.01));
    }

    /// Five inputs, T_1 = tanh(1.5 x) + 0.2 Z and T_2 = tanh(3 T_1) + 0.2 Z, both informations on a grid: the
    /// densities of T_2 are those of T_1 through the channel. A NumPy script on a grid of 1201 points gave 0.84161,
    /// 1.03071 and, for T_1, 1.04538.
    @Test
    void aDeeperLayerTakesPassesAndOnePassGivesTheInformationAboutTheLayerBefore() {
        double[] x = {-2, -1, 0, 1, 2};
        double deviation = 0.2;
        double throughBoth = ToyNetwork.information(x, deviation);
        double throughTheSecond = ToyNetwork.informationOfLayers(x, deviation);
        assertThat(throughBoth).isCloseTo(0.8416083, within(1e-6));
        assertThat(throughTheSecond).isCloseTo(1.0307080, within(1e-6));

        int passes = 1500;
        Tensor centres = ToyNetwork.passes(x, deviation, passes, RandomStream.seeded(5));
        NoisyLayerInformation found = NoisyLayerInformation.ofPasses(centres, deviation, passes,
                RandomStream.seeded(6));
        assertThat(found.value()).isCloseTo(throughBoth, within(0.015));
        assertThat(found.throughNoise()).isCloseTo(throughTheSecond, within(0.015));

        // Each pass as an input of its own.
        NoisyLayerInformation wrong = NoisyLayerInformation.ofFunction(centres.reshape(5 * passes, 1), deviation, 1,
                RandomStream.seeded(6));
        assertThat(wrong.value()).isCloseTo(throughTheSecond, within(0.015));
    }

    /// The theorem of Kolchinsky and Tracey for the same mixture; the estimate errs by its Monte Carlo error only.
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.5, 2})
    void pairwiseBoundsHoldTheInformationOfTheFirstLayer(double deviation) {
        Tensor centres = gaussian(7, 0.8, 600, 10).tanh();
        MutualInformation bracket = PairwiseDistance.withNoise(deviation * deviation)
                .ofInput(Continuous.of("T", centres));
        NoisyLayerInformation found = NoisyLayerInformation.ofFunction(centres, deviation, 4, RandomStream.seeded(8));
        assertThat(found.standardError()).isLessThan(0.05);
        assertThat(found.value()).isBetween(bracket.lower().orElseThrow() - 3 * found.standardError(),
                bracket.upper().orElseThrow() + 3 * found.standardError());
    }

    /// On the average over many sets of few centres, of S uniform on [-1, 1].
    @Test
    void entropiesOfFewCentresErrLowAndWithinTheBound() {
        double deviation = 0.5;
        double[] fine = IntStream.range(0, 2000).mapToDouble(i -> -1 + (i + 0.5) / 1000).toArray();
        double truth = entropyOnALine(fine, deviation);
        for (int n : new int[]{2, 4, 16}) {
            double[] entropies = new double[400];
            for (int repeat = 0; repeat < entropies.length; repeat++) {
                RandomStream stream = RandomStream.seeded(1000L * n + repeat);
                double[] centres = new double[n];
                Arrays.setAll(centres, i -> stream.nextDouble(-1, 1));
                entropies[repeat] = entropyOnALine(centres, deviation);
            }
            double loss = truth - Moments.of(entropies).mean();
            assertThat(loss).as(n + " centres").isBetween(0.01 / n, MixtureError.most(1, deviation, 1, n));
        }
    }

    /// The deviation between 300 estimates with other passes and other noise, which is known to 4 %. With a single
    /// point of each input the stated error is an upper one.
    @Test
    void standardErrorIsThatOfRepeatedEstimates() {
        Tensor inputs = gaussian(9, 1, 60, 3);
        double deviation = 0.3;
        for (int mixed : new int[]{1, 2, 5}) {
            double[] values = new double[300];
            double stated = 0;
            for (int seed = 0; seed < values.length; seed++) {
                RandomStream stream = RandomStream.seeded(seed);
                Tensor before = inputs.reshape(60, 1, 3).broadcastTo(Shape.of(60, 10, 3))
                        .plus(stream.child("before").gaussian(ElementType.FLOAT64, 0, deviation, 60, 10, 3));
                NoisyLayerInformation found = NoisyLayerInformation.ofPasses(before.tanh(), deviation, mixed,
                        stream.child("noise"));
                values[seed] = found.value();
                stated += found.standardError() / values.length;
            }
            assertThat(Math.sqrt(Moments.of(values).variance())).as(mixed + " mixed passes")
                    .isBetween((mixed == 1 ? 0.5 : 0.8) * stated, 1.12 * stated);
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        Tensor centres = gaussian(10, 0.5, 83, 7, 4).tanh();
        List<NoisyLayerInformation> found = new ArrayList<>();
        for (int threads : new int[]{1, 2, 3}) {
            found.add(Processors.within(threads,
                    () -> NoisyLayerInformation.ofPasses(centres, 0.2, 2, RandomStream.seeded(11))));
        }
        assertThat(found).containsOnly(found.getFirst());
        assertThat(NoisyLayerInformation.ofPasses(centres, 0.2, 2, RandomStream.seeded(12)))
                .isNotEqualTo(found.getFirst());
        assertThat(found.getFirst().inputs()).isEqualTo(83);
        assertThat(found.getFirst().passes()).isEqualTo(7);
        assertThat(found.getFirst().mixedPasses()).isEqualTo(2);
        assertThat(found.getFirst().mayBeTooLow(1)).isEqualTo(MixtureError.most(4, 0.2, 1, 166));
        assertThat(found.getFirst().mayBeTooHigh(1)).isEqualTo(MixtureError.most(4, 0.2, 1, 7));
    }

    /// Inputs that are far apart are told apart: ln m. Passes that are far apart tell nothing of the input.
    @Test
    void limitsAreKept() {
        double[] apart = IntStream.range(0, 12).mapToDouble(i -> 100.0 * i).toArray();
        assertThat(NoisyLayerInformation.ofFunction(Tensor.of(apart, 12, 1), 1, 1, RandomStream.seeded(1)).value())
                .isCloseTo(Math.log(12), within(1e-12));
        double[] repeated = IntStream.range(0, 12).mapToDouble(i -> 100.0 * (i % 4)).toArray();
        NoisyLayerInformation same = NoisyLayerInformation.ofPasses(Tensor.of(repeated, 3, 4, 1), 1, 4,
                RandomStream.seeded(1));
        assertThat(same.throughNoise()).isCloseTo(Math.log(4), within(1e-12));
        assertThat(same.withinInput()).isCloseTo(Math.log(4), within(1e-12));
        assertThat(same.value()).isCloseTo(0, within(1e-12));
        assertThat(NoisyLayerInformation.ofFunction(Tensor.full(ElementType.FLOAT32, 5, 12, 3), 1e-3, 1,
                RandomStream.seeded(1)).value()).isCloseTo(0, within(1e-12));
    }

    @Test
    void logarithmsOfSumsAreThoseOfTheDefinition() {
        int d = 5;
        double[] y = gaussian(13, 1, 21, d).toDoubles();
        double[] s = gaussian(14, 1, 37, d).toDoubles();
        LogSums sums = new LogSums(new PlainPairLoops(), d, 0.7);
        double[] logs = sums.of(sums.pack(y, 2, 19), 19, sums.pack(s, 0, 37), 37);
        for (int i = 0; i < 19; i++) {
            double sum = 0;
            for (int j = 0; j < 37; j++) {
                double squared = 0;
                for (int l = 0; l < d; l++) {
                    squared += Math.pow(y[(i + 2) * d + l] - s[j * d + l], 2);
                }
                sum += Math.exp(-0.7 * squared);
            }
            assertThat(logs[i]).isCloseTo(Math.log(sum), within(1e-12));
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        Tensor centres = Tensor.zeros(ElementType.FLOAT64, 3, 2);
        RandomStream noise = RandomStream.seeded(1);
        assertThatThrownBy(() -> NoisyLayerInformation.ofFunction(centres.reshape(6), 1, 1, noise))
                .hasMessage("centres of shape (6), shape (inputs, units) needed");
        assertThatThrownBy(() -> NoisyLayerInformation.ofFunction(centres, 1, 0, noise))
                .hasMessage("draws = 0, at least 1 needed");
        assertThatThrownBy(() -> NoisyLayerInformation.ofFunction(centres, 0, 1, noise))
                .hasMessage("deviation = 0.0, a finite value > 0 needed");
        assertThatThrownBy(() -> NoisyLayerInformation.ofFunction(centres, 1e-200, 1, noise))
                .hasMessage("deviation = 1.0E-200, a value whose square is a finite number above 0 needed");
        assertThatThrownBy(() -> NoisyLayerInformation.ofFunction(centres.slice(0, 0, 1), 1, 1, noise))
                .hasMessage("information about 1 input(s), at least 2 needed");
        assertThatThrownBy(() -> NoisyLayerInformation.ofFunction(centres.plus(Double.NaN), 1, 1, noise))
                .hasMessage("centres without a number, or with one that is not finite: finite numbers needed");
        assertThatThrownBy(() -> NoisyLayerInformation.ofPasses(centres, 1, 1, noise))
                .hasMessage("centres of shape (3, 2), shape (inputs, passes, units) needed");
        for (int wrong : new int[]{0, 3}) {
            assertThatThrownBy(() -> NoisyLayerInformation.ofPasses(centres.reshape(3, 2, 1), 1, wrong, noise))
                    .hasMessage("mixed passes = " + wrong + ", from 1 to the 2 passes of each input needed");
        }
    }

    /// A network of two noisy units behind each other, integrated on a grid.
    private static final class ToyNetwork {
        private static final int POINTS = 1500;

        private static double first(double x) {
            return Math.tanh(1.5 * x);
        }

        private static double second(double t) {
            return Math.tanh(3 * t);
        }

        private static double[] grid(double deviation) {
            double reach = 1 + 9 * deviation;
            return IntStream.range(0, POINTS).mapToDouble(i -> -reach + 2 * reach * i / (POINTS - 1)).toArray();
        }

        /// The density of T_2 given each input.
        private static double[][] densities(double[] x, double deviation, double[] grid) {
            double step = grid[1] - grid[0];
            double[][] densities = new double[x.length][POINTS];
            for (double before : grid) {
                for (int j = 0; j < POINTS; j++) {
                    double kernel = normal(grid[j] - second(before), deviation) * step;
                    for (int i = 0; i < x.length; i++) {
                        densities[i][j] += normal(before - first(x[i]), deviation) * kernel;
                    }
                }
            }
            return densities;
        }

        private static double entropy(double[] density, double step) {
            return Arrays.stream(density).map(p -> p > 0 ? -p * Math.log(p) * step : 0).sum();
        }

        private static double[] mean(double[][] densities) {
            double[] mean = new double[POINTS];
            for (double[] density : densities) {
                for (int j = 0; j < POINTS; j++) {
                    mean[j] += density[j] / densities.length;
                }
            }
            return mean;
        }

        /// I(X;T_2).
        static double information(double[] x, double deviation) {
            double[] grid = grid(deviation);
            double[][] densities = densities(x, deviation, grid);
            double step = grid[1] - grid[0];
            return entropy(mean(densities), step)
                    - Arrays.stream(densities).mapToDouble(p -> entropy(p, step)).average().orElseThrow();
        }

        /// I(T_1;T_2) = h(T_2) - h(βZ).
        static double informationOfLayers(double[] x, double deviation) {
            double[] grid = grid(deviation);
            return entropy(mean(densities(x, deviation, grid)), grid[1] - grid[0])
                    - 0.5 * Math.log(2 * Math.PI * Math.E * deviation * deviation);
        }

        /// S_2 of each input in so many passes.
        static Tensor passes(double[] x, double deviation, int passes, RandomStream noise) {
            double[] centres = new double[x.length * passes];
            for (int i = 0; i < centres.length; i++) {
                centres[i] = second(first(x[i / passes]) + deviation * noise.nextGaussian());
            }
            return Tensor.of(centres, x.length, passes, 1);
        }
    }
}
