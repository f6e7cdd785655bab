package org.surprisal.tensor.kernel;

/// exp, log, tanh, sigmoid and softplus in float32 from additions, products, quotients and fused multiply-adds only, so
/// that every compiler and every vector width gives the same bits. [VectorFloatKernels] repeats these steps lane by
/// lane.
///
/// exp, expm1 and tanh: Cody-Waite reduction x = n ln 2 + r, |r| <= ln 2 / 2, and the Taylor series of e^r - 1 to r^7.
/// log and log1p: the series of 2 artanh((m - 1) / (m + 1)) for the mantissa m in [sqrt(1/2), sqrt 2). Each is within
/// 2.5 units in the last place of the true value (checked by tests over the whole range).
final class FloatMath {
    static final float LOG2_E = (float) 1.4426950408889634;
    /// Adding and subtracting 1.5 * 2^23 rounds to the nearest integer, whose value is then in the low bits.
    static final float ROUNDER = 0x1.8p23f;
    static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
    /// ln 2 in two parts; the first has trailing zeros, so that its product with n is exact.
    static final float LN2_HIGH = 0x1.63p-1f;
    static final float LN2_LOW = (float) (0.6931471805599453 - 0x1.63p-1);
    static final float C2 = 1 / 2f;
    static final float C3 = 1 / 6f;
    static final float C4 = 1 / 24f;
    static final float C5 = 1 / 120f;
    static final float C6 = 1 / 720f;
    static final float C7 = 1 / 5040f;
    /// Beyond these e^x is 0 or infinite in float32.
    static final float EXP_LOW = -105;
    static final float EXP_HIGH = 90;
    /// tanh x is 1 in float32 from here on.
    static final float TANH_HIGH = 9.02f;
    /// e^(2x) leaves float32 soon after; tanh's derivative, 4 e^(-2x), is its smallest normal number here.
    static final float TANH_SLOPE_HIGH = 44;
    /// Beyond these e^x - 1 is -1 or infinite in float32.
    static final float EXPM1_LOW = -18;
    static final float EXPM1_HIGH = 89;
    /// e^(-x^2) and e^(-x^2 / 2) are 0 in float32 from here on.
    static final float GAUSSIAN_HIGH = 10.3f;
    static final float HALF_GAUSSIAN_HIGH = 14.6f;
    static final float SQRT_HALF = (float) 0.7071067811865476;
    static final float SUBNORMAL_SCALE = 0x1p25f;
    static final float L3 = 2 / 3f;
    static final float L5 = 2 / 5f;
    static final float L7 = 2 / 7f;
    static final float L9 = 2 / 9f;
    static final float L11 = 2 / 11f;
    static final float L13 = 2 / 13f;
    static final float L15 = 2 / 15f;

    private static final float ARTANH_HIGH = 0.1715f;

    private FloatMath() {
    }

    static float exp(float x) {
        return exp(x, 0, 1);
    }

    /// factor e^(x + low), `low` being what was rounded off when x was computed.
    static float exp(float x, float low, float factor) {
        float bounded = Math.min(Math.max(x, EXP_LOW), EXP_HIGH);
        float rounded = Math.fma(bounded, LOG2_E, ROUNDER);
        int n = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
        float r = reduce(bounded, rounded - ROUNDER) + low;
        // Two factors, since 2^n alone may leave the range of normal numbers.
        int half = n >> 1;
        return Math.fma(expm1Series(r), factor, factor) * powerOfTwo(half) * powerOfTwo(n - half);
    }

    static float expm1(float x) {
        float bounded = Math.min(Math.max(x, EXPM1_LOW), EXPM1_HIGH);
        float rounded = Math.fma(bounded, LOG2_E, ROUNDER);
        int n = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
        float p = expm1Series(reduce(bounded, rounded - ROUNDER));
        // Half of it at first, since 2^n may overflow where the result does not.
        float half = powerOfTwo(n - 1);
        float y = 2 * Math.fma(half, p, half - 0.5f);
        return Math.copySign(n == 0 ? p : y, x);
    }

