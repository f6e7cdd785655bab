package org.surprisal.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against numbers of mpmath 1.2.1 with 40 digits: erf(x), and erfc(-x / sqrt 2) / 2, of the float64 nearest to each x.
class ErrorFunctionTest {
    /// 1e-15 of the value.
    private static final Percentage PRECISION = Percentage.withPercentage(1e-13);

    @ParameterizedTest
    @CsvSource({"1e-300, 1.1283791670955126e-300", "1e-9, 1.1283791670955126e-9", "0.1, 0.1124629160182849",
            "0.5, 0.52049987781304654", "0.99, 0.8385080695553698", "1, 0.84270079294971487",
            "1.5, 0.96610514647531073",
            "2.5, 0.99959304798255504", "4, 0.9999999845827421", "5.8, 0.99999999999999976", "7, 1"})
    void erf(double x, double expected) {
        assertThat(ErrorFunction.erf(x)).isCloseTo(expected, PRECISION);
        assertThat(ErrorFunction.erf(-x)).isEqualTo(-ErrorFunction.erf(x));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "-1e-9, 0.49999999960105772", "-0.3, 0.38208857781104737", "-1, 0.15865525393145705",
            "-1.96, 0.024997895148220436", "-5, 2.8665157187919391e-7", "-10, 7.6198530241605261e-24",
            "-20.7, 1.7318518790197379e-95", "-37.5, 4.6053530095819548e-308", "0.3, 0.61791142218895263",
            "1, 0.84134474606854295", "3, 0.99865010196836991", "8, 0.99999999999999938"})
    void normalCdf(double x, double expected) {
        assertThat(ErrorFunction.normalCdf(x)).isCloseTo(expected, PRECISION);
    }

    @Test
    void endsOfTheAxis() {
        assertThat(ErrorFunction.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(ErrorFunction.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(ErrorFunction.erf(0)).isZero();
        assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
        assertThat(ErrorFunction.normalCdf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(ErrorFunction.normalCdf(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(ErrorFunction.normalCdf(Double.NaN)).isNaN();
    }

    @Test
    void bothSidesOfEachJoinAgree() {
        // erf rises by erf'(1) h = 0.4151 h; the gap at the join of its two forms is what is left.
        double below = ErrorFunction.erf(Math.nextDown(1.0));
        assertThat(ErrorFunction.erf(1) - below).isBetween(-2e-16, 4e-16);
        for (double x = -6; x <= 6; x += 0.01) {
            double byErf = (1 + ErrorFunction.erf(x * Math.sqrt(0.5))) / 2;
            assertThat(Math.abs(ErrorFunction.normalCdf(x) - byErf)).as("x = " + x).isLessThan(4e-16);
        }
    }
}
