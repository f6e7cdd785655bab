package org.surprisal.information.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;

class DiscreteDistributionTest {

    private static final DiscreteDistribution P = DiscreteDistribution.of(0.5, 0.25, 0.125, 0.125, 0);
    private static final DiscreteDistribution Q = DiscreteDistribution.of(0.1, 0.2, 0.3, 0.15, 0.25);
    private static final DiscreteDistribution LEFT = DiscreteDistribution.of(0.5, 0.5, 0, 0);
    private static final DiscreteDistribution RIGHT = DiscreteDistribution.of(0, 0, 0.3, 0.7);

    /// Recorded from SciPy 1.10 (stats.entropy of one and of two arguments, the square of
    /// spatial.distance.jensenshannon) and NumPy (Σ √(p q)).
    @Test
    void agreesWithSciPy() {
        assertThat(Q.entropy()).isCloseTo(1.5444795210968603, within(1e-15));
        assertThat(P.relativeEntropyTo(Q)).isCloseTo(0.7282810572771208, within(1e-15));
        assertThat(P.jensenShannonDivergence(Q)).isCloseTo(0.179941724258501, within(1e-15));
        assertThat(P.bhattacharyyaCoefficient(Q)).isCloseTo(0.7777934021866202, within(1e-15));
        assertThat(P.bhattacharyyaDistance(Q)).isCloseTo(-Math.log(0.7777934021866202), within(1e-15));
    }

    /// Recorded from NumPy: the sums of powers of the definitions.
    @ParameterizedTest
    @CsvSource({"0.25, 1.5921407207229736, 0.391861206153876", "0.5, 1.5755162806999377, 0.502588679914046",
            "2, 1.491654876777717, 1.0881409888008142", "3.5, 1.4330578128914602, 1.3396925226497385"})
    void renyiAgreesWithItsDefinition(double order, double entropy, double divergence) {
        assertThat(Q.renyiEntropy(order)).isCloseTo(entropy, within(1e-14));
        assertThat(P.renyiDivergenceTo(Q, order)).isCloseTo(divergence, within(1e-14));
    }

