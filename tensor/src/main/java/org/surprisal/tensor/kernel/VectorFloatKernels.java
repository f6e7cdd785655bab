package org.surprisal.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// float32 in SIMD lanes of the machine's preferred width. Same steps as [PlainFloatKernels], hence the same bits; the
/// ends that fill no whole vector are left to it.
public final class VectorFloatKernels extends PlainFloatKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();
    /// Vectors of half the width.
    private static final VectorSpecies<Float> HALVES = VectorSpecies.of(float.class,
            VectorShape.forBitSize(Math.max(64, SPECIES.vectorBitSize() / 2)));
    private static final int HALF = HALVES.length();
    /// Vectors of pooled windows: of 8 at most, because rows are short.
    private static final VectorSpecies<Float> POOLING = WIDTH > 8 ? FloatVector.SPECIES_256 : SPECIES;
    private static final VectorSpecies<Integer> POOLING_INDICES = VectorSpecies.of(int.class, POOLING.vectorShape());
    private static final int POOLED = POOLING.length();
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(POOLING, i -> 2 * i % POOLED);
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(POOLING, i -> (2 * i + 1) % POOLED);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(POOLING, -1L << (POOLED / 2));
    private static final IntVector EVENS = IntVector.zero(POOLING_INDICES).addIndex(2);
    /// Elements from which on the JVM copies faster.
    private static final int MANY = 64;
    // Made once: with these made in the loop, softplus outgrows what the compiler inlines, and its vectors become
    // objects.
    private static final FloatVector L3 = broadcast(FloatMath.L3);
    private static final FloatVector L5 = broadcast(FloatMath.L5);
    private static final FloatVector L7 = broadcast(FloatMath.L7);
    private static final FloatVector L9 = broadcast(FloatMath.L9);
    private static final FloatVector L11 = broadcast(FloatMath.L11);
    private static final FloatVector L13 = broadcast(FloatMath.L13);
    private static final FloatVector L15 = broadcast(FloatMath.L15);

    public VectorFloatKernels(FloatProduct product) {
        super(product);
    }

    /// Lanes of one vector on this machine.
    public static int width() {
        return WIDTH;
    }

    @Override
    public GateLoops<float[]> gates() {
        return new VectorGateLoops();
    }

    @Override
    public void map(UnaryFunction f, float[] x, float[] out, int from, int to) {
        int end = from + (to - from) / WIDTH * WIDTH;
        switch (f) {
            case EXP -> {
                for (int i = from; i < end; i += WIDTH) {
                    exp(load(x, i)).intoArray(out, i);
                }
            }
            case EXPM1 -> {
                for (int i = from; i < end; i += WIDTH) {
                    expm1(load(x, i)).intoArray(out, i);
                }
            }
            case TANH -> {
                for (int i = from; i < end; i += WIDTH) {
                    tanh(load(x, i)).intoArray(out, i);
                }
            }
            case SIGMOID -> {
                for (int i = from; i < end; i += WIDTH) {
                    FloatVector v = load(x, i);
                    FloatVector e = exp(v.abs().neg());
                    broadcast(1).blend(e, v.lt(0)).div(e.add(1)).intoArray(out, i);
                }
            }
            case SOFTPLUS -> {
                for (int i = from; i < end; i += WIDTH) {
                    softplus(load(x, i)).intoArray(out, i);
                }
            }
            case GAUSSIAN -> {
                for (int i = from; i < end; i += WIDTH) {
                    gaussian(load(x, i), 1, FloatMath.GAUSSIAN_HIGH).intoArray(out, i);
                }
            }
            case HALF_GAUSSIAN -> {
                for (int i = from; i < end; i += WIDTH) {
                    gaussian(load(x, i), 0.5f, FloatMath.HALF_GAUSSIAN_HIGH).intoArray(out, i);
                }
            }
            case RELU -> {
                for (int i = from; i < end; i += WIDTH) {
                    load(x, i).max(0).intoArray(out, i);
                }
            }
            case LOG, LOG1P, ERF, NORMAL_CDF, NEGATIVE_PART, HEAVISIDE, SIGN, SQRT, SQUARE -> {
                // The compiler vectorises simple plain loops; logarithms work on a loss's few numbers only; the error
                // functions
                // are beyond what the compiler inlines, and their vectors would become objects.
                end = from;
            }
        }
        super.map(f, x, out, end, to);
    }

    @Override
    public void combine(BinaryFunction f, float[] x, float[] y, float[] out, int from, int to) {
        int start = from;
        switch (f) {
            case RELU_GRADIENT -> {
                for (; start + WIDTH <= to; start += WIDTH) {
                    broadcast(0).blend(load(x, start), load(y, start).compare(VectorOperators.GT, 0))
                            .intoArray(out, start);
                }
            }
            case TANH_GRADIENT -> start = sigmoidGradient(2, 4, x, y, out, from, to);
            case SIGMOID_GRADIENT -> start = sigmoidGradient(1, 1, x, y, out, from, to);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> {
                // The compiler vectorises these.
            }
        }
        super.combine(f, x, y, out, start, to);
    }

    /// out = x height s (1 - s) with s = sigmoid(-steepness |y|), for whole vectors. A method of its own: two such
    /// loops in one outgrow what the compiler inlines, and their vectors become objects.
    ///
    /// @return behind the last element that was written
    private static int sigmoidGradient(float steepness, float height, float[] x, float[] y, float[] out, int from,
            int to) {
        int i = from;
        for (; i + WIDTH <= to; i += WIDTH) {
            FloatVector e = exp(load(y, i).abs().mul(-steepness));
            FloatVector s = e.div(e.add(1));
            load(x, i).mul(s.mul(broadcast(1).sub(s)).mul(height)).intoArray(out, i);
        }
        return i;
    }

    /// Runs of a window's row are about as long as a vector: too short for what the compiler makes of a loop. The last
    /// vector overlaps the one before, half vectors copy what is shorter than one.
    @Override
    public void copy(float[] x, int xFrom, int xStep, float[] y, int yFrom, int yStep, int length) {
        if (xStep != 1 || yStep != 1 || length > MANY || length < HALF) {
            super.copy(x, xFrom, xStep, y, yFrom, yStep, length);
        } else if (length < WIDTH) {
            FloatVector first = FloatVector.fromArray(HALVES, x, xFrom);
            FloatVector.fromArray(HALVES, x, xFrom + length - HALF).intoArray(y, yFrom + length - HALF);
            first.intoArray(y, yFrom);
        } else {
            FloatVector last = load(x, xFrom + length - WIDTH);
            for (int i = 0; i + WIDTH < length; i += WIDTH) {
                load(x, xFrom + i).intoArray(y, yFrom + i);
            }
            last.intoArray(y, yFrom + length - WIDTH);
        }
    }

    /// Whole vectors, whose ends lie over the beginning of the next row until that is written; only the last rows,
    /// behind which there is nothing to overwrite or to read, are copied to the element.
    @Override
    public void gatherRows(float[] x, int xFrom, int xStep, int xRow, float[] y, int yFrom, int rows, int length) {
        if (xStep != 1 || length > MANY) {
            super.gatherRows(x, xFrom, xStep, xRow, y, yFrom, rows, length);
            return;
        }
        int whole = Math.ceilDiv(length, WIDTH) * WIDTH;
        // Rows behind which a whole vector still ends within the last row of y and within x.
        int within = Math.min(Math.floorDiv(rows * length - whole, length),
                Math.floorDiv(x.length - xFrom - whole, xRow)) + 1;
        int loose = Math.clamp(within, 0, rows);
        if (whole == WIDTH) {
            for (int r = 0; r < loose; r++) {
                load(x, xFrom + r * xRow).intoArray(y, yFrom + r * length);
            }
        } else if (whole == 2 * WIDTH) {
            for (int r = 0; r < loose; r++) {
                load(x, xFrom + r * xRow).intoArray(y, yFrom + r * length);
                load(x, xFrom + r * xRow + WIDTH).intoArray(y, yFrom + r * length + WIDTH);
            }
        } else {
            for (int r = 0; r < loose; r++) {
                for (int i = 0; i < whole; i += WIDTH) {
                    load(x, xFrom + r * xRow + i).intoArray(y, yFrom + r * length + i);
                }
            }
        }
        for (int r = loose; r < rows; r++) {
            copy(x, xFrom + r * xRow, 1, y, yFrom + r * length, 1, length);
        }
    }

    /// The last vector of a row overlaps the one before, and is added up before that is written.
    @Override
    public void spreadRows(float[] x, int xFrom, float[] y, int yFrom, int yStep, int yRow, int rows, int length) {
        if (yStep != 1 || length < HALF) {
            super.spreadRows(x, xFrom, y, yFrom, yStep, yRow, rows, length);
        } else if (length < WIDTH) {
            int last = length - HALF;
            for (int r = 0; r < rows; r++) {
                int from = xFrom + r * length;
                int to = yFrom + r * yRow;
                FloatVector end = FloatVector.fromArray(HALVES, y, to + last)
                        .add(FloatVector.fromArray(HALVES, x, from + last));
                FloatVector.fromArray(HALVES, y, to).add(FloatVector.fromArray(HALVES, x, from)).intoArray(y, to);
                end.intoArray(y, to + last);
            }
        } else {
            int last = length - WIDTH;
            for (int r = 0; r < rows; r++) {
                int from = xFrom + r * length;
                int to = yFrom + r * yRow;
                FloatVector end = load(y, to + last).add(load(x, from + last));
                for (int i = 0; i < last; i += WIDTH) {
                    load(y, to + i).add(load(x, from + i)).intoArray(y, to + i);
                }
                end.intoArray(y, to + last);
            }
        }
    }

    @Override
    public void accumulate(double a, float[] x, int xFrom, int xStep, float[] y, int yFrom, int yStep, int length) {
        int i = 0;
        if (xStep == 1 && yStep == 1) {
            FloatVector p = broadcast((float) a);
            for (; i + WIDTH <= length; i += WIDTH) {
                load(y, yFrom + i).add(load(x, xFrom + i).mul(p)).intoArray(y, yFrom + i);
            }
            if (i + HALF <= length) {
                FloatVector.fromArray(HALVES, y, yFrom + i)
                        .add(FloatVector.fromArray(HALVES, x, xFrom + i).mul((float) a)).intoArray(y, yFrom + i);
                i += HALF;
            }
        }
        super.accumulate(a, x, xFrom + i * xStep, xStep, y, yFrom + i * yStep, yStep, length - i);
    }

    /// Four vectors of the row at a time, which stay in registers from the first term to the last.
    @Override
    public void weighRows(double[] values, int[] rows, int from, int to, float[] x, int width, float[] out,
            int outFrom) {
        int at = 0;
        for (; at + 4 * WIDTH <= width; at += 4 * WIDTH) {
            FloatVector a = broadcast(0);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int e = from; e < to; e++) {
                FloatVector p = broadcast((float) values[e]);
                int row = rows[e] * width + at;
                a = a.add(load(x, row).mul(p));
                b = b.add(load(x, row + WIDTH).mul(p));
                c = c.add(load(x, row + 2 * WIDTH).mul(p));
                d = d.add(load(x, row + 3 * WIDTH).mul(p));
            }
            a.intoArray(out, outFrom + at);
            b.intoArray(out, outFrom + at + WIDTH);
            c.intoArray(out, outFrom + at + 2 * WIDTH);
            d.intoArray(out, outFrom + at + 3 * WIDTH);
        }
        clear(out, outFrom + at, outFrom + width);
        for (int e = from; e < to && at < width; e++) {
            accumulate(values[e], x, rows[e] * width + at, 1, out, outFrom + at, 1, width - at);
        }
    }

    /// Windows of 2 x 2 side by side are whole vectors at a time, whose ends lie over the beginning of the next row
    /// until that is written. The last windows, behind which there is nothing to overwrite or to read, are left to the
    /// plain loop, as are other windows.
    @Override
    public void largest(float[] x, int from, int step, int rowStep, int rows, int length, int[] offsets, int[] out,
            int outFrom) {
        if (step != 2 || offsets.length != 4 || offsets[1] != 1 || offsets[3] != offsets[2] + 1) {
            super.largest(x, from, step, rowStep, rows, length, offsets, out, outFrom);
            return;
        }
        int end = outFrom + rows * length - POOLED;
        int last = x.length - 2 * POOLED;
        for (int row = 0; row < rows; row++) {
            int at = outFrom + row * length;
            int top = from + row * rowStep;
            int bottom = top + offsets[2];
            int i = 0;
            for (; i < length && at + i <= end && bottom + 2 * i <= last; i += POOLED) {
                pool(x, top + 2 * i, bottom + 2 * i, out, at + i);
            }
            if (i < length) {
                super.largest(x, top + 2 * i, step, rowStep, 1, length - i, offsets, out, at + i);
            }
        }
    }

    private static void pool(float[] x, int top, int bottom, int[] out, int at) {
        FloatVector first = FloatVector.fromArray(POOLING, x, top);
        FloatVector second = FloatVector.fromArray(POOLING, x, top + POOLED);
        FloatVector third = FloatVector.fromArray(POOLING, x, bottom);
        FloatVector fourth = FloatVector.fromArray(POOLING, x, bottom + POOLED);
        FloatVector most = unzip(EVEN, first, second);
        IntVector best = EVENS;
        FloatVector seen = unzip(ODD, first, second);
        VectorMask<Float> better = isBetter(seen, most);
        most = most.blend(seen, better);
        best = best.blend(EVENS.add(1), better.cast(POOLING_INDICES));
        seen = unzip(EVEN, third, fourth);
        better = isBetter(seen, most);
        most = most.blend(seen, better);
        IntVector below = EVENS.add(bottom - top);
        best = best.blend(below, better.cast(POOLING_INDICES));
        seen = unzip(ODD, third, fourth);
        better = isBetter(seen, most);
        best.blend(below.add(1), better.cast(POOLING_INDICES)).add(top).intoArray(out, at);
    }

    /// Every other lane of two vectors, one after the other.
    private static FloatVector unzip(VectorShuffle<Float> which, FloatVector a, FloatVector b) {
        return a.rearrange(which).blend(b.rearrange(which), UPPER);
    }

    private static VectorMask<Float> isBetter(FloatVector seen, FloatVector most) {
        return seen.compare(VectorOperators.LE, most).or(most.test(VectorOperators.IS_NAN)).not();
    }

    @Override
    public void followMomentum(double rate, double momentum, float[] g, float[] v, float[] y, int from, int to) {
        int end = from + (to - from) / WIDTH * WIDTH;
        FloatVector p = broadcast((float) -rate);
        FloatVector q = broadcast((float) momentum);
        for (int i = from; i < end; i += WIDTH) {
            FloatVector velocity = load(g, i).add(load(v, i).mul(q));
            velocity.intoArray(v, i);
            load(y, i).add(velocity.mul(p)).intoArray(y, i);
        }
        super.followMomentum(rate, momentum, g, v, y, end, to);
    }

    @Override
    public void followAdam(double rate, double beta1, double beta2, double outside, float[] g, float[] m, float[] s,
            float[] y, int from, int to) {
        int end = from + (to - from) / WIDTH * WIDTH;
        FloatVector p = broadcast((float) -rate);
        FloatVector keep1 = broadcast((float) beta1);
        FloatVector keep2 = broadcast((float) beta2);
        FloatVector take1 = broadcast((float) (1 - beta1));
        FloatVector take2 = broadcast((float) (1 - beta2));
        FloatVector after = broadcast((float) outside);
        for (int i = from; i < end; i += WIDTH) {
            FloatVector gradient = load(g, i);
            FloatVector mean = gradient.mul(take1).add(load(m, i).mul(keep1));
            FloatVector meanSquare = gradient.mul(gradient).mul(take2).add(load(s, i).mul(keep2));
            mean.intoArray(m, i);
            meanSquare.intoArray(s, i);
            load(y, i).add(mean.mul(p).div(meanSquare.sqrt().add(after))).intoArray(y, i);
        }
        super.followAdam(rate, beta1, beta2, outside, g, m, s, y, end, to);
    }

    private static FloatVector load(float[] x, int i) {
        return FloatVector.fromArray(SPECIES, x, i);
    }

    static FloatVector exp(FloatVector x) {
        FloatVector bounded = x.max(FloatMath.EXP_LOW).min(FloatMath.EXP_HIGH);
        FloatVector rounded = bounded.fma(broadcast(FloatMath.LOG2_E), broadcast(FloatMath.ROUNDER));
        IntVector n = rounded.reinterpretAsInts().sub(FloatMath.ROUNDER_BITS);
        FloatVector r = reduce(bounded, rounded.sub(FloatMath.ROUNDER));
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        return expm1Series(r).add(1).mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
    }

    private static FloatVector gaussian(FloatVector x, float scale, float high) {
        FloatVector z = x.abs().min(high);
        FloatVector square = z.mul(z);
        FloatVector low = z.fma(z, square.neg()).mul(-scale);
        FloatVector bounded = square.mul(-scale).max(FloatMath.EXP_LOW).min(FloatMath.EXP_HIGH);
        FloatVector rounded = bounded.fma(broadcast(FloatMath.LOG2_E), broadcast(FloatMath.ROUNDER));
        IntVector n = rounded.reinterpretAsInts().sub(FloatMath.ROUNDER_BITS);
        FloatVector r = reduce(bounded, rounded.sub(FloatMath.ROUNDER)).add(low);
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        return expm1Series(r).add(1).mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
    }

    private static FloatVector tanh(FloatVector x) {
        FloatVector t = expm1OfTwice(x.abs().min(FloatMath.TANH_HIGH));
        return copySign(t.div(t.add(2)), x);
    }

    static FloatVector expm1OfTwice(FloatVector x) {
        FloatVector twice = x.mul(2);
        FloatVector rounded = twice.fma(broadcast(FloatMath.LOG2_E), broadcast(FloatMath.ROUNDER));
        IntVector n = rounded.reinterpretAsInts().sub(FloatMath.ROUNDER_BITS);
        FloatVector r = reduce(twice, rounded.sub(FloatMath.ROUNDER));
        FloatVector scale = powerOfTwo(n);
        return scale.fma(expm1Series(r), scale.sub(1));
    }

    private static FloatVector expm1(FloatVector x) {
        FloatVector bounded = x.max(FloatMath.EXPM1_LOW).min(FloatMath.EXPM1_HIGH);
        FloatVector rounded = bounded.fma(broadcast(FloatMath.LOG2_E), broadcast(FloatMath.ROUNDER));
        IntVector n = rounded.reinterpretAsInts().sub(FloatMath.ROUNDER_BITS);
        FloatVector p = expm1Series(reduce(bounded, rounded.sub(FloatMath.ROUNDER)));
        FloatVector half = powerOfTwo(n.sub(1));
        FloatVector y = half.fma(p, half.sub(0.5f)).mul(2);
        return copySign(y.blend(p, n.eq(0).cast(SPECIES)), x);
    }

    private static FloatVector softplus(FloatVector x) {
        FloatVector e = exp(x.abs().neg());
        FloatVector s = e.div(e.add(2));
        FloatVector s2 = s.mul(s);
        FloatVector far = s2.fma(L15, L13).fma(s2, L11).fma(s2, L9);
        FloatVector tail = s2.mul(far.fma(s2, L7).fma(s2, L5).fma(s2, L3));
        return x.max(0).add(s.fma(tail.sub(e), e));
    }

    static FloatVector copySign(FloatVector magnitude, FloatVector signed) {
        IntVector sign = signed.reinterpretAsInts().and(Integer.MIN_VALUE);
        return magnitude.reinterpretAsInts().and(Integer.MAX_VALUE).or(sign).reinterpretAsFloats();
    }

    private static FloatVector reduce(FloatVector x, FloatVector n) {
        return n.fma(broadcast(-FloatMath.LN2_LOW), n.fma(broadcast(-FloatMath.LN2_HIGH), x));
    }

    private static FloatVector expm1Series(FloatVector r) {
        FloatVector q = r.fma(broadcast(FloatMath.C7), broadcast(FloatMath.C6)).fma(r, broadcast(FloatMath.C5))
                .fma(r, broadcast(FloatMath.C4)).fma(r, broadcast(FloatMath.C3)).fma(r, broadcast(FloatMath.C2));
        return r.mul(r).fma(q, r);
    }

    private static FloatVector powerOfTwo(IntVector n) {
        return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
