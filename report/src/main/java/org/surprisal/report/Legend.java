package org.surprisal.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a figure's legend lists: one entry for each name, in order of first appearance, with the marks that bear it.
///
/// @param entries name and a sample of each kind of mark under it
record Legend(List<Entry> entries) {

    /// @param name   what is written
    /// @param sample one mark of each kind that bears the name: a line and its band
    record Entry(String name, List<Mark> sample) {}

    /// The legend of one chart, or the one shared by several.
    static Legend of(List<Chart> charts) {
        Map<String, List<Mark>> byName = new LinkedHashMap<>();
        for (Chart chart : charts) {
            for (Mark mark : chart.marks()) {
                // A rule has its name written along it; that of cells is about those without a number.
                if (mark instanceof Mark.Rule || mark.name().isEmpty()
                        || (mark instanceof Mark.Cells cells && !cells.hasGaps())) {
                    continue;
                }
                List<Mark> sample = byName.computeIfAbsent(mark.name(), _ -> new ArrayList<>());
                if (sample.stream().noneMatch(other -> other.getClass() == mark.getClass())) {
                    sample.add(mark);
                }
            }
        }
        return new Legend(
                byName.entrySet().stream().map(e -> new Entry(e.getKey(), List.copyOf(e.getValue()))).toList());
    }
}
