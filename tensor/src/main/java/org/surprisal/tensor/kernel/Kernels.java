package org.surprisal.tensor.kernel;

/// Loops over arrays `A` (`float[]` or `double[]`) of one element type.
///
/// Ranges `[from, to)` let callers share a loop out; no result depends on how. Operands of element-wise loops may be
/// the same array as the output.
public interface Kernels<A> {
    A allocate(int length);

    /// The loops of recurrent cells with gates.
    GateLoops<A> gates();

    int length(A array);

    double get(A array, int index);

    void set(A array, int index, double value);

    /// One number from `from` to before `to`.
    void fill(A array, int from, int to, double value);

    /// Zeros from `from` to before `to`.
    default void clear(A array, int from, int to) {
        fill(array, from, to, 0);
    }

    /// How many of the last elements before `to` are zero, counted to `from` at most.
    int trailingZeros(A x, int from, int to);

    /// out = f(x).
    void map(UnaryFunction f, A x, A out, int from, int to);

    /// out = f(x, y).
    void combine(BinaryFunction f, A x, A y, A out, int from, int to);

    /// out = scale x + shift.
    void affine(double scale, double shift, A x, A out, int from, int to);

    /// y = a x + b y, in place.
    void blend(double a, A x, double b, A y, int from, int to);

    /// y = a x^2 + b y, in place.
    void blendSquare(double a, A x, double b, A y, int from, int to);

    /// y = y + a x / (sqrt(s + inside) + outside), in place.
    void addOverRoot(double a, A x, A s, double inside, double outside, A y, int from, int to);

    /// v = g + momentum v, then y = y - rate v, in place and in one pass.
    void followMomentum(double rate, double momentum, A g, A v, A y, int from, int to);

    /// m = beta1 m + (1 - beta1) g and s = beta2 s + (1 - beta2) g^2, then y = y - rate m / (sqrt(s) + outside), in
    /// place and in one pass.
    void followAdam(double rate, double beta1, double beta2, double outside, A g, A m, A s, A y, int from, int to);

    /// y = y + a sign(x), in place; sign(0) = 0.
    void addSign(double a, A x, A y, int from, int to);

    /// y = min(max(y, low), high), in place.
    void clamp(double low, double high, A y, int from, int to);

    /// The sums of the columns of `rows` rows of x, each `columns` long, the first from `from` on: written to out, from
    /// `outFrom` on. Added up in double precision, first row first.
    void sumRows(A x, int from, int rows, int columns, A out, int outFrom);

    /// The sum of x over the range, in an order that depends on the length only.
    double sum(A x, int from, int to);

    /// The sum of (x - center)^2 over the range, in float64: squares that float32 does not hold neither overflow nor
    /// vanish.
    double sumOfSquares(A x, double center, int from, int to);

    /// C = op(A) op(B) + beta C for row-major matrices: op(A) is m x k, op(B) k x n, C m x n; `op` transposes where
    /// asked (A is then stored k x m, B n x k). beta is 0 or 1.
    void product(boolean transposeA, boolean transposeB, int m, int n, int k, A a, A b, int beta, A c);

    /// [#product] of matrices that begin at these elements of their arrays and whose stored rows begin a stride apart,
    /// on the calling thread alone. All may lie in one array, where C shares no element with the others.
    void productPart(boolean transposeA, boolean transposeB, int m, int n, int k, A a, int aFrom, int aStride, A b,
            int bFrom, int bStride, int beta, A c, int cFrom, int cStride);

    /// y[yFrom + i yStep] = x[xFrom + i xStep] for i below `length`.
    void copy(A x, int xFrom, int xStep, A y, int yFrom, int yStep, int length);

    /// y[yFrom + i yStep] += a x[xFrom + i xStep] for i below `length`. Steps of y are not 0.
    void accumulate(double a, A x, int xFrom, int xStep, A y, int yFrom, int yStep, int length);

    /// Copies `rows` rows of `length` elements: y[yFrom + r yStep + i] = x[xFrom + r xStep + i] for r below `rows`.
    default void copyRows(A x, int xFrom, int xStep, A y, int yFrom, int yStep, int rows, int length) {
        for (int r = 0; r < rows; r++) {
            copy(x, xFrom + r * xStep, 1, y, yFrom + r * yStep, 1, length);
        }
    }

    /// Copies `rows` rows of `length` elements, one behind the other: y[yFrom + r length + i] = x[xFrom + r xRow + i
    /// xStep] for r below `rows`.
    default void gatherRows(A x, int xFrom, int xStep, int xRow, A y, int yFrom, int rows, int length) {
        for (int r = 0; r < rows; r++) {
            copy(x, xFrom + r * xRow, xStep, y, yFrom + r * length, 1, length);
        }
    }

    /// The adjoint of [#gatherRows]: y[yFrom + r yRow + i yStep] += x[xFrom + r length + i] for r below `rows`. Rows of
    /// y do not overlap.
    default void spreadRows(A x, int xFrom, A y, int yFrom, int yStep, int yRow, int rows, int length) {
        for (int r = 0; r < rows; r++) {
            accumulate(1, x, xFrom + r * length, 1, y, yFrom + r * yRow, yStep, length);
        }
    }

    /// A row of a sparse product: out, `width` elements from `outFrom` on, is the sum of `values[e]` times row
    /// `rows[e]` of x, whose rows are `width` long, over e from `from` to before `to`, first e first.
    void weighRows(double[] values, int[] rows, int from, int to, A x, int width, A out, int outFrom);

    /// Elements of out, from `outFrom` on, are those of x, from `xFrom` on, that the indices from `from` to before `to`
    /// name.
    void gather(A x, int xFrom, int[] indices, int from, int to, A out, int outFrom);

    /// Row i of out, from `outFrom` on, is the row of x, from `xFrom` on, that the i-th index names, for i from `from`
    /// to before `to`. Rows are `width` long.
    void takeRows(A x, int xFrom, int width, int[] indices, int from, int to, A out, int outFrom);

    /// Elements of x, from `xFrom` on, are added to those of out, from `outFrom` on, that the indices from `from` to
    /// before `to` name; in order.
    void scatterAdd(A x, int xFrom, int[] indices, int from, int to, A out, int outFrom);

    /// For each of `rows` rows of `table`: the index among those in it at which x, from `from` on, is largest, the
    /// first of equals; the first NaN's if there is one. Entries below 0 count for nothing; each row has another. The
    /// table is stored column after column, `rows` long each. Indices into x itself, `from` added, are written to out,
    /// from `outFrom` on.
    void largest(A x, int from, int[] table, int rows, int[] out, int outFrom);

    /// For each window: the index among those that it sees at which x is largest, the first of equals, the first NaN's
    /// if there is one. Windows come in `rows` rows of `length`, the rows `rowStep` elements of x apart and the windows
    /// within a row `step`; the first begins at `from`. A window sees what lies at these offsets from its beginning.
    /// Written to out, from `outFrom` on, row after row.
    void largest(A x, int from, int step, int rowStep, int rows, int length, int[] offsets, int[] out, int outFrom);

    /// x - ln sum e^x over the range of `length` elements from `from` on, written to the same places of out: the
    /// logarithm of the softmax. The largest element is taken out of the sum, which is added up in float64.
    void logSoftmax(A x, int from, int length, A out);
}
