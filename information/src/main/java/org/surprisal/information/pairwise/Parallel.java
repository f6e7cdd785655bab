package org.surprisal.information.pairwise;

import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.surprisal.information.EstimationProgress;
import org.surprisal.tensor.Machine;

/// Threads that share out independent tasks, as many as tensors use. Which thread runs which task is left to chance, so
/// a task's result must not depend on it: it writes to places that are its own.
public final class Parallel implements AutoCloseable {

    private final int count = Machine.current().threads();
    private final ExecutorService threads = Executors.newFixedThreadPool(count);

    /// Runs `task` for 0 … tasks-1, begun in this order, and returns when all are done. After a failure no further task
    /// is begun, and the first failure in order of the tasks is thrown here.
    public void run(int tasks, IntConsumer task) {
        if (tasks == 1) {
            task.accept(0);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        Optional<EstimationProgress.Listener> listener = EstimationProgress.listener();
        // Every task before one that fails has begun and goes on to its end: the first failure is the same each time.
        TreeMap<Integer, Throwable> failures = new TreeMap<>();
        Callable<Boolean> share = () -> {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                try {
                    task.accept(i);
                    int done = finished.incrementAndGet();
                    listener.ifPresent(listening -> listening.at(done, tasks));
                } catch (RuntimeException | Error e) {
                    next.set(tasks);
                    synchronized (failures) {
                        failures.put(i, e);
                    }
                }
            }
            return true;
        };
        try {
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(Math.min(count, tasks), share))) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an information was estimated", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task failed", e.getCause());
        }
        if (!failures.isEmpty()) {
            Throwable first = failures.firstEntry().getValue();
            if (first instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) first;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
