package org.surprisal.information.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    /// By scipy.stats.spearmanr, SciPy 1.10.1, with 1000 for the infinite values.
    @Test
    void agreesWithAnotherImplementation() {
        double beyond = Double.POSITIVE_INFINITY;
        RankCorrelation order = RankCorrelation
                .of(new double[]{3.6, 6.8, 15.8, beyond, 25.2, 11.8, 9.1},
                        new double[]{33, 47, beyond, beyond, 40, 50, 47})
                .orElseThrow();

        assertThat(order.coefficient()).isCloseTo(0.6000991981489792, within(1e-12));
        assertThat(order.pValue()).isCloseTo(0.15429103966044003, within(1e-12));
    }

    @Test
    void equalValuesHaveNoOrder() {
        assertThat(RankCorrelation.of(new double[]{1, 2, 3}, new double[]{1, 1, 1})).isEmpty();
        assertThat(RankCorrelation.of(new double[]{1, 2}, new double[]{1, 2})).isEmpty();
    }
}
