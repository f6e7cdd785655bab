package org.surprisal.information.mutual;

import java.util.Arrays;
import org.surprisal.tensor.Tensor;

/// Squared Euclidean distances between the rows of a matrix, a tile at a time, in double precision and without the
/// cancellation of ||a||² + ||b||² - 2 a·b: differences are squared and summed.
///
/// Where only distances below a limit are asked for and rows are wide, a float32 matrix product says first which pairs lie
/// above the limit for certain, by a bound of its rounding; all others are computed as before. So the fast path gives the
/// numbers of the plain one.
final class SquaredDistances {

    /// Coordinates from which the product is worth it.
    private static final int WIDE = 32;
    /// Coordinates that are transposed at a time, so that a tile's share of them stays in the cache.
    private static final int DEPTH = 64;
    /// Rows are centred; beyond this float32 squares may overflow.
    private static final double LARGEST_FLOAT_COORDINATE = 1e15;
    /// Unit roundoff of float32.
    private static final double ROUNDOFF = 0x1p-24;

    private final int n;
    private final int d;
    private final double[] rows;
    private final Tensor[] centred;
    private final double[] norms;

    /// @param values shape (n, d), finite
    SquaredDistances(Tensor values) {
        n = values.length(0);
        d = values.length(1);
        rows = values.toDoubles();
        norms = new double[n];
        centred = d < WIDE ? new Tensor[0] : centredTiles();
    }

    /// The centred rows in float32, tile by tile, and their norms; none where float32 does not hold them.
    private Tensor[] centredTiles() {
        double[] mean = new double[d];
        for (int i = 0; i < rows.length; i++) {
            mean[i % d] += rows[i] / n;
        }
        Tensor[] tiles = new Tensor[Math.ceilDiv(n, Tiles.SIZE)];
        for (int tile = 0; tile < tiles.length; tile++) {
            int from = tile * Tiles.SIZE;
            int to = Math.min(n, from + Tiles.SIZE);
            float[] block = new float[(to - from) * d];
            for (int i = from; i < to; i++) {
                double sum = 0;
                for (int l = 0; l < d; l++) {
                    double x = rows[i * d + l] - mean[l];
                    if (!(Math.abs(x) < LARGEST_FLOAT_COORDINATE)) {
                        return new Tensor[0];
                    }
                    float rounded = (float) x;
                    block[(i - from) * d + l] = rounded;
                    sum += (double) rounded * rounded;
                }
                norms[i] = Math.sqrt(sum);
            }
            tiles[tile] = Tensor.of(block, to - from, d);
        }
        return tiles;
    }

    /// All distances of a tile, row-major into `out`.
    void tile(int rowFrom, int rowTo, int columnFrom, int columnTo, double[] out) {
        int width = columnTo - columnFrom;
        Arrays.fill(out, 0, (rowTo - rowFrom) * width, 0);
        double[] transposed = new double[DEPTH * width];
        for (int first = 0; first < d; first += DEPTH) {
            int depth = Math.min(DEPTH, d - first);
            for (int j = 0; j < width; j++) {
                for (int l = 0; l < depth; l++) {
                    transposed[l * width + j] = rows[(columnFrom + j) * d + first + l];
                }
            }
            for (int i = rowFrom; i < rowTo; i++) {
                int outFrom = (i - rowFrom) * width;
                int l = 0;
                for (; l + 4 <= depth; l += 4) {
                    addFourSquares(rows, i * d + first + l, transposed, l * width, out, outFrom, width);
                }
                for (; l < depth; l++) {
                    addSquares(rows[i * d + first + l], transposed, l * width, out, outFrom, width);
                }
            }
        }
    }

    /// A loop that the compiler vectorises.
    private static void addSquares(double x, double[] others, int from, double[] out, int outFrom, int count) {
        for (int j = 0; j < count; j++) {
            double difference = x - others[from + j];
            out[outFrom + j] += difference * difference;
        }
    }

    /// Four coordinates of [#addSquares] at once: sums are loaded and stored a quarter as often.
    private static void addFourSquares(double[] x, int at, double[] others, int from, double[] out, int outFrom,
            int count) {
        double x0 = x[at];
        double x1 = x[at + 1];
        double x2 = x[at + 2];
        double x3 = x[at + 3];
        for (int j = 0; j < count; j++) {
            double d0 = x0 - others[from + j];
            double d1 = x1 - others[from + count + j];
            double d2 = x2 - others[from + 2 * count + j];
            double d3 = x3 - others[from + 3 * count + j];
            out[outFrom + j] += (d0 * d0 + d1 * d1) + (d2 * d2 + d3 * d3);
        }
    }

    /// The distances of a tile that are at most `limit`, and in the place of every other one some number above it.
    ///
    /// @param rowFrom a multiple of [Tiles#SIZE], as is `columnFrom`
    void tileWithin(double limit, int rowFrom, int rowTo, int columnFrom, int columnTo, double[] out) {
        if (centred.length == 0) {
            tile(rowFrom, rowTo, columnFrom, columnTo, out);
            return;
        }
        int width = columnTo - columnFrom;
        float[] product = centred[rowFrom / Tiles.SIZE].matmulTransposed(centred[columnFrom / Tiles.SIZE]).toFloats();
        int open = 0;
        for (int i = rowFrom; i < rowTo; i++) {
            for (int j = columnFrom; j < columnTo; j++) {
                int place = (i - rowFrom) * width + j - columnFrom;
                boolean far = atLeast(norms[i], norms[j], product[place]) > limit;
                out[place] = far ? Double.POSITIVE_INFINITY : 0;
                open += far ? 0 : 1;
            }
        }
        // A pair by itself costs some four times its share of a whole tile.
        if (open > product.length / 4) {
            tile(rowFrom, rowTo, columnFrom, columnTo, out);
            return;
        }
        for (int place = 0; place < product.length; place++) {
            if (out[place] == 0) {
                out[place] = distance(rowFrom + place / width, columnFrom + place % width);
            }
        }
    }

    /// What the squared distance is at least, of two rows of these norms and this float32 product. A product of d terms
    /// errs by at most d u |a||b| (u the unit roundoff, and the smallest normal number a term that underflows), rows that
    /// were rounded move by at most u |a| and u |b|.
    private double atLeast(double a, double b, float product) {
        double sum = a + b;
        double error = ROUNDOFF * sum * sum * (0.5 * d + 3) + 2.0 * d * Float.MIN_NORMAL;
        return a * a + b * b - 2.0 * product - error;
    }

    private double distance(int i, int j) {
        double sum = 0;
        for (int l = 0; l < d; l++) {
            double difference = rows[i * d + l] - rows[j * d + l];
            sum += difference * difference;
        }
        return sum;
    }
}
