package org.surprisal.cli.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.surprisal.cli.Console;
import org.surprisal.cli.ProgressLine;
import org.surprisal.information.mutual.EstimationProgress;

/// Says before a long estimate about how long it will take, from trials with few of the rows, and shows how far it is.
final class CostTrial {
    /// Fewer rows are compared in seconds.
    private static final int MANY_ROWS = 20_000;
    private static final int FEW = 1000;
    private static final int SOME = 2000;
    private static final int MORE = 8000;
    private static final double LONG_SECONDS = 10;

    private final Console console;
    private final LongSupplier clock;

    CostTrial(Console console) {
        this(console, System::nanoTime);
    }

    /// @param clock nanoseconds
    CostTrial(Console console, LongSupplier clock) {
        this.console = console;
        this.clock = clock;
    }

    /// Runs an estimate of all rows; with a sentence about its cost beforehand and with progress if it takes more than ten seconds.
    ///
    /// @param name of the estimator
    /// @param rows their number
    /// @param times how often that many rows are estimated
    /// @param trial estimates from the rows that it is given
    /// @param estimate the whole work
    <T> T run(String name, int rows, long times, Consumer<int[]> trial, Supplier<T> estimate) {
        if (rows <= MANY_ROWS) {
            return estimate.get();
        }
        double seconds = times * seconds(rows, trial);
        if (!(seconds > LONG_SECONDS)) {
            return estimate.get();
        }
        console.err().println(String.format(Locale.ROOT,
                "surprisal: %s compares %.2g pairs of %,d rows%s: about %s here; --sample N takes N rows drawn at random",
                name, 0.5 * rows * (rows - 1.0), rows,
                times > 1 ? String.format(Locale.ROOT, ", %,d times", times) : "",
                ProgressLine.duration(seconds)));
        try (ProgressLine line = new ProgressLine(console)) {
            return EstimationProgress.during(estimate, (done, total) -> line.at(name, done, total, "parts", ""));
        }
    }

    /// Of one estimate; 0 if the estimator refuses a trial, whose reason the estimate itself will give.
    private double seconds(int rows, Consumer<int[]> trial) {
        try {
            // The first runs are slow: the virtual machine has not compiled the loops yet.
            time(rows, FEW, trial);
            time(rows, SOME, trial);
            double some = time(rows, SOME, trial);
            double more = time(rows, MORE, trial);
            double power = Math.clamp(Math.log(more / some) / Math.log((double) MORE / SOME), 1, 2);
            return more * Math.pow((double) rows / MORE, power);
        } catch (IllegalArgumentException refused) {
            return 0;
        }
    }

    private double time(int rows, int count, Consumer<int[]> trial) {
        int[] taken = new int[count];
        Arrays.setAll(taken, i -> (int) ((long) i * rows / count));
        long start = clock.getAsLong();
        trial.accept(taken);
        return (clock.getAsLong() - start) / 1e9;
    }
}
