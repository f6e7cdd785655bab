package org.surprisal.theory.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Fixed points near the smallest numbers.
class TinyVariancesTest {

    /// Where q* is tiny V is linear with slope σ_w² φ'(0)², so q* = σ_b² / (1 - σ_w² φ'(0)²).
    @ParameterizedTest
    @CsvSource({"TANH, 0.5, 1e-20", "TANH, 0.5, 1e-150", "TANH, 0.5, 1e-290", "TANH, 0.5, 1e-299", "TANH, 0.5, 1e-305",
            "TANH, 0.9, 3e-300", "ERF, 0.3, 1e-300", "TANH, 1e-300, 1e-300", "ERF, 1e-10, 1e-306"})
    void aTinyBiasVarianceIsMultiplied(SaturatingActivation activation, double sigmaW2, double sigmaB2) {
        double slope = sigmaW2 * Math.pow(activation.derivative(0), 2);
        FixedPoint.Settled point = (FixedPoint.Settled) new MeanField(activation, sigmaW2, sigmaB2).fixedPoint();

        assertThat(point.qStar().value()).isCloseTo(sigmaB2 / (1 - slope), within(1e-12 * sigmaB2));
        assertThat(point.chi1().value()).isCloseTo(slope, within(1e-12));
    }

    /// A sigmoid of tiny inputs is 1/2: q* = σ_w²/4 + σ_b².
    @ParameterizedTest
    @CsvSource({"1e-10, 0", "1e-100, 0", "1e-298, 0", "1e-300, 0", "1e-305, 0", "1e-300, 1e-300", "1e-300, 1e-290"})
    void aSigmoidOfTinyWeightsIsOneHalf(double sigmaW2, double sigmaB2) {
        FixedPoint.Settled point = (FixedPoint.Settled) new MeanField(SaturatingActivation.SIGMOID, sigmaW2, sigmaB2)
                .fixedPoint();
        double right = 0.25 * sigmaW2 + sigmaB2;

        assertThat(point.qStar().value()).isCloseTo(right, within(1e-9 * right * (1 + sigmaW2 * 1e10)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-307, 1e-310, Double.MIN_VALUE})
    void aVarianceWithoutAllItsDigitsIsRefused(double sigmaB2) {
        assertThatThrownBy(() -> new MeanField(SaturatingActivation.TANH, 0.5, sigmaB2).fixedPoint())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sigma_w2 phi(0)^2 + sigma_b2 = " + sigmaB2
                        + ", at least 1.0E-306 (or 0) needed for a fixed point with all its digits");
    }

    @Test
    void weightsWithoutAllTheirDigitsAreRefused() {
        assertThatThrownBy(() -> new MeanField(SaturatingActivation.SIGMOID, 1e-308, 0).fixedPoint())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least 1.0E-306 (or 0) needed");
    }
}
