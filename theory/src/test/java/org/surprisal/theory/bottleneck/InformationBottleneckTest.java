package org.surprisal.theory.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class InformationBottleneckTest {

    private static final double[] BETAS = {1, 1.5, 2, 3, 5, 8, 12, 20, 50, 200};

    /// Four values of x, three of y, all different.
    private static JointDistribution table() {
        return JointDistribution.of(Tensor.of(
                new double[]{0.10, 0.02, 0.05, 0.03, 0.20, 0.04, 0.05, 0.06, 0.24, 0.08, 0.09, 0.04}, 4, 3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.11, 0.3, 0.9})
    void theBinarySymmetricChannelIsItsClosedForm(double flip) {
        BinarySymmetricBottleneck channel = new BinarySymmetricBottleneck(flip);
        double critical = channel.criticalBeta();
        double[] betas = {0.9 * critical, 1.02 * critical, 1.2 * critical, 2 * critical, 5 * critical, 40 * critical};

        for (BottleneckSolution solution : InformationBottleneck.of(channel.joint()).solutions(betas,
                RandomStream.seeded(1))) {
            assertThat(solution.converged()).as("beta %s", solution.beta()).isTrue();
            assertThat(solution.relevantInformation()).as("beta %s", solution.beta())
                    .isCloseTo(channel.relevantInformation(solution.keptInformation()), within(1e-8));
            if (solution.beta() < critical) {
                assertThat(solution.keptInformation()).isCloseTo(0, within(1e-8));
            } else {
                assertThat(solution.keptInformation()).isGreaterThan(1e-3);
            }
        }
        assertThat(channel.joint().criticalBeta().orElseThrow()).isCloseTo(critical, within(1e-10));
    }

    /// Where on the closed curve each β lies: dI(T;Y)/dI(X;T) = 1/β.
    @Test
    void eachBetaIsTheInverseSlopeThere() {
        BinarySymmetricBottleneck channel = new BinarySymmetricBottleneck(0.1);
        BottleneckSolution solution = InformationBottleneck.of(channel.joint())
                .solutions(new double[]{3}, RandomStream.seeded(2)).getFirst();
        double h = 1e-5;
        double kept = solution.keptInformation();
        double slope = (channel.relevantInformation(kept + h) - channel.relevantInformation(kept - h)) / (2 * h);

        assertThat(slope).isCloseTo(1.0 / 3, within(1e-6));
    }

    /// A deterministic task jumps at β = 1 from nothing to everything, and time-sharing makes min(R, H(Y)) of it.
    @Test
    void aDeterministicTaskIsReachedByTimeSharing() {
        JointDistribution joint = JointDistribution.ofLabels(0, 1, 1, 0, 2, 2, 2, 2, 1, 2);
        double entropy = joint.entropyOfY();
        BottleneckCurve curve = InformationBottleneck.of(joint).curve(new double[]{0.7, 1.3, 4},
                RandomStream.seeded(3));

        assertThat(curve.solutions().getFirst().keptInformation()).isCloseTo(0, within(1e-10));
        assertThat(curve.solutions().get(1).keptInformation()).isCloseTo(entropy, within(1e-10));
        for (double kept = 0; kept < 2; kept += 0.1) {
            assertThat(curve.relevantInformation(kept)).isCloseTo(Math.min(kept, entropy), within(1e-10));
        }
    }

    /// The 12-bit task's size: every input one of two labels.
    @Test
    void thousandsOfInputsOfTwoLabelsAreTwoSymbols() {
        int[] labels = new int[4096];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Integer.bitCount(i) > 6 ? 1 : 0;
        }
        JointDistribution joint = JointDistribution.ofLabels(labels);
        BottleneckCurve curve = InformationBottleneck.of(joint).curve(BETAS, RandomStream.seeded(4));

        assertThat(curve.relevantInformation(0.3)).isCloseTo(0.3, within(1e-10));
        assertThat(curve.relevantInformation(8)).isCloseTo(joint.entropyOfY(), within(1e-10));
        assertThat(curve.solutions().getLast().encoder().shape().toString()).isEqualTo("(4096, 2)");
    }

    @Test
    void theCurveIsConcaveFromZeroToAllThatIsKnown() {
        JointDistribution joint = table();
        BottleneckCurve curve = InformationBottleneck.of(joint).curve(BETAS, RandomStream.seeded(5));

        assertThat(curve.corners().getFirst()).isEqualTo(new BottleneckCurve.Point(0, 0));
        assertThat(curve.corners()).hasSizeGreaterThan(5);
        assertThat(curve.relevantInformation(joint.entropyOfX())).isEqualTo(joint.mutualInformation());
        assertThat(curve.relevantInformation(10)).isEqualTo(joint.mutualInformation());
        assertThat(curve.relevantInformation(0.99 * joint.entropyOfX())).isLessThan(joint.mutualInformation());
        double before = 1;
        for (int i = 1; i < curve.corners().size(); i++) {
            BottleneckCurve.Point left = curve.corners().get(i - 1);
            BottleneckCurve.Point right = curve.corners().get(i);
            double slope = (right.relevantInformation() - left.relevantInformation())
                    / (right.keptInformation() - left.keptInformation());
            // the data-processing inequality bounds the first slope
            assertThat(slope).isPositive().isLessThan(before);
            before = slope;
        }
    }

    /// Encoder, marginal and decoder are distributions, and give the information that is stated.
    @Test
    void aSolutionHoldsTogether() {
        JointDistribution joint = table();
        for (BottleneckSolution solution : InformationBottleneck.of(joint).solutions(BETAS, RandomStream.seeded(6))) {
            double kept = 0;
            double relevant = 0;
            for (int t = 0; t < solution.marginal().length(0); t++) {
                double marginal = 0;
                for (int x = 0; x < joint.xCount(); x++) {
                    double p = solution.encoder().at(x, t);
                    marginal += joint.probabilityOfX(x) * p;
                    kept += p == 0 ? 0 : joint.probabilityOfX(x) * p * Math.log(p / solution.marginal().at(t));
                }
                assertThat(marginal).isCloseTo(solution.marginal().at(t), within(1e-12));
                double decoded = 0;
                for (int y = 0; y < joint.yCount(); y++) {
                    double p = solution.decoder().at(t, y);
                    decoded += p;
                    relevant += solution.marginal().at(t) * p * Math.log(p / joint.probabilityOfY(y));
                }
                assertThat(decoded).isCloseTo(1, within(1e-12));
            }
            assertThat(solution.keptInformation()).isCloseTo(kept, within(1e-12));
            assertThat(solution.relevantInformation()).isCloseTo(relevant, within(1e-12));
            assertThat(solution.lagrangian()).isNotPositive();
            assertThat(solution.converged()).isTrue();
        }
    }

    /// No other encoder may have a smaller Lagrangian: 20,000 random ones have not, soft and nearly hard.
    @Test
    void randomEncodersAreNoBetter() {
        JointDistribution joint = table();
        BottleneckSolution best = InformationBottleneck.of(joint).solutions(new double[]{6}, RandomStream.seeded(7))
                .getFirst();
        RandomStream random = RandomStream.seeded(8);
        for (int trial = 0; trial < 20_000; trial++) {
            double[][] encoder = new double[joint.xCount()][4];
            double sharpness = 8 * random.nextDouble();
            for (double[] row : encoder) {
                double sum = 0;
                for (int t = 0; t < row.length; t++) {
                    row[t] = Math.exp(sharpness * random.nextGaussian());
                    sum += row[t];
                }
                for (int t = 0; t < row.length; t++) {
                    row[t] /= sum;
                }
            }
            assertThat(new BlahutArimoto(joint, 6, encoder).lagrangian())
                    .isGreaterThanOrEqualTo(best.lagrangian() - 1e-12);
        }
    }

    /// Just below the critical β nothing is kept, just above something is.
    @Test
    void theCriticalBetaIsWhereTheCurveLeavesZero() {
        JointDistribution joint = table();
        double critical = joint.criticalBeta().orElseThrow();
        List<BottleneckSolution> solutions = InformationBottleneck.of(joint)
                .solutions(new double[]{0.97 * critical, 1.03 * critical}, RandomStream.seeded(9));

        assertThat(solutions.getFirst().keptInformation()).isCloseTo(0, within(1e-8));
        assertThat(solutions.getLast().keptInformation()).isGreaterThan(1e-3);
    }

    @Test
    void theLagrangianNeverRises() {
        JointDistribution joint = table();
        double[][] start = {{0.9, 0.1, 0}, {0.2, 0.3, 0.5}, {0.1, 0.8, 0.1}, {0.4, 0.2, 0.4}};
        double before = Double.POSITIVE_INFINITY;
        for (int steps = 0; steps < 60; steps++) {
            double lagrangian = new BlahutArimoto(joint, 7, start).run(0, steps).lagrangian();
            assertThat(lagrangian).isLessThanOrEqualTo(before + 1e-15);
            before = lagrangian;
        }
    }

    @Test
    void sameSeedSameBits() {
        InformationBottleneck bottleneck = InformationBottleneck.of(table()).withSymbols(2);
        BottleneckCurve once = bottleneck.curve(BETAS, RandomStream.seeded(10));
        BottleneckCurve again = bottleneck.curve(BETAS, RandomStream.seeded(10));

        assertThat(again.corners()).isEqualTo(once.corners());
    }

    @Test
    void tooFewStepsAreSaid() {
        BottleneckSolution solution = InformationBottleneck.of(table()).withMostIterations(5)
                .solutions(new double[]{4}, RandomStream.seeded(11)).getFirst();

        assertThat(solution.converged()).isFalse();
        assertThat(solution.iterations()).isEqualTo(5);
    }

    @Test
    void anInputThatNeverHappensHasNoSay() {
        JointDistribution joint = JointDistribution.of(Tensor.of(new double[]{0.4, 0.1, 0, 0, 0.2, 0.3}, 3, 2));
        BottleneckSolution solution = InformationBottleneck.of(joint)
                .solutions(new double[]{30}, RandomStream.seeded(12)).getFirst();

        assertThat(solution.encoder().at(1, 0)).isEqualTo(solution.marginal().at(0));
    }

    @Test
    void badInputIsOneLine() {
        InformationBottleneck bottleneck = InformationBottleneck.of(table());
        assertThatThrownBy(() -> bottleneck.curve(new double[]{1, -2}, RandomStream.seeded(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("beta = -2.0, a positive number up to 1.0E9 needed");
        assertThatThrownBy(() -> bottleneck.withSymbols(0)).hasMessage("symbols of T = 0, at least 1 needed");
        assertThatThrownBy(() -> bottleneck.withMostIterations(0)).hasMessage("iterations = 0, at least 1 needed");
        BottleneckCurve curve = bottleneck.curve(BETAS, RandomStream.seeded(1));
        assertThatThrownBy(() -> curve.relevantInformation(-0.1)).hasMessage("I(X;T) = -0.1, at least 0 needed");
        assertThatThrownBy(() -> new BinarySymmetricBottleneck(0.5))
                .hasMessage("flip probability = 0.5, a number from 0 to 1 other than 1/2 needed");
        assertThatThrownBy(() -> new BinarySymmetricBottleneck(0.2).relevantInformation(Double.NaN))
                .hasMessage("I(X;T) = NaN, at least 0 needed");
    }
}
