package org.surprisal.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.bench.harness.Rounds;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.workload.GrowthSeries;
import org.surprisal.report.FigureFiles;
import org.surprisal.tensor.RandomStream;

class GrownTest {
    @Test
    void findsTheExponentOfTheClock(@TempDir Path folder) throws IOException {
        AtomicLong now = new AtomicLong();
        Series series = new Series("size", "waits for its square", 2, List.of(1, 2, 4, 8),
                size -> () -> now.addAndGet(1_000_000L * size * size));
        Grown grown = Grown.measure(series, new Rounds(2, 0.5, 0.5, now::get));
        assertThat(grown.fit().exponent()).isCloseTo(2, within(1e-9));
        assertThat(grown.seconds().get(3).median()).isCloseTo(0.064, within(1e-9));
        assertThat(grown.text()).startsWith("time ~ size^2.00").contains("size 8: 64.000 ms");
        assertThat(grown.json()).containsEntry("sizes", List.of(1, 2, 4, 8));
        assertThat(grown.timings()).hasSize(8);
        assertThat(FigureFiles.write(grown.figure(), folder)).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void everySeriesRunsInItsSmallestSize() {
        assertThat(GrowthSeries.all(RandomStream.seeded(1))).hasSize(4).allSatisfy(series -> {
            assertThat(series.sizes()).isSorted().hasSizeGreaterThan(3);
            Side side = series.side().apply(series.sizes().getFirst());
            assertThat(side.step()).isFinite();
        });
    }
}
