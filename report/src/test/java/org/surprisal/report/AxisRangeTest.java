package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisRangeTest {

    private static Range heights(Axis y, double... values) {
        double[] x = new double[values.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        return AxisRange.vertical(new Chart("a", "t", "", Axis.linear("x", ""), y,
                List.of(new Line("l", x, values, Palette.INK))));
    }

    @ParameterizedTest
    @CsvSource({"0.12, 0.29", "-3, 5e-9", "1e-12, 3e-12", "1e15, 1.0000001e15", "-7e8, -6e8", "0, 1e300", "0.1, 0.3",
            "4, 4",
            "-4, -4", "0, 0", "1, 1.0000000000000002"})
    void aLinearRangeHoldsTheDataWithLittleToSpare(double low, double high) {
        Range range = heights(Axis.linear("y", ""), low, high);
        assertThat(range.low()).isLessThanOrEqualTo(low + 1e-9 * Math.abs(low));
        assertThat(range.high()).isGreaterThanOrEqualTo(high - 1e-9 * Math.abs(high));
        if (high - low > 1e-9 * Math.abs(high)) {
            assertThat(range.high() - range.low()).isLessThan(1.2 * (high - low));
        }
    }

    /// The ends of float64: an axis that overflows would lose the whole report.
    @ParameterizedTest
    @CsvSource({"-1.7e308, 1.7e308", "0, 1.79e308", "5e-324, 5e-324", "0, 5e-324", "-5e-324, -5e-324", "0, 1e-320"})
    void extremeNumbersHaveALinearRange(double low, double high) {
        Range range = heights(Axis.linear("y", ""), low, high);
        assertThat(range.low()).isLessThanOrEqualTo(Math.max(low, -1e307));
        assertThat(range.high()).isGreaterThanOrEqualTo(Math.min(high, 1e307));
        assertThat(range.high() - range.low()).isFinite();
    }

    @ParameterizedTest
    @CsvSource({"5e-324, 5e-324", "5e-324, 1.7e308", "1e-300, 1e300", "1, 1.7e308", "1e-310, 1"})
    void extremeNumbersHaveALogarithmicRange(double low, double high) {
        Range range = heights(Axis.log("y", ""), low, high);
        assertThat(range.low()).isPositive().isLessThanOrEqualTo(Math.max(low, 1e-307));
        assertThat(range.high()).isFinite().isGreaterThanOrEqualTo(Math.min(high, 1e307) * (1 - 1e-9));
    }

    @Test
    void roomIsNotTakenAcrossZero() {
        assertThat(heights(Axis.linear("y", ""), 0, 1).low()).isZero();
        assertThat(heights(Axis.linear("y", ""), -1, 0).high()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.7966, 2.2", "1e-5, 4000", "3, 3", "1, 10"})
    void aLogarithmicRangeHoldsTheData(double low, double high) {
        Range range = heights(Axis.log("y", ""), low, high);
        assertThat(range.low()).isPositive().isLessThanOrEqualTo(low).isGreaterThan(low / 2.5);
        assertThat(range.high()).isGreaterThanOrEqualTo(high).isLessThan(high * 2.5);
    }

    /// 2e-4 ± 2e-4 has a lower end of 3e-20 by rounding, which would squeeze all numbers into the top of the chart.
    @Test
    void anUncertaintyAsLargeAsItsNumberIsSeenToATenthOfIt() {
        double[] x = {0, 1};
        double[] y = {2e-4, 0.5};
        Axis log = Axis.log("y", "");
        List<Mark> band = List.of(new Line("l", x, y, Palette.INK),
                new Band("l", x, new double[]{3e-20, 0.4}, new double[]{4e-4, 0.6}, Palette.INK));
        List<Mark> bars = List.of(new Points("p", Values.of(x), Values.of(y), Values.of(3e-20, 0.4),
                Values.of(4e-4, 0.6), Palette.INK));
        for (List<Mark> marks : List.of(band, bars)) {
            Range range = AxisRange.vertical(new Chart("a", "t", "", Axis.linear("x", ""), log, marks));
            assertThat(range.low()).isBetween(1e-5, 2e-5);
            assertThat(range.high()).isBetween(0.6, 0.8);
        }
        Mark bracket = new Band("b", x, new double[]{1e-9, 0.4}, new double[]{1e-8, 0.6}, Palette.INK);
        assertThat(AxisRange.vertical(new Chart("a", "t", "", Axis.linear("x", ""), log, List.of(bracket))).low())
                .as("a band alone").isBetween(5e-10, 1e-9);
    }

    @Test
    void theAxisHasTheLastWordAndGapsHaveNone() {
        assertThat(heights(Axis.linear("y", "").withRange(-1, 7), 2, 3)).isEqualTo(new Range(-1, 7));
        assertThat(heights(Axis.linear("y", ""), Double.NaN, Double.NaN)).isEqualTo(new Range(0, 1));
        Range range = heights(Axis.linear("y", ""), Double.NaN, 0, 10);
        assertThat(range.low()).isZero();
        assertThat(range.high()).isCloseTo(10.4, within(1e-9));
    }
}
