package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.Processors;

class OrderedWorkTest {
    private static final List<Integer> TASKS = IntStream.range(0, 20).boxed().toList();

    @Test
    void resultsComeInTheOrderOfTheTasks() {
        List<String> taken = new ArrayList<>();
        CountDownLatch secondIsDone = new CountDownLatch(1);
        OrderedWork.<Integer, Integer, RuntimeException>run(TASKS, 2, (task, stop) -> {
            if (task == 0) {
                await(secondIsDone);
            } else if (task == 1) {
                secondIsDone.countDown();
            }
            return Optional.of(task * task);
        }, (task, result) -> taken.add(task + ":" + result));

        assertThat(taken).isEqualTo(TASKS.stream().map(task -> task + ":" + task * task).toList());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theFirstTaskWithoutAResultEndsTheTaking() {
        List<Integer> taken = new ArrayList<>();
        OrderedWork.<Integer, Integer, RuntimeException>run(TASKS, 3,
                (task, stop) -> task == 5 ? Optional.empty() : Optional.of(task), (task, result) -> taken.add(task));

        assertThat(taken).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aFailureStopsTheOthersAndIsThrown() {
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> OrderedWork.<Integer, Integer, RuntimeException>run(TASKS, 2, (task, stop) -> {
            begun.incrementAndGet();
            if (task == 0) {
                throw new IllegalStateException("task 0");
            }
            while (!stop.get()) {
                Thread.onSpinWait();
            }
            return Optional.empty();
        }, (task, result) -> {
        })).isInstanceOf(IllegalStateException.class).hasMessage("task 0");
        // The spinning tasks hold both threads until the failure has stopped them.
        assertThat(begun).hasValueLessThanOrEqualTo(3);

        assertThatThrownBy(() -> OrderedWork.<Integer, Integer, IOException>run(TASKS, 2,
                (task, stop) -> Optional.of(task), (task, result) -> {
                    throw new IOException("disk full");
                })).isInstanceOf(IOException.class).hasMessage("disk full");
    }

    /// As many tasks as threads share them; fewer have several each.
    @Test
    void tasksHaveTheThreadsTogether() {
        assertThat(threadsOf(20, 3)).containsOnly(1);
        assertThat(threadsOf(2, 5)).containsOnly(2);
        assertThat(threadsOf(1, 4)).containsExactly(4);
    }

    private static List<Integer> threadsOf(int tasks, int threads) {
        List<Integer> seen = new ArrayList<>();
        OrderedWork.<Integer, Integer, RuntimeException>run(TASKS.subList(0, tasks), threads,
                (task, stop) -> Optional.of(Processors.threads()), (task, result) -> seen.add(result));
        return seen;
    }
}
