package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.report.canvas.Lettering;

class TicksTest {
    private static final Axis NUMBERS = Axis.linear("x", "");
    private static final Axis LOG = Axis.log("x", "");

    private static List<String> labels(Axis axis, double low, double high, double length) {
        return Ticks.of(axis, new Range(low, high), length, false).labelled().stream().map(Ticks.Tick::label).toList();
    }

    @Test
    void numbersAreRoundAndEvenlySpaced() {
        assertThat(labels(NUMBERS, 0, 1, 400)).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(NUMBERS, -0.3, 0.5, 400)).containsExactly("−0.2", "0.0", "0.2", "0.4");
        assertThat(labels(NUMBERS, 0, 50, 800)).containsExactly("0", "10", "20", "30", "40", "50");
        assertThat(labels(NUMBERS, 0.13, 0.97, 60)).containsExactly("0.5");
    }

    @Test
    void rowsOfAHeatMapHaveTheirOwnTicksAsFarAsLabelsDoNotTouch() {
        Values depths = Values.of(5, 10, 20, 40);
        assertThat(Ticks.at(depths, NUMBERS, new Range(2.5, 50), 300, true).labelled()).extracting(Ticks.Tick::label)
                .containsExactly("5", "10", "20", "40");
        assertThat(Ticks.at(depths, NUMBERS, new Range(2.5, 50), 60, true).labelled()).extracting(Ticks.Tick::label)
                .containsExactly("5", "20", "40");
    }

    @Test
    void largeAndSmallNumbersAreMultiplesOfAPowerOfTen() {
        assertThat(labels(NUMBERS, 0, 4e6, 500)).containsExactly("0", "1×10^{6}", "2×10^{6}", "3×10^{6}", "4×10^{6}");
        assertThat(labels(NUMBERS, -2e-5, 2e-5, 500)).containsExactly("−2×10^{-5}", "−1×10^{-5}", "0",
                "1×10^{-5}", "2×10^{-5}");
        assertThat(labels(NUMBERS, 0, 20_000, 500)).containsExactly("0", "5000", "10000", "15000", "20000");
    }

    /// Ticks at 0.5 and 1.5 mean nothing for layers.
    @ParameterizedTest
    @CsvSource({"0, 3", "0, 1", "1, 2", "0, 10"})
    void layersHaveWholeTicks(double low, double high) {
        assertThat(Ticks.of(Axis.whole("layer"), new Range(low, high), 800, false).labelled())
                .isNotEmpty().allMatch(tick -> tick.at() == Math.rint(tick.at()) && !tick.label().contains("."));
    }

    @Test
    void logarithmicAxesHavePowersOfTen() {
        assertThat(labels(LOG, 1, 1000, 500)).containsExactly("1", "10", "100", "1000");
        assertThat(labels(LOG, 1e-8, 1, 400)).containsExactly("10^{-8}", "10^{-6}", "10^{-4}", "10^{-2}", "10^{0}");
        assertThat(labels(LOG, 0.02, 0.6, 500)).as("less than two powers in sight").containsExactly("0.02", "0.05",
                "0.1", "0.2", "0.5");
        assertThat(labels(LOG, 2, 4, 500)).as("no power in sight").hasSizeGreaterThan(2).doesNotContain("1", "10");
        assertThat(labels(LOG, 1e-300, 1e300, 300)).hasSizeBetween(2, 7);
    }

    @Test
    void extremeRangesHaveFewTicks() {
        assertThat(labels(NUMBERS, 1, Math.nextUp(1.0), 400)).hasSizeLessThanOrEqualTo(8);
        assertThat(labels(NUMBERS, -1e300, 1e300, 400)).hasSizeBetween(1, 8);
        assertThat(labels(NUMBERS, 1e-300, 2e-300, 400)).hasSizeBetween(1, 8);
    }

    @ParameterizedTest
    @CsvSource({"LINEAR, 0, 123456, 200", "LINEAR, 0, 0.00012, 150", "LOG, 0.001, 1000000, 120", "LINEAR, -1, 1, 60"})
    void labelsDoNotTouch(Scale scale, double low, double high, double length) {
        Axis axis = new Axis("x", "", scale, null);
        Range range = new Range(low, high);
        List<Ticks.Tick> ticks = Ticks.of(axis, range, length, false).labelled();
        for (int i = 1; i < ticks.size(); i++) {
            double between = length * (Projection.fraction(scale, range, ticks.get(i).at())
                    - Projection.fraction(scale, range, ticks.get(i - 1).at()));
            assertThat(between).isGreaterThan((Lettering.TICKS.width(ticks.get(i).label())
                    + Lettering.TICKS.width(ticks.get(i - 1).label())) / 2);
        }
    }

    @Test
    void categoriesStandAtTheirNames() {
        Axis axis = Axis.named("estimator", List.of("ksg", "binning", "mine"));
        assertThat(Ticks.of(axis, Objects.requireNonNull(axis.range()), 200, true).labelled())
                .containsExactly(new Ticks.Tick(0, "ksg"), new Ticks.Tick(1, "binning"), new Ticks.Tick(2, "mine"));
    }
}
