package org.surprisal.tensor.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of a narrow perceptron's training step in SIMD lanes of the machine's preferred width, for machines whose
/// vectors have no more lanes than a sum has strands. Sums stay in registers from the first term to the last.
///
/// Units are taken four by four, or two by four. Where their number is no multiple, the last one stands in for those
/// that are missing: it is computed more than once, to the same bits.
public final class VectorNarrowLoops extends PlainNarrowLoops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    public VectorNarrowLoops(Kernels<float[]> kernels) {
        super(kernels);
    }

    @Override
    public void outputs(float[] weight, float[] bias, int outputs, int inputs, float[] x, float[] y, int stride) {
        for (int o = 0; o < outputs; o += 4) {
            int o1 = Math.min(o + 1, outputs - 1);
            int o2 = Math.min(o + 2, outputs - 1);
            int o3 = Math.min(o + 3, outputs - 1);
            for (int s = 0; s < stride; s += 2 * WIDTH) {
                products(inputs, weight, o * inputs, o1 * inputs, o2 * inputs, o3 * inputs, 1, bias[o], bias[o1],
                        bias[o2], bias[o3], x, s, y, o * stride + s, o1 * stride + s, o2 * stride + s,
                        o3 * stride + s, stride);
            }
        }
    }

    @Override
    public void activate(UnaryFunction f, float[] z, float[] a, int size) {
        simd(f, z, 0, a, 0, size);
    }

    /// As [#activate(UnaryFunction, float[], float[], int)], for so many elements from these on.
    static void simd(UnaryFunction f, float[] z, int zFrom, float[] a, int aFrom, int length) {
        int whole = length / WIDTH * WIDTH;
        switch (f) {
            case TANH -> tanh(z, zFrom, zFrom + whole, a, aFrom - zFrom);
            case SIGMOID -> sigmoid(z, zFrom, zFrom + whole, a, aFrom - zFrom);
            // The compiler vectorises ReLU.
            default -> whole = 0;
        }
        activate(f, z, zFrom + whole, a, aFrom + whole, length - whole);
    }

    private static void tanh(float[] z, int from, int end, float[] a, int shift) {
        for (int i = from; i < end; i += WIDTH) {
            FloatVector x = load(z, i);
            FloatVector t = VectorFloatKernels.expm1OfTwice(x.abs().min(FloatMath.TANH_SLOPE_HIGH));
            FloatVector inverse = broadcast(1).div(t.add(2));
            FloatVector y = t.mul(inverse);
            VectorFloatKernels.copySign(y, x).intoArray(a, i + shift);
            y.add(1).mul(inverse.mul(2)).intoArray(z, i);
        }
    }

    private static void sigmoid(float[] z, int from, int end, float[] a, int shift) {
        for (int i = from; i < end; i += WIDTH) {
            FloatVector x = load(z, i);
            FloatVector e = VectorFloatKernels.exp(x.abs().neg());
            FloatVector inverse = broadcast(1).div(e.add(1));
            FloatVector small = e.mul(inverse);
            inverse.blend(small, x.lt(0)).intoArray(a, i + shift);
            small.mul(inverse).intoArray(z, i);
        }
    }

    @Override
    public void byInputs(float[] weight, int outputs, int inputs, float[] dy, float[] dx, int stride) {
        for (int i = 0; i < inputs; i += 4) {
            int i1 = Math.min(i + 1, inputs - 1);
            int i2 = Math.min(i + 2, inputs - 1);
            int i3 = Math.min(i + 3, inputs - 1);
            for (int s = 0; s < stride; s += 2 * WIDTH) {
                products(outputs, weight, i, i1, i2, i3, inputs, 0, 0, 0, 0, dy, s, dx, i * stride + s,
                        i1 * stride + s, i2 * stride + s, i3 * stride + s, stride);
            }
        }
    }

    /// Four rows of a product, two vectors each: start + sum over t of weight[w + t step] x[from + t stride].
    private static void products(int terms, float[] weight, int w0, int w1, int w2, int w3, int step, float start0,
            float start1, float start2, float start3, float[] x, int from, float[] y, int y0, int y1, int y2, int y3,
            int stride) {
        FloatVector a0 = broadcast(start0);
        FloatVector b0 = a0;
        FloatVector a1 = broadcast(start1);
        FloatVector b1 = a1;
        FloatVector a2 = broadcast(start2);
        FloatVector b2 = a2;
        FloatVector a3 = broadcast(start3);
        FloatVector b3 = a3;
        for (int t = 0; t < terms; t++) {
            FloatVector a = load(x, from + t * stride);
            FloatVector b = load(x, from + t * stride + WIDTH);
            FloatVector v0 = broadcast(weight[w0 + t * step]);
            a0 = v0.fma(a, a0);
            b0 = v0.fma(b, b0);
            FloatVector v1 = broadcast(weight[w1 + t * step]);
            a1 = v1.fma(a, a1);
            b1 = v1.fma(b, b1);
            FloatVector v2 = broadcast(weight[w2 + t * step]);
            a2 = v2.fma(a, a2);
            b2 = v2.fma(b, b2);
            FloatVector v3 = broadcast(weight[w3 + t * step]);
            a3 = v3.fma(a, a3);
            b3 = v3.fma(b, b3);
        }
        a0.intoArray(y, y0);
        b0.intoArray(y, y0 + WIDTH);
        a1.intoArray(y, y1);
        b1.intoArray(y, y1 + WIDTH);
        a2.intoArray(y, y2);
        b2.intoArray(y, y2 + WIDTH);
        a3.intoArray(y, y3);
        b3.intoArray(y, y3 + WIDTH);
    }

    @Override
    public void byWeight(int outputs, int inputs, float[] dy, float[] x, int stride, float[] byWeight, float[] space) {
        for (int o = 0; o < outputs; o += 2) {
            int o1 = Math.min(o + 1, outputs - 1);
            for (int i = 0; i < inputs; i += 4) {
                int i1 = Math.min(i + 1, inputs - 1);
                int i2 = Math.min(i + 2, inputs - 1);
                int i3 = Math.min(i + 3, inputs - 1);
                for (int strand = 0; strand < STRANDS; strand += WIDTH) {
                    sums(stride, dy, o * stride + strand, o1 * stride + strand, x, i * stride + strand,
                            i1 * stride + strand, i2 * stride + strand, i3 * stride + strand, space, strand);
                }
                total(space, 8);
                byWeight[o * inputs + i] = space[0];
                byWeight[o * inputs + i1] = space[1];
                byWeight[o * inputs + i2] = space[2];
                byWeight[o * inputs + i3] = space[3];
                byWeight[o1 * inputs + i] = space[4];
                byWeight[o1 * inputs + i1] = space[5];
                byWeight[o1 * inputs + i2] = space[6];
                byWeight[o1 * inputs + i3] = space[7];
            }
        }
    }

    @Override
    public void byBias(int outputs, float[] dy, int stride, float[] byBias, float[] space) {
        for (int o = 0; o < outputs; o++) {
            for (int strand = 0; strand < STRANDS; strand += WIDTH) {
                FloatVector sum = broadcast(0);
                for (int s = strand; s < stride; s += STRANDS) {
                    sum = sum.add(load(dy, o * stride + s));
                }
                sum.intoArray(space, o * STRANDS + strand);
            }
        }
        total(space, outputs);
        System.arraycopy(space, 0, byBias, 0, outputs);
    }

    /// The strands, as many as a vector has lanes, of eight sums over samples: of two rows of dy by four of x.
    private static void sums(int stride, float[] dy, int d0, int d1, float[] x, int x0, int x1, int x2, int x3,
            float[] strands, int at) {
        FloatVector a0 = broadcast(0);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        for (int s = 0; s < stride; s += STRANDS) {
            FloatVector a = load(dy, d0 + s);
            FloatVector b = load(dy, d1 + s);
            FloatVector v0 = load(x, x0 + s);
            a0 = a.fma(v0, a0);
            b0 = b.fma(v0, b0);
            FloatVector v1 = load(x, x1 + s);
            a1 = a.fma(v1, a1);
            b1 = b.fma(v1, b1);
            FloatVector v2 = load(x, x2 + s);
            a2 = a.fma(v2, a2);
            b2 = b.fma(v2, b2);
            FloatVector v3 = load(x, x3 + s);
            a3 = a.fma(v3, a3);
            b3 = b.fma(v3, b3);
        }
        a0.intoArray(strands, at);
        a1.intoArray(strands, at + STRANDS);
        a2.intoArray(strands, at + 2 * STRANDS);
        a3.intoArray(strands, at + 3 * STRANDS);
        b0.intoArray(strands, at + 4 * STRANDS);
        b1.intoArray(strands, at + 5 * STRANDS);
        b2.intoArray(strands, at + 6 * STRANDS);
        b3.intoArray(strands, at + 7 * STRANDS);
    }

    /// Four units by two samples at a time; a unit that is left over by eight samples.
    @Override
    public void rowOutputs(float[] weight, float[] bias, int outputs, int inputs, float[] x, int first, int end,
            float[] y, int at, int stride, float[] space) {
        int last = end - 1;
        int to = at - first;
        int o = 0;
        for (; o + 4 <= outputs; o += 4) {
            for (int s = first; s < end; s += 2) {
                int s1 = Math.min(s + 1, last);
                for (int strand = 0; strand < STRANDS; strand += WIDTH) {
                    sums(inputs / STRANDS * STRANDS, x, s * inputs + strand, s1 * inputs + strand, weight,
                            o * inputs + strand, (o + 1) * inputs + strand, (o + 2) * inputs + strand,
                            (o + 3) * inputs + strand, space, strand);
                }
                for (int k = 0; k < 8; k++) {
                    addLast(inputs, weight, (o + k % 4) * inputs, x, (k < 4 ? s : s1) * inputs, space, k * STRANDS);
                }
                total(space, 8);
                for (int k = 0; k < 8; k++) {
                    y[(o + k % 4) * stride + to + (k < 4 ? s : s1)] = space[k] + bias[o + k % 4];
                }
            }
        }
        for (; o < outputs; o++) {
            for (int s = first; s < end; s += 8) {
                for (int strand = 0; strand < STRANDS; strand += WIDTH) {
                    sumsOfOne(inputs / STRANDS * STRANDS, weight, o * inputs + strand, x, s, last, inputs, space,
                            strand);
                }
                for (int k = 0; k < 8; k++) {
                    addLast(inputs, weight, o * inputs, x, Math.min(s + k, last) * inputs, space, k * STRANDS);
                }
                total(space, 8);
                for (int k = 0; k < 8; k++) {
                    y[o * stride + to + Math.min(s + k, last)] = space[k] + bias[o];
                }
            }
        }
    }

    /// Adds the products that fill not all strands.
    private static void addLast(int inputs, float[] weight, int w, float[] x, int from, float[] strands, int at) {
        for (int i = inputs / STRANDS * STRANDS; i < inputs; i++) {
            int strand = at + i % STRANDS;
            strands[strand] = Math.fma(weight[w + i], x[from + i], strands[strand]);
        }
    }

    /// The strands, as many as a vector has lanes, of the sums of one unit and eight samples, the last one standing in
    /// for those that are missing.
    private static void sumsOfOne(int length, float[] weight, int w, float[] x, int sample, int last, int inputs,
            float[] strands, int at) {
        int offset = at;
        int x0 = sample * inputs + offset;
        int x1 = Math.min(sample + 1, last) * inputs + offset;
        int x2 = Math.min(sample + 2, last) * inputs + offset;
        int x3 = Math.min(sample + 3, last) * inputs + offset;
        int x4 = Math.min(sample + 4, last) * inputs + offset;
        int x5 = Math.min(sample + 5, last) * inputs + offset;
        int x6 = Math.min(sample + 6, last) * inputs + offset;
        int x7 = Math.min(sample + 7, last) * inputs + offset;
        FloatVector a0 = broadcast(0);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector a6 = a0;
        FloatVector a7 = a0;
        for (int i = 0; i < length; i += STRANDS) {
            FloatVector v = load(weight, w + i);
            a0 = v.fma(load(x, x0 + i), a0);
            a1 = v.fma(load(x, x1 + i), a1);
            a2 = v.fma(load(x, x2 + i), a2);
            a3 = v.fma(load(x, x3 + i), a3);
            a4 = v.fma(load(x, x4 + i), a4);
            a5 = v.fma(load(x, x5 + i), a5);
            a6 = v.fma(load(x, x6 + i), a6);
            a7 = v.fma(load(x, x7 + i), a7);
        }
        a0.intoArray(strands, at);
        a1.intoArray(strands, at + STRANDS);
        a2.intoArray(strands, at + 2 * STRANDS);
        a3.intoArray(strands, at + 3 * STRANDS);
        a4.intoArray(strands, at + 4 * STRANDS);
        a5.intoArray(strands, at + 5 * STRANDS);
        a6.intoArray(strands, at + 6 * STRANDS);
        a7.intoArray(strands, at + 7 * STRANDS);
    }

    /// Four units by two vectors of inputs at a time, each block of samples for all of them; a unit that is left over
    /// by four vectors, and inputs that are left over vector by vector.
    @Override
    public void rowByWeight(int outputs, int inputs, float[] dy, float[] x, int row, int samples, int first, int end,
            int stride, float[] byWeight) {
        for (int o = 0; o < outputs; o++) {
            Arrays.fill(byWeight, o * inputs + first, o * inputs + end, 0);
        }
        int whole = first + (end - first) / (4 * WIDTH) * (4 * WIDTH);
        int vectors = first + (end - first) / WIDTH * WIDTH;
        for (int block = 0; block < samples; block += BLOCK) {
            int until = Math.min(block + BLOCK, samples);
            int o = 0;
            for (; o + 4 <= outputs; o += 4) {
                for (int i = first; i < whole; i += 2 * WIDTH) {
                    addBlock(inputs, dy, o * stride, stride, x, row * inputs + i, block, until, byWeight,
                            o * inputs + i);
                }
            }
            for (; o < outputs; o++) {
                for (int i = first; i < whole; i += 4 * WIDTH) {
                    addBlockOfOne(inputs, dy, o * stride, x, row * inputs + i, block, until, byWeight, o * inputs + i);
                }
            }
            for (o = 0; o < outputs; o++) {
                for (int i = whole; i < vectors; i += WIDTH) {
                    addBlockOfVector(inputs, dy, o * stride, x, row * inputs + i, block, until, byWeight,
                            o * inputs + i);
                }
            }
        }
        for (int i = vectors; i < end; i++) {
            for (int o = 0; o < outputs; o++) {
                rowByWeight(o, inputs, dy, x, row, samples, i, stride, byWeight);
            }
        }
    }

    /// @param i where the inputs of sample 0 begin in x
    private static void addBlock(int inputs, float[] dy, int d, int stride, float[] x, int i, int block, int until,
            float[] sums, int at) {
        FloatVector a0 = broadcast(0);
        FloatVector b0 = a0;
        FloatVector a1 = a0;
        FloatVector b1 = a0;
        FloatVector a2 = a0;
        FloatVector b2 = a0;
        FloatVector a3 = a0;
        FloatVector b3 = a0;
        for (int s = block; s < until; s++) {
            FloatVector a = load(x, s * inputs + i);
            FloatVector b = load(x, s * inputs + i + WIDTH);
            FloatVector v0 = broadcast(dy[d + s]);
            a0 = v0.fma(a, a0);
            b0 = v0.fma(b, b0);
            FloatVector v1 = broadcast(dy[d + stride + s]);
            a1 = v1.fma(a, a1);
            b1 = v1.fma(b, b1);
            FloatVector v2 = broadcast(dy[d + 2 * stride + s]);
            a2 = v2.fma(a, a2);
            b2 = v2.fma(b, b2);
            FloatVector v3 = broadcast(dy[d + 3 * stride + s]);
            a3 = v3.fma(a, a3);
            b3 = v3.fma(b, b3);
        }
        add(a0, b0, sums, at);
        add(a1, b1, sums, at + inputs);
        add(a2, b2, sums, at + 2 * inputs);
        add(a3, b3, sums, at + 3 * inputs);
    }

    private static void addBlockOfOne(int inputs, float[] dy, int d, float[] x, int i, int block, int until,
            float[] sums, int at) {
        FloatVector a0 = broadcast(0);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int s = block; s < until; s++) {
            FloatVector v = broadcast(dy[d + s]);
            int from = s * inputs + i;
            a0 = v.fma(load(x, from), a0);
            a1 = v.fma(load(x, from + WIDTH), a1);
            a2 = v.fma(load(x, from + 2 * WIDTH), a2);
            a3 = v.fma(load(x, from + 3 * WIDTH), a3);
        }
        add(a0, a1, sums, at);
        add(a2, a3, sums, at + 2 * WIDTH);
    }

    private static void addBlockOfVector(int inputs, float[] dy, int d, float[] x, int i, int block, int until,
            float[] sums, int at) {
        FloatVector sum = broadcast(0);
        for (int s = block; s < until; s++) {
            sum = broadcast(dy[d + s]).fma(load(x, s * inputs + i), sum);
        }
        load(sums, at).add(sum).intoArray(sums, at);
    }

    private static void add(FloatVector a, FloatVector b, float[] sums, int at) {
        load(sums, at).add(a).intoArray(sums, at);
        load(sums, at + WIDTH).add(b).intoArray(sums, at + WIDTH);
    }

    /// Adds up the strands of so many sums, four of them at a time, and writes the sums over the first ones.
    private static void total(float[] strands, int sums) {
        for (int i = 0; i < sums; i++) {
            int at = i * STRANDS;
            FloatVector first = FloatVector.fromArray(FOUR, strands, at)
                    .add(FloatVector.fromArray(FOUR, strands, at + 8));
            FloatVector second = FloatVector.fromArray(FOUR, strands, at + 4)
                    .add(FloatVector.fromArray(FOUR, strands, at + 12));
            first.add(second).intoArray(strands, at);
        }
        for (int i = 0; i < sums; i++) {
            int at = i * STRANDS;
            strands[i] = strands[at] + strands[at + 2] + (strands[at + 1] + strands[at + 3]);
        }
    }

    @Override
    void differences(float[] z, int units, int stride, float[] largest, float[] dz) {
        for (int s = 0; s < stride; s += WIDTH) {
            FloatVector most = load(z, s);
            for (int u = 1; u < units; u++) {
                most = most.max(load(z, u * stride + s));
            }
            most.intoArray(largest, s);
            for (int u = 0; u < units; u++) {
                load(z, u * stride + s).sub(most).intoArray(dz, u * stride + s);
            }
        }
    }

    @Override
    void weigh(float[] z, int units, int stride, float share, float[] largest, float[] others, float[] factors,
            float[] dz) {
        for (int s = 0; s < stride; s += WIDTH) {
            FloatVector most = load(largest, s);
            FloatVector ties = broadcast(-1);
            FloatVector small = broadcast(0);
            for (int u = 0; u < units; u++) {
                FloatVector isLargest = load(z, u * stride + s).sub(most).mul(FAR).add(1).max(0);
                ties = ties.add(isLargest);
                small = small.add(load(dz, u * stride + s).mul(broadcast(1).sub(isLargest)));
            }
            FloatVector sum = ties.add(small);
            FloatVector factor = broadcast(share).div(sum.add(1));
            sum.intoArray(others, s);
            factor.intoArray(factors, s);
            for (int u = 0; u < units; u++) {
                load(dz, u * stride + s).mul(factor).intoArray(dz, u * stride + s);
            }
        }
    }

    private static FloatVector load(float[] x, int i) {
        return FloatVector.fromArray(SPECIES, x, i);
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
