package org.surprisal.data;

import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;

/// A fixed, finite set of samples, read by row. Immutable: the same rows always give the same numbers.
public interface Dataset {
    /// A short name for titles and records.
    String name();

    /// Number of samples.
    int size();

    /// The shape of one sample's input: that of [Batch#inputs] without the sample axis.
    Shape inputShape();

    /// Number of classes; 0 where targets are values, not classes.
    int classes();

    /// The names of the classes, that of index 0 first: numbers where nobody gave names, nothing where targets are values.
    default List<String> classNames() {
        return ClassIndices.names(classes());
    }

    /// The samples at these rows, in this order; rows may repeat.
    ///
    /// @throws IndexOutOfBoundsException for a row outside 0 … size - 1
    Batch batch(int... rows);

    /// Every sample, in order. Needs memory for all of them at once.
    default Batch all() {
        return batch(IntStream.range(0, size()).toArray());
    }

    /// The samples at these rows as a data set of their own, without copying them.
    ///
    /// @throws IndexOutOfBoundsException for a row outside 0 … size - 1
    default Dataset rows(int... rows) {
        return new RowView(this, rows);
    }

    /// The same samples with inputs and targets of this element type, converted batch by batch. Files often hold float64
    /// where a network of float32 is to learn from them.
    default Dataset to(ElementType type) {
        return new ConvertedDataset(this, type);
    }

    /// The first n samples.
    ///
    /// @throws DataException when there are fewer
    default Dataset first(int n) {
        if (n < 0 || n > size()) {
            throw new DataException("data set " + name() + " has " + size() + " samples: its first " + n
                    + " cannot be taken");
        }
        return rows(IntStream.range(0, n).toArray());
    }
}
