package org.surprisal.tensor.kernel;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The threads of one share of the processors: they divide the chunks of a loop among themselves. The caller is one of
/// them; the other threads start with the first loop and wait for the next one, awake for a moment and then parked.
/// Which thread runs which chunk is left to chance, so a chunk's result must not depend on it.
///
/// A piece of work that runs in [#within] has a share, with threads of its own; all other work has the threads of the
/// process. Within one share, one loop at a time is divided: a call from within a chunk, or from a second caller
/// meanwhile, runs its chunks itself. No call ever waits for a thread of another share.
public final class Workers {
    /// How long a worker stays awake for the next loop: about the gap between two products of a training step.
    private static final long AWAKE_NANOS = 50_000;
    /// How often a caller looks whether the last chunks are done before it parks.
    private static final int LOOKS = 10_000;

    private static final ScopedValue<Workers> SHARE = ScopedValue.newInstance();
    private static final Workers ALONE = new Workers(1);
    private static final AtomicReference<Workers> PROCESS = new AtomicReference<>(
            new Workers(Runtime.getRuntime().availableProcessors()));

    private final int count;
    private final ReentrantLock busy = new ReentrantLock();
    private volatile List<Thread> helpers = List.of();
    private volatile @Nullable Job current;
    private volatile boolean closed;

    private Workers(int count) {
        this.count = count;
    }

    /// Sets the number of threads, the caller's included, for work without a share; at least 1. Until it is called, the
    /// number is that of the processors.
    public static void setThreads(int count) {
        PROCESS.getAndSet(new Workers(atLeastOne(count))).close();
    }

    /// The number of threads, the caller's included, of work without a share.
    public static int threadsOfProcess() {
        return PROCESS.get().count;
    }

    /// The number of threads, the caller's included, that a loop would have here: 1 within a chunk.
    public static int threads() {
        return current().threadsHere();
    }

    /// Runs `work` with a share of so many threads, the caller's included. A share within a share or within a chunk has
    /// no more threads than that one has.
    public static <T, X extends Throwable> T within(int count, ScopedValue.CallableOp<? extends T, X> work) throws X {
        Workers outer = current();
        int limit = SHARE.isBound() || outer.isDividing() ? outer.threadsHere() : Integer.MAX_VALUE;
        int threads = Math.min(atLeastOne(count), limit);
        if (threads == 1) {
            return ScopedValue.where(SHARE, ALONE).call(work);
        }
        if (SHARE.isBound() && threads == outer.count) {
            return work.call();
        }
        Workers share = new Workers(threads);
        try {
            return ScopedValue.where(SHARE, share).call(work);
        } finally {
            share.close();
        }
    }

    /// Runs `body` for 0 … chunks-1, begun in this order, and returns when all are done. After a failure no later chunk
    /// is begun, and the failure of the first chunk that failed is thrown here, the same one for any number of threads.
    public static void run(int chunks, IntConsumer body) {
        if (chunks > 1) {
            current().divide(chunks, body);
        } else if (chunks == 1) {
            body.accept(0);
        }
    }

    private static int atLeastOne(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads (=" + count + ") must be at least 1");
        }
        return count;
    }

    private static Workers current() {
        return SHARE.isBound() ? SHARE.get() : PROCESS.get();
    }

    /// Whether this thread is in a chunk of a loop that it divided.
    private boolean isDividing() {
        return busy.isHeldByCurrentThread();
    }

    private int threadsHere() {
        return isDividing() ? 1 : count;
    }

    private void divide(int chunks, IntConsumer body) {
        if (count == 1 || isDividing() || !busy.tryLock()) {
            for (int i = 0; i < chunks; i++) {
                body.accept(i);
            }
            return;
        }
        try {
            List<Thread> threads = started();
            Job job = new Job(chunks, body);
            current = job;
            for (int i = 0; i < Math.min(threads.size(), chunks - 1); i++) {
                LockSupport.unpark(threads.get(i));
            }
            job.work();
            job.await();
            current = null;
            job.rethrow();
        } finally {
            busy.unlock();
        }
    }

    /// The helpers, which the first caller starts.
    private List<Thread> started() {
        if (helpers.isEmpty()) {
            helpers = IntStream.range(1, count).mapToObj(i -> {
                Thread thread = new Thread(() -> ScopedValue.where(SHARE, ALONE).run(this::serve),
                        "surprisal-worker-" + i);
                thread.setDaemon(true);
                thread.start();
                return thread;
            }).toList();
        }
        return helpers;
    }

    private void close() {
        closed = true;
        helpers.forEach(LockSupport::unpark);
    }

    private void serve() {
        Job last = null;
        long idleSince = System.nanoTime();
        while (!closed) {
            Job job = current;
            if (job != null && job != last) {
                job.work();
                last = job;
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince < AWAKE_NANOS) {
                Thread.onSpinWait();
            } else {
                last = null;
                LockSupport.park(this);
                idleSince = System.nanoTime();
            }
        }
    }

    private static final class Job {
        private final int chunks;
        private final IntConsumer body;
        private final Thread caller = Thread.currentThread();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile boolean parked;
        private volatile int failed = Integer.MAX_VALUE;
        private @Nullable Throwable failure;

        Job(int chunks, IntConsumer body) {
            this.chunks = chunks;
            this.body = body;
        }

        void work() {
            for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
                try {
                    // Every chunk before one that failed runs, so which failure is the first is not left to chance.
                    if (chunk < failed) {
                        body.accept(chunk);
                    }
                } catch (Throwable e) {
                    fail(chunk, e);
                } finally {
                    if (done.incrementAndGet() == chunks && parked) {
                        LockSupport.unpark(caller);
                    }
                }
            }
        }

        private synchronized void fail(int chunk, Throwable e) {
            if (chunk < failed) {
                failed = chunk;
                failure = e;
            }
        }

        /// The helpers are in their last chunks: looks for a moment whether they are done, then parks.
        void await() {
            for (int looks = 0; looks < LOOKS && done.get() < chunks; looks++) {
                Thread.onSpinWait();
            }
            parked = true;
            while (done.get() < chunks) {
                LockSupport.park(this);
            }
        }

        synchronized void rethrow() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure != null) {
                throw new IllegalStateException("a chunk failed", failure);
            }
        }
    }
}
