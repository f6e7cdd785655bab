package org.surprisal.tensor.kernel;

import java.util.Arrays;

/// The loops of a narrow perceptron's training step in plain Java: the reference of those of the Vector API, to the
/// bit, and the fall-back where there are none. The compiler vectorises the sums over units.
public class PlainNarrowLoops implements NarrowLoops {
    /// Factors between 1 and [#WIDEST] whose product float64 holds.
    private static final int FACTORS = 128;
    /// Makes 1 or more of the difference of any two numbers, unless both are tiny: then e^difference is 1.
    static final float FAR = 0x1p126f;

    private final Kernels<float[]> kernels;

    public PlainNarrowLoops(Kernels<float[]> kernels) {
        this.kernels = kernels;
    }

    @Override
    public void outputs(float[] weight, float[] bias, int outputs, int inputs, float[] x, float[] y, int stride) {
        for (int o = 0; o < outputs; o++) {
            Arrays.fill(y, o * stride, (o + 1) * stride, bias[o]);
            for (int i = 0; i < inputs; i++) {
                add(weight[o * inputs + i], x, i * stride, y, o * stride, stride);
            }
        }
    }

    @Override
    public void activate(UnaryFunction f, float[] z, float[] a, int size) {
        activate(f, z, 0, a, 0, size);
    }

    /// As [#activate(UnaryFunction, float[], float[], int)], for so many elements from these on.
    static void activate(UnaryFunction f, float[] z, int zFrom, float[] a, int aFrom, int length) {
        int shift = aFrom - zFrom;
        int end = zFrom + length;
        switch (f) {
            case TANH -> {
                for (int i = zFrom; i < end; i++) {
                    // With t = e^(2|x|) - 1, tanh |x| = t / (t + 2) and 1 - tanh^2 = (1 + tanh |x|) 2 / (t + 2).
                    float t = FloatMath.expm1OfTwice(Math.min(Math.abs(z[i]), FloatMath.TANH_SLOPE_HIGH));
                    float inverse = 1 / (t + 2);
                    float y = t * inverse;
                    a[i + shift] = Math.copySign(y, z[i]);
                    z[i] = (1 + y) * (2 * inverse);
                }
            }
            case SIGMOID -> {
                for (int i = zFrom; i < end; i++) {
                    float e = FloatMath.exp(-Math.abs(z[i]));
                    float inverse = 1 / (1 + e);
                    float small = e * inverse;
                    a[i + shift] = z[i] < 0 ? small : inverse;
                    z[i] = small * inverse;
                }
            }
            case RELU -> {
                for (int i = zFrom; i < end; i++) {
                    float y = Math.max(z[i], 0);
                    a[i + shift] = y;
                    z[i] = y > 0 ? 1 : 0;
                }
            }
            default -> throw new IllegalArgumentException(f + " is none of tanh, sigmoid and ReLU");
        }
    }

    @Override
    public void byInputs(float[] weight, int outputs, int inputs, float[] dy, float[] dx, int stride) {
        for (int i = 0; i < inputs; i++) {
            Arrays.fill(dx, i * stride, (i + 1) * stride, 0);
            for (int o = 0; o < outputs; o++) {
                add(weight[o * inputs + i], dy, o * stride, dx, i * stride, stride);
            }
        }
    }

    private static void add(float factor, float[] x, int from, float[] sums, int at, int length) {
        for (int s = 0; s < length; s++) {
            sums[at + s] = Math.fma(factor, x[from + s], sums[at + s]);
        }
    }

