package org.surprisal.tensor;

import java.util.function.IntConsumer;
import org.surprisal.tensor.kernel.Workers;

/// The share of the processors that a piece of work may use. Everything here that runs on several threads (products,
/// element-wise work, estimators, theory's grids) asks for it; a result never depends on it.
///
/// ```java
/// Thread half = Thread.ofPlatform().start(() -> Processors.within(1, () -> trainer.fit(train, stream)));
/// half.join();
/// ```
///
/// Work has a share from [#within] to its end, on the thread that called it. A thread that such work starts by itself
/// has no share until it calls [#within] too; work without a share divides its loops among the threads of the process
/// ([Machine#setThreads]), one loop at a time.
///
/// Work that computes belongs on platform threads. A virtual thread gets the same numbers, but it keeps its carrier
/// thread for all of the work.
public final class Processors {
    private Processors() {
    }

    /// The number of threads that work may use here, this one included: that of the share, or without a share that of
    /// the process. In a task of [#forEach] it is 1.
    public static int threads() {
        return Workers.threads();
    }

    /// Runs `work` with a share of so many threads, this one included, and returns its result. The other threads start
    /// when they are first needed and end with the work. With one thread there are no others, and no lock.
    ///
    /// A share within a share is a part of it, so it has at most as many threads; in a task of [#forEach] it has one.
    ///
    /// @param threads at least 1; more than there are processors is allowed and seldom quicker
    /// @param <X> what the work may fail with
    public static <T, X extends Throwable> T within(int threads, ScopedValue.CallableOp<? extends T, X> work)
            throws X {
        return Workers.<T, X>within(threads, work);
    }

    /// Runs `work` with a share of so many threads, as the method above does for work with a result.
    public static void within(int threads, Runnable work) {
        Workers.within(threads, () -> {
            work.run();
            return true;
        });
    }

    /// Runs `task` for 0 … tasks-1, begun in this order, on the threads of the share, and returns when all are done.
    /// Which thread runs which task is left to chance, so a task writes to places of its own. After a failure no later
    /// task is begun, and the failure of the first task that failed is thrown here.
    ///
    /// Tasks record operations if the caller does, and use memory of their own, never the caller's [Workspace]. Other
    /// scoped values and thread-local values of the caller may be missing in a task.
    public static void forEach(int tasks, IntConsumer task) {
        boolean recording = Tracking.isOn();
        Workers.run(tasks, i -> Workspace.outside(() -> recording
                ? Tracking.on(() -> accept(task, i))
                : Tracking.off(() -> accept(task, i))));
    }

    private static boolean accept(IntConsumer task, int i) {
        task.accept(i);
        return true;
    }
}
