package org.surprisal.information.internal;

import java.util.Locale;

/// Checks that every statistic makes of its samples.
public final class Samples {

    private Samples() {
    }

    /// Refuses values that cannot be estimated from.
    ///
    /// @throws IllegalArgumentException if there are fewer than `minimum` values, or one of them is NaN or infinite
    public static void requireFinite(String name, double[] values, int minimum) {
        if (values.length < minimum) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has %d value(s), at least %d needed", name, values.length, minimum));
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s[%d] = %s, a finite value needed", name, i, values[i]));
            }
        }
    }

    /// Refuses a value that is not positive.
    ///
    /// @throws IllegalArgumentException if `value` is NaN, infinite, zero or negative
    public static double requirePositive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("%s = %s, a finite value > 0 needed".formatted(name, value));
        }
        return value;
    }

    /// Refuses a value that is not finite.
    ///
    /// @throws IllegalArgumentException if `value` is NaN or infinite
    public static double requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s = %s, a finite value needed".formatted(name, value));
        }
        return value;
    }
}
