package org.surprisal.cli.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.surprisal.cli.Console;
import org.surprisal.cli.ProgressLine;
import org.surprisal.information.EstimationProgress;

/// Says before a long estimate about how long it will take, from trials with few of the rows, and shows how far it is.
final class CostTrial {
    /// Fewer rows are compared once in seconds.
    private static final int MANY_ROWS = 20_000;
    /// Fewer rows of a kernel matrix take seconds once.
    private static final int MANY_KERNEL_ROWS = 5000;
    private static final int FEW = 1000;
    private static final int SOME = 2000;
    private static final int MORE = 8000;
    private static final double LONG_SECONDS = 10;
    /// A trial with which all trials together are expected to take longer is left out.
    private static final double LONGEST_TRIAL_SECONDS = 5;
    /// A trial that is expected to take longer is announced.
    private static final double SILENT_SECONDS = 1;

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

    /// Runs an estimate that compares all pairs of rows, as [#run(String, int, long, int, Consumer, Supplier)].
    <T> T run(String name, int rows, long times, Consumer<int[]> trial, Supplier<T> estimate) {
        return run(name, rows, times, 0, trial, estimate);
    }

    /// Runs an estimate of all rows; with a sentence about its cost beforehand and with progress if it takes more than
    /// ten seconds.
    ///
    /// @param name of the estimator
    /// @param rows their number
    /// @param times how often that many rows are estimated
    /// @param mostExact rows up to which eigenvalues of a kernel matrix are exact, in O(rows³), and sampled in O(rows²)
    /// beyond; 0 for an estimator without eigenvalues
    /// @param trial estimates from the rows that it is given
    /// @param estimate the whole work
    <T> T run(String name, int rows, long times, int mostExact, Consumer<int[]> trial, Supplier<T> estimate) {
        if (rows * Math.sqrt((double) times) <= (mostExact > 0 ? MANY_KERNEL_ROWS : MANY_ROWS)) {
            return estimate.get();
        }
        double seconds = (double) times * seconds(name, rows, mostExact, trial);
        if (!(seconds > LONG_SECONDS)) {
            return estimate.get();
        }
        console.err().println(String.format(Locale.ROOT,
                "surprisal: %s compares %.2g pairs of %,d rows%s: about %s here; --sample N takes N rows drawn at"
                        + " random",
                name, 0.5 * rows * (rows - 1.0), rows,
                times > 1 ? String.format(Locale.ROOT, ", %,d times", times) : "",
                ProgressLine.duration(seconds)));
        try (ProgressLine line = new ProgressLine(console)) {
            return EstimationProgress.during(estimate, (done, total) -> line.at(name, done, total, "parts", ""));
        }
    }

    /// Of one estimate; 0 if the estimator refuses a trial, whose reason the estimate itself will give.
    private double seconds(String name, int rows, int mostExact, Consumer<int[]> trial) {
        int[] sizes = sizes(rows, mostExact);
        double steepest = rows <= mostExact ? 3 : 2;
        double power = steepest;
        boolean told = false;
        try {
            if (rows > mostExact && mostExact > 0) {
                tellOfTrial(name, rows);
                told = true;
            }
            double last = time(rows, sizes[0], trial);
            double spent = last;
            int size = sizes[0];
            for (int i = 1; i < sizes.length; i++) {
                double growth = (double) sizes[i] / size;
                double expected = last * Math.pow(growth, steepest);
                if (spent + expected > LONGEST_TRIAL_SECONDS) {
                    power = steepest;
                    break;
                }
                if (expected > SILENT_SECONDS && !told) {
                    tellOfTrial(name, rows);
                    told = true;
                }
                double now = time(rows, sizes[i], trial);
                if (mostExact == 0 && growth > 1) {
                    power = Math.clamp(Math.log(now / last) / Math.log(growth), 1, steepest);
                }
                last = now;
                spent += now;
                size = sizes[i];
            }
            return last * Math.pow((double) rows / size, power);
        } catch (IllegalArgumentException refused) {
            return 0;
        }
    }

    /// The numbers of rows that are tried one after the other. What is sampled beyond a number of rows is tried beyond
    /// it only.
    private static int[] sizes(int rows, int mostExact) {
        if (mostExact == 0) {
            // The first runs are slow: the virtual machine has not compiled the loops yet.
            return IntStream.of(FEW, SOME, SOME, MORE).map(size -> Math.min(size, rows)).toArray();
        }
        IntStream sizes = rows <= mostExact
                ? IntStream.of(mostExact / 2, mostExact)
                : IntStream.of(mostExact / 4 * 5, mostExact / 2 * 5);
        return sizes.map(size -> Math.min(size, rows)).distinct().toArray();
    }

    private void tellOfTrial(String name, int rows) {
        console.err().println(
                String.format(Locale.ROOT, "surprisal: %s of %,d rows: trying how long it takes", name, rows));
    }

    private double time(int rows, int count, Consumer<int[]> trial) {
        int[] taken = new int[count];
        Arrays.setAll(taken, i -> (int) ((long) i * rows / count));
        long start = clock.getAsLong();
        trial.accept(taken);
        return (clock.getAsLong() - start) / 1e9;
    }
}
