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

    /// [#product] of matrices that begin at these elements of their arrays, on the calling thread alone. All may lie in
    /// one array, where C shares no element with the others.
    void productPart(boolean transposeA, boolean transposeB, int m, int n, int k, A a, int aFrom, A b, int bFrom,
            int beta, A c, int cFrom);

    /// y[yFrom + i yStep] = x[xFrom + i xStep] for i below `length`.
    void copy(A x, int xFrom, int xStep, A y, int yFrom, int yStep, int length);

    /// y[yFrom + i yStep] += a x[xFrom + i xStep] for i below `length`. Steps of y are not 0.
    void accumulate(double a, A x, int xFrom, int xStep, A y, int yFrom, int yStep, int length);

    /// A row of a sparse product: out, `width` elements from `outFrom` on, is the sum of `values[e]` times row
    /// `rows[e]` of x, whose rows are `width` long, over e from `from` to before `to`, first e first.
    void weighRows(double[] values, int[] rows, int from, int to, A x, int width, A out, int outFrom);

    /// Element i of out, from `outFrom` on, is the element of x, from `xFrom` on, that the i-th index names.
    void gather(A x, int xFrom, int[] indices, A out, int outFrom);

    /// Row i of out, from `outFrom` on, is the row of x, from `xFrom` on, that the i-th index names, for i from `from`
    /// to before `to`. Rows are `width` long.
    void takeRows(A x, int xFrom, int width, int[] indices, int from, int to, A out, int outFrom);

    /// Element i of x, from `xFrom` on, is added to the element of out, from `outFrom` on, that the i-th index names;
    /// in order.
    void scatterAdd(A x, int xFrom, int[] indices, A out, int outFrom);

    /// For each row of `table` from `firstRow` to before `endRow`: the index among those in it at which x, from `from`
    /// on, is largest, the first of equals; that of a NaN if there is one. Entries below 0 count for nothing; each row
    /// has another. The table is stored column after column, `rows` long each. The index into x itself, `from` added,
    /// is written to out, that of row 0 at `outFrom`.
    void largest(A x, int from, int[] table, int rows, int firstRow, int endRow, int[] out, int outFrom);

    /// x - ln sum e^x over the range of `length` elements from `from` on, written to the same places of out: the
    /// logarithm of the softmax. The largest element is taken out of the sum, which is added up in float64.
    void logSoftmax(A x, int from, int length, A out);
}
