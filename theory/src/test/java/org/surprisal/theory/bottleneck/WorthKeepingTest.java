package org.surprisal.theory.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class WorthKeepingTest {

    /// A rare x that tells much: p(x) = (0.99, 0.01), p(y = 1 | x) = (0.5, 0.99).
    private static JointDistribution rare() {
        return binary(0.01, 0.5, 0.99);
    }

    private static JointDistribution binary(double x, double first, double second) {
        return JointDistribution.of(Tensor.of(
                new double[]{(1 - x) * (1 - first), (1 - x) * first, x * (1 - second), x * second}, 2, 2));
    }

    /// The least I(X;T) / I(T;Y) over encoders of two symbols, p(t = 1 | x) on a grid that is dense near 0 and 1: two
    /// symbols reach the infimum where X has two values.
    private static double leastRatio(JointDistribution joint, double p, double first, double second) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = -400; i <= 400; i++) {
            for (int k = -400; k <= 400; k++) {
                double a = 1 / (1 + Math.exp(-0.05 * i));
                double b = 1 / (1 + Math.exp(-0.05 * k));
                double t = (1 - p) * a + p * b;
                double kept = entropy(t) - (1 - p) * entropy(a) - p * entropy(b);
                if (kept > 1e-6) {
                    double y0 = ((1 - p) * (1 - a) * first + p * (1 - b) * second) / (1 - t);
                    double y1 = ((1 - p) * a * first + p * b * second) / t;
                    double relevant = entropy(joint.probabilityOfY(1)) - (1 - t) * entropy(y0) - t * entropy(y1);
                    least = Math.min(least, kept / relevant);
                }
            }
        }
        return least;
    }

    private static double entropy(double p) {
        return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.5, 0.99", "0.02, 0.3, 0.95", "0.2, 0.1, 0.6", "0.5, 0.1, 0.9", "0.001, 0.6, 0.999"})
    void theThresholdOfATwoValuedInputIsTheLeastRatioOfAllEncoders(double x, double first, double second) {
        JointDistribution joint = binary(x, first, second);
        WorthKeeping worth = WorthKeeping.of(joint).orElseThrow();
        double least = leastRatio(joint, x, first, second);

        assertThat(worth.somethingFrom()).isLessThanOrEqualTo(least * (1 + 1e-9));
        assertThat(worth.somethingFrom()).isCloseTo(least, within(5e-3 * least));
        assertThat(worth.nothingBelow()).isLessThanOrEqualTo(least);
    }

    /// H(X)/I(X;Y) = 8.86, from which on T = X is worth something, is far below the local threshold of 105.16.
    @Test
    void aRareTellingValueIsWorthKeepingLongBeforeALittleIs() {
        JointDistribution joint = rare();
        WorthKeeping worth = WorthKeeping.of(joint).orElseThrow();

        assertThat(worth.littleFrom()).isCloseTo(105.164931, within(1e-6));
        assertThat(worth.somethingFrom()).isLessThan(joint.entropyOfX() / joint.mutualInformation());
        assertThat(InformationBottleneck.of(joint)
                .solutions(new double[]{0.99 * worth.nothingBelow(), 1.001 * worth.somethingFrom()},
                        RandomStream.seeded(1)))
                .satisfiesExactly(below -> assertThat(below.keptInformation()).isCloseTo(0, within(1e-12)),
                        above -> assertThat(above.lagrangian()).isNegative());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.11, 0.3, 0.9})
    void theThresholdsOfABinarySymmetricChannelAreOne(double flip) {
        BinarySymmetricBottleneck channel = new BinarySymmetricBottleneck(flip);
        WorthKeeping worth = WorthKeeping.of(channel.joint()).orElseThrow();

        assertThat(worth.nothingBelow()).isCloseTo(channel.criticalBeta(), within(1e-9));
        assertThat(worth.somethingFrom()).isCloseTo(channel.criticalBeta(), within(1e-9));
        assertThat(worth.littleFrom()).isCloseTo(channel.criticalBeta(), within(1e-9));
    }

    /// An erasure tells X with probability 1 - e and nothing else: I(T;Y) = (1 - e) I(X;T) for every T.
    @Test
    void anErasureChannelHasTheRatioOfWhatItTells() {
        double e = 0.7;
        double[] table = {0.2 * (1 - e), 0, 0, 0.2 * e, 0, 0.3 * (1 - e), 0, 0.3 * e, 0, 0, 0.5 * (1 - e), 0.5 * e};
        WorthKeeping worth = WorthKeeping.of(JointDistribution.of(Tensor.of(table, 3, 4))).orElseThrow();

        assertThat(worth.somethingFrom()).isCloseTo(1 / (1 - e), within(1e-9));
        assertThat(worth.nothingBelow()).isBetween(1.0, 1 / (1 - e));
    }

    @ParameterizedTest
    @CsvSource({"3, 3, 1", "5, 2, 2", "4, 6, 3", "30, 8, 4"})
    void boundsEncloseWhatTheBottlenecksShow(int x, int y, long seed) {
        JointDistribution joint = BottleneckOfManySymbolsTest.random(x, y, seed);
        WorthKeeping worth = WorthKeeping.of(joint).orElseThrow();
        double[] betas = {0.999 * worth.nothingBelow(), 1.05 * worth.somethingFrom(), 3 * worth.littleFrom()};

        assertThat(worth.nothingBelow()).isBetween(1.0, worth.somethingFrom());
        assertThat(worth.somethingFrom()).isBetween(worth.nothingBelow(), worth.littleFrom());
        for (BottleneckSolution solution : InformationBottleneck.of(joint).solutions(betas, RandomStream.seeded(1))) {
            if (solution.beta() < worth.nothingBelow()) {
                assertThat(solution.relevantInformation()).isCloseTo(0, within(1e-9));
            } else {
                assertThat(solution.keptInformation() / solution.relevantInformation())
                        .isGreaterThan(worth.somethingFrom() * (1 - 1e-6));
            }
        }
    }

    @Test
    void independentVariablesHaveNoThreshold() {
        assertThat(WorthKeeping.of(JointDistribution.of(Tensor.of(new double[]{0.1, 0.4, 0.1, 0.4}, 2, 2)))).isEmpty();
    }
}
