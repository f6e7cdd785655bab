package org.surprisal.tensor;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.surprisal.tensor.kernel.BinaryFunction;
import org.surprisal.tensor.kernel.DoubleKernels;
import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.Provider;
import org.surprisal.tensor.kernel.UnaryFunction;
import org.surprisal.tensor.kernel.Workers;

/// The numbers of a tensor: one array and the loops for its element type. Here shapes have become counts and offsets,
/// and long loops are shared out over the workers in chunks of fixed length.
final class Storage<A> {
    /// Elements a chunk of shared element-wise work has.
    private static final int CHUNK = 1 << 15;
    /// Elements of narrow rows that are copied at once.
    private static final int TOGETHER = 1 << 12;

    private final ElementType type;
    private final Kernels<A> kernels;
    private final int size;
    /// `size` of them, and where a [Workspace] lent the array, perhaps room for more behind.
    private @Nullable A numbers;
    /// The number of the loan where a [Workspace] lent the array, else 0.
    private final long loan;
    private int version;
    /// What messages call the numbers, where they have a name.
    private @Nullable String name;

    private Storage(ElementType type, A array, Kernels<A> kernels) {
        this(type, array, kernels.length(array), kernels, null);
    }

    private Storage(ElementType type, A array, int size, Kernels<A> kernels, @Nullable Workspace lender) {
        this.type = type;
        this.numbers = array;
        this.size = size;
        this.kernels = kernels;
        this.loan = lender == null ? 0 : lender.lend(this);
    }

    static Storage<float[]> of(float[] values) {
        return new Storage<>(ElementType.FLOAT32, values, Provider.kernels());
    }

    static Storage<double[]> of(double[] values) {
        return new Storage<>(ElementType.FLOAT64, values, DoubleKernels.INSTANCE);
    }

    static Storage<?> zeros(ElementType type, int size) {
        return switch (type) {
            case FLOAT32 -> of(new float[size]);
            case FLOAT64 -> of(new double[size]);
        };
    }

    ElementType type() {
        return type;
    }

    Kernels<A> kernels() {
        return kernels;
    }

    /// How often the numbers have been written in place, through whichever tensor that holds them.
    int version() {
        return version;
    }

    void written() {
        version++;
    }

    @Nullable
    String name() {
        return name;
    }

    void name(String name) {
        this.name = name;
    }

    int size() {
        return size;
    }

    double get(int index) {
        return kernels.get(array(), index);
    }

    void set(int index, double value) {
        kernels.set(array(), index, value);
    }

