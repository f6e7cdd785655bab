package org.surprisal.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One axis of a chart.
///
/// @param label      what is measured, such as `relative entropy`
/// @param unit       its unit, such as `nat`; empty for a pure number
/// @param scale      linear or logarithmic
/// @param range      the part shown, or null for the extent of the data
/// @param isWhole    whether only whole numbers mean something, such as those of layers and epochs
/// @param categories names that stand at 0, 1, …; empty for an axis of numbers
public record Axis(String label, String unit, Scale scale, @Nullable Range range, boolean isWhole,
        List<String> categories) {

    public Axis {
        if (label.isBlank()) {
            throw new IllegalArgumentException("axis: label is blank; a reader needs to know what is measured");
        }
        if (scale == Scale.LOG && range != null && range.low() <= 0) {
            throw new IllegalArgumentException(
                    "axis '" + label + "': a logarithmic range starts above 0, not at " + range.low());
        }
        categories = List.copyOf(categories);
        if (!categories.isEmpty() && scale == Scale.LOG) {
            throw new IllegalArgumentException("axis '" + label + "': names stand at 0, 1, …, which a logarithmic"
                    + " scale has no place for; a linear one is needed");
        }
    }

    /// An axis of numbers of any kind.
    public Axis(String label, String unit, Scale scale, @Nullable Range range) {
        this(label, unit, scale, range, false, List.of());
    }

    /// A linear axis over the extent of the data.
    public static Axis linear(String label, String unit) {
        return new Axis(label, unit, Scale.LINEAR, null);
    }

    /// A logarithmic axis over the extent of the data.
    public static Axis log(String label, String unit) {
        return new Axis(label, unit, Scale.LOG, null);
    }

    /// A linear axis of whole numbers, such as those of layers.
    public static Axis whole(String label) {
        return new Axis(label, "", Scale.LINEAR, null, true, List.of());
    }

    /// An axis of names, the first of which stands at 0, the next at 1.
    public static Axis named(String label, List<String> categories) {
        return new Axis(label, "", Scale.LINEAR, new Range(-0.5, Math.max(1, categories.size()) - 0.5), true,
                categories);
    }

    /// The same axis, showing `[low, high]` only.
    public Axis withRange(double low, double high) {
        return new Axis(label, unit, scale, new Range(low, high), isWhole, categories);
    }

    /// What is written along the axis: `label (unit)`, or the label alone for a pure number.
    public String title() {
        return unit.isEmpty() ? label : label + " (" + unit + ")";
    }
}
