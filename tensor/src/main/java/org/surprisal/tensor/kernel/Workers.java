package org.surprisal.tensor.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The threads that share out one loop. The caller is one of them; the others wait for work, awake for a moment and
/// then parked. Which thread runs which chunk is left to chance, so a chunk's result must not depend on it.
///
/// One loop runs at a time: a call from within a chunk, or from a second caller meanwhile, runs its chunks itself.
public final class Workers {
    /// How long a worker stays awake for the next loop: about the gap between two products of a training step.
    private static final long AWAKE_NANOS = 50_000;

    private static final AtomicReference<@Nullable Workers> SHARED = new AtomicReference<>();

    private final ReentrantLock busy = new ReentrantLock();
    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable Job current;
    private volatile boolean closed;

    private Workers(int count) {
        for (int i = 1; i < count; i++) {
            Thread thread = new Thread(this::serve, "surprisal-worker-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /// Sets the number of threads, the caller's included; at least 1. Until it is called there is one a processor.
    public static void setThreads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads (=" + count + ") must be at least 1");
        }
        Workers old = SHARED.getAndSet(new Workers(count));
        if (old != null) {
            old.closed = true;
            old.threads.forEach(LockSupport::unpark);
        }
    }

    /// The number of threads, the caller's included.
    public static int threads() {
        return shared().threads.size() + 1;
    }

    /// Runs `body` for 0 … chunks-1 and returns when all are done. The first exception of a chunk is thrown here.
    public static void run(int chunks, IntConsumer body) {
        if (chunks <= 1) {
            if (chunks == 1) {
                body.accept(0);
            }
            return;
        }
        shared().share(chunks, body);
    }

    private static Workers shared() {
        Workers workers = SHARED.get();
        if (workers == null) {
            Workers created = new Workers(Runtime.getRuntime().availableProcessors());
            if (SHARED.compareAndSet(null, created)) {
                return created;
            }
            created.closed = true;
            created.threads.forEach(LockSupport::unpark);
            return shared();
        }
        return workers;
    }

    private void share(int chunks, IntConsumer body) {
        if (threads.isEmpty() || busy.isHeldByCurrentThread() || !busy.tryLock()) {
            for (int i = 0; i < chunks; i++) {
                body.accept(i);
            }
            return;
        }
        try {
            Job job = new Job(chunks, body);
            current = job;
            threads.forEach(LockSupport::unpark);
            job.work();
            job.await();
            current = null;
            job.rethrow();
        } finally {
            busy.unlock();
        }
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
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Job(int chunks, IntConsumer body) {
            this.chunks = chunks;
            this.body = body;
        }

        void work() {
            for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
                try {
                    body.accept(chunk);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                } finally {
                    done.incrementAndGet();
                }
            }
        }

        /// The others are in their last chunk, which is short: spin, then nap.
        void await() {
            for (int spins = 0; done.get() < chunks; spins++) {
                if (spins < 10_000) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(10_000);
                }
            }
        }

        void rethrow() {
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            if (thrown != null) {
                throw new IllegalStateException("a chunk failed", thrown);
            }
        }
    }
}
