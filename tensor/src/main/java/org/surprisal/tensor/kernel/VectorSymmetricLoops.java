package org.surprisal.tensor.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of the symmetric eigenvalue problem in SIMD lanes. Where a vector has fewer lanes than a sum has strands,
/// a block of columns is gone through once for each group of strands, while it is in the cache.
public final class VectorSymmetricLoops implements SymmetricLoops {
    /// As wide as the machine's vectors, and not wider than the strands of a sum.
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED.length() > STRANDS
            ? DoubleVector.SPECIES_512
            : DoubleVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();
    /// Columns of a block: with four rows, 16 KiB.
    private static final int BLOCK = 512;

    private static DoubleVector load(double[] x, int at) {
        return DoubleVector.fromArray(SPECIES, x, at);
    }

    private static DoubleVector broadcast(double x) {
        return DoubleVector.broadcast(SPECIES, x);
    }

    @Override
    public void dots(double[][] rows, int first, double[] v, int end, double[] sums) {
        double[] strands = new double[ROWS * STRANDS];
        for (int block = 0; block < end; block += BLOCK) {
            int stop = Math.min(block + BLOCK, end);
            for (int strand = 0; strand < STRANDS; strand += WIDTH) {
                dots(rows[first], rows[first + 1], rows[first + 2], rows[first + 3], v, block + strand, stop, strands,
                        strand);
            }
        }
        total(strands, sums);
    }

    private static void dots(double[] row0, double[] row1, double[] row2, double[] row3, double[] v, int from, int end,
            double[] strands, int strand) {
        DoubleVector s0 = load(strands, strand);
        DoubleVector s1 = load(strands, STRANDS + strand);
        DoubleVector s2 = load(strands, 2 * STRANDS + strand);
        DoubleVector s3 = load(strands, 3 * STRANDS + strand);
        for (int c = from; c < end; c += STRANDS) {
            DoubleVector x = load(v, c);
            s0 = load(row0, c).fma(x, s0);
            s1 = load(row1, c).fma(x, s1);
            s2 = load(row2, c).fma(x, s2);
            s3 = load(row3, c).fma(x, s3);
        }
        s0.intoArray(strands, strand);
        s1.intoArray(strands, STRANDS + strand);
        s2.intoArray(strands, 2 * STRANDS + strand);
        s3.intoArray(strands, 3 * STRANDS + strand);
    }

    private static void total(double[] strands, double[] sums) {
        for (int r = 0; r < ROWS; r++) {
            int s = r * STRANDS;
            sums[r] = ((strands[s] + strands[s + 4]) + (strands[s + 2] + strands[s + 6]))
                    + ((strands[s + 1] + strands[s + 5]) + (strands[s + 3] + strands[s + 7]));
        }
    }

    @Override
    public void addRows(double[][] rows, int first, double[] factors, double[] y, int from, int end) {
        addRows(rows[first], rows[first + 1], rows[first + 2], rows[first + 3], factors[first], factors[first + 1],
                factors[first + 2], factors[first + 3], y, from, end);
    }

    private static void addRows(double[] row0, double[] row1, double[] row2, double[] row3, double factor0,
            double factor1, double factor2, double factor3, double[] y, int from, int end) {
        DoubleVector f0 = broadcast(factor0);
        DoubleVector f1 = broadcast(factor1);
        DoubleVector f2 = broadcast(factor2);
        DoubleVector f3 = broadcast(factor3);
        for (int c = from; c < end; c += WIDTH) {
            DoubleVector sum = f0.fma(load(row0, c), load(y, c));
            sum = f1.fma(load(row1, c), sum);
            sum = f2.fma(load(row2, c), sum);
            f3.fma(load(row3, c), sum).intoArray(y, c);
        }
    }

    @Override
    public void dotsAndAddRows(double[][] rows, int first, double[] v, double[] y, int end, double[] sums) {
        double[] strands = new double[ROWS * STRANDS];
        for (int block = 0; block < end; block += BLOCK) {
            int stop = Math.min(block + BLOCK, end);
            for (int strand = 0; strand < STRANDS; strand += WIDTH) {
                dotsAndAddRows(rows[first], rows[first + 1], rows[first + 2], rows[first + 3], v[first], v[first + 1],
                        v[first + 2], v[first + 3], v, y, block + strand, stop, strands, strand);
            }
        }
        total(strands, sums);
    }

