package org.surprisal.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.surprisal.tensor.Processors;

/// Independent tasks shared out over threads, begun in their order; their results are taken in the same order, so that
/// what is kept does not depend on which was ready first.
///
/// The threads are platform threads: a product inside one holds off the garbage collector and must not hold off others
/// with it.
public final class OrderedWork {
    private OrderedWork() {
    }

    /// One task's work.
    ///
    /// @param <T> the task
    /// @param <R> its result
    public interface Work<T, R> {
        /// The result, or nothing once the work is to stop.
        ///
        /// @param stop whether another task has failed
        Optional<R> of(T task, AtomicBoolean stop);
    }

    /// Takes one result.
    ///
    /// @param <T> the task
    /// @param <R> its result
    /// @param <E> what it may fail with
    public interface Taker<T, R, E extends Exception> {
        void take(T task, R result) throws E;
    }

    /// Does the tasks, and takes results up to the first task without one. A failure of a task or of the taker ends the
    /// work and is thrown here.
    ///
    /// @param threads the threads of all tasks together: each task has one, or several where there are fewer tasks than
    /// threads
    public static <T, R, E extends Exception> void run(List<T> tasks, int threads, Work<T, R> work,
            Taker<T, R, E> taker)
            throws E {
        AtomicBoolean stop = new AtomicBoolean();
        int together = Math.clamp(tasks.size(), 1, threads);
        int share = threads / together;
        try (ExecutorService pool = Executors.newFixedThreadPool(together)) {
            List<Future<Optional<R>>> results = new ArrayList<>();
            for (T task : tasks) {
                results.add(pool.submit(() -> stop.get()
                        ? Optional.empty()
                        : Processors.within(share, () -> work.of(task, stop))));
            }
            try {
                for (int i = 0; i < tasks.size(); i++) {
                    Optional<R> result = results.get(i).get();
                    if (result.isEmpty()) {
                        return;
                    }
                    taker.take(tasks.get(i), result.get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while networks were trained", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                if (e.getCause() instanceof RuntimeException exception) {
                    throw exception;
                }
                throw new IllegalStateException("a network could not be trained", e);
            } finally {
                stop.set(true);
            }
        }
    }
}
