package org.surprisal.study.engine;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Something measured. The one place where its name in metrics.csv, its unit and its axis label are written.
///
/// @param name  in metrics.csv: lower-case words joined by hyphens
/// @param unit  such as `nat`; `1` for a pure number
/// @param label on axes and in tables
/// @param by    the indices that each of its numbers has, besides factors and seed
public record Quantity(String name, String unit, String label, Set<Index> by) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public Quantity {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "quantity '" + name + "': a name is lower-case letters and digits joined by hyphens");
        }
        if (unit.isBlank() || label.isBlank()) {
            throw new IllegalArgumentException("quantity '" + name + "': unit and label are needed; the unit of a pure"
                    + " number is 1");
        }
        by = Set.copyOf(by);
        if (by.contains(Index.SEED)) {
            throw new IllegalArgumentException("quantity '" + name + "': the seed belongs to every number");
        }
    }

    /// A quantity with the given indices.
    public static Quantity of(String name, String unit, String label, Index... by) {
        EnumSet<Index> indices = EnumSet.noneOf(Index.class);
        indices.addAll(Set.of(by));
        return new Quantity(name, unit, label, indices);
    }

    /// The same quantity in another unit.
    public Quantity in(String otherUnit) {
        return new Quantity(name, otherUnit, label, by);
    }

    /// The unit on an axis: empty for a pure number.
    String axisUnit() {
        return unit.equals("1") ? "" : unit;
    }
}
