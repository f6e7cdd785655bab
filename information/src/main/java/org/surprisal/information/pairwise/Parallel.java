package org.surprisal.information.pairwise;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.surprisal.information.EstimationProgress;
import org.surprisal.tensor.Processors;

/// Independent tasks on the threads of the caller's share of the processors, whose progress is told. A task writes to
/// places that are its own.
public final class Parallel {
    private Parallel() {
    }

    /// Runs `task` for 0 … tasks-1, begun in this order, and returns when all are done. After a failure no later task
    /// is begun, and the failure of the first task that failed is thrown here.
    public static void run(int tasks, IntConsumer task) {
        if (tasks == 1) {
            task.accept(0);
            return;
        }
        AtomicInteger finished = new AtomicInteger();
        Optional<EstimationProgress.Listener> listener = EstimationProgress.listener();
        Processors.forEach(tasks, i -> {
            task.accept(i);
            int done = finished.incrementAndGet();
            listener.ifPresent(listening -> listening.at(done, tasks));
        });
    }
}
