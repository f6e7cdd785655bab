package org.surprisal.theory.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianQuadratureTest {

    private final GaussianQuadrature quadrature = GaussianQuadrature.ofOrder(32);

    @Test
    void momentsOfOneVariable() {
        double q = 1.7;
        assertThat(quadrature.mean(x -> 1, q)).isCloseTo(1, within(1e-14));
        assertThat(quadrature.mean(x -> x, q)).isCloseTo(0, within(1e-14));
        assertThat(quadrature.mean(x -> x * x, q)).isCloseTo(q, within(1e-14));
        assertThat(quadrature.mean(x -> Math.pow(x, 8), q)).isCloseTo(105 * Math.pow(q, 4), within(1e-10));
        assertThat(quadrature.mean(Math::abs, q)).isCloseTo(Math.sqrt(2 * q / Math.PI), within(1e-14));
        assertThat(quadrature.mean(Math::exp, q)).isCloseTo(Math.exp(0.5 * q), within(1e-13));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.999, -0.4, 0, 0.3, 0.99, 0.9999999, 1})
    void momentsOfTwoVariables(double c) {
        double q1 = 0.6;
        double q2 = 2.5;
        double root = Math.sqrt(q1 * q2);
        double gap = 1 - c;
        assertThat(quadrature.mean((u, v) -> 1, q1, q2, gap)).isCloseTo(1, within(1e-14));
        assertThat(quadrature.mean((u, v) -> u, q1, q2, gap)).isCloseTo(0, within(1e-14));
        assertThat(quadrature.mean((u, v) -> u * u, q1, q2, gap)).isCloseTo(q1, within(1e-14));
        assertThat(quadrature.mean((u, v) -> v * v, q1, q2, gap)).isCloseTo(q2, within(1e-14));
        assertThat(quadrature.mean((u, v) -> u * v, q1, q2, gap)).isCloseTo(c * root, within(1e-14));
        assertThat(quadrature.mean((u, v) -> u * u * v * v, q1, q2, gap))
                .isCloseTo(q1 * q2 * (1 + 2 * c * c), within(1e-13));
        assertThat(quadrature.mean((u, v) -> Math.abs(u) * Math.abs(v), q1, q2, gap))
                .isCloseTo(2 / Math.PI * root * (Math.sqrt(1 - c * c) + c * Math.asin(c)), within(1e-13));
        assertThat(quadrature.mean((u, v) -> Math.exp(u + v), q1, q2, gap))
                .isCloseTo(Math.exp(0.5 * (q1 + q2) + c * root), within(1e-11));
    }

    /// Sheppard's formula for the probability that both are positive: a function with jumps.
    @ParameterizedTest
    @ValueSource(doubles = {-0.9, 0, 0.5, 0.999})
    void jumpsOnTheAxesAreExact(double c) {
        assertThat(quadrature.mean((u, v) -> u > 0 && v > 0 ? 1 : 0, 3, 0.1, 1 - c))
                .isCloseTo(0.25 + Math.asin(c) / (2 * Math.PI), within(1e-14));
    }

    /// The distance of two almost equal inputs keeps its digits.
    @Test
    void smallGapsKeepTheirDigits() {
        double gap = 1e-12;
        double distance = quadrature.mean((u, v) -> (u - v) * (u - v), 1, 1, gap);
        assertThat(distance / (2 * gap)).isCloseTo(1, within(1e-9));
    }
}
