package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessorsTest {
    private final int threadsOfProcess = Machine.current().threads();

    @AfterEach
    void processHasItsThreadsAgain() {
        Machine.setThreads(threadsOfProcess);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The results of works that run at the same time, each on a platform thread of its own.
    private static <T> List<T> sideBySide(List<Callable<T>> works) throws Exception {
        ThreadFactory platform = Thread.ofPlatform().factory();
        try (ExecutorService threads = Executors.newFixedThreadPool(works.size(), platform)) {
            List<Future<T>> results = works.stream().map(threads::submit).toList();
            for (Future<T> result : results) {
                result.get(30, TimeUnit.SECONDS);
            }
            return results.stream().map(Future::resultNow).toList();
        }
    }

    /// The threads that run so many tasks at the same time.
    private static Set<Thread> threadsOf(int tasks, CyclicBarrier together) {
        Set<Thread> seen = Collections.synchronizedSet(new HashSet<>());
        Processors.forEach(tasks, task -> {
            seen.add(Thread.currentThread());
            await(together);
        });
        return seen;
    }

    @Test
    void workWithoutAShareHasTheThreadsOfTheProcess() {
        Machine.setThreads(3);

        assertThat(Processors.threads()).isEqualTo(3);
        assertThat(threadsOf(3, new CyclicBarrier(3))).hasSize(3).contains(Thread.currentThread());
    }

    @Test
    void workHasItsShareFromBeginningToEnd() throws IOException {
        Machine.setThreads(3);

        assertThat(Processors.within(5, Processors::threads)).isEqualTo(5);
        int[] seen = new int[1];
        Processors.within(2, () -> {
            seen[0] = threadsOf(2, new CyclicBarrier(2)).size();
        });
        assertThat(seen).containsExactly(2);
        assertThat(Machine.current().threads()).isEqualTo(3);
        assertThatThrownBy(() -> Processors.within(2, () -> {
            throw new IOException("no file");
        })).isInstanceOf(IOException.class).hasMessage("no file");
        assertThat(Processors.threads()).isEqualTo(3);
    }

    @Test
    void shareWithoutThreadsIsRefused() {
        assertThatThrownBy(() -> Processors.within(0, Processors::threads))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("threads (=0) must be at least 1");
    }

    @Test
    void shareWithinAShareIsPartOfIt() {
        Processors.within(3, () -> {
            assertThat(Processors.within(2, Processors::threads)).isEqualTo(2);
            assertThat(Processors.within(3, Processors::threads)).isEqualTo(3);
            assertThat(Processors.within(8, Processors::threads)).isEqualTo(3);
            Processors.within(1, () -> assertThat(Processors.within(8, Processors::threads)).isEqualTo(1));
            assertThat(Processors.threads()).isEqualTo(3);
        });
    }

    /// A barrier makes every thread run a task.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void taskHasOneThread(boolean inAShare) {
        Machine.setThreads(3);
        int[] seen = new int[3];
        int[] shares = new int[3];
        int[] nested = new int[3];
        CyclicBarrier together = new CyclicBarrier(3);
        Runnable work = () -> Processors.forEach(3, task -> {
            await(together);
            seen[task] = Processors.threads();
            shares[task] = Processors.within(3, Processors::threads);
            Thread here = Thread.currentThread();
            Processors.forEach(50, inner -> nested[task] += Thread.currentThread().equals(here) ? 1 : 0);
        });
        if (inAShare) {
            Processors.within(3, work);
        } else {
            work.run();
        }

        assertThat(seen).containsOnly(1);
        assertThat(shares).containsOnly(1);
        assertThat(nested).containsOnly(50);
    }

    @Test
    void shareOfOneStaysOnItsThread() {
        Set<Thread> seen = Processors.within(1, () -> threadsOf(50, new CyclicBarrier(1)));

        assertThat(seen).containsExactly(Thread.currentThread());
    }

    /// Six tasks of three callers wait for each other, so all six run at the same time.
    @Test
    void sharesHaveThreadsOfTheirOwn() throws Exception {
        Machine.setThreads(2);
        CyclicBarrier together = new CyclicBarrier(6);
        Callable<Set<Thread>> withoutAShare = () -> threadsOf(2, together);
        Callable<Set<Thread>> withAShare = () -> Processors.within(2, () -> threadsOf(2, together));
        List<Set<Thread>> seen = sideBySide(List.of(withAShare, withAShare, withoutAShare));

        Set<Thread> all = new HashSet<>();
        seen.forEach(all::addAll);
        assertThat(seen).allSatisfy(threads -> assertThat(threads).hasSize(2));
        assertThat(all).hasSize(6);
    }

    /// The first caller holds its tasks until the second one has run all of its own.
    @Test
    void secondCallerOfTheSameThreadsRunsItsTasksItself() throws Exception {
        Machine.setThreads(3);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch secondIsDone = new CountDownLatch(1);
        Callable<Boolean> first = () -> {
            Processors.forEach(5, task -> {
                begun.countDown();
                await(secondIsDone);
            });
            return true;
        };
        Callable<Boolean> second = () -> {
            await(begun);
            Set<Thread> seen = threadsOf(20, new CyclicBarrier(1));
            secondIsDone.countDown();
            return seen.equals(Set.of(Thread.currentThread()));
        };

        assertThat(sideBySide(List.of(first, second))).containsOnly(true);
    }

    @Test
    void threadThatWorkStartsItselfHasNoShare() throws Exception {
        Machine.setThreads(3);
        Callable<Integer> threads = Processors::threads;

        assertThat(Processors.within(1, () -> sideBySide(List.of(threads)))).containsExactly(3);
    }

    @Test
    void threadsOfAShareEndWithIt() throws Exception {
        Set<Thread> seen = Processors.within(4, () -> threadsOf(4, new CyclicBarrier(4)));

        seen.remove(Thread.currentThread());
        assertThat(seen).hasSize(3);
        for (Thread thread : seen) {
            assertThat(thread.join(Duration.ofSeconds(30))).as(thread.getName()).isTrue();
        }
    }

    @Test
    void eachTaskRunsOnceWhateverTheShare() {
        for (int threads : new int[]{1, 2, 5}) {
            AtomicIntegerArray runs = new AtomicIntegerArray(10_000);
            Processors.within(threads, () -> Processors.forEach(runs.length(), runs::incrementAndGet));
            assertThat(IntStream.range(0, runs.length()).map(runs::get)).containsOnly(1);
        }
    }

    /// Task 7 fails at once and task 6 a moment later; the answer is that of task 6, and tasks far behind are not
    /// begun.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void firstFailureInTheOrderOfTheTasksIsThrown(int threads) {
        int tasks = 1_000_000;
        AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
        assertThatThrownBy(() -> Processors.within(threads, () -> Processors.forEach(tasks, task -> {
            runs.incrementAndGet(task);
            if (task == 6 && threads > 1) {
                while (runs.get(7) == 0) {
                    Thread.onSpinWait();
                }
            }
            if (task == 6 || task == 7) {
                throw new IllegalStateException("task " + task);
            }
        }))).isInstanceOf(IllegalStateException.class).hasMessage("task 6");

        assertThat(IntStream.range(0, 6).map(runs::get)).containsOnly(1);
        assertThat(runs.get(tasks - 1)).isZero();
    }

    @Test
    void interruptedCallerStillFinishesItsTasks() {
        AtomicIntegerArray runs = new AtomicIntegerArray(2);
        CyclicBarrier together = new CyclicBarrier(2);
        Thread caller = Thread.currentThread();
        Processors.within(2, () -> Processors.forEach(2, task -> {
            await(together);
            if (Thread.currentThread().equals(caller)) {
                caller.interrupt();
            } else {
                Tensor.zeros(ElementType.FLOAT32, 300, 300).matmul(Tensor.zeros(ElementType.FLOAT32, 300, 300));
            }
            runs.incrementAndGet(task);
        }));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs.get(0) + runs.get(1)).isEqualTo(2);
    }

    @Test
    void tasksRecordAsTheirCallerDoesAndKeepTheirMemory() {
        Tensor x = Tensor.zeros(ElementType.FLOAT32, 1 << 14);
        for (boolean recording : new boolean[]{true, false}) {
            boolean[] recorded = new boolean[3];
            Tensor[] kept = new Tensor[3];
            CyclicBarrier together = new CyclicBarrier(3);
            Runnable work = () -> Processors.within(3, () -> Processors.forEach(3, task -> {
                await(together);
                recorded[task] = Tracking.isOn();
                kept[task] = x.plus(task);
            }));
            new Workspace().run(() -> {
                if (recording) {
                    work.run();
                } else {
                    Tracking.off(() -> {
                        work.run();
                        return true;
                    });
                }
                return true;
            });

            assertThat(recorded).containsOnly(recording);
            for (int task = 0; task < 3; task++) {
                assertThat(kept[task].toFloats()).containsOnly(task);
            }
        }
    }

    /// Products in several blocks, element-wise work in several chunks, sums.
    private static List<float[]> numbers() {
        RandomStream stream = RandomStream.seeded(3);
        Tensor a = stream.gaussian(ElementType.FLOAT32, 0, 1, 300, 500).tracked();
        Tensor b = stream.gaussian(ElementType.FLOAT32, 0, 1, 500, 400).tracked();
        Tensor loss = a.matmul(b).times(0.05).tanh().square().sum();
        List<Tensor> gradients = Gradients.of(loss, List.of(a, b));
        return List.of(loss.toFloats(), gradients.get(0).toFloats(), gradients.get(1).toFloats(),
                a.sum(0).toFloats());
    }

    @Test
    void sharesDoNotChangeABit() throws Exception {
        List<float[]> alone = Processors.within(1, ProcessorsTest::numbers);
        Callable<List<float[]>> one = () -> Processors.within(1, ProcessorsTest::numbers);
        Callable<List<float[]>> two = () -> Processors.within(2, ProcessorsTest::numbers);
        Callable<List<float[]>> five = () -> Processors.within(5, ProcessorsTest::numbers);
        Callable<List<float[]>> none = ProcessorsTest::numbers;

        for (List<float[]> numbers : sideBySide(List.of(one, one, two, two, five, none, none))) {
            assertThat(numbers.toArray(float[][]::new)).isDeepEqualTo(alone.toArray(float[][]::new));
        }
    }

    @Test
    void virtualThreadsGetTheSameBits() throws Exception {
        List<float[]> alone = Processors.within(1, ProcessorsTest::numbers);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<float[]>>> results = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(ProcessorsTest::numbers)).toList();
            for (Future<List<float[]>> result : results) {
                assertThat(result.get().toArray(float[][]::new)).isDeepEqualTo(alone.toArray(float[][]::new));
            }
        }
    }
}
