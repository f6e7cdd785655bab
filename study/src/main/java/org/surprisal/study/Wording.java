package org.surprisal.study;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers as reports write them, the same in every locale.
public final class Wording {
    private Wording() {
    }

    /// So many digits after the point.
    public static String fixed(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /// A value and its uncertainty with two digits of the latter: `0.2891 ± 0.0022`.
    public static String withError(double value, double error) {
        if (!(error > 0)) {
            return fixed(value, 4);
        }
        int digits = Math.clamp((int) Math.ceil(-Math.log10(error)) + 1, 1, 9);
        return fixed(value, digits) + " ± " + fixed(error, digits);
    }

    /// Four significant digits, or fewer if they are zeros: `0.05`, `-1.234`, `3e-7`.
    public static String shortest(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        return rounded.scale() > 6 || rounded.scale() < -6
                ? rounded.toString().replace('E', 'e')
                : rounded.toPlainString();
    }

    /// A probability: three digits, or its order of magnitude.
    public static String probability(double p) {
        return p >= 0.001 ? fixed(p, 3) : String.format(Locale.ROOT, "%.0e", p);
    }

    /// One digit after the point: `97.3 %`.
    public static String percent(double share) {
        return fixed(100 * share, 1) + " %";
    }
}