    /// e / (1 + e) or 1 / (1 + e) with e = e^-|x|: no overflow on either side.
    static float sigmoid(float x) {
        float e = exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// sigmoid(-magnitude) for a magnitude that is not negative.
    static float sigmoidTail(float magnitude) {
        float e = exp(-magnitude);
        return e / (1 + e);
    }

    static float tanhDerivative(float x) {
        float s = sigmoidTail(2 * Math.abs(x));
        return 4 * (s * (1 - s));
    }

    static float sigmoidDerivative(float x) {
        float s = sigmoidTail(Math.abs(x));
        return s * (1 - s);
    }

    /// e^(-scale x^2), with the rounding error of the square taken along.
    ///
    /// @param scale 1 or 0.5
    /// @param high where it is 0 in float32
    static float gaussian(float x, float scale, float high) {
        float z = Math.min(Math.abs(x), high);
        float square = z * z;
        return exp(-scale * square, -scale * Math.fma(z, z, -square), 1);
    }

    /// t / (t + 2) with t = e^(2|x|) - 1, which keeps its relative precision near 0.
    static float tanh(float x) {
        float t = expm1OfTwice(Math.min(Math.abs(x), TANH_HIGH));
        return Math.copySign(t / (t + 2), x);
    }

    /// e^(2x) - 1 for x from 0 to [#TANH_SLOPE_HIGH].
    static float expm1OfTwice(float x) {
        float twice = 2 * x;
        float rounded = Math.fma(twice, LOG2_E, ROUNDER);
        int n = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
        float r = reduce(twice, rounded - ROUNDER);
        float scale = powerOfTwo(n);
        return Math.fma(scale, expm1Series(r), scale - 1);
    }

    static float log(float x) {
        if (!(x > 0) || x == Float.POSITIVE_INFINITY) {
            return x == 0 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
        }
        boolean subnormal = x < Float.MIN_NORMAL;
        float normal = subnormal ? x * SUBNORMAL_SCALE : x;
        int bits = Float.floatToRawIntBits(normal);
        // Exponent such that the mantissa lies in [sqrt(1/2), sqrt 2).
        int exponent = (bits - Float.floatToRawIntBits(SQRT_HALF)) >> 23;
        float mantissa = Float.intBitsToFloat(bits - (exponent << 23));
        float e = exponent - (subnormal ? 25 : 0);
        float s = (mantissa - 1) / (mantissa + 1);
        float tail = artanhTail(s);
        // 2s is small beside the rest only when e != 0; adding it last but one keeps log 1 = 0 exact.
        return Math.fma(e, LN2_HIGH, Math.fma(s, tail, Math.fma(e, LN2_LOW, 2 * s)));
    }

    static float log1p(float x) {
        float s = x / (2 + x);
        // The same bound on s as for a mantissa in [sqrt(1/2), sqrt 2).
        if (Math.abs(s) < ARTANH_HIGH) {
            return Math.fma(s, artanhTail(s), 2 * s);
        }
        float sum = 1 + x;
        // What the sum rounded off; infinities and NaN have nothing to correct.
        float lost = x > 1 ? 1 - (sum - x) : x - (sum - 1);
        return Math.abs(sum) < Float.POSITIVE_INFINITY && sum != 0 ? log(sum) + lost / sum : log(sum);
    }

    /// max(x, 0) + ln(1 + e) with e = e^-|x|. ln(1 + e) = 2 artanh s with s = e / (2 + e); as e - s (e - tail), the
    /// rounding of s weighs little.
    static float softplus(float x) {
        float e = exp(-Math.abs(x));
        float s = e / (2 + e);
        float s2 = s * s;
        // s reaches 1/3, twice as far as in log: three terms more.
        float far = Math.fma(s2, Math.fma(s2, Math.fma(s2, L15, L13), L11), L9);
        float tail = s2 * Math.fma(s2, Math.fma(s2, Math.fma(s2, far, L7), L5), L3);
        return Math.max(x, 0) + Math.fma(s, tail - e, e);
    }

    /// (2 artanh(s) - 2s) / s for |s| < 0.1716.
    private static float artanhTail(float s) {
        float s2 = s * s;
        return s2 * Math.fma(s2, Math.fma(s2, Math.fma(s2, L9, L7), L5), L3);
    }

    private static float reduce(float x, float n) {
        return Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    }

    /// e^r - 1 for |r| <= ln 2 / 2.
    private static float expm1Series(float r) {
        float q = Math.fma(r, Math.fma(r, Math.fma(r, Math.fma(r, Math.fma(r, C7, C6), C5), C4), C3), C2);
        return Math.fma(r * r, q, r);
    }

    private static float powerOfTwo(int n) {
        return Float.intBitsToFloat((n + 127) << 23);
    }
}
