package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.surprisal.report.Axis;
import org.surprisal.report.Band;
import org.surprisal.report.Chart;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;

class PlotTest {
    private static final Quantity SIZE = Quantity.of("size", "1", "size", Index.EPOCH);

    /// Numbers of two seeds, 1 and 100 at the first epoch, 4 and 9 at the second.
    private static Sample sample() {
        List<Sample.Point> points = new ArrayList<>();
        double[][] values = {{1, 4}, {100, 9}};
        for (int seed = 0; seed < 2; seed++) {
            for (int epoch = 0; epoch < 2; epoch++) {
                SequencedMap<Coordinate, Object> at = new LinkedHashMap<>();
                at.put(Index.SEED, (long) seed);
                at.put(Index.EPOCH, epoch + 1L);
                points.add(new Sample.Point(at, values[seed][epoch]));
            }
        }
        return new Sample(SIZE, points);
    }

    private static <T extends Mark> T only(Chart chart, Class<T> kind) {
        return kind.cast(chart.marks().stream().filter(kind::isInstance).findFirst().orElseThrow());
    }

    /// Logarithms 0 and ln 100 have the mean ln 10 and the standard error ln 10; ln 4 and ln 9 have ln 6 and ln 1.5.
    @Test
    void geometricMeansHaveBandsOfTheLogarithmsError() {
        Chart chart = (Chart) Plot.lines("sizes", "Sizes", sample()).x(Index.EPOCH).valueAxis(Axis.log("size", ""))
                .geometric().caption("Sizes.").figure().orElseThrow();

        assertThat(only(chart, Line.class).y().stream().toArray()).containsExactly(new double[]{10, 6}, within(1e-12));
        Band band = only(chart, Band.class);
        assertThat(band.lower().stream().toArray()).containsExactly(new double[]{1, 4}, within(1e-12));
        assertThat(band.upper().stream().toArray()).containsExactly(new double[]{100, 9}, within(1e-12));
        assertThat(chart.caption()).isEqualTo(
                "Sizes. Curves: geometric means over 2 seeds; bands: one standard error of the logarithm.");
    }

    @Test
    void arithmeticMeansHaveBandsOfTheirOwnError() {
        Chart chart = (Chart) Plot.lines("sizes", "Sizes", sample()).x(Index.EPOCH).figure().orElseThrow();

        assertThat(only(chart, Line.class).y().stream().toArray()).containsExactly(50.5, 6.5);
        assertThat(only(chart, Band.class).lower().stream().toArray())
                .containsExactly(new double[]{1, 4}, within(1e-12));
        assertThat(chart.caption()).isEqualTo("Bands: one standard error of the mean over 2 seeds.");
    }
}
