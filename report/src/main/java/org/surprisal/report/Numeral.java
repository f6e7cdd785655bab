package org.surprisal.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// How a number is written on an axis or beside a colour bar: a few digits, no padding, a true minus sign.
final class Numeral {

    private Numeral() {
    }

    /// `value`, finite, to `digits` significant digits; powers of ten beyond 1e5 and below 1e-4 in the form 1e-5.
    static String of(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        String text = exponent >= 6 || exponent < -4
                ? rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString() + "e" + exponent
                : rounded.toPlainString();
        return text.replace('-', '\u2212');
    }
}
