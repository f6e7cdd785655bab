package org.surprisal.data.transform;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// A data set that keeps samples in memory once they were computed or read, up to a number of them.
///
/// The samples that come first are kept and never given up for others: epochs show every sample once, so that a cache
/// of the latest ones would lose each sample shortly before it is wanted again. A cache half as large as the data saves
/// half the work.
///
/// Safe for use by several threads; one reads at a time.
public final class CachedSamples implements Dataset {
    private final Dataset original;
    private final int capacity;
    /// The place of each sample in the cache; -1 for those outside.
    private final int[] places;
    private int kept;
    private final KeptRows inputs;
    private final KeptRows targets;

    private CachedSamples(Dataset original, int capacity) {
        this.original = original;
        this.capacity = capacity;
        this.places = new int[original.size()];
        Arrays.fill(places, -1);
        Batch none = original.batch();
        this.inputs = new KeptRows(none.inputs());
        this.targets = new KeptRows(none.targets());
    }

    /// The same samples, of which up to `capacity` are kept. Memory grows with those that are.
    ///
    /// @throws IllegalArgumentException when `capacity` is negative
    public static Dataset of(Dataset data, int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity must not be negative: " + capacity);
        }
        return new CachedSamples(data, Math.min(capacity, data.size()));
    }

    @Override
    public String name() {
        return original.name();
    }

    @Override
    public int size() {
        return original.size();
    }

    @Override
    public Shape inputShape() {
        return original.inputShape();
    }

    @Override
    public int classes() {
        return original.classes();
    }

    @Override
    public List<String> classNames() {
        return original.classNames();
    }

    @Override
    public synchronized Batch batch(int... rows) {
        for (int row : rows) {
            Objects.checkIndex(row, places.length);
        }
        int[] missing = IntStream.of(rows).filter(row -> places[row] < 0).distinct().toArray();
        if (missing.length == 0) {
            int[] from = IntStream.of(rows).map(row -> places[row]).toArray();
            return new Batch(inputs.gather(from), targets.gather(from));
        }
        Batch read = original.batch(missing);
        if (missing.length == rows.length) {
            keep(missing, read);
            return read;
        }
        // Places beyond those kept stand for rows just read.
        int end = kept;
        Map<Integer, Integer> beyond = new HashMap<>();
        for (int row : missing) {
            beyond.put(row, end + beyond.size());
        }
        int[] from = IntStream.of(rows).map(row -> beyond.getOrDefault(row, places[row])).toArray();
        inputs.put(end, read.inputs());
        targets.put(end, read.targets());
        Batch batch = new Batch(inputs.gather(from), targets.gather(from));
        keep(missing, read);
        return batch;
    }

    /// Keeps as many of the rows just read as there is room for.
    private void keep(int[] rows, Batch read) {
        int room = Math.min(capacity - kept, rows.length);
        if (room > 0) {
            inputs.put(kept, read.inputs());
            targets.put(kept, read.targets());
        }
        for (int i = 0; i < room; i++) {
            places[rows[i]] = kept++;
        }
    }

    /// Rows of numbers of one shape and type, in an array that grows. Rows may be put beyond those that are kept, and
    /// are overwritten by the next.
    private static final class KeptRows {
        private final int[] lengths;
        private final ElementType type;
        private final int width;
        private Object numbers;

        KeptRows(Tensor none) {
            lengths = none.shape().lengths();
            type = none.type();
            lengths[0] = 1;
            width = Shape.of(lengths).size();
            numbers = array(0);
        }

        void put(int place, Tensor rows) {
            Object from = switch (type) {
                case FLOAT32 -> rows.toFloats();
                case FLOAT64 -> rows.toDoubles();
            };
            int needed = Math.multiplyExact(Math.addExact(place, rows.length(0)), width);
            int held = Array.getLength(numbers);
            if (needed > held) {
                Object grown = array((int) Math.min(Math.max(2L * held, needed), Integer.MAX_VALUE - 8));
                System.arraycopy(numbers, 0, grown, 0, held);
                numbers = grown;
            }
            System.arraycopy(from, 0, numbers, place * width, rows.size());
        }

        Tensor gather(int[] places) {
            int[] shape = lengths.clone();
            shape[0] = places.length;
            Object gathered = array(Shape.of(shape).size());
            for (int i = 0; i < places.length; i++) {
                System.arraycopy(numbers, places[i] * width, gathered, i * width, width);
            }
            return gathered instanceof float[] floats
                    ? Tensor.of(floats, shape)
                    : Tensor.of((double[]) gathered, shape);
        }

        private Object array(int length) {
            return switch (type) {
                case FLOAT32 -> new float[length];
                case FLOAT64 -> new double[length];
            };
        }
    }
}
