package org.surprisal.data.format;

import java.util.List;
import java.util.stream.Collectors;
import org.surprisal.data.DataException;
import org.surprisal.tensor.Shape;

/// The axis lengths that a file claims for an array, which may be larger than memory.
///
/// @param lengths none is negative
record Extent(List<Long> lengths) {
    Extent {
        lengths = List.copyOf(lengths);
    }

    /// Number of elements; -1 beyond what a long counts.
    long size() {
        long size = 1;
        for (long length : lengths) {
            if (length != 0 && size > Long.MAX_VALUE / length) {
                return lengths.contains(0L) ? 0 : -1;
            }
            size *= length;
        }
        return size;
    }

    /// Number of bytes at this many an element; -1 beyond what a long counts.
    long bytes(Dtype dtype) {
        long size = size();
        return size < 0 || size > Long.MAX_VALUE / dtype.size() ? -1 : size * dtype.size();
    }

    /// What [#bytes] says, for a message.
    String bytesText(Dtype dtype) {
        long bytes = bytes(dtype);
        return (bytes < 0 ? "more than 2^63" : Long.toString(bytes)) + " bytes";
    }

    /// The shape of a tensor of these lengths.
    ///
    /// @param source named in errors
    /// @throws DataException when no tensor can be so large
    Shape shape(String source) {
        try {
            return Shape.of(lengths.stream().mapToInt(Math::toIntExact).toArray());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DataException(source + " claims a shape of more numbers than one array holds ("
                    + Integer.MAX_VALUE + "): " + this, e);
        }
    }

    /// For example `(128, 784)`, as [Shape] writes it.
    @Override
    public String toString() {
        return lengths.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
