package org.surprisal.tensor;

import org.surprisal.tensor.kernel.BinaryFunction;
import org.surprisal.tensor.kernel.DoubleKernels;
import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.Provider;
import org.surprisal.tensor.kernel.UnaryFunction;
import org.surprisal.tensor.kernel.Workers;

/// The numbers of a tensor: one array and the loops for its element type. Here shapes have become counts and offsets, and
/// long loops are shared out over the workers in chunks of fixed length.
final class Storage<A> {
    /// Elements a chunk of shared element-wise work has.
    private static final int CHUNK = 1 << 15;

    private final ElementType type;
    private final A array;
    private final Kernels<A> kernels;
    private int version;

    private Storage(ElementType type, A array, Kernels<A> kernels) {
        this.type = type;
        this.array = array;
        this.kernels = kernels;
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

    /// How often the numbers have been written in place, through whichever tensor that holds them.
    int version() {
        return version;
    }

    void written() {
        version++;
    }

    int size() {
        return kernels.length(array);
    }

    double get(int index) {
        return kernels.get(array, index);
    }

    void set(int index, double value) {
        kernels.set(array, index, value);
    }

    float[] toFloats() {
        if (array instanceof float[] values) {
            return values.clone();
        }
        float[] out = new float[size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) get(i);
        }
        return out;
    }

    double[] toDoubles() {
        if (array instanceof double[] values) {
            return values.clone();
        }
        double[] out = new double[size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = get(i);
        }
        return out;
    }

    private Storage<A> allocate(int size) {
        return new Storage<>(type, kernels.allocate(size), kernels);
    }

    /// The caller has checked the element types, so the arrays are of one class.
    @SuppressWarnings("unchecked")
    private A arrayOf(Storage<?> other) {
        if (other.type != type) {
            throw new IllegalArgumentException("element types differ: " + type + " and " + other.type);
        }
        return (A) other.array;
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
        System.arraycopy(array, 0, out.array, 0, size());
        return out;
    }

    Storage<A> map(UnaryFunction f) {
        Storage<A> out = allocate(size());
        share(size(), (from, to) -> kernels.map(f, array, out.array, from, to));
        return out;
    }

    Storage<A> combine(BinaryFunction f, Storage<?> other) {
        A second = arrayOf(other);
        Storage<A> out = allocate(size());
        share(size(), (from, to) -> kernels.combine(f, array, second, out.array, from, to));
        return out;
    }

    Storage<A> affine(double scale, double shift) {
        Storage<A> out = allocate(size());
        share(size(), (from, to) -> kernels.affine(scale, shift, array, out.array, from, to));
        return out;
    }

    /// this = a other + b this.
    void blend(double a, Storage<?> other, double b) {
        A x = arrayOf(other);
        share(size(), (from, to) -> kernels.blend(a, x, b, array, from, to));
    }

    /// this = a other^2 + b this.
    void blendSquare(double a, Storage<?> other, double b) {
        A x = arrayOf(other);
        share(size(), (from, to) -> kernels.blendSquare(a, x, b, array, from, to));
    }

    /// this = this + a x / (sqrt(s + inside) + outside).
    void addOverRoot(double a, Storage<?> x, Storage<?> s, double inside, double outside) {
        A numerator = arrayOf(x);
        A radicand = arrayOf(s);
        share(size(), (from, to) -> kernels.addOverRoot(a, numerator, radicand, inside, outside, array, from, to));
    }

    /// this = this + a sign(other).
    void addSign(double a, Storage<?> other) {
        A x = arrayOf(other);
        share(size(), (from, to) -> kernels.addSign(a, x, array, from, to));
    }

    /// this = min(max(this, low), high).
    void clamp(double low, double high) {
        share(size(), (from, to) -> kernels.clamp(low, high, array, from, to));
    }

    /// this = other. Copied rather than blended with factor 0, which would keep a NaN.
    void assign(Storage<?> other) {
        System.arraycopy(arrayOf(other), 0, array, 0, size());
    }

    double sumOfSquares() {
        return kernels.sumOfSquares(array, 0, size());
    }

    /// Sum over the middle of three axes (outer, length, inner).
    Storage<A> sum(int outer, int length, int inner) {
        Storage<A> out = allocate(outer * inner);
        for (int o = 0; o < outer; o++) {
            int start = o * length * inner;
            if (inner == 1) {
                kernels.set(out.array, o, kernels.sum(array, start, start + length));
            } else {
                kernels.sumRows(array, start, length, inner, out.array, o * inner);
            }
        }
        return out;
    }

    /// Each element of (outer, inner) repeated `length` times along a new middle axis.
    Storage<A> repeat(int outer, int length, int inner) {
        Storage<A> out = allocate(outer * length * inner);
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < length; i++) {
                System.arraycopy(array, o * inner, out.array, (o * length + i) * inner, inner);
            }
        }
        return out;
    }

    /// These rows of `length` elements each.
    Storage<A> rows(int[] rows, int length) {
        Storage<A> out = allocate(rows.length * length);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(array, rows[i] * length, out.array, i * length, length);
        }
        return out;
    }

    Storage<A> transpose(int rows, int columns) {
        Storage<A> out = allocate(size());
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                System.arraycopy(array, i * columns + j, out.array, j * rows + i, 1);
            }
        }
        return out;
    }

    Storage<A> product(boolean transposeA, boolean transposeB, int m, int n, int k, Storage<?> other) {
        A b = arrayOf(other);
        Storage<A> out = allocate(m * n);
        kernels.product(transposeA, transposeB, m, n, k, array, b, 0, out.array);
        return out;
    }

    /// this (m x k) times the transpose of `weight` (n x k), plus `bias` (n) on every row.
    Storage<A> linear(Storage<?> weight, Storage<?> bias, int m, int n, int k) {
        A w = arrayOf(weight);
        A b = arrayOf(bias);
        Storage<A> out = allocate(m * n);
        for (int i = 0; i < m; i++) {
            System.arraycopy(b, 0, out.array, i * n, n);
        }
        kernels.product(false, true, m, n, k, array, w, 1, out.array);
        return out;
    }

    /// ln of the softmax of each row of `length`: x - max - ln sum e^(x - max).
    Storage<A> logSoftmax(int length) {
        Storage<A> out = allocate(size());
        for (int start = 0; start < size(); start += length) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = start; i < start + length; i++) {
                max = Math.max(max, get(i));
            }
            double sum = 0;
            for (int i = start; i < start + length; i++) {
                sum += StrictMath.exp(get(i) - max);
            }
            double logSum = max + StrictMath.log(sum);
            for (int i = start; i < start + length; i++) {
                out.set(i, get(i) - logSum);
            }
        }
        return out;
    }

    /// Element `columns[i]` of each row i of `length`.
    Storage<A> pick(int[] columns, int length) {
        Storage<A> out = allocate(columns.length);
        for (int i = 0; i < columns.length; i++) {
            System.arraycopy(array, i * length + columns[i], out.array, i, 1);
        }
        return out;
    }

    /// Zero rows of `length` with element i of this at `columns[i]` of row i.
    Storage<A> place(int[] columns, int length) {
        Storage<A> out = allocate(columns.length * length);
        for (int i = 0; i < columns.length; i++) {
            System.arraycopy(array, i, out.array, i * length + columns[i], 1);
        }
        return out;
    }
}