    private static void dotsAndAddRows(double[] row0, double[] row1, double[] row2, double[] row3, double factor0,
            double factor1, double factor2, double factor3, double[] v, double[] y, int from, int end,
            double[] strands, int strand) {
        DoubleVector f0 = broadcast(factor0);
        DoubleVector f1 = broadcast(factor1);
        DoubleVector f2 = broadcast(factor2);
        DoubleVector f3 = broadcast(factor3);
        DoubleVector s0 = load(strands, strand);
        DoubleVector s1 = load(strands, STRANDS + strand);
        DoubleVector s2 = load(strands, 2 * STRANDS + strand);
        DoubleVector s3 = load(strands, 3 * STRANDS + strand);
        for (int c = from; c < end; c += STRANDS) {
            DoubleVector x = load(v, c);
            DoubleVector a0 = load(row0, c);
            DoubleVector a1 = load(row1, c);
            DoubleVector a2 = load(row2, c);
            DoubleVector a3 = load(row3, c);
            s0 = a0.fma(x, s0);
            s1 = a1.fma(x, s1);
            s2 = a2.fma(x, s2);
            s3 = a3.fma(x, s3);
            DoubleVector sum = f0.fma(a0, load(y, c));
            sum = f1.fma(a1, sum);
            sum = f2.fma(a2, sum);
            f3.fma(a3, sum).intoArray(y, c);
        }
        s0.intoArray(strands, strand);
        s1.intoArray(strands, STRANDS + strand);
        s2.intoArray(strands, 2 * STRANDS + strand);
        s3.intoArray(strands, 3 * STRANDS + strand);
    }

    @Override
    public void addToTile(double[][] rows, int first, int from, double[] factors, int stride, double[] terms,
            int count) {
        for (int c = 0; c < TILE; c += 2 * WIDTH) {
            addToTile(rows[first], rows[first + 1], rows[first + 2], rows[first + 3], from + c, factors,
                    first * stride, stride, terms, c, count);
        }
    }

    private static void addToTile(double[] row0, double[] row1, double[] row2, double[] row3, int at, double[] factors,
            int factor, int stride, double[] terms, int term, int count) {
        DoubleVector a0 = load(row0, at);
        DoubleVector b0 = load(row0, at + WIDTH);
        DoubleVector a1 = load(row1, at);
        DoubleVector b1 = load(row1, at + WIDTH);
        DoubleVector a2 = load(row2, at);
        DoubleVector b2 = load(row2, at + WIDTH);
        DoubleVector a3 = load(row3, at);
        DoubleVector b3 = load(row3, at + WIDTH);
        for (int t = 0; t < count; t++) {
            DoubleVector x = load(terms, t * TILE + term);
            DoubleVector y = load(terms, t * TILE + term + WIDTH);
            DoubleVector f0 = broadcast(factors[factor + t]);
            a0 = f0.fma(x, a0);
            b0 = f0.fma(y, b0);
            DoubleVector f1 = broadcast(factors[factor + stride + t]);
            a1 = f1.fma(x, a1);
            b1 = f1.fma(y, b1);
            DoubleVector f2 = broadcast(factors[factor + 2 * stride + t]);
            a2 = f2.fma(x, a2);
            b2 = f2.fma(y, b2);
            DoubleVector f3 = broadcast(factors[factor + 3 * stride + t]);
            a3 = f3.fma(x, a3);
            b3 = f3.fma(y, b3);
        }
        a0.intoArray(row0, at);
        b0.intoArray(row0, at + WIDTH);
        a1.intoArray(row1, at);
        b1.intoArray(row1, at + WIDTH);
        a2.intoArray(row2, at);
        b2.intoArray(row2, at + WIDTH);
        a3.intoArray(row3, at);
        b3.intoArray(row3, at + WIDTH);
    }

    @Override
    public void rotate(double[][] rows, int low, int high, int from, double[] turns, int at) {
        for (int c = from; c < from + STRIP; c += 4 * WIDTH) {
            rotateLanes(rows, low, high, c, turns, at);
        }
    }

    private static void rotateLanes(double[][] rows, int low, int high, int column, double[] turns, int at) {
        double[] upper = rows[high];
        DoubleVector y0 = load(upper, column);
        DoubleVector y1 = load(upper, column + WIDTH);
        DoubleVector y2 = load(upper, column + 2 * WIDTH);
        DoubleVector y3 = load(upper, column + 3 * WIDTH);
        for (int i = high - 1; i >= low; i--) {
            DoubleVector cosine = broadcast(turns[at + 2 * i]);
            DoubleVector sine = broadcast(turns[at + 2 * i + 1]);
            DoubleVector back = sine.neg();
            double[] lower = rows[i];
            DoubleVector x0 = load(lower, column);
            DoubleVector x1 = load(lower, column + WIDTH);
            DoubleVector x2 = load(lower, column + 2 * WIDTH);
            DoubleVector x3 = load(lower, column + 3 * WIDTH);
            cosine.fma(y0, sine.mul(x0)).intoArray(upper, column);
            cosine.fma(y1, sine.mul(x1)).intoArray(upper, column + WIDTH);
            cosine.fma(y2, sine.mul(x2)).intoArray(upper, column + 2 * WIDTH);
            cosine.fma(y3, sine.mul(x3)).intoArray(upper, column + 3 * WIDTH);
            y0 = back.fma(y0, cosine.mul(x0));
            y1 = back.fma(y1, cosine.mul(x1));
            y2 = back.fma(y2, cosine.mul(x2));
            y3 = back.fma(y3, cosine.mul(x3));
            upper = lower;
        }
        y0.intoArray(upper, column);
        y1.intoArray(upper, column + WIDTH);
        y2.intoArray(upper, column + 2 * WIDTH);
        y3.intoArray(upper, column + 3 * WIDTH);
    }
}
