package org.surprisal.report;

import org.jspecify.annotations.Nullable;

/// One axis of a chart.
///
/// @param label what is measured, such as `relative entropy`
/// @param unit  its unit, such as `nat`; empty for a pure number
/// @param scale linear or logarithmic
/// @param range the part shown, or null for the extent of the data
public record Axis(String label, String unit, Scale scale, @Nullable Range range) {

    public Axis {
        if (label.isBlank()) {
            throw new IllegalArgumentException("axis: label is blank; a reader needs to know what is measured");
        }
        if (scale == Scale.LOG && range != null && range.low() <= 0) {
            throw new IllegalArgumentException(
                    "axis '" + label + "': a logarithmic range starts above 0, not at " + range.low());
        }
    }

    /// A linear axis over the extent of the data.
    public static Axis linear(String label, String unit) {
        return new Axis(label, unit, Scale.LINEAR, null);
    }

    /// A logarithmic axis over the extent of the data.
    public static Axis log(String label, String unit) {
        return new Axis(label, unit, Scale.LOG, null);
    }

    /// The same axis, showing `[low, high]` only.
    public Axis withRange(double low, double high) {
        return new Axis(label, unit, scale, new Range(low, high));
    }

    /// What is written along the axis: `label (unit)`, or the label alone for a pure number.
    public String title() {
        return unit.isEmpty() ? label : label + " (" + unit + ")";
    }
}
