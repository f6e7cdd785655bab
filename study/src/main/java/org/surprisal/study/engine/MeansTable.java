package org.surprisal.study.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;

/// A table of means over seeds with their standard errors: a row for each combination of values of some coordinates, a
/// column for each sample.
public final class MeansTable {
    private final List<Coordinate> rows;
    private final SequencedMap<String, Column> columns = new LinkedHashMap<>();

    private record Column(Sample sample, Function<Sample, TableCell> cell) {}

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
        return column(name, sample, own -> own.mean().cell());
    }

    /// With a column more of differences, which have a sign.
    ///
    /// @param sample whose numbers have no coordinates but the seed and those of the rows
    public MeansTable change(String name, Sample sample) {
        return column(name, sample, own -> TableCell.change(own.mean().mean(), own.mean().standardError().orElse(0)));
    }

    /// With a column more of something else than means.
    ///
    /// @param cell from the numbers of a row, at least one
    public MeansTable column(String name, Sample sample, Function<Sample, TableCell> cell) {
        columns.put(name, new Column(sample, cell));
        return this;
    }

    /// The table; a combination without a number has a missing cell.
    public Table table(String id, String title, String caption) {
        Map<List<String>, Map<Coordinate, Object>> places = new LinkedHashMap<>();
        columns.values().forEach(column -> column.sample().points()
                .forEach(point -> places.putIfAbsent(place(point), point.at())));
        List<List<TableCell>> cells = new ArrayList<>();
        for (Map.Entry<List<String>, Map<Coordinate, Object>> place : places.entrySet()) {
            List<TableCell> row = new ArrayList<>(rows.stream()
                    .map(coordinate -> cell(coordinate, place.getValue().get(coordinate))).toList());
            for (Column column : columns.values()) {
                Sample own = new Sample(column.sample().quantity(), column.sample().points().stream()
                        .filter(point -> place(point).equals(place.getKey())).toList());
                row.add(own.isEmpty() ? TableCell.missing() : column.cell().apply(own));
            }
            cells.add(row);
        }
        List<String> header = new ArrayList<>(rows.stream().map(Coordinate::symbol).toList());
        header.addAll(columns.keySet());
        return new Table(id, title, caption, header, cells);
    }

    /// The value of a coordinate: a number as settings write it, anything else by its name.
    public static TableCell cell(Coordinate coordinate, @Nullable Object value) {
        if (value == null) {
            return TableCell.missing();
        }
        return value instanceof Number number
                ? new TableCell.Exact(number.doubleValue(), coordinate.text(value))
                : TableCell.text(coordinate.name(value));
    }

    private List<String> place(Sample.Point point) {
        return rows.stream().map(row -> {
            Object value = point.at().get(row);
            return value == null ? "" : row.text(value);
        }).toList();
    }
}
