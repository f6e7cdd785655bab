package org.surprisal.bench.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.surprisal.bench.harness.Side;

/// Several sides of one kind, a step of each to a step, on as many threads as there are processors: networks that are
/// trained at once. The number is their mean.
final class SideBySide implements Side {
    private final List<Side> sides;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final ExecutorService pool;

    SideBySide(List<? extends Side> sides) {
        this.sides = List.copyOf(sides);
        this.pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
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
    public void close() {
        pool.close();
        sides.forEach(Side::close);
    }
}
