package org.surprisal.study.relativeentropy;

import java.util.Locale;

/// Numbers as the report writes them, the same in every locale.
final class Wording {
    private Wording() {
    }

    static String fixed(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /// A value and its uncertainty with two digits of the latter: `0.2891 ± 0.0022`.
    static String withError(double value, double error) {
        if (!(error > 0)) {
            return fixed(value, 4);
        }
        int digits = Math.clamp((int) Math.ceil(-Math.log10(error)) + 1, 1, 9);
        return fixed(value, digits) + " ± " + fixed(error, digits);
    }

    /// A probability: three digits, or its order of magnitude.
    static String probability(double p) {
        return p >= 0.001 ? fixed(p, 3) : String.format(Locale.ROOT, "%.0e", p);
    }

    static String percent(double share) {
        return fixed(100 * share, 1) + " %";
    }
}
