package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A multi-dimensional array of numbers that knows how it was made, so that it can be differentiated.
///
/// Numbers are copied in and out; a tensor never changes after that (but see [InPlace]). Operations whose inputs lead
/// back to a [#tracked()] tensor are recorded, unless [Tracking] is off; [Gradients] walks the record back. Binary
/// operations broadcast: axes are aligned from the last, and an axis of length 1 (or a missing one) is repeated. Both
/// operands have one element type; [#to] converts.
public final class Tensor {
    private final Shape shape;
    private final Storage<?> storage;
    private final Origin origin;
    private final @Nullable Node node;
    /// The same numbers without the zeros, where products are to skip them.
    private final @Nullable SparseMatrix nonZeros;

    Tensor(Shape shape, Storage<?> storage, Origin origin, @Nullable Node node) {
        this(shape, storage, origin, node, null);
    }

    private Tensor(Shape shape, Storage<?> storage, Origin origin, @Nullable Node node,
            @Nullable SparseMatrix nonZeros) {
        if (storage.size() != shape.size()) {
            throw new IllegalArgumentException(
                    "shape " + shape + " has " + shape.size() + " elements, not " + storage.size());
        }
        this.shape = shape;
        this.storage = storage;
        this.origin = origin;
        this.node = node;
        this.nonZeros = nonZeros;
    }

    // --- made from numbers

    /// A float32 tensor of these numbers, with one axis.
    public static Tensor of(float[] values) {
        return adopt(values.clone(), Shape.of(values.length));
    }

    /// A float32 tensor of these numbers in row-major order. An empty array of `lengths` is the shape () of one number.
    public static Tensor of(float[] values, int... lengths) {
        return adopt(values.clone(), Shape.of(lengths));
    }

    /// A float64 tensor of these numbers, with one axis.
    public static Tensor of(double[] values) {
        return adopt(values.clone(), Shape.of(values.length));
    }

    /// A float64 tensor of these numbers in row-major order. An empty array of `lengths` is the shape () of one number.
    public static Tensor of(double[] values, int... lengths) {
        return adopt(values.clone(), Shape.of(lengths));
    }

    /// Zeros.
    public static Tensor zeros(ElementType type, int... lengths) {
        Shape shape = Shape.of(lengths);
        return new Tensor(shape, Storage.zeros(type, shape.size()), Origin.NUMBERS, null);
    }

    /// One number everywhere.
    public static Tensor full(ElementType type, double value, int... lengths) {
        Shape shape = Shape.of(lengths);
        return new Tensor(shape, Storage.zeros(type, shape.size()).affine(1, value), Origin.NUMBERS, null);
    }

    /// Takes the array over: the caller gives up writing to it.
    static Tensor adopt(float[] values, Shape shape) {
        return new Tensor(shape, Storage.of(values), Origin.NUMBERS, null);
    }

    static Tensor adopt(double[] values, Shape shape) {
        return new Tensor(shape, Storage.of(values), Origin.NUMBERS, null);
    }

    // --- inspected

    public Shape shape() {
        return shape;
    }

    public ElementType type() {
        return storage.type();
    }

    /// Number of axes.
    public int rank() {
        return shape.rank();
    }

    /// Number of elements.
    public int size() {
        return shape.size();
    }

    /// Length of an axis; negative axes count from the last.
    public int length(int axis) {
        return shape.length(axis);
    }

    /// The numbers as float32 in row-major order, copied.
    public float[] toFloats() {
        return storage.toFloats();
    }

    /// The numbers as float64 in row-major order, copied.
    public double[] toDoubles() {
        return storage.toDoubles();
    }

    /// The number of a tensor that holds one.
    public double item() {
        if (size() != 1) {
            throw new IllegalArgumentException("item() needs one element; shape " + shape + " has " + size());
        }
        return storage.get(0);
    }

    /// The number at these indices, one an axis.
    public double at(int... indices) {
        return storage.get(shape.offset(indices));
    }

