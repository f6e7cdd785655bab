package org.surprisal.theory.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;

class AutocorrelationTimeTest {
    /// x' = ρ x + noise has the correlations ρ^t, and so τ = (1 + ρ) / (2 (1 - ρ)). The relative error of the estimate
    /// is about √(2 (2 · 6 + 1) τ / n), Madras and Sokal's; bounds are four of them and the e^-6 that the window leaves
    /// out.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.9, 0.98})
    void anAutoregressionHasItsOwn(double correlation) {
        int chains = 4;
        int n = 50_000;
        RandomStream stream = RandomStream.seeded(6);
        double[][] series = new double[chains][n];
        for (double[] chain : series) {
            double x = stream.nextGaussian() / Math.sqrt(1 - correlation * correlation);
            for (int i = 0; i < n; i++) {
                chain[i] = 3 + x;
                x = correlation * x + stream.nextGaussian();
            }
        }
        double expected = (1 + correlation) / (2 * (1 - correlation));
        double relative = Math.sqrt(26 * expected / ((double) chains * n));

        assertThat(AutocorrelationTime.of(series)).isCloseTo(expected, within(expected * (4 * relative + 0.0025)));
    }

    @Test
    void constantSeriesAndTrendsHaveNumbers() {
        assertThat(AutocorrelationTime.of(new double[100])).isEqualTo(0.5);
        double[] trend = new double[100];
        Arrays.setAll(trend, i -> i);
        // a twentieth of the length and more: too short a series, and seen to be
        assertThat(AutocorrelationTime.of(trend)).isBetween(5.0, 50.0);
    }
}