    @Override
    public void byWeight(int outputs, int inputs, float[] dy, float[] x, int stride, float[] byWeight, float[] space) {
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                Arrays.fill(space, 0, STRANDS, 0);
                addProducts(dy, o * stride, x, i * stride, stride, space);
                byWeight[o * inputs + i] = total(space, 0);
            }
        }
    }

    /// Adds the products of `length` numbers to the strands.
    private static void addProducts(float[] a, int aFrom, float[] b, int bFrom, int length, float[] strands) {
        for (int k = 0; k < length; k++) {
            strands[k % STRANDS] = Math.fma(a[aFrom + k], b[bFrom + k], strands[k % STRANDS]);
        }
    }

    @Override
    public void byBias(int outputs, float[] dy, int stride, float[] byBias, float[] space) {
        for (int o = 0; o < outputs; o++) {
            Arrays.fill(space, 0, STRANDS, 0);
            for (int s = 0; s < stride; s++) {
                space[s % STRANDS] += dy[o * stride + s];
            }
            byBias[o] = total(space, 0);
        }
    }

    @Override
    public void rowOutputs(float[] weight, float[] bias, int outputs, int inputs, float[] x, int first, int end,
            float[] y, int at, int stride, float[] space) {
        for (int o = 0; o < outputs; o++) {
            for (int s = first; s < end; s++) {
                Arrays.fill(space, 0, STRANDS, 0);
                addProducts(weight, o * inputs, x, s * inputs, inputs, space);
                y[o * stride + at + s - first] = total(space, 0) + bias[o];
            }
        }
    }

    @Override
    public void rowByWeight(int outputs, int inputs, float[] dy, float[] x, int row, int samples, int first, int end,
            int stride, float[] byWeight) {
        for (int o = 0; o < outputs; o++) {
            for (int i = first; i < end; i++) {
                rowByWeight(o, inputs, dy, x, row, samples, i, stride, byWeight);
            }
        }
    }

    /// The gradient by one weight.
    static void rowByWeight(int o, int inputs, float[] dy, float[] x, int row, int samples, int i, int stride,
            float[] byWeight) {
        float sum = 0;
        for (int block = 0; block < samples; block += BLOCK) {
            float ofBlock = 0;
            for (int s = block; s < Math.min(block + BLOCK, samples); s++) {
                ofBlock = Math.fma(dy[o * stride + s], x[(row + s) * inputs + i], ofBlock);
            }
            sum += ofBlock;
        }
        byWeight[o * inputs + i] = sum;
    }

    /// The sum of the strands that lie from `at` on.
    private static float total(float[] strands, int at) {
        float first = strands[at] + strands[at + 8] + (strands[at + 4] + strands[at + 12]);
        float second = strands[at + 1] + strands[at + 9] + (strands[at + 5] + strands[at + 13]);
        float third = strands[at + 2] + strands[at + 10] + (strands[at + 6] + strands[at + 14]);
        float fourth = strands[at + 3] + strands[at + 11] + (strands[at + 7] + strands[at + 15]);
        return first + third + (second + fourth);
    }

    @Override
    public double crossEntropy(float[] z, int units, int[] classes, int first, int samples, float share, int stride,
            float[] dz, float[][] space) {
        float[] largest = space[0];
        float[] others = space[1];
        float[] factors = space[2];
        differences(z, units, stride, largest, dz);
        kernels.map(UnaryFunction.EXP, dz, dz, 0, units * stride);
        weigh(z, units, stride, share, largest, others, factors, dz);
        for (int u = 0; u < units; u++) {
            Arrays.fill(dz, u * stride + samples, (u + 1) * stride, 0);
        }
        double differences = 0;
        double logarithms = 0;
        double product = 1;
        for (int s = 0; s < samples; s++) {
            int at = classes[first + s] * stride + s;
            differences += largest[s] - z[at];
            product *= 1.0 + others[s];
            if ((s + 1) % FACTORS == 0) {
                logarithms += StrictMath.log(product);
                product = 1;
            }
            // For the likeliest class p - 1 is written without a difference of two nearly equal numbers.
            dz[at] = z[at] == largest[s] ? -others[s] * factors[s] : dz[at] - share;
        }
        return differences + (logarithms + StrictMath.log(product));
    }

    @Override
    public double binaryCrossEntropy(float[] z, int units, float[] probabilities, int first, int samples, float share,
            int stride, float[] dz) {
        for (int i = 0; i < units * stride; i++) {
            dz[i] = -Math.abs(z[i]);
        }
        kernels.map(UnaryFunction.EXP, dz, dz, 0, units * stride);
        double differences = 0;
        double logarithms = 0;
        for (int u = 0; u < units; u++) {
            double product = 1;
            for (int s = 0; s < samples; s++) {
                int at = u * stride + s;
                float yes = probabilities[(first + s) * units + u];
                float no = 1 - yes;
                float e = dz[at];
                // ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|), and the same of -z; sigmoids without small differences.
                differences += no * Math.max(z[at], 0) + yes * Math.max(-z[at], 0);
                product *= 1.0 + e;
                if ((s + 1) % FACTORS == 0) {
                    logarithms += StrictMath.log(product);
                    product = 1;
                }
                float factor = share / (1 + e);
                dz[at] = z[at] < 0 ? (no * e - yes) * factor : (no - yes * e) * factor;
            }
            logarithms += StrictMath.log(product);
            Arrays.fill(dz, u * stride + samples, (u + 1) * stride, 0);
        }
        return differences + logarithms;
    }

    /// largest = the largest z of each sample, dz = z - largest.
    void differences(float[] z, int units, int stride, float[] largest, float[] dz) {
        for (int s = 0; s < stride; s++) {
            largest[s] = z[s];
            for (int u = 1; u < units; u++) {
                largest[s] = Math.max(largest[s], z[u * stride + s]);
            }
            for (int u = 0; u < units; u++) {
                dz[u * stride + s] = z[u * stride + s] - largest[s];
            }
        }
    }

    /// others = the sum of e^(z - largest) over all units but one of the largest, beside whose 1 a small sum would be
    /// rounded off; factors = share / (1 + others); dz, which holds e^(z - largest), is multiplied by its factor.
    void weigh(float[] z, int units, int stride, float share, float[] largest, float[] others, float[] factors,
            float[] dz) {
        for (int s = 0; s < stride; s++) {
            float ties = -1;
            float small = 0;
            for (int u = 0; u < units; u++) {
                // 1 where z is the largest, else 0.
                float isLargest = Math.max(1 + (z[u * stride + s] - largest[s]) * FAR, 0);
                ties += isLargest;
                small += dz[u * stride + s] * (1 - isLargest);
            }
            others[s] = ties + small;
            factors[s] = share / (1 + others[s]);
            for (int u = 0; u < units; u++) {
                dz[u * stride + s] *= factors[s];
            }
        }
    }
}
