package org.surprisal.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// float32 in SIMD lanes of the machine's preferred width. Same steps as [PlainFloatKernels], hence the same bits; the ends
/// that fill no whole vector are left to it.
public final class VectorFloatKernels extends PlainFloatKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();

    public VectorFloatKernels(FloatProduct product) {
        super(product);
    }

    /// Lanes of one vector on this machine.
    public static int width() {
        return WIDTH;
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
            case LOG, RELU, SQRT, SQUARE -> {
                // The compiler vectorises the plain loops of the last three; log works on a loss's few numbers only.
                end = from;
            }
        }
        super.map(f, x, out, end, to);
    }

    private static FloatVector load(float[] x, int i) {
        return FloatVector.fromArray(SPECIES, x, i);
    }

    private static FloatVector exp(FloatVector x) {
        FloatVector bounded = x.max(FloatMath.EXP_LOW).min(FloatMath.EXP_HIGH);
        FloatVector rounded = bounded.fma(broadcast(FloatMath.LOG2_E), broadcast(FloatMath.ROUNDER));
        IntVector n = rounded.reinterpretAsInts().sub(FloatMath.ROUNDER_BITS);
        FloatVector r = reduce(bounded, rounded.sub(FloatMath.ROUNDER));
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        return expm1Series(r).add(1).mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
    }

    private static FloatVector tanh(FloatVector x) {
        FloatVector twice = x.abs().min(FloatMath.TANH_HIGH).mul(2);
        FloatVector rounded = twice.fma(broadcast(FloatMath.LOG2_E), broadcast(FloatMath.ROUNDER));
        IntVector n = rounded.reinterpretAsInts().sub(FloatMath.ROUNDER_BITS);
        FloatVector r = reduce(twice, rounded.sub(FloatMath.ROUNDER));
        FloatVector scale = powerOfTwo(n);
        FloatVector t = scale.fma(expm1Series(r), scale.sub(1));
        FloatVector magnitude = t.div(t.add(2));
        // copySign, as the scalar code has it
        IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
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
