package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Operations that move numbers and compute none: shapes, axes, parts. [Tensor] documents each.
///
/// They are linear, and come in adjoint pairs: the backward pass of one is the other.
final class Movement {
    private Movement() {
    }

    static Tensor reshape(Tensor x, Shape to) {
        if (to.size() != x.size()) {
            throw new IllegalArgumentException("shape " + x.shape() + " cannot be reshaped to " + to + ": " + x.size()
                    + " != " + to.size() + " elements");
        }
        return to.equals(x.shape())
                ? x
                : Tensor.result("reshape", to, x.storage(), List.of(x), List.of(g -> reshape(g, x.shape())));
    }

    static Tensor broadcast(Tensor x, Shape to) {
        if (to.equals(x.shape())) {
            return x;
        }
        if (!Shape.broadcast(x.shape(), to, "broadcastTo").equals(to)) {
            throw new IllegalArgumentException("shape " + x.shape() + " does not broadcast to " + to);
        }
        int[] padded = new int[to.rank()];
        for (int axis = 0; axis < padded.length; axis++) {
            int own = axis - (to.rank() - x.rank());
            padded[axis] = own < 0 ? 1 : x.length(own);
        }
        Tensor result = x.reshape(padded);
        for (int axis = padded.length - 1; axis >= 0; axis--) {
            if (padded[axis] != to.length(axis)) {
                result = result.repeat(axis, to.length(axis));
            }
        }
        return result;
    }

    static Tensor permute(Tensor x, int[] order) {
        int[] axes = new int[order.length];
        int[] inverse = new int[order.length];
        boolean[] seen = new boolean[x.rank()];
        boolean fits = order.length == x.rank();
        for (int i = 0; i < order.length && fits; i++) {
            axes[i] = x.shape().axis(order[i]);
            fits = !seen[axes[i]];
            seen[axes[i]] = true;
            inverse[axes[i]] = i;
        }
        if (!fits) {
            throw new IllegalArgumentException("permute: " + Arrays.toString(order)
                    + " must name each axis of shape " + x.shape() + " once");
        }
        if (x.rank() == 0) {
            return x;
        }
        int[] lengths = IntStream.of(axes).map(x::length).toArray();
        return Tensor.result("permute", Shape.of(lengths), x.storage().permute(x.shape().lengths(), axes), List.of(x),
                List.of(g -> permute(g, inverse)));
    }

    static Tensor take(Tensor x, int axis, int[] indices) {
        int along = x.shape().axis(axis);
        for (int index : indices) {
            if (index < 0 || index >= x.length(along)) {
                throw new IndexOutOfBoundsException("index " + index + " on axis " + along + " of shape " + x.shape());
            }
        }
        return taken(x, along, indices.clone());
    }

    private static Tensor taken(Tensor x, int axis, int[] indices) {
        Shape shape = x.shape();
        return Tensor.result("take", shape.with(axis, indices.length),
                x.storage().take(shape.outer(axis), shape.length(axis), shape.inner(axis), indices), List.of(x),
                List.of(g -> spread(g, axis, indices, shape.length(axis))));
    }

    /// Zeros, `length` of them along the axis, to which entry i of this is added at `indices[i]`.
    private static Tensor spread(Tensor x, int axis, int[] indices, int length) {
        Shape shape = x.shape();
        return Tensor.result("spread", shape.with(axis, length),
                x.storage().spread(shape.outer(axis), length, shape.inner(axis), indices), List.of(x),
                List.of(g -> taken(g, axis, indices)));
    }

    static Tensor slice(Tensor x, int axis, int from, int to) {
        if (from < 0 || to < from || to > x.length(axis)) {
            throw new IndexOutOfBoundsException("slice from " + from + " to before " + to + " on axis "
                    + x.shape().axis(axis) + " of shape " + x.shape());
        }
        return cut(x, x.shape().axis(axis), from, to);
    }

    private static Tensor cut(Tensor x, int axis, int from, int to) {
        Shape shape = x.shape();
        int length = shape.length(axis);
        return Tensor.result("slice", shape.with(axis, to - from),
                x.storage().slice(shape.outer(axis), length, shape.inner(axis), from, to), List.of(x),
                List.of(g -> pad(g, axis, from, length)));
    }

    /// Zeros, `length` of them along the axis, with this in their place from `from` on.
    private static Tensor pad(Tensor x, int axis, int from, int length) {
        Shape shape = x.shape();
        return Tensor.result("pad", shape.with(axis, length),
                x.storage().pad(shape.outer(axis), length, shape.inner(axis), from, shape.length(axis)), List.of(x),
                List.of(g -> cut(g, axis, from, from + shape.length(axis))));
    }

    static Tensor concatenate(int axis, List<Tensor> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("concatenate needs one tensor at least");
        }
        Tensor first = parts.getFirst();
        int along = first.shape().axis(axis);
        int total = 0;
        List<UnaryOperator<Tensor>> backward = new ArrayList<>();
        for (Tensor part : parts) {
            if (part.type() != first.type() || part.rank() != first.rank()
                    || !part.shape().with(along, 0).equals(first.shape().with(along, 0))) {
                throw new IllegalArgumentException("concatenate: " + part.type() + " " + part.shape() + " does not fit "
                        + first.type() + " " + first.shape() + " along axis " + along);
            }
            int from = total;
            int to = Math.addExact(from, part.length(along));
            backward.add(g -> slice(g, along, from, to));
            total = to;
        }
        Shape shape = first.shape().with(along, total);
        Storage<?> out = first.storage().allocate(shape.size());
        int at = 0;
        for (Tensor part : parts) {
            int run = part.length(along) * shape.inner(along);
            part.storage().copyRows(shape.outer(along), run, out, total * shape.inner(along), at);
            at += run;
        }
        return Tensor.result("concatenate", shape, out, parts, backward);
    }
}
