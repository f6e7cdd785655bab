package org.surprisal.information.pairwise;

/// e^x for x <= 0 in double precision from additions, products and fused multiply-adds only, so that every compiler and
/// every vector width gives the same bits; [VectorPairLoops] repeats the steps lane by lane.
///
/// Cody-Waite reduction x = n ln 2 + r, |r| <= ln 2 / 2, and the Taylor series of e^r to r^13, whose rest is below
/// 5e-18.
final class DoubleExponential {

    /// e^-x counts as 0 from here on at the latest; until here it is a normal number, its fourth power too.
    static final double CUTOFF = 170;

    static final double LOG2_E = 1.4426950408889634;
    /// Adding and subtracting 1.5 * 2^52 rounds to the nearest integer, whose value is then in the low bits.
    static final double ROUNDER = 0x1.8p52;
    static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);
    /// ln 2 in two parts; the first has trailing zeros, so that its product with n is exact.
    static final double LN2_HIGH = 0x1.62e42fefap-1;
    static final double LN2_LOW = 0x1.cf79abc9e3b3ap-40;
    /// 1, 1, 1/2!, …, 1/13!.
    static final double[] SERIES = series();

    private DoubleExponential() {
    }

    private static double[] series() {
        double[] series = new double[14];
        double factorial = 1;
        for (int power = 0; power < series.length; power++) {
            factorial *= Math.max(1, power);
            series[power] = 1 / factorial;
        }
        return series;
    }

    private static double pair(double r, int power) {
        return Math.fma(r, SERIES[power + 1], SERIES[power]);
    }

    /// e^-x.
    ///
    /// @param x from 0 to [#CUTOFF]
    static double ofNegative(double x) {
        double rounded = Math.fma(x, -LOG2_E, ROUNDER);
        double n = rounded - ROUNDER;
        double r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, -x));
        // In pairs and pairs of pairs (Estrin's order), which a processor computes side by side.
        double r2 = r * r;
        double r4 = r2 * r2;
        double low = Math.fma(r2, pair(r, 2), pair(r, 0));
        double middle = Math.fma(r2, pair(r, 6), pair(r, 4));
        double high = Math.fma(r2, pair(r, 10), pair(r, 8));
        double p = Math.fma(r4, Math.fma(r4, Math.fma(r4, pair(r, 12), high), middle), low);
        long exponent = Double.doubleToRawLongBits(rounded) - ROUNDER_BITS;
        return p * Double.longBitsToDouble((exponent + 1023) << 52);
    }
}
