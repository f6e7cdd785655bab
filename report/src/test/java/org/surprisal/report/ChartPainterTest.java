package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ChartPainterTest {
    @Test
    void betweenPowersOfTenOnlyRoundNumbersAreNamed() {
        Function<Double, String> names = ChartPainter.roundOnes(new Range(0.2, 40));
        assertThat(names.apply(0.2)).isEqualTo("0.2");
        assertThat(names.apply(0.1 + 0.2)).isEmpty();
        assertThat(names.apply(0.9)).isEmpty();
        assertThat(names.apply(0.9999999999999999)).isEqualTo("1");
        assertThat(names.apply(5.0)).isEqualTo("5");
        assertThat(names.apply(20.000000000000004)).isEqualTo("20");
        assertThat(names.apply(30.0)).isEmpty();
        assertThat(ChartPainter.roundOnes(new Range(1e6, 4e7)).apply(5e6)).isEqualTo("5E6");
    }

    @Test
    void labelsAreThinnedOutWhereTheyWouldMeet() {
        Axis log = Axis.log("N", "");
        assertThat(ChartPainter.isCrowded(log, new Range(2000, 9000))).isFalse();
        assertThat(ChartPainter.isCrowded(log, new Range(2000, 32_000))).isTrue();
        // Here the powers of ten alone are named.
        assertThat(ChartPainter.isCrowded(log, new Range(1, 101))).isFalse();
        assertThat(ChartPainter.isCrowded(Axis.linear("N", ""), new Range(2000, 32_000))).isFalse();
    }
}
