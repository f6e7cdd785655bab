package org.surprisal.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
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

    /// The samples of one epoch in an order of any kind, drawn here from the stream alone. The last batch holds what is
    /// left.
    ///
    /// @throws DataException when the order is one of another number of samples
    public static Batches of(Dataset data, int batchSize, RowOrder order, RandomStream stream) {
        int[] rows = order.rows(data.size(), stream).clone();
        for (int row : rows) {
            if (row < 0 || row >= data.size()) {
                throw new DataException("the order of an epoch names row " + row + " of data set " + data.name()
                        + ", which has " + data.size());
            }
        }
        return new Batches(data, batchSize, rows);
    }

    /// The same pass without a last batch smaller than the others.
    public Batches dropLast() {
        return new Batches(data, batchSize, Arrays.copyOf(order, order.length - order.length % batchSize));
    }

    /// Number of batches.
    public int count() {
        return Math.ceilDiv(order.length, batchSize);
    }

    /// The batch at this place of the pass, from 0.
    ///
    /// @throws IndexOutOfBoundsException for a place outside 0 … count - 1
    public Batch batch(int index) {
        Objects.checkIndex(index, count());
        int from = index * batchSize;
        return data.batch(Arrays.copyOfRange(order, from, (int) Math.min((long) from + batchSize, order.length)));
    }

    @Override
    public Iterator<Batch> iterator() {
        return IntStream.range(0, count()).mapToObj(this::batch).iterator();
    }
}
