package org.surprisal.study.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surprisal.settings.Settings;
import org.surprisal.tensor.Processors;

/// Runs the trials of a study: side by side on platform threads, each in a folder of its own, those that have ended
/// left out.
///
/// The numbers do not depend on how many trials run at a time, nor on which ends first: a trial depends on its cell,
/// the settings and the shared inputs alone, and metrics.csv is joined from the trials' folders in the order of the
/// design.
final class Engine {
    /// The share of the heap that trials side by side may fill.
    private static final double HEAP = 0.6;

    private final Study study;
    private final Run run;
    private final Runnable afterRecord;
    private final Design design;
    private final List<Cell> cells;
    private final Map<Cell, TrialFolder> folders = new LinkedHashMap<>();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final Map<Cell, Double> shares = new LinkedHashMap<>();
    private long done;

    /// @param afterRecord called after each recorded number, for tests that end the run there
    Engine(Study study, Run run, Runnable afterRecord) {
        this.study = study;
        this.run = run;
        this.afterRecord = afterRecord;
        this.design = study.design(run.settings());
        this.cells = design.cells(run.settings(), run.seed(), run.seeds().orElse(design.seeds()));
    }

    /// Runs what has not been run, until all is done or the user wants it to stop, and joins metrics.csv.
    ///
    /// @throws IOException or an unchecked exception, with one line
    void run() throws IOException {
        try {
            begin();
            SharedInputs inputs = new SharedInputs(run, run.jobs() + 2);
            FirstInputs first = new FirstInputs(run.settings(), run.seed(), inputs, run.progress()::warning);
            study.check(first);
            // A run that was killed before it kept its texts keeps them when it goes on.
            for (Map.Entry<String, String> text : study.texts(first).entrySet()) {
                if (run.folder().text(text.getKey()).isEmpty()) {
                    run.folder().writeText(text.getKey(), text.getValue());
                }
            }
            List<Cell> left = cells.stream().filter(cell -> !folder(cell).record().hasEnded()).toList();
            int jobs = jobs(left);
            int share = jobs == 1 ? Processors.threads() : Math.max(1, Processors.threads() / jobs);
            if (!left.isEmpty()) {
                run.folder().runsTrials(jobs, share);
            }
            List<Cell> order = new ArrayList<>(left);
            order.sort(Comparator.comparingLong((Cell cell) -> -design.cost(cell)));
            tell("", "");
            try {
                sideBySide(order, jobs, share, inputs);
            } finally {
                join();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private record FirstInputs(Settings settings, long seed, SharedInputs shared, Consumer<String> warnings)
            implements
                Inputs {
        @Override
        public <T> T input(Input<T> input) {
            return shared.get(input);
        }

        @Override
        public void warning(String line) {
            warnings.accept(line);
        }
    }

    private void begin() throws IOException {
        for (Cell cell : cells) {
            TrialFolder folder = TrialFolder.of(run.folder().trial(cell.folder()));
            folders.put(cell, folder);
            if (folder.record().hasEnded()) {
                done += design.cost(cell);
            }
        }
    }

    private TrialFolder folder(Cell cell) {
        return Objects.requireNonNull(folders.get(cell));
    }

    /// How many trials run at a time: as many as asked for, as there are, and as memory has room for.
    private int jobs(List<Cell> left) {
        int most = design.isParallel() ? Math.min(run.jobs(), Math.max(1, left.size())) : 1;
        List<Long> needs = left.stream().map(design::bytes).sorted(Comparator.reverseOrder()).toList();
        long room = (long) (HEAP * Runtime.getRuntime().maxMemory());
        int jobs = 0;
        long used = 0;
        while (jobs < most && (jobs == 0 || (jobs < needs.size() && used + needs.get(jobs) <= room))) {
            used += jobs < needs.size() ? needs.get(jobs) : 0;
            jobs++;
        }
        if (jobs < most) {
            run.progress().warning(jobs + " of " + most + " trials run side by side: the memory, "
                    + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB, has no room for more");
        }
        return jobs;
    }

    /// @param share threads that each trial may use
    private void sideBySide(List<Cell> order, int jobs, int share, SharedInputs inputs) throws IOException {
        if (jobs == 1) {
            for (Cell cell : order) {
                if (!trial(cell, share, inputs)) {
                    return;
                }
            }
            return;
        }
        @Nullable
        Throwable failure = null;
        try (ExecutorService pool = Executors.newFixedThreadPool(jobs,
                Thread.ofPlatform().name("trial-", 1).factory())) {
            List<Future<Boolean>> ends = order.stream().map(cell -> pool.submit(() -> trial(cell, share, inputs)))
                    .toList();
            for (Future<Boolean> end : ends) {
                try {
                    end.get();
                } catch (ExecutionException e) {
                    failure = failure == null ? e.getCause() : failure;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    failed.set(true);
                    throw new IllegalStateException("interrupted while trials ran", e);
                }
            }
        }
        switch (failure) {
            case null -> {
            }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("a trial failed", failure);
        }
    }

    /// Runs one trial. False once the run is to stop.
    ///
    /// @param share threads that the trial may use
    private boolean trial(Cell cell, int share, SharedInputs inputs) throws IOException {
        if (isStopping()) {
            return false;
        }
        TrialFolder folder = folder(cell);
        RunningTrial trial = new RunningTrial(cell, run.settings(), inputs, folder, run.checkpointInterval(),
                this::isStopping, new Teller(cell));
        try {
            run.folder().requireInPlace();
            folder.open();
            Processors.within(share, () -> study.run(trial));
            trial.end(TrialRecord.Status.DONE, "");
            ended(cell, "done");
            return true;
        } catch (TrialStop stop) {
            if (!stop.isDiverged()) {
                return false;
            }
            trial.end(TrialRecord.Status.DIVERGED, String.valueOf(stop.getMessage()));
            run.progress().warning(cell + " diverged, which is its result: " + stop.getMessage());
            ended(cell, "diverged");
            return true;
        } catch (IOException | RuntimeException | Error e) {
            failed.set(true);
            throw e;
        } finally {
            folder.close();
        }
    }

    private boolean isStopping() {
        return failed.get() || run.interruption().getAsBoolean();
    }

    private final class Teller implements RunningTrial.Watcher {
        private final Cell cell;

        Teller(Cell cell) {
            this.cell = cell;
        }

        @Override
        public void recorded() {
            afterRecord.run();
        }

        @Override
        public void at(double share, String message) {
            synchronized (Engine.this) {
                shares.put(cell, share);
                tell(cell.toString(), message);
            }
        }

        @Override
        public void warning(String line) {
            run.progress().warning(line);
        }

        @Override
        public void beforeWriting() throws IOException {
            run.folder().holds();
        }
    }

    private synchronized void ended(Cell cell, String how) {
        shares.remove(cell);
        done += design.cost(cell);
        tell(cell.toString(), how);
    }

    /// Tells how far the whole run is.
    private synchronized void tell(String cell, String message) {
        double running = shares.entrySet().stream().mapToDouble(each -> each.getValue() * design.cost(each.getKey()))
                .sum();
        long total = cells.stream().mapToLong(design::cost).sum();
        run.progress().at(study.name(), done + (long) running, total, design.unit(),
                cell.isEmpty() ? message : cell + ": " + message);
    }

    /// Writes metrics.csv: the rows of all trials, with their cells, in the order of the design.
    private void join() throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> header = new ArrayList<>(design.factors().stream().map(Factor::column).toList());
        header.add(Index.SEED.column());
        lines.add(Row.line(header) + "," + Row.HEADER);
        for (Cell cell : cells) {
            List<String> place = new ArrayList<>();
            cell.at().forEach((factor, value) -> place.add(factor.text(value)));
            place.add(Long.toString(cell.seed()));
            String prefix = Row.line(place) + ",";
            for (Row row : folder(cell).rows()) {
                lines.add(prefix + row.line());
            }
        }
        run.folder().joined(lines);
    }
}
