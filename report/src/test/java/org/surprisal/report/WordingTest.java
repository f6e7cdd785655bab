package org.surprisal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource({"0.28914, 0.00217, 0.2891 ± 0.0022", "-0.28914, 0.00217, −0.2891 ± 0.0022", "1234.5, 123, 1230 ± 120",
            "1234.5, 12.3, 1235 ± 12", "0.5, 0.1, 0.50 ± 0.10", "-0.0001, 0.2, 0.00 ± 0.20",
            "0.0996, 0.0996, 0.10 ± 0.10",
            "2.5, 0, 2.5000", "0, 0, 0", "-0.25, NaN, −0.2500", "1e-9, 3e-12, (1.0000 ± 0.0030) × 10^-9",
            "-2e-9, 3e-9, (−2.0 ± 3.0) × 10^-9", "1.7e-7, 1.7e-7, (1.7 ± 1.7) × 10^-7",
            "2e20, 1.5e20, (2.0 ± 1.5) × 10^20", "11100000, 4800000, (1.11 ± 0.48) × 10^7",
            "61000, 25000, 61000 ± 25000", "12345678, 1.2, 12345678.0 ± 1.2", "1, 1e-9, 1.0000000000 ± 0.0000000010",
            "-0.5, 2e-8, −0.500000000 ± 0.000000020", "0.1, 1e-17, 0.1000", "5e20, 1, 5 × 10^20",
            "3e-320, 1e-320, (3.0 ± 1.0) × 10^-320", "Infinity, 0, ∞",
            "-Infinity, 1, −∞", "NaN, 1, –"})
    void errorDecidesTheDigits(double value, double error, String expected) {
        assertEquals(expected, Wording.withError(value, error));
    }

    @ParameterizedTest
    @CsvSource({"-0.1234, 0.0312, −0.123 to 0.031", "-1e-5, 1e-5, (−1.00 to 1.00) × 10^-5",
            "-0.0004, 4.2, −0.0004 to 4.2", "-3, 1e-9, −3.00 to 1 × 10^-9", "0, 4.2, 0.0 to 4.2",
            "22, 24.3, 22.00 to 24.30", "-1.2e-7, 0.3e-7, (−1.20 to 0.30) × 10^-7", "1.5, 1.5, 1.5 to 1.5",
            "-100, 4000, −100 to 4000", "-1200000, 3400000, (−1.2 to 3.4) × 10^6", "-1e20, 4e20, (−1.0 to 4.0) × 10^20",
            "1, 1.000000002, 1.00000000000 to 1.00000000200",
            "-1e3, 4e20, −1000 to 4 × 10^20", "0.1, 0.10000000000000002, 0.1 to 0.1"})
    void widthDecidesTheDigitsOfAnInterval(double low, double high, String expected) {
        assertEquals(expected, Wording.range(low, high));
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0.05", "-1.2341, −1.234", "3e-7, 3 × 10^-7", "-2.5e-9, −2.5 × 10^-9", "1e9, 1 × 10^9",
            "120000, 120000", "1234567, 1.235 × 10^6", "0, 0", "-0.0, 0"})
    void shortestHasFourDigits(double value, String expected) {
        assertEquals(expected, Wording.shortest(value));
    }

    @ParameterizedTest
    @CsvSource({"4.321, 4.3", "0.0344, 0.034", "95000, 95000", "1.23e11, 1.2 × 10^11", "Infinity, ∞"})
    void roughHasTwoDigits(double value, String expected) {
        assertEquals(expected, Wording.rough(value));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.5", "-2.18345, −2.18", "123456, 123000", "1234567890, 1.23 × 10^9",
            "-0.0000001234, −1.23 × 10^-7"})
    void significantDigitsAreCounted(double value, String expected) {
        assertEquals(expected, Wording.significant(value, 3));
    }

    @ParameterizedTest
    @CsvSource({"0.0312, 0.031", "4.4e-24, 4 × 10^-24", "0, 0.000", "1, 1.000"})
    void tinyProbabilityIsAnOrderOfMagnitude(double p, String expected) {
        assertEquals(expected, Wording.probability(p));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.1, +0.50 ± 0.10", "-0.5, 0.1, −0.50 ± 0.10", "1e-5, 0.1, 0.00 ± 0.10", "0, 0.1, 0.00 ± 0.10",
            "1e-9, 3e-9, (+1.0 ± 3.0) × 10^-9", "0.5, 0, +0.5000", "Infinity, 0, +∞", "1200, 100, +1200 ± 100"})
    void changeHasASignUnlessItRoundsToZero(double value, double error, String expected) {
        assertEquals(expected, Wording.change(value, error));
    }

    @Test
    void zeroHasNoSign() {
        assertEquals("0.000", Wording.fixed(-0.0004, 3));
        assertEquals("−0.001", Wording.fixed(-0.0006, 3));
        assertEquals("0.0 %", Wording.percent(-0.0001));
    }

    @Test
    void wordsAgreeInNumber() {
        assertEquals("1 epoch", Wording.count(1, "epoch"));
        assertEquals("0 epochs", Wording.count(0, "epoch"));
        assertEquals("", Wording.list(List.of()));
        assertEquals("a", Wording.list(List.of("a")));
        assertEquals("a and b", Wording.list(List.of("a", "b")));
        assertEquals("a, b and c", Wording.list(List.of("a", "b", "c")));
    }
}
