package org.surprisal.information.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BayesianEntropyTest {

    /// Recorded from a script in mpmath of 30 digits, which integrates over ln β by adaptive quadrature and sums ⟨H²⟩
    /// over all pairs of values.
    static Stream<Arguments> recorded() {
        return Stream.of(
                Arguments.of(10, new long[]{4, 2, 3, 0, 2, 4, 0, 0, 2}, 1.9676084485298486, 0.177869811805),
                Arguments.of(4, new long[]{100, 50, 30, 20}, 1.2121698563559635, 0.0398929455951),
                Arguments.of(1000, new long[]{1, 1, 1, 1, 1, 1, 1, 1, 1, 2}, 4.672677835790507, 0.932680924208),
                Arguments.of(50, new long[]{1, 1, 1, 1, 1}, 3.153155903056323, 0.555601277279),
                Arguments.of(2, new long[]{3, 0}, 0.21821592298776493, 0.24950854743),
                Arguments.of(100_000, new long[]{12, 7, 5, 3, 2, 2, 1, 1, 1, 1}, 2.187692069490007,
                        0.224633408916));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void meanAndDeviationAreThoseOfTheScript(long alphabet, long[] counts, double mean, double deviation) {
        BayesianEntropy entropy = BayesianEntropy.of(alphabet, counts);

        assertThat(entropy.mean()).isCloseTo(mean, within(1e-9));
        assertThat(entropy.standardDeviation()).isCloseTo(deviation, within(1e-7));
    }

    /// Many counts leave no doubt: the posterior is at the plug-in value and as wide as its standard error.
    @Test
    void manyCountsDecide() {
        long[] counts = {400_000, 300_000, 200_000, 100_000};
        double plugIn = CountEntropy.plugIn(counts);
        double variance = 0;
        for (long count : counts) {
            variance += count / 1e6 * Math.pow(Math.log(1e6 / count) - plugIn, 2);
        }

        BayesianEntropy entropy = BayesianEntropy.of(4, counts);

        assertThat(entropy.mean()).isCloseTo(plugIn, within(5e-6));
        assertThat(entropy.standardDeviation()).isCloseTo(Math.sqrt(variance / 1e6), within(1e-5));
    }

    @Test
    void oneValueHasNoEntropy() {
        assertThat(BayesianEntropy.of(1, 5)).isEqualTo(new BayesianEntropy(1, 0, 0));
    }

    @Test
    void anAlphabetSmallerThanWhatOccurredIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BayesianEntropy.of(2, 1, 1, 1))
                .withMessage("alphabet = 2 values, and 3 occurred: at least as many needed");
        assertThatIllegalArgumentException().isThrownBy(() -> BayesianEntropy.of(2))
                .withMessage("0 counts sum to 0.0, a sum above 0 and below 2^53 needed");
    }
}
