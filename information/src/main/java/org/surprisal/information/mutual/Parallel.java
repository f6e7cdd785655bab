package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.surprisal.tensor.Machine;

/// Threads that share out independent tasks, as many as tensors use. Which thread runs which task is left to chance, so a
/// task's result must not depend on it: it writes to places that are its own.
final class Parallel implements AutoCloseable {

    private final ExecutorService threads = Executors.newFixedThreadPool(Machine.current().threads());

    /// Runs `task` for 0 … tasks-1 and returns when all are done; the first failure in order of the tasks is thrown here.
    void run(int tasks, IntConsumer task) {
        if (tasks == 1) {
            task.accept(0);
            return;
        }
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            int number = i;
            calls.add(() -> {
                task.accept(number);
                return true;
            });
        }
        try {
            for (Future<Boolean> done : threads.invokeAll(calls)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an information was estimated", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a task failed", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