    /// ½, ¼, ⅛, ⅛: 1¾ bits, and surprisals of 1, 2, 3, 3 bits.
    @Test
    void halvesCountBits() {
        double bit = Math.log(2);
        assertThat(P.entropy()).isCloseTo(1.75 * bit, within(1e-15));
        assertThat(P.surprisal(0)).isCloseTo(bit, within(1e-15));
        assertThat(P.surprisal(3)).isCloseTo(3 * bit, within(1e-15));
        assertThat(P.surprisal(4)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(DiscreteDistribution.of(1).surprisal(0)).isEqualTo(0.0);
    }

    @Test
    void limitsOfTheOrder() {
        assertThat(P.renyiEntropy(0)).isCloseTo(Math.log(4), within(1e-15));
        assertThat(P.renyiEntropy(1)).isEqualTo(P.entropy());
        assertThat(P.renyiEntropy(Double.POSITIVE_INFINITY)).isCloseTo(Math.log(2), within(1e-15));
        assertThat(P.renyiEntropy(2000)).isCloseTo(Math.log(2), within(1e-3));

        assertThat(P.renyiDivergenceTo(Q, 0)).isCloseTo(-Math.log(0.75), within(1e-15));
        assertThat(P.renyiDivergenceTo(Q, 0.5)).isCloseTo(2 * P.bhattacharyyaDistance(Q), within(1e-14));
        assertThat(P.renyiDivergenceTo(Q, 1)).isEqualTo(P.relativeEntropyTo(Q));
        assertThat(P.renyiDivergenceTo(Q, Double.POSITIVE_INFINITY)).isCloseTo(Math.log(5), within(1e-15));
        assertThat(P.renyiDivergenceTo(Q, 2000)).isCloseTo(Math.log(5), within(2e-3));
        for (double huge : new double[]{1e14, 1e16, 1e300, Double.MAX_VALUE}) {
            assertThat(P.renyiEntropy(huge)).isCloseTo(Math.log(2), within(1e-13));
            assertThat(P.renyiDivergenceTo(Q, huge)).isCloseTo(Math.log(5), within(1e-13));
        }
    }

    /// Around order 1 the first derivative is half the variance of the logarithm, downwards for the entropy and upwards
    /// for the divergence.
    @ParameterizedTest
    @ValueSource(doubles = {1e-12, -1e-12, 1e-8, -1e-8, 1e-5, -1e-5})
    void nearOrderOneNothingCancels(double step) {
        double slopeEntropy = 0;
        double slopeDivergence = 0;
        for (int i = 0; i < 4; i++) {
            double p = P.probability(i);
            slopeEntropy += 0.5 * p * Math.pow(-Math.log(p) - P.entropy(), 2);
            slopeDivergence += 0.5 * p * Math.pow(Math.log(p / Q.probability(i)) - P.relativeEntropyTo(Q), 2);
        }
        double curvature = step * step;
        assertThat(P.renyiEntropy(1 + step)).isCloseTo(P.entropy() - step * slopeEntropy, within(1e-14 + curvature));
        assertThat(P.renyiDivergenceTo(Q, 1 + step))
                .isCloseTo(P.relativeEntropyTo(Q) + step * slopeDivergence, within(1e-14 + curvature));
    }

    /// Both sides of where the formula changes, and the order of the orders.
    @Test
    void renyiFallsForEntropiesAndGrowsForDivergences() {
        double entropy = Math.log(5) + 1e-14;
        double divergence = -1e-14;
        for (double order = 0; order < 3; order += 0.0025) {
            assertThat(Q.renyiEntropy(order)).isLessThanOrEqualTo(entropy + 1e-13).isGreaterThan(entropy - 0.01);
            assertThat(P.renyiDivergenceTo(Q, order)).isGreaterThanOrEqualTo(divergence - 1e-13);
            entropy = Q.renyiEntropy(order);
            divergence = P.renyiDivergenceTo(Q, order);
        }
    }

    @Test
    void supportsThatDoNotFitAreInfinitelyFar() {
        assertThat(Q.relativeEntropyTo(P)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(P.relativeEntropyTo(Q)).isFinite();
        assertThat(Q.renyiDivergenceTo(P, 1.001)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Q.renyiDivergenceTo(P, Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Q.renyiDivergenceTo(P, 0.999)).isFinite().isGreaterThan(100);
        for (double order : new double[]{0, 0.5, 0.999, 1, 2, Double.POSITIVE_INFINITY}) {
            assertThat(LEFT.renyiDivergenceTo(RIGHT, order)).isEqualTo(Double.POSITIVE_INFINITY);
        }
        assertThat(LEFT.jensenShannonDivergence(RIGHT)).isEqualTo(Math.log(2));
        assertThat(LEFT.bhattacharyyaCoefficient(RIGHT)).isZero();
        assertThat(LEFT.bhattacharyyaDistance(RIGHT)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    /// p_i = ¼ (1 ± ε): relative entropy ε²/2, Jensen-Shannon and Bhattacharyya ε²/8, to fourth order.
    @Test
    void closeDistributionsKeepTheirDigits() {
        double e = 1e-6;
        DiscreteDistribution near = DiscreteDistribution.of(0.25 * (1 + e), 0.25 * (1 - e), 0.25 * (1 + e),
                0.25 * (1 - e));
        DiscreteDistribution uniform = DiscreteDistribution.uniform(4);

        assertThat(near.relativeEntropyTo(uniform)).isCloseTo(e * e / 2, within(1e-8 * e * e));
        assertThat(near.jensenShannonDivergence(uniform)).isCloseTo(e * e / 8, within(1e-8 * e * e));
        assertThat(near.bhattacharyyaDistance(uniform)).isCloseTo(e * e / 8, within(1e-8 * e * e));
    }

    @Test
    void tinyProbabilitiesNeitherOverflowNorVanish() {
        DiscreteDistribution tiny = DiscreteDistribution.of(1e-310, 1);
        DiscreteDistribution half = DiscreteDistribution.uniform(2);

        assertThat(half.relativeEntropyTo(tiny)).isCloseTo(-Math.log(2) - 0.5 * Math.log(1e-310), within(1e-9));
        assertThat(half.renyiDivergenceTo(tiny, 3)).isFinite().isGreaterThan(700);
        assertThat(tiny.renyiEntropy(0)).isCloseTo(Math.log(2), within(1e-15));
    }

    @Test
    void inequalitiesHoldForRandomDistributions() {
        for (int run = 0; run < 200; run++) {
            DiscreteDistribution p = random(RandomStream.seeded(run).child("p"), 12);
            DiscreteDistribution q = random(RandomStream.seeded(run).child("q"), 12);
            double total = 0;
            for (int i = 0; i < 12; i++) {
                total += 0.5 * Math.abs(p.probability(i) - q.probability(i));
            }
            assertThat(p.entropy()).isBetween(0.0, Math.log(12) + 1e-14);
            assertThat(p.relativeEntropyTo(q)).as("Pinsker").isGreaterThanOrEqualTo(2 * total * total - 1e-14);
            assertThat(p.jensenShannonDivergence(q)).as("Lin").isBetween(0.0, total * Math.log(2) + 1e-14)
                    .isCloseTo(q.jensenShannonDivergence(p), within(1e-14));
            assertThat(p.bhattacharyyaDistance(q)).as("Jensen").isBetween(0.0, 0.5 * p.relativeEntropyTo(q) + 1e-14);
            assertThat(p.relativeEntropyTo(p)).isZero();
        }
    }

    @Test
    void refusesWhatIsNoDistribution() {
        refused(() -> DiscreteDistribution.of(), "probabilities has 0 value(s), at least 1 needed");
        refused(() -> DiscreteDistribution.of(0.5, 0.4),
                "probabilities sum to 0.9, 1 (to 1.0E-9) needed: weights of another sum take proportionalTo");
        refused(() -> DiscreteDistribution.of(1.5, -0.5), "probabilities[1] = -0.5, a finite value >= 0 needed");
        refused(() -> DiscreteDistribution.of(Double.NaN), "probabilities[0] = NaN, a finite value >= 0 needed");
        refused(() -> DiscreteDistribution.proportionalTo(0, 0), "weights sum to 0.0, a finite sum > 0 needed");
        refused(() -> DiscreteDistribution.proportionalTo(1e308, 1e308),
                "weights sum to Infinity, a finite sum > 0 needed");
        refused(() -> DiscreteDistribution.uniform(0), "n = 0, at least 1 value needed");
        refused(() -> P.relativeEntropyTo(LEFT), "distributions over 5 and 4 values: equal numbers needed");
        refused(() -> P.renyiEntropy(-1), "order = -1.0, a value >= 0 needed");
        refused(() -> P.renyiDivergenceTo(Q, Double.NaN), "order = NaN, a value >= 0 needed");
        assertThat(DiscreteDistribution.proportionalTo(1, 3).probabilities()).containsExactly(0.25, 0.75);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    private static DiscreteDistribution random(RandomStream stream, int n) {
        double[] weights = new double[n];
        Arrays.setAll(weights, i -> Math.exp(2 * stream.nextGaussian()));
        return DiscreteDistribution.proportionalTo(weights);
    }
}
