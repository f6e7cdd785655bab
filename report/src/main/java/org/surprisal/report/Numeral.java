package org.surprisal.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// How a number is written on an axis or beside a colour bar: a few digits, no padding, a true minus sign.
final class Numeral {

    private Numeral() {
    }

    /// `value`, finite, to `digits` significant digits; from 1e6 on and below 1e-4 in the form 2×10^{-5} of
    /// [org.surprisal.report.canvas.Notation].
    static String of(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        String text = exponent >= 6 || exponent < -4
                ? rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString() + "×10^{" + exponent + "}"
                : rounded.toPlainString();
        return text.replace('-', '\u2212');
    }

    /// A number for another program: whole ones without a fraction.
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
