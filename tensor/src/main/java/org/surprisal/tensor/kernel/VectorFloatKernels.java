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
            case ERF -> {
                for (int i = from; i < end; i += WIDTH) {
                    erf(load(x, i)).intoArray(out, i);
                }
            }
            case NORMAL_CDF -> {
                for (int i = from; i < end; i += WIDTH) {
                    normalCdf(load(x, i)).intoArray(out, i);
                }
            }
            case LOG, LOG1P, RELU, NEGATIVE_PART, HEAVISIDE, SIGN, SQRT, SQUARE -> {
                // The compiler vectorises simple plain loops; logarithms work on a loss's few numbers only.
                end = from;
            }
        }
        super.map(f, x, out, end, to);
    }

    private static FloatVector load(float[] x, int i) {
        return FloatVector.fromArray(SPECIES, x, i);
    }

    private static FloatVector exp(FloatVector x) {
        return exp(x, broadcast(0), broadcast(1));
    }

    private static FloatVector exp(FloatVector x, FloatVector low, FloatVector factor) {
        FloatVector bounded = x.max(FloatMath.EXP_LOW).min(FloatMath.EXP_HIGH);
        FloatVector rounded = bounded.fma(broadcast(FloatMath.LOG2_E), broadcast(FloatMath.ROUNDER));
        IntVector n = rounded.reinterpretAsInts().sub(FloatMath.ROUNDER_BITS);
        FloatVector r = reduce(bounded, rounded.sub(FloatMath.ROUNDER)).add(low);
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        return expm1Series(r).fma(factor, factor).mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
    }

    private static FloatVector tanh(FloatVector x) {
        FloatVector twice = x.abs().min(FloatMath.TANH_HIGH).mul(2);
        FloatVector rounded = twice.fma(broadcast(FloatMath.LOG2_E), broadcast(FloatMath.ROUNDER));
        IntVector n = rounded.reinterpretAsInts().sub(FloatMath.ROUNDER_BITS);
        FloatVector r = reduce(twice, rounded.sub(FloatMath.ROUNDER));
        FloatVector scale = powerOfTwo(n);
        FloatVector t = scale.fma(expm1Series(r), scale.sub(1));
        return copySign(t.div(t.add(2)), x);
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
        FloatVector far = s2.fma(broadcast(FloatMath.L15), broadcast(FloatMath.L13)).fma(s2, broadcast(FloatMath.L11))
                .fma(s2, broadcast(FloatMath.L9));
        FloatVector tail = s2.mul(far.fma(s2, broadcast(FloatMath.L7)).fma(s2, broadcast(FloatMath.L5)).fma(s2,
                broadcast(FloatMath.L3)));
        return x.max(0).add(s.fma(tail.sub(e), e));
    }

    private static FloatVector erf(FloatVector x) {
        FloatVector z = x.abs().min(FloatErrorFunction.ERF_HIGH);
        FloatVector square = z.mul(z);
        FloatVector error = z.fma(z, square.neg());
        FloatVector erfcx = scaledErfcx(z).div(z.fma(broadcast(2), broadcast(1)));
        FloatVector large = copySign(broadcast(1).sub(exp(square.neg(), error.neg(), erfcx)), x);
        return large.blend(smallErf(x), z.lt(FloatErrorFunction.SMALL));
    }

    private static FloatVector normalCdf(FloatVector x) {
        FloatVector z = x.mul(FloatErrorFunction.SQRT_HALF);
        FloatVector small = smallErf(z).fma(broadcast(0.5f), broadcast(0.5f));
        FloatVector a = x.abs().min(FloatErrorFunction.NORMAL_HIGH);
        FloatVector square = a.mul(a);
        FloatVector squareError = a.fma(a, square.neg());
        FloatVector scaled = scaledErfcx(a.mul(FloatErrorFunction.SQRT_HALF));
        FloatVector scale = a.fma(broadcast(FloatErrorFunction.SQRT_TWO), broadcast(1));
        FloatVector erfcx = scaled.div(scale);
        FloatVector scaleError = a.fma(broadcast(FloatErrorFunction.SQRT_TWO), broadcast(1).sub(scale));
        FloatVector remainder = erfcx.neg().fma(scale, scaled);
        FloatVector low = erfcx.neg().fma(scaleError, remainder).mul(FloatErrorFunction.INVERSE_SCALED);
        FloatVector tail = exp(square.mul(-0.5f), squareError.fma(broadcast(-0.5f), low), erfcx.mul(0.5f));
        FloatVector large = broadcast(1).sub(tail).blend(tail, x.lt(0));
        return large.blend(small, z.abs().lt(FloatErrorFunction.SMALL_NORMAL));
    }

    private static FloatVector smallErf(FloatVector x) {
        return x.fma(polynomial(FloatErrorFunction.SMALL_ERF, x.mul(x)), x);
    }

    private static FloatVector scaledErfcx(FloatVector z) {
        FloatVector t = z.sub(FloatErrorFunction.CENTRE).div(z.add(FloatErrorFunction.CENTRE));
        return polynomial(FloatErrorFunction.SCALED_ERFCX, t);
    }

    private static FloatVector polynomial(float[] coefficients, FloatVector x) {
        FloatVector sum = broadcast(coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = sum.fma(x, broadcast(coefficients[i]));
        }
        return sum;
    }

    private static FloatVector copySign(FloatVector magnitude, FloatVector signed) {
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
