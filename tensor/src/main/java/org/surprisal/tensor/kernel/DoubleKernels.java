package org.surprisal.tensor.kernel;

import java.util.Arrays;

/// float64: the plainest loops that say what is meant. The oracle of everything else.
public final class DoubleKernels implements Kernels<double[]> {
    public static final DoubleKernels INSTANCE = new DoubleKernels();

    private DoubleKernels() {
    }

    @Override
    public GateLoops<double[]> gates() {
        return new DoubleGateLoops();
    }

    @Override
    public double[] allocate(int length) {
        return new double[length];
    }

    @Override
    public int length(double[] array) {
        return array.length;
    }

    @Override
    public double get(double[] array, int index) {
        return array[index];
    }

    @Override
    public void set(double[] array, int index, double value) {
        array[index] = value;
    }

    @Override
    public void fill(double[] array, int from, int to, double value) {
        Arrays.fill(array, from, to, value);
    }

    @Override
    public int trailingZeros(double[] x, int from, int to) {
        int end = to;
        while (end > from && x[end - 1] == 0) {
            end--;
        }
        return to - end;
    }

    @Override
    public void map(UnaryFunction f, double[] x, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = f.apply(x[i]);
        }
    }

    @Override
    public void combine(BinaryFunction f, double[] x, double[] y, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = f.apply(x[i], y[i]);
        }
    }

    @Override
    public void affine(double scale, double shift, double[] x, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = scale * x[i] + shift;
        }
    }

    @Override
    public void blend(double a, double[] x, double b, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = a * x[i] + b * y[i];
        }
    }

    @Override
    public void blendSquare(double a, double[] x, double b, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = a * (x[i] * x[i]) + b * y[i];
        }
    }

    @Override
    public void addOverRoot(double a, double[] x, double[] s, double inside, double outside, double[] y, int from,
            int to) {
        for (int i = from; i < to; i++) {
            y[i] += a * x[i] / (Math.sqrt(s[i] + inside) + outside);
        }
    }

    @Override
    public void followMomentum(double rate, double momentum, double[] g, double[] v, double[] y, int from, int to) {
        double p = -rate;
        double q = momentum;
        for (int i = from; i < to; i++) {
            v[i] = g[i] + q * v[i];
            y[i] += p * v[i];
        }
    }

    @Override
    public void followAdam(double rate, double beta1, double beta2, double outside, double[] g, double[] m, double[] s,
            double[] y,
            int from, int to) {
        double p = -rate;
        double keep1 = beta1;
        double keep2 = beta2;
        double take1 = (1 - beta1);
        double take2 = (1 - beta2);
        double after = outside;
        for (int i = from; i < to; i++) {
            m[i] = take1 * g[i] + keep1 * m[i];
            s[i] = take2 * (g[i] * g[i]) + keep2 * s[i];
            y[i] += p * m[i] / (Math.sqrt(s[i]) + after);
        }
    }

    @Override
    public void addSign(double a, double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] += a * Math.signum(x[i]);
        }
    }

    @Override
    public void clamp(double low, double high, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.min(Math.max(y[i], low), high);
        }
    }

    @Override
    public void sumRows(double[] x, int from, int rows, int columns, double[] out, int outFrom) {
        Arrays.fill(out, outFrom, outFrom + columns, 0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[outFrom + j] += x[from + i * columns + j];
            }
        }
    }

    @Override
    public double sum(double[] x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[i];
        }
        return sum;
    }

    @Override
    public double sumOfSquares(double[] x, double center, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double d = x[i] - center;
            sum += d * d;
        }
        return sum;
    }

    @Override
    public void product(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, double[] b, int beta,
            double[] c) {
        productPart(transposeA, transposeB, m, n, k, a, 0, transposeA ? m : k, b, 0, transposeB ? k : n, beta, c, 0, n);
    }

    @Override
    public void productPart(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aFrom,
            int aStride, double[] b, int bFrom, int bStride, int beta, double[] c, int cFrom, int cStride) {
        for (int i = 0; i < m; i++) {
            int row = cFrom + i * cStride;
            if (beta == 0) {
                Arrays.fill(c, row, row + n, 0);
            }
            for (int j = 0; j < n && transposeB; j++) {
                for (int l = 0; l < k; l++) {
                    c[row + j] += a[aFrom + (transposeA ? l * aStride + i : i * aStride + l)]
                            * b[bFrom + j * bStride + l];
                }
            }
            for (int l = 0; l < k && !transposeB; l++) {
                double factor = a[aFrom + (transposeA ? l * aStride + i : i * aStride + l)];
                for (int j = 0; j < n; j++) {
                    c[row + j] += factor * b[bFrom + l * bStride + j];
                }
            }
        }
    }

    @Override
    public void copy(double[] x, int xFrom, int xStep, double[] y, int yFrom, int yStep, int length) {
        if (xStep == 1 && yStep == 1) {
            System.arraycopy(x, xFrom, y, yFrom, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            y[yFrom + i * yStep] = x[xFrom + i * xStep];
        }
    }

    @Override
    public void accumulate(double a, double[] x, int xFrom, int xStep, double[] y, int yFrom, int yStep, int length) {
        if (xStep == 1 && yStep == 1) {
            // The compiler vectorises steps that it knows.
            for (int i = 0; i < length; i++) {
                y[yFrom + i] += a * x[xFrom + i];
            }
            return;
        }
        for (int i = 0; i < length; i++) {
            y[yFrom + i * yStep] += a * x[xFrom + i * xStep];
        }
    }

    @Override
    public void weighRows(double[] values, int[] rows, int from, int to, double[] x, int width, double[] out,
            int outFrom) {
        clear(out, outFrom, outFrom + width);
        for (int e = from; e < to; e++) {
            accumulate(values[e], x, rows[e] * width, 1, out, outFrom, 1, width);
        }
    }

    @Override
    public void gather(double[] x, int xFrom, int[] indices, int from, int to, double[] out, int outFrom) {
        for (int i = from; i < to; i++) {
            out[outFrom + i - from] = x[xFrom + indices[i]];
        }
    }

    @Override
    public void takeRows(double[] x, int xFrom, int width, int[] indices, int from, int to, double[] out, int outFrom) {
        for (int i = from; i < to; i++) {
            System.arraycopy(x, xFrom + indices[i] * width, out, outFrom + i * width, width);
        }
    }

    @Override
    public void scatterAdd(double[] x, int xFrom, int[] indices, int from, int to, double[] out, int outFrom) {
        for (int i = from; i < to; i++) {
            out[outFrom + indices[i]] += x[xFrom + i - from];
        }
    }

    @Override
    public void largest(double[] x, int from, int[] table, int rows, int[] out, int outFrom) {
        for (int row = 0; row < rows; row++) {
            int best = -1;
            for (int at = row; at < table.length; at += rows) {
                int index = table[at];
                // Written so that a NaN wins, and stays.
                if (index >= 0
                        && (best < 0 || (!(x[from + index] <= x[from + best]) && !Double.isNaN(x[from + best])))) {
                    best = index;
                }
            }
            out[outFrom + row] = from + best;
        }
    }

    @Override
    public void largest(double[] x, int from, int step, int rowStep, int rows, int length, int[] offsets, int[] out,
            int outFrom) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i++) {
                int first = from + row * rowStep + i * step;
                int best = first + offsets[0];
                for (int j = 1; j < offsets.length; j++) {
                    int index = first + offsets[j];
                    // Written so that a NaN wins, and stays.
                    if (!(x[index] <= x[best]) && !Double.isNaN(x[best])) {
                        best = index;
                    }
                }
                out[outFrom + row * length + i] = best;
            }
        }
    }

    @Override
    public void logSoftmax(double[] x, int from, int length, double[] out) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + length; i++) {
            max = Math.max(max, x[i]);
        }
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += StrictMath.exp(x[i] - max);
        }
        double logSum = max + StrictMath.log(sum);
        for (int i = from; i < from + length; i++) {
            out[i] = (x[i] - logSum);
        }
    }
}
