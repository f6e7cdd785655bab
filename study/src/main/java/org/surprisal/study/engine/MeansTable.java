package org.surprisal.study.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.surprisal.report.Table;

/// A table of means over seeds with their standard errors: a row for each combination of values of some coordinates, a
/// column for each sample.
public final class MeansTable {
    private final List<Coordinate> rows;
    private final SequencedMap<String, Sample> columns = new LinkedHashMap<>();

    private MeansTable(List<Coordinate> rows) {
        this.rows = rows;
    }

    /// A table with a row for each combination that one of the samples has.
    public static MeansTable by(Coordinate... rows) {
        return new MeansTable(List.of(rows));
    }

    /// With one column more.
    ///
    /// @param sample whose numbers have no coordinates but the seed and those of the rows
    public MeansTable column(String name, Sample sample) {
        columns.put(name, sample);
        return this;
    }

    /// The table; a combination without a number has `-`.
    public Table table(String id, String title, String caption) {
        Set<List<String>> places = new LinkedHashSet<>();
        columns.values().forEach(sample -> sample.points().forEach(point -> places.add(place(point))));
        List<List<String>> cells = new ArrayList<>();
        for (List<String> place : places) {
            List<String> row = new ArrayList<>(place);
            columns.values().forEach(sample -> row.add(new Sample(sample.quantity(),
                    sample.points().stream().filter(point -> place(point).equals(place)).toList())
                    .meanIfAny().map(Estimate::toString).orElse("-")));
            cells.add(row);
        }
        List<String> header = new ArrayList<>(rows.stream().map(Coordinate::symbol).toList());
        header.addAll(columns.keySet());
        return new Table(id, title, caption, header, cells);
    }

    private List<String> place(Sample.Point point) {
        return rows.stream().map(row -> {
            Object value = point.at().get(row);
            return value == null ? "-" : row.text(value);
        }).toList();
    }
}
