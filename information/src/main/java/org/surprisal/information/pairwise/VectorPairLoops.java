package org.surprisal.information.pairwise;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The loops over pairs in SIMD lanes of the machine's preferred width. What fills no whole vector is left to the plain
/// ones.
public final class VectorPairLoops implements PairLoops {

    /// As wide as the machine's vectors, and not wider than the strands of a sum.
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED.length() > STRANDS
            ? DoubleVector.SPECIES_512
            : DoubleVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();

    private final PlainPairLoops plain = new PlainPairLoops();

    /// Eight sums of four rows and two vectors stay in registers over all coordinates: for each coordinate six loads
    /// and eight fused multiply-adds, which is what a core with two load and two multiply ports can do at once.
    @Override
    public void addSquares(int depth, double[] rows, int rowsFrom, double[] columns, int columnsFrom, double[] sums,
            int sumsFrom, int stride) {
        for (int c = 0; c < PANEL; c += 2 * WIDTH) {
            int at = sumsFrom + c;
            DoubleVector a0 = load(sums, at);
            DoubleVector b0 = load(sums, at + WIDTH);
            DoubleVector a1 = load(sums, at + stride);
            DoubleVector b1 = load(sums, at + stride + WIDTH);
            DoubleVector a2 = load(sums, at + 2 * stride);
            DoubleVector b2 = load(sums, at + 2 * stride + WIDTH);
            DoubleVector a3 = load(sums, at + 3 * stride);
            DoubleVector b3 = load(sums, at + 3 * stride + WIDTH);
            for (int l = 0; l < depth; l++) {
                int row = rowsFrom + l * PANEL;
                DoubleVector a = load(columns, columnsFrom + l * PANEL + c);
                DoubleVector b = load(columns, columnsFrom + l * PANEL + c + WIDTH);
                DoubleVector x0 = DoubleVector.broadcast(SPECIES, rows[row]);
                DoubleVector d0 = x0.sub(a);
                DoubleVector e0 = x0.sub(b);
                a0 = d0.fma(d0, a0);
                b0 = e0.fma(e0, b0);
                DoubleVector x1 = DoubleVector.broadcast(SPECIES, rows[row + 1]);
                DoubleVector d1 = x1.sub(a);
                DoubleVector e1 = x1.sub(b);
                a1 = d1.fma(d1, a1);
                b1 = e1.fma(e1, b1);
                DoubleVector x2 = DoubleVector.broadcast(SPECIES, rows[row + 2]);
                DoubleVector d2 = x2.sub(a);
                DoubleVector e2 = x2.sub(b);
                a2 = d2.fma(d2, a2);
                b2 = e2.fma(e2, b2);
                DoubleVector x3 = DoubleVector.broadcast(SPECIES, rows[row + 3]);
                DoubleVector d3 = x3.sub(a);
                DoubleVector e3 = x3.sub(b);
                a3 = d3.fma(d3, a3);
                b3 = e3.fma(e3, b3);
            }
            a0.intoArray(sums, at);
            b0.intoArray(sums, at + WIDTH);
            a1.intoArray(sums, at + stride);
            b1.intoArray(sums, at + stride + WIDTH);
            a2.intoArray(sums, at + 2 * stride);
            b2.intoArray(sums, at + 2 * stride + WIDTH);
            a3.intoArray(sums, at + 3 * stride);
            b3.intoArray(sums, at + 3 * stride + WIDTH);
        }
    }

    @Override
    public double smallest(double[] x, int from, int to) {
        int end = end(from, to);
        if (end == from) {
            return plain.smallest(x, from, to);
        }
        DoubleVector smallest = load(x, from);
        for (int i = from + WIDTH; i < end; i += WIDTH) {
            DoubleVector next = load(x, i);
            // Of numbers, none of them NaN: the least in the sense of Math.min takes five operations.
            smallest = smallest.blend(next, next.lt(smallest));
        }
        return Math.min(smallest.reduceLanes(VectorOperators.MIN), plain.smallest(x, end, to));
    }

