package org.surprisal.tensor.kernel;

import java.util.Arrays;

/// float32 in plain loops: the reference of the SIMD kernels, to the bit, and the fall-back where there are none.
public class PlainFloatKernels implements Kernels<float[]> {
    /// Sums keep this many partial sums, whatever the vector width of the machine.
    private static final int LANES = 16;
    /// Columns below which the sums of columns are kept in registers.
    private static final int NARROW = 16;

    private final FloatProduct product;

    public PlainFloatKernels(FloatProduct product) {
        this.product = product;
    }

    @Override
    public GateLoops<float[]> gates() {
        return new PlainGateLoops();
    }

    @Override
    public float[] allocate(int length) {
        return new float[length];
    }

    @Override
    public int length(float[] array) {
        return array.length;
    }

    @Override
    public double get(float[] array, int index) {
        return array[index];
    }

    @Override
    public void set(float[] array, int index, double value) {
        array[index] = (float) value;
    }

    @Override
    public void fill(float[] array, int from, int to, double value) {
        Arrays.fill(array, from, to, (float) value);
    }

    @Override
    public int trailingZeros(float[] x, int from, int to) {
        int end = to;
        while (end > from && x[end - 1] == 0) {
            end--;
        }
        return to - end;
    }

    @Override
    public void map(UnaryFunction f, float[] x, float[] out, int from, int to) {
        // One loop a function: a switch inside a loop keeps the compiler from vectorising it.
        switch (f) {
            case EXP -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatMath.exp(x[i]);
                }
            }
            case EXPM1 -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatMath.expm1(x[i]);
                }
            }
            case LOG -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatMath.log(x[i]);
                }
            }
            case LOG1P -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatMath.log1p(x[i]);
                }
            }
            case TANH -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatMath.tanh(x[i]);
                }
            }
            case SIGMOID -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatMath.sigmoid(x[i]);
                }
            }
            case SOFTPLUS -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatMath.softplus(x[i]);
                }
            }
            case ERF -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatErrorFunction.erf(x[i]);
                }
            }
            case NORMAL_CDF -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatErrorFunction.normalCdf(x[i]);
                }
            }
            case GAUSSIAN -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatMath.gaussian(x[i], 1, FloatMath.GAUSSIAN_HIGH);
                }
            }
            case HALF_GAUSSIAN -> {
                for (int i = from; i < to; i++) {
                    out[i] = FloatMath.gaussian(x[i], 0.5f, FloatMath.HALF_GAUSSIAN_HIGH);
                }
            }
            case RELU -> {
                for (int i = from; i < to; i++) {
                    out[i] = Math.max(x[i], 0);
                }
            }
            case NEGATIVE_PART -> {
                for (int i = from; i < to; i++) {
                    out[i] = Math.min(x[i], 0);
                }
            }
            case HEAVISIDE -> {
                for (int i = from; i < to; i++) {
                    out[i] = x[i] >= 0 ? 1 : x[i] < 0 ? 0 : x[i];
                }
            }
            case SIGN -> {
                for (int i = from; i < to; i++) {
                    out[i] = Math.signum(x[i]);
                }
            }
            case SQRT -> {
                for (int i = from; i < to; i++) {
                    out[i] = (float) Math.sqrt(x[i]);
                }
            }
            case SQUARE -> {
                for (int i = from; i < to; i++) {
                    out[i] = x[i] * x[i];
                }
            }
        }
    }

    @Override
    public void combine(BinaryFunction f, float[] x, float[] y, float[] out, int from, int to) {
        switch (f) {
            case ADD -> {
                for (int i = from; i < to; i++) {
                    out[i] = x[i] + y[i];
                }
            }
            case SUBTRACT -> {
                for (int i = from; i < to; i++) {
                    out[i] = x[i] - y[i];
                }
            }
            case MULTIPLY -> {
                for (int i = from; i < to; i++) {
                    out[i] = x[i] * y[i];
                }
            }
            case DIVIDE -> {
                for (int i = from; i < to; i++) {
                    out[i] = x[i] / y[i];
                }
            }
            case TANH_GRADIENT -> {
                for (int i = from; i < to; i++) {
                    out[i] = x[i] * FloatMath.tanhDerivative(y[i]);
                }
            }
            case SIGMOID_GRADIENT -> {
                for (int i = from; i < to; i++) {
                    out[i] = x[i] * FloatMath.sigmoidDerivative(y[i]);
                }
            }
            case RELU_GRADIENT -> {
                for (int i = from; i < to; i++) {
                    out[i] = y[i] > 0 ? x[i] : 0;
                }
            }
        }
    }

    @Override
    public void affine(double scale, double shift, float[] x, float[] out, int from, int to) {
        float a = (float) scale;
        float b = (float) shift;
        for (int i = from; i < to; i++) {
            out[i] = a * x[i] + b;
        }
    }

    @Override
    public void blend(double a, float[] x, double b, float[] y, int from, int to) {
        float p = (float) a;
        float q = (float) b;
        for (int i = from; i < to; i++) {
            y[i] = p * x[i] + q * y[i];
        }
    }

    @Override
    public void blendSquare(double a, float[] x, double b, float[] y, int from, int to) {
        float p = (float) a;
        float q = (float) b;
        for (int i = from; i < to; i++) {
            y[i] = p * (x[i] * x[i]) + q * y[i];
        }
    }

    @Override
    public void addOverRoot(double a, float[] x, float[] s, double inside, double outside, float[] y, int from,
            int to) {
        float p = (float) a;
        float within = (float) inside;
        float after = (float) outside;
        for (int i = from; i < to; i++) {
            y[i] += p * x[i] / ((float) Math.sqrt(s[i] + within) + after);
        }
    }

    @Override
    public void followMomentum(double rate, double momentum, float[] g, float[] v, float[] y, int from, int to) {
        float p = (float) -rate;
        float q = (float) momentum;
        for (int i = from; i < to; i++) {
            v[i] = g[i] + q * v[i];
            y[i] += p * v[i];
        }
    }

    @Override
    public void followAdam(double rate, double beta1, double beta2, double outside, float[] g, float[] m, float[] s,
            float[] y,
            int from, int to) {
        float p = (float) -rate;
        float keep1 = (float) beta1;
        float keep2 = (float) beta2;
        float take1 = (float) (1 - beta1);
        float take2 = (float) (1 - beta2);
        float after = (float) outside;
        for (int i = from; i < to; i++) {
            m[i] = take1 * g[i] + keep1 * m[i];
            s[i] = take2 * (g[i] * g[i]) + keep2 * s[i];
            y[i] += p * m[i] / ((float) Math.sqrt(s[i]) + after);
        }
    }

    @Override
    public void addSign(double a, float[] x, float[] y, int from, int to) {
        float p = (float) a;
        for (int i = from; i < to; i++) {
            y[i] += p * Math.signum(x[i]);
        }
    }

    @Override
    public void clamp(double low, double high, float[] y, int from, int to) {
        float least = (float) low;
        float most = (float) high;
        for (int i = from; i < to; i++) {
            y[i] = Math.min(Math.max(y[i], least), most);
        }
    }

    @Override
    public void sumRows(float[] x, int from, int rows, int columns, float[] out, int outFrom) {
        if (columns < NARROW) {
            for (int j = 0; j < columns; j += 4) {
                sumFourColumns(x, from + j, rows, columns, Math.min(4, columns - j), out, outFrom + j);
            }
            return;
        }
        double[] sums = new double[columns];
        for (int i = 0; i < rows; i++) {
            int row = from + i * columns;
            for (int j = 0; j < columns; j++) {
                sums[j] += x[row + j];
            }
        }
        for (int j = 0; j < columns; j++) {
            out[outFrom + j] = (float) sums[j];
        }
    }

    /// Sums that stay in registers: where rows are short, that is quicker than row by row, though it reads each of them
    /// up to four times. The bits are the same.
    private static void sumFourColumns(float[] x, int from, int rows, int step, int columns, float[] out, int outFrom) {
        // Columns that are not there: the first again.
        int second = columns > 1 ? 1 : 0;
        int third = columns > 2 ? 2 : 0;
        int fourth = columns > 3 ? 3 : 0;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int i = 0, at = from; i < rows; i++, at += step) {
            a += x[at];
            b += x[at + second];
            c += x[at + third];
            d += x[at + fourth];
        }
        out[outFrom + fourth] = (float) d;
        out[outFrom + third] = (float) c;
        out[outFrom + second] = (float) b;
        out[outFrom] = (float) a;
    }

    @Override
    public double sum(float[] x, int from, int to) {
        if (to - from < LANES) {
            double few = 0;
            for (int i = from; i < to; i++) {
                few += x[i];
            }
            return few;
        }
        double[] lanes = new double[LANES];
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] += x[i + lane];
            }
        }
        double sum = 0;
        for (double lane : lanes) {
            sum += lane;
        }
        for (; i < to; i++) {
            sum += x[i];
        }
        return sum;
    }

    @Override
    public double sumOfSquares(float[] x, double center, int from, int to) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            double a = x[i] - center;
            double b = x[i + 1] - center;
            double c = x[i + 2] - center;
            double d = x[i + 3] - center;
            first += a * a;
            second += b * b;
            third += c * c;
            fourth += d * d;
        }
        double sum = first + second + (third + fourth);
        for (; i < to; i++) {
            double d = x[i] - center;
            sum += d * d;
        }
        return sum;
    }

    @Override
    public void product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, int beta,
            float[] c) {
        product.product(transposeA, transposeB, m, n, k, a, b, beta, c);
    }

    @Override
    public void productPart(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, int aFrom,
            int aStride, float[] b, int bFrom, int bStride, int beta, float[] c, int cFrom, int cStride) {
        product.part(transposeA, transposeB, m, n, k, a, aFrom, aStride, b, bFrom, bStride, beta, c, cFrom, cStride);
    }

    @Override
    public void copy(float[] x, int xFrom, int xStep, float[] y, int yFrom, int yStep, int length) {
        if (xStep == 1 && yStep == 1) {
            System.arraycopy(x, xFrom, y, yFrom, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            y[yFrom + i * yStep] = x[xFrom + i * xStep];
        }
    }

    @Override
    public void accumulate(double a, float[] x, int xFrom, int xStep, float[] y, int yFrom, int yStep, int length) {
        float p = (float) a;
        if (xStep == 1 && yStep == 1) {
            // The compiler vectorises steps that it knows.
            for (int i = 0; i < length; i++) {
                y[yFrom + i] += p * x[xFrom + i];
            }
            return;
        }
        for (int i = 0; i < length; i++) {
            y[yFrom + i * yStep] += p * x[xFrom + i * xStep];
        }
    }

    @Override
    public void weighRows(double[] values, int[] rows, int from, int to, float[] x, int width, float[] out,
            int outFrom) {
        clear(out, outFrom, outFrom + width);
        for (int e = from; e < to; e++) {
            accumulate(values[e], x, rows[e] * width, 1, out, outFrom, 1, width);
        }
    }

    @Override
    public void gather(float[] x, int xFrom, int[] indices, int from, int to, float[] out, int outFrom) {
        for (int i = from; i < to; i++) {
            out[outFrom + i - from] = x[xFrom + indices[i]];
        }
    }

    @Override
    public void takeRows(float[] x, int xFrom, int width, int[] indices, int from, int to, float[] out, int outFrom) {
        for (int i = from; i < to; i++) {
            System.arraycopy(x, xFrom + indices[i] * width, out, outFrom + i * width, width);
        }
    }

    @Override
    public void scatterAdd(float[] x, int xFrom, int[] indices, int from, int to, float[] out, int outFrom) {
        for (int i = from; i < to; i++) {
            out[outFrom + indices[i]] += x[xFrom + i - from];
        }
    }

    @Override
    public void largest(float[] x, int from, int[] table, int rows, int[] out, int outFrom) {
        for (int row = 0; row < rows; row++) {
            int best = -1;
            for (int at = row; at < table.length; at += rows) {
                int index = table[at];
                // Written so that a NaN wins, and stays.
                if (index >= 0
                        && (best < 0 || (!(x[from + index] <= x[from + best]) && !Float.isNaN(x[from + best])))) {
                    best = index;
                }
            }
            out[outFrom + row] = from + best;
        }
    }

    @Override
    public void largest(float[] x, int from, int step, int rowStep, int rows, int length, int[] offsets, int[] out,
            int outFrom) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i++) {
                int first = from + row * rowStep + i * step;
                int best = first + offsets[0];
                for (int j = 1; j < offsets.length; j++) {
                    int index = first + offsets[j];
                    // Written so that a NaN wins, and stays.
                    if (!(x[index] <= x[best]) && !Float.isNaN(x[best])) {
                        best = index;
                    }
                }
                out[outFrom + row * length + i] = best;
            }
        }
    }

    @Override
    public void logSoftmax(float[] x, int from, int length, float[] out) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + length; i++) {
            max = Math.max(max, x[i]);
        }
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += FloatMath.exp((float) (x[i] - max));
        }
        double logSum = max + StrictMath.log(sum);
        for (int i = from; i < from + length; i++) {
            out[i] = (float) (x[i] - logSum);
        }
    }
}
