package org.surprisal.tensor.kernel;

/// The error function and the normal distribution function in float32, from the steps of [FloatMath], within 2.5 units
/// in the last place (checked by tests over the whole range). Plain loops only.
///
/// As in [ErrorFunction], but with polynomials: erf(x) / x - 1 in x^2 up to |x| = 1, and (1 + 2z) erfcx(z) in t = (z -
/// c) / (z + c) up to z = 10.2, where the normal distribution function has left float32. Both were interpolated at 60
/// Chebyshev nodes, with 40 digits, and cut to the degree that leaves a relative error below 3e-9. The centre c is
/// where the second is 1.25, so that its leading coefficient is no rounded number.
final class FloatErrorFunction {
    private static final float CENTRE = 3.1350937f;
    /// Coefficients of t^0, t^1, ...
    private static final float[] SCALED_ERFCX = {1.25f, -0.13746548f, -0.036272716f, 0.12095638f, -0.11964327f,
            0.07522184f,
            -0.031010322f, 0.00642236f, 0.0010585204f, -0.0010535276f, 4.9647286e-5f, 1.00284815e-4f};
    /// Coefficients of x^0, x^2, ...
    private static final float[] SMALL_ERF = {0.12837917f, -0.37612626f, 0.11283597f, -0.026854329f, 0.005189312f,
            -0.0008018855f, 7.8824974e-5f};
    private static final float SMALL = 1;
    private static final float SMALL_NORMAL = 0.5f;
    /// erf x is 1 in float32 from here on.
    private static final float ERF_HIGH = 4;
    /// The normal distribution function is 0 in float32 below minus this.
    private static final float NORMAL_HIGH = 14.3f;
    private static final float SQRT_HALF = FloatMath.SQRT_HALF;
    /// (1 + 2z) erfcx(z) lies between 1 and 1.29.
    private static final float INVERSE_SCALED = 0.87f;
    private static final float SQRT_TWO = (float) 1.4142135623730951;

    private FloatErrorFunction() {
    }

    static float erf(float x) {
        float z = Math.min(Math.abs(x), ERF_HIGH);
        if (z < SMALL) {
            return smallErf(x);
        }
        float square = z * z;
        float error = Math.fma(z, z, -square);
        return Math.copySign(1 - FloatMath.exp(-square, -error, scaledErfcx(z) / Math.fma(2, z, 1)), x);
    }

    /// (1 + erf(x / sqrt 2)) / 2 where x is small, erfc's tail or its complement elsewhere.
    static float normalCdf(float x) {
        float z = x * SQRT_HALF;
        if (Math.abs(z) < SMALL_NORMAL) {
            return Math.fma(0.5f, smallErf(z), 0.5f);
        }
        float a = Math.min(Math.abs(x), NORMAL_HIGH);
        float square = a * a;
        float squareError = Math.fma(a, a, -square);
        float scaled = scaledErfcx(a * SQRT_HALF);
        float scale = Math.fma(SQRT_TWO, a, 1);
        float erfcx = scaled / scale;
        // What the quotient and its divisor rounded off, relative to `scaled`, which is within 13 % of 1 /
        // INVERSE_SCALED.
        float scaleError = Math.fma(SQRT_TWO, a, 1 - scale);
        float remainder = Math.fma(-erfcx, scale, scaled);
        float low = INVERSE_SCALED * Math.fma(-erfcx, scaleError, remainder);
        float tail = FloatMath.exp(-0.5f * square, Math.fma(-0.5f, squareError, low), 0.5f * erfcx);
        return x < 0 ? tail : 1 - tail;
    }

    private static float smallErf(float x) {
        return Math.fma(x, polynomial(SMALL_ERF, x * x), x);
    }

    /// (1 + 2z) erfcx(z).
    private static float scaledErfcx(float z) {
        return polynomial(SCALED_ERFCX, (z - CENTRE) / (z + CENTRE));
    }

    private static float polynomial(float[] coefficients, float x) {
        float sum = coefficients[coefficients.length - 1];
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = Math.fma(sum, x, coefficients[i]);
        }
        return sum;
    }
}
