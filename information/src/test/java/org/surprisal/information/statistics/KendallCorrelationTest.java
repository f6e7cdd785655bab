package org.surprisal.information.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KendallCorrelationTest {
    /// Numbers of SciPy 1.10's `kendalltau`.
    @Test
    void coefficientsAgreeWithScipyWithAndWithoutTies() {
        assertThat(KendallCorrelation.of(new double[]{1, 2, 3, 4, 5, 6, 7}, new double[]{2, 1, 4, 3, 7, 5, 6})
                .orElseThrow()).isCloseTo(0.6190476190476191, within(1e-15));
        assertThat(KendallCorrelation.of(new double[]{1, 1, 2, 3, 3, 3, 5, 8}, new double[]{2, 1, 1, 4, 4, 3, 9, 0})
                .orElseThrow()).isCloseTo(0.28022426915890253, within(1e-15));
        assertThat(KendallCorrelation.of(new double[]{0.3, -1, 2.5, 7, 1e9}, new double[]{5, 4, 3, 2, 1})
                .orElseThrow()).isCloseTo(-0.7999999999999999, within(1e-15));
    }

    @Test
    void zerosOfBothSignsAreTied() {
        assertThat(KendallCorrelation.of(new double[]{0.0, -0.0}, new double[]{1, 2})).isEmpty();
    }

    @Test
    void equalValuesOrASinglePointHaveNoCoefficient() {
        assertThat(KendallCorrelation.of(new double[]{1, 1, 1}, new double[]{1, 2, 3})).isEmpty();
        assertThat(KendallCorrelation.of(new double[]{1}, new double[]{1})).isEmpty();
    }

    @Test
    void pointsThatAreNotPairsOfNumbersAreRefused() {
        assertThatThrownBy(() -> KendallCorrelation.of(new double[]{1, 2}, new double[]{1}))
                .hasMessage("x has 2 numbers and y has 1: as many are needed");
        assertThatThrownBy(() -> KendallCorrelation.of(new double[]{1, Double.NaN}, new double[]{1, 2}))
                .hasMessage("point 1 is not a number");
    }
}
