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
/// @param step  of a rank correlation, by how much the largest coefficient below 1 is smaller than 1, which says how
///              fine the coefficients are; 0 for every other quantity
public record Quantity(String name, String unit, String label, Set<Index> by, double step) {
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
        if (!(step >= 0 && step < 2)) {
            throw new IllegalArgumentException("quantity '" + name + "': the step (=" + step
                    + ") of a rank correlation must be at least 0 and below 2");
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
        return new Quantity(name, unit, label, indices, 0);
    }

    /// A rank correlation, which lies between -1 and 1: its intervals are those of Fisher's z.
    ///
    /// @param step by how much the largest coefficient below 1 is smaller than 1, above 0 and below 2
    public static Quantity correlation(String name, String label, double step) {
        return new Quantity(name, "1", label, Set.of(), step);
    }

    /// The same quantity in another unit.
    public Quantity in(String otherUnit) {
        return new Quantity(name, otherUnit, label, by, step);
    }

    /// The unit on an axis: empty for a pure number.
    String axisUnit() {
        return unit.equals("1") ? "" : unit;
    }
}
