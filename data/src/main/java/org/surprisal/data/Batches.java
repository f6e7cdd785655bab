package org.surprisal.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.surprisal.tensor.RandomStream;

/// One pass over a data set, batch after batch. It can be walked more than once, always in the same order.
public final class Batches implements Iterable<Batch> {
    private final Dataset data;
    private final int batchSize;
    private final int[] order;

    private Batches(Dataset data, int batchSize, int[] order) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize must be positive, not " + batchSize);
        }
        this.data = data;
        this.batchSize = batchSize;
        this.order = order;
    }

    /// Every sample once, in an order drawn here from the stream alone. The last batch holds what is left.
    public static Batches shuffled(Dataset data, int batchSize, RandomStream stream) {
        return new Batches(data, batchSize, stream.permutation(data.size()));
    }

    /// Every sample once, first row first. The last batch holds what is left.
    public static Batches inOrder(Dataset data, int batchSize) {
        return new Batches(data, batchSize, IntStream.range(0, data.size()).toArray());
    }

    /// The same pass without a last batch smaller than the others.
    public Batches dropLast() {
        return new Batches(data, batchSize, Arrays.copyOf(order, order.length - order.length % batchSize));
    }

    /// Number of batches.
    public int count() {
        return Math.ceilDiv(order.length, batchSize);
    }

    @Override
    public Iterator<Batch> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < order.length;
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("all " + count() + " batches were taken");
                }
                int end = (int) Math.min((long) next + batchSize, order.length);
                Batch batch = data.batch(Arrays.copyOfRange(order, next, end));
                next = end;
                return batch;
            }
        };
    }
}
