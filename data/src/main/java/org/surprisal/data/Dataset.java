package org.surprisal.data;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

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

    /// The names of the classes, that of index 0 first: numbers where nobody gave names, nothing where targets are
    /// values.
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

    /// The same samples with inputs and targets of this element type, converted batch by batch. Files often hold
    /// float64 where a network of float32 is to learn from them.
    default Dataset to(ElementType type) {
        return new ConvertedDataset(this, type);
    }

    /// The same samples with a function of their inputs, computed anew for each batch that is asked for.
    ///
    /// @param shape of one sample's new input
    /// @param function from inputs (n, features…) to inputs (n, shape…), any n from 0; each row must depend on the same
    /// row of the inputs alone, or batches would differ by their company. [#batch] throws a [DataException] when it
    /// gives another shape or a number that is not finite
    default Dataset map(Shape shape, UnaryOperator<Tensor> function) {
        return new InputView(this, shape, function);
    }

    /// The same numbers in inputs of another shape: `shaped(1, 28, 28)` makes images of one channel from flat rows.
    ///
    /// @throws DataException when a sample has another number of inputs
    default Dataset shaped(int... lengths) {
        return InputView.shaped(this, Shape.of(lengths));
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
