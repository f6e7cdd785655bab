package org.surprisal.information.pairwise;

import java.util.Optional;
import org.surprisal.tensor.Tensor;

/// Says of pairs of rows whether their squared distance lies in an interval, from float32 products and by a bound of
/// their rounding: "below", "above" or, for those that must be computed, "perhaps within".
///
/// With centred rows a and b rounded to float32, |a - b|² = |a|² + |b|² - 2 a·b. A product of d terms errs by at most
/// γ |a||b|, γ = d u / (1 - d u), in any order of its terms (Higham, Accuracy and Stability, section 3.1; u the unit
/// roundoff; a term that underflows by the smallest normal number more); the rounding of a row moves it by at most
/// u |a|. Together the squared distance is known to 2 c (|a|² + |b|²) with c = γ / 2 + 3 u.
final class DistanceScreen {

    /// Below this many coordinates distances themselves cost no more than the products.
    static final int WIDE = 32;
    /// Beyond this squares may overflow in float32.
    private static final double LARGEST_COORDINATE = 1e15;
    private static final double ROUNDOFF = 0x1p-24;

    private final Tensor[] centred;
    /// Of each row (1 - 2c) |a|² and (1 + 2c) |a|².
    private final double[] low;
    private final double[] high;
    private final double underflow;

    private DistanceScreen(Tensor[] centred, double[] low, double[] high, double underflow) {
        this.centred = centred;
        this.low = low;
        this.high = high;
        this.underflow = underflow;
    }

    /// The screen of rows that are wide enough for it and fit float32.
    ///
    /// @param values shape (n, d)
    static Optional<DistanceScreen> of(Tensor values) {
        int n = values.length(0);
        int d = values.length(1);
        double share = d * ROUNDOFF;
        if (d < WIDE || share > 0.1) {
            return Optional.empty();
        }
        double c = 0.5 * share / (1 - share) + 3 * ROUNDOFF;
        double[] mean = new double[d];
        for (int from = 0; from < n; from += Tiles.SIZE) {
            double[] rows = tile(values, from);
            for (int i = 0; i < rows.length; i += d) {
                for (int l = 0; l < d; l++) {
                    mean[l] += rows[i + l] / n;
                }
            }
        }
        double[] low = new double[n];
        double[] high = new double[n];
        Tensor[] tiles = new Tensor[Math.ceilDiv(n, Tiles.SIZE)];
        for (int tile = 0; tile < tiles.length; tile++) {
            int from = tile * Tiles.SIZE;
            double[] rows = tile(values, from);
            float[] block = new float[rows.length];
            for (int i = from; (i - from) * d < rows.length; i++) {
                double squares = 0;
                for (int l = 0; l < d; l++) {
                    int place = (i - from) * d + l;
                    double x = rows[place] - mean[l];
                    if (!(Math.abs(x) < LARGEST_COORDINATE)) {
                        return Optional.empty();
                    }
                    block[place] = (float) x;
                    squares += (double) block[place] * block[place];
                }
                low[i] = squares * (1 - 2 * c);
                high[i] = squares * (1 + 2 * c);
            }
            tiles[tile] = Tensor.of(block, rows.length / d, d);
        }
        return Optional.of(new DistanceScreen(tiles, low, high, 2.0 * d * Float.MIN_NORMAL));
    }

    private static double[] tile(Tensor values, int from) {
        return values.slice(0, from, Math.min(values.length(0), from + Tiles.SIZE)).toDoubles();
    }

    /// The float32 products of two tiles' rows, row-major.
    float[] products(int tileOfRows, int tileOfColumns) {
        return centred[tileOfRows].matmulTransposed(centred[tileOfColumns]).toFloats();
    }

    /// What the squared distance of two rows is at least.
    double atLeast(int i, int j, float product) {
        return low[i] + low[j] - 2.0 * product - underflow;
    }

    /// What the squared distance of two rows is at most.
    double atMost(int i, int j, float product) {
        return high[i] + high[j] - 2.0 * product + underflow;
    }
}
