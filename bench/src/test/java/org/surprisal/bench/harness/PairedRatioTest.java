package org.surprisal.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRatioTest {
    /// Rounds in which the peer takes `ratios[i]` times as long, in steps of another number.
    private static List<Timing> timings(double... ratios) {
        List<Timing> timings = new ArrayList<>();
        for (int round = 0; round < ratios.length; round++) {
            timings.add(new Timing(round, 0, Timing.OURS, 10, 5));
            timings.add(new Timing(round, 1, Timing.PEER, 2, ratios[round]));
        }
        return timings;
    }

    /// Of nine numbers the second and the eighth hold the median with probability 1 - 2 (1 + 9) / 2^9 = 0.9609.
    @Test
    void intervalOfNineRoundsLeavesOutOneAtEachEnd() {
        PairedRatio ratio = PairedRatio.of(timings(9, 1, 8, 2, 7, 3, 6, 4, 5), Timing.PEER, Timing.OURS);
        assertThat(ratio.median()).isEqualTo(5);
        assertThat(ratio.low()).isEqualTo(2);
        assertThat(ratio.high()).isEqualTo(8);
        assertThat(ratio.coverage()).isCloseTo(0.9609375, within(1e-12));
        assertThat(ratio.ratios()).containsExactly(9.0, 1.0, 8.0, 2.0, 7.0, 3.0, 6.0, 4.0, 5.0);
    }

    @Test
    void fewRoundsGoFromTheLeastToTheLargest() {
        PairedRatio ratio = PairedRatio.of(timings(3, 1, 2), Timing.PEER, Timing.OURS);
        assertThat(ratio.low()).isEqualTo(1);
        assertThat(ratio.high()).isEqualTo(3);
        assertThat(ratio.coverage()).isEqualTo(0.75);
    }

    /// scipy.stats.binom.cdf(5, 20, 0.5) = 0.02069473.
    @Test
    void coverageIsTheBinomials() {
        assertThat(PairedRatio.coverage(20, 5)).isCloseTo(1 - 2 * 0.020694732666015625, within(1e-12));
    }

    @Test
    void refusesRoundsThatLackASide() {
        List<Timing> timings = new ArrayList<>(timings(2, 2));
        timings.removeLast();
        assertThatIllegalArgumentException().isThrownBy(() -> PairedRatio.of(timings, Timing.PEER, Timing.OURS))
                .withMessageContaining("round 1 has no block of pytorch");
    }
}