    /// Whether every element is a finite number.
    public boolean isFinite() {
        // A sum is finite unless it overflows; only then each element is looked at.
        if (Double.isFinite(storage.sum(1, size(), 1).get(0))) {
            return true;
        }
        for (int i = 0; i < size(); i++) {
            if (!Double.isFinite(storage.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// The square root of the sum of all squares, in float64; infinite or NaN where an element is.
    public double euclideanNorm() {
        return Math.sqrt(storage.sumOfSquares());
    }

    /// For each row, the sum of the squared differences of its elements from a number, in float64; for shape (rows,
    /// columns).
    public double[] squaredDistances(double from) {
        requireMatrix("squaredDistances");
        return storage.squaredDistances(from, length(0), length(1));
    }

    /// For each row, how many of its last elements are zero; for shape (rows, columns).
    public int[] trailingZeros() {
        requireMatrix("trailingZeros");
        return storage.trailingZeros(length(0), length(1));
    }

    /// The index of each row's largest element (the first of equals), for shape (rows, columns).
    public int[] argmaxRows() {
        requireMatrix("argmaxRows");
        int columns = length(1);
        if (columns == 0 && length(0) > 0) {
            throw new IllegalArgumentException("argmaxRows: rows of shape " + shape + " have no elements");
        }
        int[] best = new int[length(0)];
        double[] numbers = toDoubles();
        for (int i = 0; i < best.length; i++) {
            for (int j = 1; j < columns; j++) {
                if (numbers[i * columns + j] > numbers[i * columns + best[i]]) {
                    best[i] = j;
                }
            }
        }
        return best;
    }

    // --- differentiation

    /// The same numbers as an independent variable: what is made from it is recorded.
    public Tensor tracked() {
        return new Tensor(shape, storage.copy(), isTracked() ? Origin.COPIED_VARIABLE : Origin.VARIABLE, null);
    }

    /// The same numbers as a constant; shares them.
    public Tensor detached() {
        return isTracked() ? constant(Origin.DETACHED) : this;
    }

    /// The same numbers as a constant that came about like this; shares them.
    Tensor constant(Origin as) {
        return new Tensor(shape, storage, as, null);
    }

    /// The same matrix, a constant that remembers where its numbers are not zero: products with it on the left, and
    /// their backward passes, pass over the zeros, which pays where nearly all are. Zero times anything, infinity too,
    /// is then zero.
    ///
    /// @throws IllegalArgumentException when this is no matrix, is tracked, or holds a number that is not finite
    public Tensor skippingZeros() {
        requireMatrix("skippingZeros");
        if (isTracked()) {
            throw new IllegalArgumentException("skippingZeros needs a constant, and " + shape + " is tracked");
        }
        return new Tensor(shape, storage.copy(), origin, null, SparseMatrix.of(this));
    }

    @Nullable
    SparseMatrix nonZeros() {
        return nonZeros;
    }

    public boolean isTracked() {
        return origin.isTracked();
    }

    Origin origin() {
        return origin;
    }

    @Nullable
    Node node() {
        return node;
    }

    Storage<?> storage() {
        return storage;
    }

    /// The storage to write to, for [InPlace].
    Storage<?> claimForWriting() {
        if (node != null) {
            throw new IllegalStateException("the result of '" + node.operation() + "', shape " + shape
                    + ", cannot be written in place: only tensors that no recorded operation made");
        }
        if (nonZeros != null) {
            throw new IllegalStateException("a tensor that skips its zeros, shape " + shape
                    + ", cannot be written in place: write into the one that it was made from");
        }
        storage.written();
        return storage;
    }

    static Tensor result(String operation, Shape shape, Storage<?> storage, List<Tensor> inputs,
            List<UnaryOperator<Tensor>> backward) {
        return result(operation, shape, storage, inputs, Node.Backward.oneByOne(backward));
    }

    static Tensor result(String operation, Shape shape, Storage<?> storage, List<Tensor> inputs,
            Node.Backward backward) {
        Origin origin = Origin.ofResult(inputs);
        if (origin != Origin.RECORDED) {
            return new Tensor(shape, storage, origin, null);
        }
        List<Integer> versions = new ArrayList<>(inputs.size());
        for (Tensor input : inputs) {
            versions.add(input.storage.version());
        }
        return new Tensor(shape, storage, origin, new Node(operation, inputs, versions, storage.version(), backward));
    }

    private Tensor result(String operation, Shape shape, Storage<?> storage, UnaryOperator<Tensor> backward) {
        return result(operation, shape, storage, List.of(this), List.of(backward));
    }

    // --- element by element

    /// Element-wise sum.
    public Tensor plus(Tensor other) {
        return Elementwise.plus(this, other);
    }

    /// Element-wise difference.
    public Tensor minus(Tensor other) {
        return Elementwise.minus(this, other);
    }

    /// Element-wise product.
    public Tensor times(Tensor other) {
        return Elementwise.times(this, other);
    }

    /// Element-wise quotient.
    public Tensor over(Tensor other) {
        return Elementwise.over(this, other);
    }

    /// scale * this + shift.
    public Tensor affine(double scale, double shift) {
        String operation = isTracked() ? affineName(scale, shift) : "affine";
        return result(operation, shape, storage.affine(scale, shift), g -> g.times(scale));
    }

    /// With the numbers, which are no inputs and would not show in a [ComputationalGraph].
    private static String affineName(double scale, double shift) {
        if (shift == 0) {
            return scale == -1 ? "negate" : "times " + scale;
        }
        return scale == 1 ? "plus " + shift : "times " + scale + " plus " + shift;
    }

    /// This times a number.
    public Tensor times(double factor) {
        return affine(factor, 0);
    }

    /// This plus a number.
    public Tensor plus(double number) {
        return affine(1, number);
    }

    public Tensor negate() {
        return times(-1);
    }

    /// e^x.
    public Tensor exp() {
        return Elementwise.exp(this);
    }

    /// e^x - 1, precise near 0.
    public Tensor expm1() {
        return Elementwise.expm1(this);
    }

    /// Natural logarithm: -infinity at 0, NaN below.
    public Tensor log() {
        return Elementwise.log(this);
    }

    /// ln(1 + x), precise near 0: -infinity at -1, NaN below.
    public Tensor log1p() {
        return Elementwise.log1p(this);
    }

    public Tensor sqrt() {
        return Elementwise.sqrt(this);
    }

    public Tensor square() {
        return Elementwise.square(this);
    }

    /// Hyperbolic tangent.
    public Tensor tanh() {
        return Elementwise.tanh(this);
    }

    /// 1 / (1 + e^-x).
    public Tensor sigmoid() {
        return Elementwise.sigmoid(this);
    }

    /// ln(1 + e^x), the integral of the sigmoid; it neither overflows nor loses its relative precision far below 0.
    public Tensor softplus() {
        return Elementwise.softplus(this);
    }

    /// The error function, 2 / sqrt(pi) times the integral of e^(-u^2) from 0 to x.
    public Tensor erf() {
        return Elementwise.erf(this);
    }

    /// The standard normal distribution function, (1 + erf(x / sqrt 2)) / 2, precise in the lower tail too.
    public Tensor normalCdf() {
        return Elementwise.normalCdf(this);
    }

    /// max(x, 0), with derivative 0 at 0.
    public Tensor relu() {
        return Elementwise.relu(this);
    }

    /// min(x, 0), with derivative 1 at 0: with [#relu()] it adds up to x, and so do the derivatives.
    public Tensor negativePart() {
        return Elementwise.negativePart(this);
    }

    /// min(max(x, low), high), with derivative 1 from `low` to `high`, both included, and 0 elsewhere.
    ///
    /// @throws IllegalArgumentException when `low` is above `high`
    public Tensor clamp(double low, double high) {
        return Elementwise.clamp(this, low, high);
    }

    /// Heaviside's step: 1 from 0 on, else 0. Its derivative is 0, at the step too.
    public Tensor heaviside() {
        return Elementwise.heaviside(this);
    }

    /// -1, 0 or 1. Its derivative is 0, at 0 too.
    public Tensor sign() {
        return Elementwise.sign(this);
    }

    // --- sums

    /// The sum of all elements, shape ().
    public Tensor sum() {
        return result("sum", Shape.of(), storage.sum(1, size(), 1), g -> g.broadcastTo(shape));
    }

    /// The mean of all elements, shape ().
    public Tensor mean() {
        if (size() == 0) {
            throw new IllegalArgumentException("the mean of no elements, shape " + shape);
        }
        return sum().times(1.0 / size());
    }

    /// The sum over one axis, which goes away.
    public Tensor sum(int axis) {
        int gone = shape.axis(axis);
        return sumKeeping(gone).reshape(shape.without(gone).lengths());
    }

    /// The sum over one axis, which stays with length 1.
    private Tensor sumKeeping(int axis) {
        return result("sum", shape.with(axis, 1), storage.sum(shape.outer(axis), shape.length(axis), shape.inner(axis)),
                g -> g.repeat(axis, shape.length(axis)));
    }

    /// An axis of length 1 repeated.
    Tensor repeat(int axis, int times) {
        return result("repeat", shape.with(axis, times), storage.repeat(shape.outer(axis), times, shape.inner(axis)),
                g -> g.sumKeeping(axis));
    }

    // --- shapes

    /// The same numbers in another shape of the same size. They are shared, not copied, and so are those of
    /// [#broadcastTo] where only axes of length 1 are added: what [InPlace] writes into the one tensor shows in the
    /// other.
    public Tensor reshape(int... lengths) {
        return Movement.reshape(this, Shape.of(lengths));
    }

    /// Axes of length 1 repeated, and missing leading axes added, until the shape is `to`.
    public Tensor broadcastTo(Shape to) {
        return Movement.broadcast(this, to);
    }

    /// The axes in another order: axis i of the result is axis `order[i]` of this. Negative axes count from the last.
    public Tensor permute(int... order) {
        return Movement.permute(this, order);
    }

    /// The transpose of a matrix.
    public Tensor transpose() {
        requireMatrix("transpose");
        return permute(1, 0);
    }

    /// These entries of one axis, in this order; indices may repeat.
    ///
    /// @throws IndexOutOfBoundsException for an index outside 0 … length(axis) - 1
    public Tensor take(int axis, int... indices) {
        return Movement.take(this, axis, indices);
    }

    /// These rows of the first axis, in this order; rows may repeat.
    ///
    /// @throws IndexOutOfBoundsException for a row outside 0 … length(0) - 1
    public Tensor rows(int... rows) {
        return take(0, rows);
    }

    /// The entries `from` to before `to` of one axis.
    public Tensor slice(int axis, int from, int to) {
        return Movement.slice(this, axis, from, to);
    }

    /// Tensors one after the other along an axis; their other axes agree.
    public static Tensor concatenate(int axis, List<Tensor> parts) {
        return Movement.concatenate(axis, parts);
    }

    // --- products

    /// The matrix product: (m, k) times (k, n) is (m, n).
    public Tensor matmul(Tensor other) {
        return Products.product(this, false, other, false);
    }

    /// The matrix product with the other transposed: (m, k) times (n, k) is (m, n). No transpose is stored.
    public Tensor matmulTransposed(Tensor other) {
        return Products.product(this, false, other, true);
    }

    /// x W^T + b: samples in rows, `weight` (out, in) and `bias` (out) as a linear layer holds them; this is (n, in).
    public Tensor linear(Tensor weight, Tensor bias) {
        return Products.linear(this, weight, bias);
    }

    // --- images: shape (samples, channels, height, width)

    /// Cross-correlation with kernels of shape (out channels, channels, height, width): each output is the sum over all
    /// that its window sees, weighed; no kernel is flipped (lecture notes, section 7.2). The result is (samples, out
    /// channels, outputs down, outputs across).
    ///
    /// @throws IllegalArgumentException where channels or window and weight differ, or the window does not fit
    public Tensor convolve(Tensor weight, Window window) {
        return Windows.convolve(this, weight, null, window);
    }

    /// [#convolve(Tensor, Window)] plus `bias`, shape (out channels), on each channel's outputs.
    ///
    /// @throws IllegalArgumentException as there, and where bias and weight differ
    public Tensor convolve(Tensor weight, Tensor bias, Window window) {
        return Windows.convolve(this, weight, bias, window);
    }

    /// The largest element each window sees; NaN if it sees one. Padding is never seen.
    ///
    /// @throws IllegalArgumentException where the window does not fit, or a window would see padding only
    public Tensor maxPool(Window window) {
        return Windows.maxPool(this, window);
    }

    /// The mean of what each window sees; padding counts as zeros.
    public Tensor averagePool(Window window) {
        return Windows.averagePool(this, window);
    }

    // --- classification

    /// The natural logarithm of each row's softmax, for shape (rows, classes); finite unless a row spans more than its
    /// element type holds.
    public Tensor logSoftmax() {
        requireMatrix("logSoftmax");
        Tensor[] y = new Tensor[1];
        y[0] = result("logSoftmax", shape, storage.logSoftmax(length(1)),
                g -> g.minus(y[0].exp().times(g.sumKeeping(1))));
        return y[0];
    }

    /// Each row's softmax, for shape (rows, classes).
    public Tensor softmax() {
        return logSoftmax().exp();
    }

    /// Element `columns[i]` of each row i: shape (rows, classes) becomes (rows).
    public Tensor pick(int... columns) {
        requireMatrix("pick");
        if (columns.length != length(0)) {
            throw new IllegalArgumentException(columns.length + " columns to pick for shape " + shape);
        }
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] < 0 || columns[i] >= length(1)) {
                throw new IllegalArgumentException(
                        "column " + columns[i] + " of row " + i + " is outside shape " + shape);
            }
        }
        int width = length(1);
        return reshape(size()).take(0, IntStream.range(0, columns.length).map(i -> i * width + columns[i]).toArray());
    }

    // --- conversion

    /// The same numbers in another element type.
    public Tensor to(ElementType type) {
        if (type == type()) {
            return this;
        }
        Storage<?> converted = switch (type) {
            case FLOAT32 -> Storage.of(storage.toFloats());
            case FLOAT64 -> Storage.of(storage.toDoubles());
        };
        return result("to", shape, converted, g -> g.to(type()));
    }

    private void requireMatrix(String operation) {
        if (rank() != 2) {
            throw new IllegalArgumentException(operation + " needs shape (rows, columns), not " + shape);
        }
    }

    /// Type, shape and, when they are few, the numbers.
    @Override
    public String toString() {
        String head = type() + shape.toString();
        return size() <= 16 ? head + java.util.Arrays.toString(storage.toDoubles()) : head;
    }
}
