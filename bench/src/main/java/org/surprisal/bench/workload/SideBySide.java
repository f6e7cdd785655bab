package org.surprisal.bench.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.harness.Tuning;

/// Several sides of one kind, a step of each to a step, on as many threads as there are processors: networks that are
/// trained at once. The number is their mean.
final class SideBySide implements Side {
    private final List<Side> sides;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final ExecutorService pool;
    private final String note;

    /// @param begin what each thread does before its first step
    /// @param note how the sides share the processors; may be empty
    SideBySide(List<? extends Side> sides, Runnable begin, String note) {
        this.sides = List.copyOf(sides);
        this.note = note;
        this.pool = Executors.newFixedThreadPool(threads, steps -> Thread.ofPlatform().daemon().unstarted(() -> {
            begin.run();
            steps.run();
        }));
    }

    @Override
    public double step() {
        List<Future<Double>> sums = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int first = thread;
            sums.add(pool.submit(() -> {
                double sum = 0;
                for (int i = first; i < sides.size(); i += threads) {
                    sum += sides.get(i).step();
                }
                return sum;
            }));
        }
        double sum = 0;
        for (Future<Double> each : sums) {
            try {
                sum += each.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted during a step", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a step failed", e);
            }
        }
        return sum / sides.size();
    }

    @Override
    public Optional<Tuning> tune() {
        return note.isEmpty() ? Optional.empty() : Optional.of(new Tuning(threads, note));
    }

    @Override
    public void close() {
        pool.close();
        sides.forEach(Side::close);
    }
}
