package org.surprisal.tensor.kernel;

/// The loops of the symmetric eigenvalue problem as one would write them down: the reference of the fast ones, and what
/// runs for small matrices and without the Vector API.
public final class PlainSymmetricLoops implements SymmetricLoops {
    static final PlainSymmetricLoops SHARED = new PlainSymmetricLoops();

    @Override
    public void dots(double[][] rows, int first, double[] v, int end, double[] sums) {
        for (int r = 0; r < ROWS; r++) {
            sums[r] = dot(rows[first + r], v, end);
        }
    }

    private static double dot(double[] x, double[] y, int end) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int c = 0; c < end; c += STRANDS) {
            s0 = Math.fma(x[c], y[c], s0);
            s1 = Math.fma(x[c + 1], y[c + 1], s1);
            s2 = Math.fma(x[c + 2], y[c + 2], s2);
            s3 = Math.fma(x[c + 3], y[c + 3], s3);
            s4 = Math.fma(x[c + 4], y[c + 4], s4);
            s5 = Math.fma(x[c + 5], y[c + 5], s5);
            s6 = Math.fma(x[c + 6], y[c + 6], s6);
            s7 = Math.fma(x[c + 7], y[c + 7], s7);
        }
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    @Override
    public void addRows(double[][] rows, int first, double[] factors, double[] y, int from, int end) {
        for (int r = first; r < first + ROWS; r++) {
            double factor = factors[r];
            double[] row = rows[r];
            for (int c = from; c < end; c++) {
                y[c] = Math.fma(factor, row[c], y[c]);
            }
        }
    }

    @Override
    public void dotsAndAddRows(double[][] rows, int first, double[] v, double[] y, int end, double[] sums) {
        dots(rows, first, v, end, sums);
        addRows(rows, first, v, y, 0, end);
    }

    @Override
    public void addToTile(double[][] rows, int first, int from, double[] factors, int stride, double[] terms,
            int count) {
        for (int r = first; r < first + ROWS; r++) {
            for (int t = 0; t < count; t++) {
                double factor = factors[r * stride + t];
                for (int c = 0; c < TILE; c++) {
                    rows[r][from + c] = Math.fma(factor, terms[t * TILE + c], rows[r][from + c]);
                }
            }
        }
    }

    @Override
    public void rotate(double[][] rows, int low, int high, int from, double[] turns, int at) {
        for (int i = high - 1; i >= low; i--) {
            double cosine = turns[at + 2 * i];
            double sine = turns[at + 2 * i + 1];
            double[] lower = rows[i];
            double[] upper = rows[i + 1];
            for (int c = from; c < from + STRIP; c++) {
                double x = lower[c];
                double y = upper[c];
                upper[c] = Math.fma(cosine, y, sine * x);
                lower[c] = Math.fma(-sine, y, cosine * x);
            }
        }
    }
}
