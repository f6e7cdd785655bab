package org.surprisal.information.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.tensor.RandomStream;

class CountEntropyTest {

    /// Recorded from a script in mpmath of 30 digits: Grassberger's G by the recursion of his paper, G(1) = -γ - ln 2,
    /// G(2) = 2 - γ - ln 2, G(2m + 1) = G(2m), G(2m + 2) = G(2m) + 2/(2m + 1), and Chao and Shen's sum.
    static Stream<Arguments> recorded() {
        return Stream.of(Arguments.of(new long[]{4, 2, 3, 0, 2, 4, 0, 0, 2}, 1.789850699321616, 1.8633596352763704),
                Arguments.of(new long[]{100, 50, 30, 20}, 1.207879342484592, 1.2079736877546834),
                Arguments.of(new long[]{1, 1, 1, 1, 1, 1, 1, 1, 1, 2}, 3.304621754623485, 4.007987141660664),
                Arguments.of(new long[]{1, 1, 1, 1, 1}, 2.8798007578955787, 3.4868903818942445),
                Arguments.of(new long[]{12, 7, 5, 3, 2, 2, 1, 1, 1, 1}, 2.143509299034998, 2.1306000905681324));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void grassbergerAndChaoShenAreThoseOfTheScript(long[] counts, double grassberger, double chaoShen) {
        assertThat(CountEntropy.grassberger(counts)).isCloseTo(grassberger, within(1e-13));
        assertThat(CountEntropy.chaoShen(counts)).isCloseTo(chaoShen, within(1e-13));
    }

    /// The plug-in value of two equal counts is ln 2; (2 - 1)/(2 n) is added.
    @Test
    void equalCounts() {
        assertThat(CountEntropy.plugIn(5, 5, 0)).isCloseTo(Math.log(2), within(1e-15));
        assertThat(CountEntropy.millerMadow(5, 5, 0)).isCloseTo(Math.log(2) + 0.05, within(1e-15));
        assertThat(CountEntropy.grassberger(7)).isCloseTo(Math.log(7) - grassbergerOfSeven(), within(1e-14));
        assertThat(CountEntropy.chaoShen(7)).isZero();
        assertThat(CountEntropy.chaoShen(1)).isZero();
    }

    /// G(7) = G(6) = 2 + 2/3 + 2/5 - γ - ln 2.
    private static double grassbergerOfSeven() {
        return 2 + 2.0 / 3 + 2.0 / 5 - 0.5772156649015329 - Math.log(2);
    }

    /// Of 60 samples of 20 equally likely symbols; means of 500 draws.
    @Test
    void correctionsTakeMoreThanHalfOfTheBiasAway() {
        double[] means = new double[5];
        for (int run = 0; run < 500; run++) {
            RandomStream draws = RandomStream.seeded(run);
            long[] counts = new long[20];
            for (int i = 0; i < 60; i++) {
                counts[draws.nextInt(20)]++;
            }
            means[0] += CountEntropy.plugIn(counts) / 500;
            means[1] += CountEntropy.millerMadow(counts) / 500;
            means[2] += CountEntropy.grassberger(counts) / 500;
            means[3] += CountEntropy.chaoShen(counts) / 500;
            means[4] += BayesianEntropy.of(20, counts).mean() / 500;
        }
        double bias = Math.log(20) - means[0];
        assertThat(bias).isBetween(0.14, 0.2);
        for (int i = 1; i < means.length; i++) {
            assertThat(means[i]).isCloseTo(Math.log(20), within(bias / 2));
        }
    }

    @Test
    void countsThatAreNoneAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CountEntropy.grassberger(3, -1))
                .withMessage("counts[1] = -1, a count >= 0 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> CountEntropy.chaoShen(0, 0))
                .withMessage("2 counts sum to 0.0, a sum above 0 and below 2^53 needed");
    }
}
