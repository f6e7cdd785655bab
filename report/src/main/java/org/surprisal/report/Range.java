package org.surprisal.report;

/// The part of an axis that is shown, in the axis's unit.
///
/// @param low  left or lower end, finite
/// @param high right or upper end, finite and above `low`
public record Range(double low, double high) {

    public Range {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low >= high) {
            throw new IllegalArgumentException(
                    "range: [" + low + ", " + high + "] needs finite ends, the low one below the high one");
        }
    }
}
