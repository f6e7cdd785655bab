package org.surprisal.study.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogSpacedTest {
    @Test
    void epochsAreAtEqualRatiosWithBothEnds() {
        assertThat(LogSpaced.epochs(10_000, 5)).containsExactly(1, 10, 100, 1000, 10_000);
        assertThat(LogSpaced.epochs(4, 100)).containsExactly(1, 2, 3, 4);
        assertThat(LogSpaced.epochs(1, 5)).containsExactly(1);
        assertThat(LogSpaced.epochs(50, 1)).containsExactly(50);
        assertThat(LogSpaced.epochs(0, 5)).isEmpty();
    }
}
