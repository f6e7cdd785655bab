package org.surprisal.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.surprisal.cli.Console;

/// What is said of an estimate's cost, on a clock that the trials themselves move.
class CostTrialTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();
    private final CostTrial trial = new CostTrial(
            new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), false, 80), clock::get);

    /// 1 ns for each two pairs: 2,000,000 rows have 2e12 pairs and take 2000 s.
    private void quadratic(int[] rows) {
        clock.addAndGet((long) rows.length * rows.length / 2);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void manyRowsHaveTheirCostToldBeforehand() {
        assertThat(trial.run("kde", 2_000_000, 1, this::quadratic, () -> 7)).isEqualTo(7);

        assertThat(said()).isEqualTo("surprisal: kde compares 2.0e+12 pairs of 2,000,000 rows: about 33 min 20 s here;"
                + " --sample N takes N rows drawn at random" + System.lineSeparator());
    }

    @Test
    void repeatedEstimatesCostAsManyTimesAsMuch() {
        trial.run("ksg", 200_000, 20, this::quadratic, () -> 7);

        assertThat(said())
                .startsWith("surprisal: ksg compares 2.0e+10 pairs of 200,000 rows, 20 times: about 6 min 40 s");
    }

    @Test
    void whatTakesSecondsIsNotTalkedAbout() {
        AtomicInteger tries = new AtomicInteger();
        assertThat(trial.run("kde", 20_000, 1, rows -> tries.incrementAndGet(), () -> 7)).isEqualTo(7);
        assertThat(tries).hasValue(0);
        // Linear time: 0.1 s for 100,000 rows.
        trial.run("ksg", 100_000, 1, rows -> clock.addAndGet(1000L * rows.length), () -> 7);

        assertThat(said()).isEmpty();
    }

    @Test
    void aRefusalIsLeftToTheEstimate() {
        assertThat(trial.run("kde", 50_000, 1, rows -> {
            throw new IllegalArgumentException("too few");
        }, () -> 7)).isEqualTo(7);

        assertThat(said()).isEmpty();
    }
}
