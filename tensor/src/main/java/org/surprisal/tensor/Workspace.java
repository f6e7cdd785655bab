package org.surprisal.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Memory that is used again: the big tensors made while [#run] runs take their arrays from those of the run before, so
/// that the steps of a training run leave nothing behind, and find their memory where the processor's cache still has
/// it.
///
/// When the run ends, such tensors lose their numbers: to read one later is an [IllegalStateException] and never a
/// wrong number. Numbers that are needed later are copied out before. Small tensors, and all that [#outside] makes, are
/// as ever.
///
/// One run at a time. A workspace keeps what its last run needed and lets go of the rest.
public final class Workspace {
    /// Elements below which an array of its own costs less than the book-keeping.
    private static final int SMALL = 1 << 12;

    /// Elements of the longest array that every JVM makes.
    private static final int MOST = Integer.MAX_VALUE - 8;

    private static final Workspace NONE = new Workspace();
    private static final ScopedValue<Workspace> CURRENT = ScopedValue.newInstance();

    private final List<Storage<?>> lent = new ArrayList<>();
    /// Given back during this run.
    private Shelves returned = new Shelves();
    /// Of the run before, and not yet asked for again.
    private Shelves rested = new Shelves();
    private long loans;
    private boolean running;

    /// Arrays by type and length.
    private static final class Shelves {
        private final Map<ElementType, Map<Integer, Deque<Object>>> arrays = new EnumMap<>(ElementType.class);

        void put(ElementType type, int length, Object array) {
            arrays.computeIfAbsent(type, key -> new HashMap<>()).computeIfAbsent(length, key -> new ArrayDeque<>())
                    .addLast(array);
        }

        /// The one that was used last.
        @Nullable
        Object take(ElementType type, int length) {
            Map<Integer, Deque<Object>> byLength = arrays.get(type);
            Deque<Object> there = byLength == null ? null : byLength.get(length);
            return there == null ? null : there.pollLast();
        }
    }

    /// Runs `body` with this memory.
    ///
    /// @throws IllegalStateException when this workspace is in use already
    public <T> T run(Supplier<T> body) {
        if (running) {
            throw new IllegalStateException("a workspace serves one run at a time, and this one is in use");
        }
        running = true;
        try {
            return ScopedValue.where(CURRENT, this).call(body::get);
        } finally {
            List.copyOf(lent).forEach(this::takeBack);
            lent.clear();
            rested = returned;
            returned = new Shelves();
            running = false;
        }
    }

    /// Runs `body` with memory of its own, whatever workspace it is called in: for what has to last.
    public static <T> T outside(Supplier<T> body) {
        return current() == null ? body.get() : ScopedValue.where(CURRENT, NONE).call(body::get);
    }

    /// Gives a tensor's memory back before the run ends, if this run lent it: for chains whose links are not needed
    /// twice. To read the tensor, or another with the same numbers, is an [IllegalStateException] from now on.
    public static void release(Tensor tensor) {
        release(tensor.storage());
    }

    static void release(Storage<?> storage) {
        Workspace workspace = current();
        if (workspace != null) {
            workspace.takeBack(storage);
        }
    }

    static @Nullable Workspace current() {
        Workspace workspace = CURRENT.orElse(NONE);
        return workspace == NONE ? null : workspace;
    }

    /// Whether tensors of so many elements are lent their memory.
    static boolean lends(int size) {
        return size >= SMALL;
    }

    /// How long an array is that serves so many elements: the next multiple of an eighth of the power of two below, so
    /// that sizes that change a little from run to run, as those of sequences do, find the arrays of the run before.
    static int room(int size) {
        int step = Math.max(1, Integer.highestOneBit(size) / 8);
        long rounded = (long) Math.ceilDiv(size, step) * step;
        return rounded <= MOST ? (int) rounded : size;
    }

    /// How many arrays have been lent so far.
    long loans() {
        return loans;
    }

    /// An array with [#room] for so many elements and any numbers in it, or null when there is none left.
    @Nullable
    Object take(ElementType type, int size) {
        int length = room(size);
        Object array = returned.take(type, length);
        return array != null ? array : rested.take(type, length);
    }

    /// Lends an array, until the run ends.
    ///
    /// @return the number of the loan, from 1
    long lend(Storage<?> storage) {
        lent.add(storage);
        return ++loans;
    }

    /// Takes an array back that was lent: its storage has no numbers from now on.
    void takeBack(Storage<?> storage) {
        if (storage.isLent()) {
            returned.put(storage.type(), room(storage.size()), storage.surrender());
        }
    }
}