    @Override
    public void exponentials(double factor, double cutoff, double[] x, int from, int to, double[] out,
            int outFrom) {
        int end = end(from, to);
        for (int i = from; i < end; i += WIDTH) {
            DoubleVector exponent = load(x, i).mul(factor);
            VectorMask<Double> near = exponent.compare(VectorOperators.LE, cutoff);
            DoubleVector bounded = DoubleVector.zero(SPECIES).blend(exponent, near);
            DoubleVector rounded = bounded.fma(broadcast(-DoubleExponential.LOG2_E),
                    broadcast(DoubleExponential.ROUNDER));
            DoubleVector n = rounded.sub(DoubleExponential.ROUNDER);
            DoubleVector r = n.fma(broadcast(-DoubleExponential.LN2_LOW),
                    n.fma(broadcast(-DoubleExponential.LN2_HIGH), bounded.neg()));
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r2.fma(pair(r, S3, S2), pair(r, S1, S0));
            DoubleVector middle = r2.fma(pair(r, S7, S6), pair(r, S5, S4));
            DoubleVector high = r2.fma(pair(r, S11, S10), pair(r, S9, S8));
            DoubleVector top = r4.fma(pair(r, S13, S12), high);
            DoubleVector p = r4.fma(r4.fma(top, middle), low);
            LongVector power = rounded.reinterpretAsLongs().sub(DoubleExponential.ROUNDER_BITS).add(1023)
                    .lanewise(VectorOperators.LSHL, 52);
            DoubleVector.zero(SPECIES).blend(p.mul(power.reinterpretAsDoubles()), near).intoArray(out,
                    outFrom + i - from);
        }
        plain.exponentials(factor, cutoff, x, end, to, out, outFrom + end - from);
    }

    // Single constants, because the compiler does not see through the elements of an array.
    private static final double S0 = DoubleExponential.SERIES[0];
    private static final double S1 = DoubleExponential.SERIES[1];
    private static final double S2 = DoubleExponential.SERIES[2];
    private static final double S3 = DoubleExponential.SERIES[3];
    private static final double S4 = DoubleExponential.SERIES[4];
    private static final double S5 = DoubleExponential.SERIES[5];
    private static final double S6 = DoubleExponential.SERIES[6];
    private static final double S7 = DoubleExponential.SERIES[7];
    private static final double S8 = DoubleExponential.SERIES[8];
    private static final double S9 = DoubleExponential.SERIES[9];
    private static final double S10 = DoubleExponential.SERIES[10];
    private static final double S11 = DoubleExponential.SERIES[11];
    private static final double S12 = DoubleExponential.SERIES[12];
    private static final double S13 = DoubleExponential.SERIES[13];

    /// a r + b.
    private static DoubleVector pair(DoubleVector r, double a, double b) {
        return r.fma(broadcast(a), broadcast(b));
    }

    @Override
    public void square(double[] x, int from, int to) {
        plain.square(x, from, to);
    }

    @Override
    public double add(double[] x, int from, int to, double[] sums, int sumsFrom) {
        double[] strands = new double[STRANDS];
        int end = from + (to - from) / STRANDS * STRANDS;
        for (int strand = 0; strand < STRANDS; strand += WIDTH) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int i = from + strand; i < end; i += STRANDS) {
                DoubleVector y = load(x, i);
                sum = sum.add(y);
                load(sums, sumsFrom + i - from).add(y).intoArray(sums, sumsFrom + i - from);
            }
            sum.intoArray(strands, strand);
        }
        for (int i = end; i < to; i++) {
            strands[i - end] += x[i];
            sums[sumsFrom + i - from] += x[i];
        }
        double total = 0;
        for (double strand : strands) {
            total += strand;
        }
        return total;
    }

    private static int end(int from, int to) {
        return from + (to - from) / WIDTH * WIDTH;
    }

    private static DoubleVector load(double[] x, int i) {
        return DoubleVector.fromArray(SPECIES, x, i);
    }

    private static DoubleVector broadcast(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
