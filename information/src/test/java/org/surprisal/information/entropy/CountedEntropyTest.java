package org.surprisal.information.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.surprisal.information.Moments;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.tensor.RandomStream;

class CountedEntropyTest {

    /// By hand: shares ½, ¼, ¼ have 1½ bits; ln p has the deviations ±½ bit, each with probability ½.
    @Test
    void countsByHand() {
        CountedEntropy entropy = CountedEntropy.of(4, 2, 0, 2);
        double bit = Math.log(2);

        assertThat(entropy.samples()).isEqualTo(8);
        assertThat(entropy.symbols()).isEqualTo(3);
        assertThat(entropy.plugIn()).isCloseTo(1.5 * bit, within(1e-15));
        assertThat(entropy.millerMadow()).isCloseTo(1.5 * bit + 2.0 / 16, within(1e-15));
        assertThat(entropy.standardError()).isCloseTo(0.5 * bit / Math.sqrt(8), within(1e-15));
    }

    @Test
    void isWhatMutualInformationCountsWith() {
        assertThat(CountedEntropy.of(3, 1, 5).plugIn())
                .isCloseTo(PlugIn.entropy(Discrete.labels("y", 0, 0, 0, 1, 2, 2, 2, 2, 2)), within(1e-15));
    }

    /// 500 samples of 100 draws from ½, ¼, ⅛, ⅛: the plug-in mean is low by (K - 1)/(2n) = 0.015, Miller-Madow's is
    /// right to four standard errors of the mean, and the standard error is the scatter to 15 %.
    @Test
    void biasAndScatterAreAsStated() {
        double[] plugIn = new double[500];
        double[] corrected = new double[500];
        double stated = 0;
        RandomStream stream = RandomStream.seeded(3);
        for (int run = 0; run < 500; run++) {
            long[] counts = new long[4];
            for (int i = 0; i < 100; i++) {
                double u = stream.nextDouble();
                counts[u < 0.5 ? 0 : u < 0.75 ? 1 : u < 0.875 ? 2 : 3]++;
            }
            CountedEntropy entropy = CountedEntropy.of(counts);
            plugIn[run] = entropy.plugIn();
            corrected[run] = entropy.millerMadow();
            stated += entropy.standardError() / 500;
        }
        double truth = 1.75 * Math.log(2);
        double scatter = Moments.of(plugIn).standardDeviation();
        double error = 4 * scatter / Math.sqrt(500);
        assertThat(Moments.of(plugIn).mean()).isCloseTo(truth - 0.015, within(error));
        assertThat(Moments.of(corrected).mean()).isCloseTo(truth, within(error));
        assertThat(stated).isCloseTo(scatter, within(0.15 * scatter));
    }

    @Test
    void refusesWhatWasNotCounted() {
        assertThatIllegalArgumentException().isThrownBy(() -> CountedEntropy.of(1, -1))
                .withMessage("counts[1] = -1, a count >= 0 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> CountedEntropy.of(0, 0))
                .withMessage("2 counts sum to 0.0, a sum above 0 and below 2^53 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> CountedEntropy.of(Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(CountedEntropy.of(7).plugIn()).isZero();
    }
}
