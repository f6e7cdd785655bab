package org.surprisal.information.pairwise;

/// The loops over pairs as one would write them down: the reference of the fast ones, and what runs without the Vector
/// API.
public final class PlainPairLoops implements PairLoops {

    @Override
    public void addSquares(int depth, double[] rows, int rowsFrom, double[] columns, int columnsFrom, double[] sums,
            int sumsFrom, int stride) {
        for (int r = 0; r < ROWS; r++) {
            for (int l = 0; l < depth; l++) {
                double x = rows[rowsFrom + l * PANEL + r];
                for (int c = 0; c < PANEL; c++) {
                    double difference = x - columns[columnsFrom + l * PANEL + c];
                    int place = sumsFrom + r * stride + c;
                    sums[place] = Math.fma(difference, difference, sums[place]);
                }
            }
        }
    }

    @Override
    public double smallest(double[] x, int from, int to) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = from; i < to; i++) {
            smallest = Math.min(smallest, x[i]);
        }
        return smallest;
    }

    @Override
    public void exponentials(double factor, double cutoff, double[] x, int from, int to, double[] out,
            int outFrom) {
        for (int i = from; i < to; i++) {
            double exponent = factor * x[i];
            out[outFrom + i - from] = exponent <= cutoff ? DoubleExponential.ofNegative(exponent) : 0;
        }
    }

    @Override
    public void square(double[] x, int from, int to) {
        for (int i = from; i < to; i++) {
            x[i] *= x[i];
        }
    }

    @Override
    public double add(double[] x, int from, int to, double[] sums, int sumsFrom) {
        double[] strands = new double[STRANDS];
        for (int i = from; i < to; i++) {
            strands[(i - from) % STRANDS] += x[i];
            sums[sumsFrom + i - from] += x[i];
        }
        double sum = 0;
        for (double strand : strands) {
            sum += strand;
        }
        return sum;
    }
}
