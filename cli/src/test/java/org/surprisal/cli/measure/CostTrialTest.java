package org.surprisal.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /// Exact eigenvalues of up to 2,000 rows, 1 ns times the cube of their number; beyond, sampled, a time times the
    /// square.
    private List<Integer> renyi(int rows, long times, long sampledNanoseconds) {
        List<Integer> tried = new ArrayList<>();
        assertThat(trial.run("renyi", rows, times, 2000, few -> {
            long n = few.length;
            tried.add(few.length);
            clock.addAndGet(n <= 2000 ? n * n * n : sampledNanoseconds * n * n);
        }, () -> 7)).isEqualTo(7);
        return tried;
    }

    @Test
    void sampledEigenvaluesAreTriedBeyondTheExactOnes() {
        assertThat(renyi(2_000_000, 1, 100)).containsExactly(2500, 5000);

        assertThat(said()).isEqualTo(lines("surprisal: renyi of 2,000,000 rows: trying how long it takes",
                "surprisal: renyi compares 2.0e+12 pairs of 2,000,000 rows: about 111 h 6 min here;"
                        + " --sample N takes N rows drawn at random"));
    }

    @Test
    void secondTrialIsLeftOutIfItWouldTakeLong() {
        assertThat(renyi(2_000_000, 1, 500)).containsExactly(2500);

        assertThat(said()).isEqualTo(lines("surprisal: renyi of 2,000,000 rows: trying how long it takes",
                "surprisal: renyi compares 2.0e+12 pairs of 2,000,000 rows: about 555 h 33 min here;"
                        + " --sample N takes N rows drawn at random"));
    }

    @Test
    void sampledEigenvaluesOfPermutationsHaveTheirCostTold() {
        assertThat(renyi(10_000, 101, 500)).containsExactly(2500);

        assertThat(said()).isEqualTo(lines("surprisal: renyi of 10,000 rows: trying how long it takes",
                "surprisal: renyi compares 5.0e+07 pairs of 10,000 rows, 101 times: about 1 h 24 min here;"
                        + " --sample N takes N rows drawn at random"));
    }

    @Test
    void exactEigenvaluesTakeTheCubeOfTheRows() {
        assertThat(renyi(2000, 101, 500)).containsExactly(1000);

        assertThat(said()).isEqualTo(lines("surprisal: renyi compares 2.0e+06 pairs of 2,000 rows, 101 times:"
                + " about 13 min 28 s here; --sample N takes N rows drawn at random"));
    }

    @Test
    void fewRowsEstimatedOftenHaveTheirCostTold() {
        trial.run("ksg", 20_000, 1001, this::quadratic, () -> 7);

        assertThat(said()).isEqualTo(lines("surprisal: ksg compares 2.0e+08 pairs of 20,000 rows, 1,001 times:"
                + " about 3 min 20 s here; --sample N takes N rows drawn at random"));
    }

    @Test
    void noMoreRowsAreTriedThanThereAre() {
        List<Integer> tried = new ArrayList<>();
        trial.run("kde", 1500, 1001, few -> {
            tried.add(few.length);
            clock.addAndGet(100L * few.length * few.length);
        }, () -> 7);

        assertThat(tried).containsExactly(1000, 1500, 1500, 1500);
        assertThat(said()).isEqualTo(lines("surprisal: kde compares 1.1e+06 pairs of 1,500 rows, 1,001 times:"
                + " about 3 min 45 s here; --sample N takes N rows drawn at random"));
    }

    /// 0.9 s for 1,000 rows.
    @Test
    void slowTrialIsToldBeforehandAndStopsEarly() {
        List<Integer> tried = new ArrayList<>();
        trial.run("kde", 100_000, 1, few -> {
            tried.add(few.length);
            clock.addAndGet(900L * few.length * few.length);
        }, () -> 7);

        assertThat(tried).containsExactly(1000, 2000);
        assertThat(said()).isEqualTo(lines("surprisal: kde of 100,000 rows: trying how long it takes",
                "surprisal: kde compares 5.0e+09 pairs of 100,000 rows: about 2 h 30 min here;"
                        + " --sample N takes N rows drawn at random"));
    }

    /// The null estimates the true pairs again; 1 + 1/2 + 1/3 + 1/4 of four divisions are 2.08.
    /// Each layer's null estimates the observed value once more than the plane.
    @Test
    void repetitionsOfAPlaneAreThoseOfItsLayers() {
        assertThat(PlaneCommand.repetitions(null, 3)).isEqualTo(3);
        assertThat(PlaneCommand.repetitions(99, 3)).isEqualTo(303);
    }

    @Test
    void repetitionsOfAllOptionsAreCounted() {
        assertThat(MutualInformationCommand.repetitions(null, null, null, null)).isEqualTo(1);
        assertThat(MutualInformationCommand.repetitions(99, null, null, null)).isEqualTo(101);
        assertThat(MutualInformationCommand.repetitions(null, 4, null, null)).isEqualTo(4);
        assertThat(MutualInformationCommand.repetitions(null, null, "subsampling", null)).isEqualTo(2);
        assertThat(MutualInformationCommand.repetitions(null, null, "fisher-z", null)).isEqualTo(1);
        assertThat(MutualInformationCommand.repetitions(null, null, null, "1e-3,1e3")).isEqualTo(3);
        assertThat(MutualInformationCommand.repetitions(99, 4, "subsampling", "1e-3,1e3")).isEqualTo(107);
    }
}