    float[] toFloats() {
        if (array() instanceof float[] values) {
            return Arrays.copyOf(values, size);
        }
        float[] out = new float[size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) get(i);
        }
        return out;
    }

    double[] toDoubles() {
        if (array() instanceof double[] values) {
            return Arrays.copyOf(values, size);
        }
        double[] out = new double[size()];
        float[] values = (float[]) array();
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    /// The numbers themselves.
    A array() {
        A there = numbers;
        if (there == null) {
            throw new IllegalStateException("this tensor was made in a run of a workspace, a training step say, that is"
                    + " over, and its memory is used again: copy the numbers out before the run ends");
        }
        return there;
    }

    /// Whether the array belongs to a workspace that has not taken it back.
    boolean isLent() {
        return loan > 0 && numbers != null;
    }

    /// The number of the loan, counted by the workspace, where the array was lent; else 0.
    long loan() {
        return loan;
    }

    /// Gives the array up.
    Object surrender() {
        A there = array();
        numbers = null;
        return there;
    }

    /// Space for numbers that are all going to be written; until then it holds any.
    Storage<A> allocate(int size) {
        Workspace workspace = Workspace.lends(size) ? Workspace.current() : null;
        if (workspace == null) {
            return new Storage<>(type, kernels.allocate(size), kernels);
        }
        @SuppressWarnings("unchecked")
        A used = (A) workspace.take(type, size);
        return new Storage<>(type, used == null ? kernels.allocate(Workspace.room(size)) : used, size, kernels,
                workspace);
    }

    /// Space that holds zeros.
    Storage<A> allocateZeros(int size) {
        Storage<A> out = allocate(size);
        if (out.isLent()) {
            share(size, (from, to) -> kernels.clear(out.array(), from, to));
        }
        return out;
    }

    /// The caller has checked the element types, so the arrays are of one class.
    A arrayOf(Storage<?> other) {
        return like(other).array();
    }

    /// The other storage, whose element type is known to be the same.
    @SuppressWarnings("unchecked")
    Storage<A> like(Storage<?> other) {
        if (other.type != type) {
            throw new IllegalArgumentException("element types differ: " + type + " and " + other.type);
        }
        return (Storage<A>) other;
    }

    private interface Range {
        void run(int from, int to);
    }

    private static void share(int size, Range range) {
        // The end of the last chunk may be beyond 2^31 - 1: lengths are compared, not ends.
        Workers.run(Math.ceilDiv(size, CHUNK), chunk -> {
            int from = chunk * CHUNK;
            range.run(from, from + Math.min(CHUNK, size - from));
        });
    }

    Storage<A> copy() {
        Storage<A> out = allocate(size());
        System.arraycopy(array(), 0, out.array(), 0, size());
        return out;
    }

    Storage<A> map(UnaryFunction f) {
        Storage<A> out = allocate(size());
        share(size(), (from, to) -> kernels.map(f, array(), out.array(), from, to));
        return out;
    }

    Storage<A> combine(BinaryFunction f, Storage<?> other) {
        A second = arrayOf(other);
        Storage<A> out = allocate(size());
        share(size(), (from, to) -> kernels.combine(f, array(), second, out.array(), from, to));
        return out;
    }

    Storage<A> affine(double scale, double shift) {
        Storage<A> out = allocate(size());
        share(size(), (from, to) -> kernels.affine(scale, shift, array(), out.array(), from, to));
        return out;
    }

    /// this = a other + b this.
    void blend(double a, Storage<?> other, double b) {
        A x = arrayOf(other);
        share(size(), (from, to) -> kernels.blend(a, x, b, array(), from, to));
    }

    /// this = a other^2 + b this.
    void blendSquare(double a, Storage<?> other, double b) {
        A x = arrayOf(other);
        share(size(), (from, to) -> kernels.blendSquare(a, x, b, array(), from, to));
    }

    /// this = this + a x / (sqrt(s + inside) + outside).
    void addOverRoot(double a, Storage<?> x, Storage<?> s, double inside, double outside) {
        A numerator = arrayOf(x);
        A radicand = arrayOf(s);
        share(size(), (from, to) -> kernels.addOverRoot(a, numerator, radicand, inside, outside, array(), from, to));
    }

    /// velocity = gradient + momentum velocity, then this = this - rate velocity.
    void followMomentum(double rate, double momentum, Storage<?> gradient, Storage<?> velocity) {
        A g = arrayOf(gradient);
        A v = arrayOf(velocity);
        share(size(), (from, to) -> kernels.followMomentum(rate, momentum, g, v, array(), from, to));
    }

    /// The moments follow the gradient, then this = this - rate mean / (sqrt(meanSquare) + outside).
    void followAdam(double rate, double beta1, double beta2, double outside, Storage<?> gradient, Storage<?> mean,
            Storage<?> meanSquare) {
        A g = arrayOf(gradient);
        A m = arrayOf(mean);
        A s = arrayOf(meanSquare);
        share(size(), (from, to) -> kernels.followAdam(rate, beta1, beta2, outside, g, m, s, array(), from, to));
    }

    /// this = this + a sign(other).
    void addSign(double a, Storage<?> other) {
        A x = arrayOf(other);
        share(size(), (from, to) -> kernels.addSign(a, x, array(), from, to));
    }

    /// this = min(max(this, low), high).
    void clamp(double low, double high) {
        share(size(), (from, to) -> kernels.clamp(low, high, array(), from, to));
    }

    /// this = other. Copied rather than blended with factor 0, which would keep a NaN.
    void assign(Storage<?> other) {
        System.arraycopy(arrayOf(other), 0, array(), 0, size());
    }

    /// For each row, how many of its last elements are zero.
    int[] trailingZeros(int rows, int columns) {
        int[] zeros = new int[rows];
        shareRows(rows, columns,
                row -> zeros[row] = kernels.trailingZeros(array(), row * columns, (row + 1) * columns));
        return zeros;
    }

    double sumOfSquares() {
        return kernels.sumOfSquares(array(), 0, 0, size());
    }

    /// For each row, the sum of (x - from)^2, in float64.
    double[] squaredDistances(double from, int rows, int columns) {
        double[] sums = new double[rows];
        shareRows(rows, columns,
                row -> sums[row] = kernels.sumOfSquares(array(), from, row * columns, (row + 1) * columns));
        return sums;
    }

    /// Sum over the middle of three axes (outer, length, inner).
    Storage<A> sum(int outer, int length, int inner) {
        Storage<A> out = allocate(outer * inner);
        shareRows(outer, length * inner, o -> {
            int start = o * length * inner;
            if (inner == 1) {
                kernels.set(out.array(), o, kernels.sum(array(), start, start + length));
            } else {
                kernels.sumRows(array(), start, length, inner, out.array(), o * inner);
            }
        });
        return out;
    }

    /// Each element of (outer, inner) repeated `length` times along a new middle axis.
    Storage<A> repeat(int outer, int length, int inner) {
        Storage<A> out = allocate(outer * length * inner);
        int together = Math.clamp(CHUNK / Math.max(1, inner), 1, Math.max(1, length));
        int blocks = Math.ceilDiv(length, together);
        shareRows(outer * blocks, together * inner, block -> {
            int o = block / blocks;
            int first = block % blocks * together;
            int at = (o * length + first) * inner;
            int times = Math.min(together, length - first);
            if (inner == 1) {
                kernels.fill(out.array(), at, at + times, kernels.get(array(), o));
            } else {
                fillRows(array(), o * inner, inner, out.array(), at, times);
            }
        });
        return out;
    }

    /// One row, from `from` on, again and again: rows that are there already are copied together, up to a few thousand
    /// elements.
    private void fillRows(A row, int from, int width, A out, int at, int times) {
        int total = width * times;
        int done = Math.min(width, total);
        System.arraycopy(row, from, out, at, done);
        int most = Math.max(1, TOGETHER / Math.max(1, width)) * width;
        while (done < total) {
            int next = Math.min(Math.min(done, most), total - done);
            System.arraycopy(out, at, out, at + done, next);
            done += next;
        }
    }

    /// The axes of a row-major array() of these lengths in another order: axis i of the result is axis `order[i]` of
    /// this.
    Storage<A> permute(int[] lengths, int[] order) {
        int[] strides = new int[lengths.length];
        int stride = 1;
        for (int axis = lengths.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= lengths[axis];
        }
        int last = order[order.length - 1];
        int run = lengths[last];
        Storage<A> out = allocate(size());
        shareRows(run == 0 ? 0 : size() / run, run, row -> {
            int from = 0;
            int rest = row;
            for (int i = order.length - 2; i >= 0; i--) {
                from += rest % lengths[order[i]] * strides[order[i]];
                rest /= lengths[order[i]];
            }
            kernels.copy(array(), from, strides[last], out.array(), row * run, 1, run);
        });
        return out;
    }

    /// Of three axes (outer, length, inner), these indices of the middle one.
    Storage<A> take(int outer, int length, int inner, int[] indices) {
        Storage<A> out = allocate(outer * indices.length * inner);
        if (inner == 1) {
            shareRows(outer, indices.length, o -> kernels.gather(array(), o * length, indices, 0, indices.length,
                    out.array(), o * indices.length));
            return out;
        }
        int together = Math.max(1, CHUNK / Math.max(1, inner));
        int blocks = Math.ceilDiv(indices.length, together);
        Workers.run(outer * blocks, block -> {
            int o = block / blocks;
            int first = block % blocks * together;
            kernels.takeRows(array(), o * length * inner, inner, indices, first,
                    Math.min(first + together, indices.length), out.array(), o * indices.length * inner);
        });
        return out;
    }

    /// The adjoint of [#take]: this is (outer, indices, inner), and each entry is added to the one it was taken from.
    Storage<A> spread(int outer, int length, int inner, int[] indices) {
        Storage<A> out = allocateZeros(outer * length * inner);
        shareRows(outer, indices.length * inner, o -> {
            if (inner == 1) {
                kernels.scatterAdd(array(), o * indices.length, indices, 0, indices.length, out.array(), o * length);
                return;
            }
            for (int i = 0; i < indices.length; i++) {
                kernels.accumulate(1, array(), (o * indices.length + i) * inner, 1, out.array(),
                        (o * length + indices[i]) * inner, 1, inner);
            }
        });
        return out;
    }

    /// Of three axes (outer, length, inner), the entries `from` to before `to` of the middle one.
    Storage<A> slice(int outer, int length, int inner, int from, int to) {
        int run = (to - from) * inner;
        Storage<A> out = allocate(outer * run);
        shareRows(outer, run, o -> System.arraycopy(array(), (o * length + from) * inner, out.array(), o * run, run));
        return out;
    }

    /// The adjoint of [#slice]: this is (outer, count, inner), and lies from `from` on among zeros.
    Storage<A> pad(int outer, int length, int inner, int from, int count) {
        Storage<A> out = allocate(outer * length * inner);
        shareRows(outer, length * inner, o -> {
            int start = o * length * inner;
            int left = start + from * inner;
            int right = left + count * inner;
            kernels.clear(out.array(), start, left);
            System.arraycopy(array(), o * count * inner, out.array(), left, count * inner);
            kernels.clear(out.array(), right, start + length * inner);
        });
        return out;
    }

    /// `outer` rows of this, `run` elements each, into `out`, whose rows are `outRun` long, from element `at` of each
    /// on.
    void copyRows(int outer, int run, Storage<?> out, int outRun, int at) {
        A to = arrayOf(out);
        for (int o = 0; o < outer; o++) {
            System.arraycopy(array(), o * run, to, o * outRun + at, run);
        }
    }

    /// Shares out rows of work, `width` elements each, whole rows to a worker.
    private static void shareRows(int rows, int width, IntConsumer row) {
        int together = Math.max(1, CHUNK / Math.max(1, width));
        Workers.run(Math.ceilDiv(rows, together), chunk -> {
            // The end of the last chunk may be beyond 2^31 - 1: lengths are compared, not ends.
            int first = chunk * together;
            int count = Math.min(together, rows - first);
            for (int i = 0; i < count; i++) {
                row.accept(first + i);
            }
        });
    }

    // --- windows over planes

    /// What each place of the window sees, everywhere: (channels x window, samples x outputs); 0 beyond the border.
    Storage<A> unfold(Planes planes) {
        int row = planes.samples() * planes.outputs();
        Storage<A> out = allocateZeros(planes.channels() * planes.places() * row);
        shareRows(planes.channels() * planes.places(), row, r -> {
            for (int sample = 0; sample < planes.samples(); sample++) {
                int plane = planes.plane(sample, r / planes.places());
                int columns = r * row + sample * planes.outputs();
                planes.eachRun(r % planes.places(),
                        (at, step, output, length) -> kernels.copy(array(), plane + at, step,
                                out.array(), columns + output, 1, length));
            }
        });
        return out;
    }

    /// The adjoint of [#unfold]: each entry is added to the place it was seen at.
    Storage<A> fold(Planes planes) {
        int row = planes.samples() * planes.outputs();
        Storage<A> out = allocateZeros(planes.size());
        shareRows(planes.samples() * planes.channels(), planes.outputs() * planes.places(), p -> {
            int sample = p / planes.channels();
            int channel = p % planes.channels();
            int plane = planes.plane(sample, channel);
            for (int place = 0; place < planes.places(); place++) {
                int columns = (channel * planes.places() + place) * row + sample * planes.outputs();
                planes.eachRun(place, (at, step, output, length) -> kernels.accumulate(1, array(), columns + output, 1,
                        out.array(), plane + at, step, length));
            }
        });
        return out;
    }

    /// The index of the largest element that each window sees.
    int[] largest(Planes planes) {
        int outputs = planes.outputs();
        int plane = planes.height() * planes.width();
        int[] out = new int[planes.samples() * planes.channels() * outputs];
        if (planes.isPadded()) {
            int[] table = planes.table();
            shareRows(planes.samples() * planes.channels(), table.length,
                    p -> kernels.largest(array(), p * plane, table, outputs, out, p * outputs));
            return out;
        }
        int[] offsets = planes.offsets();
        int across = planes.outputsAcross();
        int rowStep = planes.window().down().stride() * planes.width();
        int step = planes.window().across().stride();
        shareRows(planes.samples() * planes.channels(), outputs * offsets.length, p -> kernels.largest(array(),
                p * plane, step, rowStep, planes.outputsDown(), across, offsets, out, p * outputs));
        return out;
    }

    /// The elements that these indices name. Indices come in groups of `together`, for the workers to share.
    Storage<A> pick(int[] indices, int together) {
        Storage<A> out = allocate(indices.length);
        shareRows(together == 0 ? 0 : indices.length / together, together,
                p -> kernels.gather(array(), 0, indices, p * together, (p + 1) * together, out.array(), p * together));
        return out;
    }

    /// The adjoint of [#pick]: `size` elements, of which the indices of one group name those of one part, as many as
    /// any group.
    Storage<A> unpick(int[] indices, int together, int size) {
        Storage<A> out = allocate(size);
        int groups = together == 0 ? 0 : indices.length / together;
        if (groups == 0) {
            kernels.clear(out.array(), 0, size);
            return out;
        }
        int part = size / groups;
        shareRows(groups, part, p -> {
            kernels.clear(out.array(), p * part, (p + 1) * part);
            kernels.scatterAdd(array(), p * together, indices, p * together, (p + 1) * together, out.array(), 0);
        });
        return out;
    }

    // --- products

    /// rows of `out` = rows of a sparse matrix, in compressed rows, times this, which has rows of `width`.
    Storage<A> sparseProduct(int rows, int[] starts, int[] columns, double[] values, int width) {
        Storage<A> out = allocate(rows * width);
        shareRows(rows, width, i -> kernels.weighRows(values, columns, starts[i], starts[i + 1], array(), width,
                out.array(), i * width));
        return out;
    }

    Storage<A> product(boolean transposeA, boolean transposeB, int m, int n, int k, Storage<?> other) {
        A b = arrayOf(other);
        Storage<A> out = allocate(m * n);
        kernels.product(transposeA, transposeB, m, n, k, array(), b, 0, out.array());
        return out;
    }

    /// this (m x k) times the transpose of `weight` (n x k), plus `bias` (n) on every row.
    Storage<A> linear(Storage<?> weight, Storage<?> bias, int m, int n, int k) {
        A w = arrayOf(weight);
        A b = arrayOf(bias);
        Storage<A> out = allocate(m * n);
        fillRows(b, 0, n, out.array(), 0, m);
        kernels.product(false, true, m, n, k, array(), w, 1, out.array());
        return out;
    }

    /// ln of the softmax of each row of `length`: x - max - ln sum e^(x - max).
    Storage<A> logSoftmax(int length) {
        Storage<A> out = allocate(size());
        shareRows(length == 0 ? 0 : size() / length, length,
                row -> kernels.logSoftmax(array(), row * length, length, out.array()));
        return out;
    }
}
