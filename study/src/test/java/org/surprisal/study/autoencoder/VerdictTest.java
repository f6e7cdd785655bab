package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.surprisal.information.statistics.PairedDifference;

class VerdictTest {
    private static PairedDifference of(double... after) {
        return PairedDifference.of(new double[after.length], after);
    }

    @Test
    void anIntervalOnOneSideDecides() {
        assertThat(Verdict.above(of(1, 1.1, 0.9))).isEqualTo(Verdict.HELD);
        assertThat(Verdict.below(of(1, 1.1, 0.9))).isEqualTo(Verdict.DID_NOT_HOLD);
        assertThat(Verdict.above(of(-1, -1.1, -0.9))).isEqualTo(Verdict.DID_NOT_HOLD);
        assertThat(Verdict.below(of(-1, -1.1, -0.9))).isEqualTo(Verdict.HELD);
        assertThat(Verdict.above(of(-1, 1.1, 0.9))).isEqualTo(Verdict.UNDECIDED);
        assertThat(Verdict.below(of(-1, 1.1, 0.9))).isEqualTo(Verdict.UNDECIDED);
        assertThat(Verdict.above(of(1))).as("one network").isEqualTo(Verdict.UNDECIDED);
        assertThat(Verdict.above(of(0, 0, 0))).as("no change at all").isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void bothHoldOnlyIfEachDoes() {
        assertThat(Verdict.HELD.and(Verdict.HELD)).isEqualTo(Verdict.HELD);
        assertThat(Verdict.HELD.and(Verdict.UNDECIDED)).isEqualTo(Verdict.UNDECIDED);
        assertThat(Verdict.UNDECIDED.and(Verdict.DID_NOT_HOLD)).isEqualTo(Verdict.DID_NOT_HOLD);
        assertThat(Verdict.DID_NOT_HOLD.and(Verdict.HELD)).isEqualTo(Verdict.DID_NOT_HOLD);
    }
}
