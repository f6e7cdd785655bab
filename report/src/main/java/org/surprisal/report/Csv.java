package org.surprisal.report;

/// Fields of CSV files, as RFC 4180 has them.
final class Csv {
    /// Whole numbers up to here are exact in float64.
    private static final double LARGEST_WHOLE = 1e15;

    private Csv() {
    }

    /// Words, quoted where they need it.
    static String field(String words) {
        return words.matches("[^\",\r\n]*") ? words : '"' + words.replace("\"", "\"\"") + '"';
    }

    /// A number with every digit, a whole one without a fraction; empty for NaN.
    static String field(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return isWhole(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /// Whether a number is whole, and so small that all whole numbers near it can be told apart.
    static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE;
    }
}
