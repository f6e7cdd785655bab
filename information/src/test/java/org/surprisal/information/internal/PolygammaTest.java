package org.surprisal.information.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolygammaTest {

    /// Recorded from mpmath with 25 digits.
    @ParameterizedTest
    @CsvSource({"1e-8, -100000000.57721565, 1.0000000000000001e16", "0.3, -3.5025242222001331, 12.245364546107731",
            "1, -0.57721566490153286, 1.6449340668482264", "2.5, 0.70315664064524319, 0.49035775610023486",
            "14.999, 2.6742777210575356, 0.068942978777662779", "15, 2.6743466616607937, 0.068938227847683806",
            "1000.25, 6.9075052894144283, 0.0010002499791197935", "1e12, 27.631021115928048, 1.0000000000005e-12"})
    void valuesAreThoseOfMpmath(double x, double digamma, double trigamma) {
        assertThat(Polygamma.digamma(x)).isCloseTo(digamma, within(1e-14 * Math.max(1, Math.abs(digamma))));
        assertThat(Polygamma.trigamma(x)).isCloseTo(trigamma, within(1e-14 * trigamma));
    }
}
