package org.surprisal.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/// Numbers as reports write them, the same in every locale: a true minus sign, no zero with a sign, and powers of ten
/// as [org.surprisal.report.canvas.Notation] reads them.
public final class Wording {
    private static final char MINUS = '\u2212';
    /// Digits after or before the point from which on a number is written with a power of ten.
    private static final int MOST_DIGITS = 6;
    /// Significant digits of a number that has no error.
    private static final int SIGNIFICANT = 4;
    /// The power of ten from which on a number is read without one.
    private static final int LEAST_PLAIN = -3;
    /// What of a number adding it up in float64 may change.
    private static final double ROUNDING = 1e-13;

    private Wording() {
    }

    /// So many digits after the point: `0.29`, `−1.50`. A number that rounds to 0 has no sign.
    public static String fixed(double value, int digits) {
        return Double.isFinite(value) ? rounded(value, digits) : special(value);
    }

    /// A value and its error, rounded to two digits of the error: `0.2891 ± 0.0022`, `1230 ± 120`, and where both are
    /// tiny or huge `(1.0 ± 1.7) × 10^-7`. Without an error, or with one that rounding alone makes, as [#alone].
    public static String withError(double value, double error) {
        if (!(error > ROUNDING * Math.abs(value)) || !Double.isFinite(error) || !Double.isFinite(value)) {
            return alone(value);
        }
        int digits = digits(error);
        int exponent = exponent(Math.max(Math.abs(value), error));
        if (isPlain(digits, exponent)) {
            return rounded(value, digits) + " ± " + rounded(error, digits);
        }
        return "(" + scaled(value, exponent, digits) + " ± " + scaled(error, exponent, digits) + ") × 10^" + exponent;
    }

    /// A difference and its error as [#withError], with its sign: `+0.50 ± 0.10`. One that rounds to 0 has no sign.
    public static String change(double value, double error) {
        String text = withError(value, error);
        return value > 0 ? text.replaceFirst("^(\\(?)(?=[0-9.]*[1-9]|∞)", "$1+") : text;
    }

    /// A value whose error is not known: four digits after the point below 1000, as [#shortest] above and where that
    /// would leave less than two digits.
    public static String alone(double value) {
        double size = Math.abs(value);
        return size >= 1e-3 && size < 1e3 ? fixed(value, 4) : shortest(value);
    }

    /// An interval, rounded so that its width has two digits or three: `−0.12 to 0.03`, and where
    /// both ends are tiny or huge `(−1.2 to 0.3) × 10^-7`. An end that would round to 0 has one significant digit,
    /// because its sign may decide a claim: `−0.0004 to 4.2`.
    public static String range(double low, double high) {
        double size = Math.max(Math.abs(low), Math.abs(high));
        double error = (high - low) / 4;
        if (!(error > ROUNDING * size) || !Double.isFinite(error)) {
            return shortest(low) + " to " + shortest(high);
        }
        int digits = digits(error);
        int exponent = exponent(size);
        if (isPlain(digits, exponent)) {
            return end(low, rounded(low, digits)) + " to " + end(high, rounded(high, digits));
        }
        String scaledLow = scaled(low, exponent, digits);
        String scaledHigh = scaled(high, exponent, digits);
        if (hidesSign(low, scaledLow) || hidesSign(high, scaledHigh)) {
            return end(low, scaledLow, shortest(low)) + " to " + end(high, scaledHigh, shortest(high));
        }
        return "(" + scaledLow + " to " + scaledHigh + ") × 10^" + exponent;
    }

    private static String end(double value, String rounded) {
        return end(value, rounded, rounded);
    }

    private static String end(double value, String rounded, String shown) {
        return hidesSign(value, rounded) ? significant(value, 1) : shown;
    }

    private static boolean hidesSign(double value, String rounded) {
        return value != 0 && rounded.matches("[0.]*");
    }

    /// Four significant digits, or fewer if they are zeros: `0.05`, `−1.234`, `3 × 10^-7`.
    public static String shortest(double value) {
        return significant(value, SIGNIFICANT);
    }

    /// Two significant digits: `4.3`, `0.034`, `95000`, `1.2 × 10^11`.
    public static String rough(double value) {
        return significant(value, 2);
    }

    /// So many significant digits, or fewer if they are zeros.
    static String significant(double value, int digits) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (rounded.scale() <= MOST_DIGITS && exponent < MOST_DIGITS) {
            return signed(rounded.toPlainString());
        }
        return signed(rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString()) + " × 10^" + exponent;
    }

    /// A probability: three digits after the point, or its order of magnitude.
    public static String probability(double p) {
        return p >= 0.001 || p == 0 ? fixed(p, 3) : significant(p, 1);
    }

    /// One digit after the point: `97.3 %`.
    public static String percent(double share) {
        return fixed(100 * share, 1) + " %";
    }

    /// A number of things and their name: `1 epoch`, `2 epochs`.
    ///
    /// @param noun whose plural ends in s
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /// Some words as a list in a sentence: `a`, `a and b`, `a, b and c`.
    public static String list(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    /// Digits after the point, negative before it, with which a number has two significant digits.
    private static int digits(double error) {
        BigDecimal rounded = new BigDecimal(error).round(new MathContext(2));
        return rounded.scale() + 2 - rounded.precision();
    }

    private static int exponent(double size) {
        BigDecimal exact = new BigDecimal(size);
        return exact.precision() - exact.scale() - 1;
    }

    /// Whether a number is read without a power of ten: one of at most six digits before its point, or after it.
    ///
    /// @param digits   after the point, negative before it, to which the number is rounded
    /// @param exponent digits before the point, less one
    private static boolean isPlain(int digits, int exponent) {
        return (digits >= 0 && digits <= MOST_DIGITS) || (exponent >= LEAST_PLAIN && exponent < MOST_DIGITS);
    }

    /// A value in units of a power of ten, rounded to a digit that is counted in units of 1.
    private static String scaled(double value, int exponent, int digits) {
        return rounded(new BigDecimal(value).scaleByPowerOfTen(-exponent), digits + exponent);
    }

    private static String rounded(double value, int digits) {
        return rounded(new BigDecimal(value), digits);
    }

    private static String rounded(BigDecimal value, int digits) {
        BigDecimal rounded = value.setScale(digits, RoundingMode.HALF_UP);
        return signed((rounded.signum() == 0 ? BigDecimal.ZERO.setScale(Math.max(digits, 0)) : rounded)
                .toPlainString());
    }

    private static String signed(String number) {
        return number.replace('-', MINUS);
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "–" : value > 0 ? "∞" : MINUS + "∞";
    }
}
