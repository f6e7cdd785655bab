package org.surprisal.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The lengths of a tensor's axes, first axis first; a scalar has none. Storage is row-major: the last axis varies
/// fastest.
///
/// Immutable. Every axis has a length of at least 0, and the whole has at most 2^31 - 1 elements.
public final class Shape {
    private final int[] lengths;
    private final int size;

    private Shape(int[] lengths) {
        this.lengths = lengths;
        long product = 1;
        for (int length : lengths) {
            if (length < 0) {
                throw new IllegalArgumentException("axis lengths must not be negative: " + describe(lengths));
            }
            product *= length;
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("shape " + describe(lengths)
                        + " has more elements than one array holds (" + Integer.MAX_VALUE + ")");
            }
        }
        this.size = (int) product;
    }

    /// The shape with these axis lengths.
    public static Shape of(int... lengths) {
        return new Shape(lengths.clone());
    }

    /// Number of axes.
    public int rank() {
        return lengths.length;
    }

    /// Number of elements.
    public int size() {
        return size;
    }

    /// Length of an axis; negative axes count from the last (-1).
    public int length(int axis) {
        return lengths[axis(axis)];
    }

    /// The axis lengths, copied.
    public int[] lengths() {
        return lengths.clone();
    }

    /// The non-negative index of an axis that may count from the end.
    int axis(int axis) {
        int index = axis < 0 ? axis + lengths.length : axis;
        if (index < 0 || index >= lengths.length) {
            throw new IllegalArgumentException("no axis " + axis + " in shape " + this);
        }
        return index;
    }

    /// Where in row-major order the element at these indices stands, one index an axis.
    int offset(int... indices) {
        if (indices.length != rank()) {
            throw new IllegalArgumentException(indices.length + " indices for shape " + this);
        }
        int offset = 0;
        for (int axis = 0; axis < indices.length; axis++) {
            if (indices[axis] < 0 || indices[axis] >= lengths[axis]) {
                throw new IndexOutOfBoundsException(
                        "index " + indices[axis] + " on axis " + axis + " of shape " + this);
            }
            offset = offset * lengths[axis] + indices[axis];
        }
        return offset;
    }

    /// The product of the axis lengths before `axis`.
    int outer(int axis) {
        int product = 1;
        for (int i = 0; i < axis; i++) {
            product *= lengths[i];
        }
        return product;
    }

    /// The product of the axis lengths after `axis`.
    int inner(int axis) {
        int product = 1;
        for (int i = axis + 1; i < lengths.length; i++) {
            product *= lengths[i];
        }
        return product;
    }

    /// This shape with one axis set to another length.
    Shape with(int axis, int length) {
        int[] changed = lengths.clone();
        changed[axis(axis)] = length;
        return new Shape(changed);
    }

    /// This shape without one axis.
    Shape without(int axis) {
        int gone = axis(axis);
        int[] rest = new int[lengths.length - 1];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = lengths[i < gone ? i : i + 1];
        }
        return new Shape(rest);
    }

    /// The shape two operands share after broadcasting: axes are aligned from the last, and lengths must agree or be 1.
    static Shape broadcast(Shape a, Shape b, String operation) {
        int rank = Math.max(a.rank(), b.rank());
        int[] out = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int x = i <= a.rank() ? a.lengths[a.rank() - i] : 1;
            int y = i <= b.rank() ? b.lengths[b.rank() - i] : 1;
            if (x != y && x != 1 && y != 1) {
                throw new IllegalArgumentException(operation + ": shapes " + a + " and " + b + " do not broadcast");
            }
            out[rank - i] = x == 1 ? y : x;
        }
        return new Shape(out);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(lengths, shape.lengths);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lengths);
    }

    /// For example `(128, 784)`; a scalar is `()`.
    @Override
    public String toString() {
        return describe(lengths);
    }

    private static String describe(int[] lengths) {
        return Arrays.stream(lengths).mapToObj(Integer::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
