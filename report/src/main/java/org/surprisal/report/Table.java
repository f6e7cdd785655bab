package org.surprisal.report;

import java.util.ArrayList;
import java.util.List;

/// Rows of cells under column heads. A unit belongs to the head: `energy (J)`.
///
/// @param id      anchor, of the form of [Figure#id()]
/// @param title   what the table shows, in a line
/// @param caption how to read it, in a sentence or two; may be empty
/// @param columns heads
/// @param rows    cells, each row as many as `columns`
public record Table(String id, String title, String caption, List<String> columns, List<List<TableCell>> rows)
        implements
            Block {
    private static final String HIGH = "high";

    public Table {
        FigureId.check("table", id, title);
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("table '" + id + "': no columns");
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != columns.size()) {
                throw new IllegalArgumentException("table '" + id + "': row " + i + " has " + rows.get(i).size()
                        + " cells for " + columns.size() + " columns");
            }
        }
    }

    /// Whether a column holds numbers, so that it is set flush right: no cell has words, and not all are missing.
    boolean isNumeric(int column) {
        return rows.stream().map(row -> row.get(column)).allMatch(TableCell::isNumber)
                && rows.stream().anyMatch(row -> !(row.get(column) instanceof TableCell.Missing));
    }

    /// The numbers in full, as a file of RFC 4180: a column of numbers with errors or of intervals makes two.
    public String csv() {
        StringBuilder csv = new StringBuilder();
        List<String> head = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String second = second(i);
            head.add(Csv.field(second.equals(HIGH) ? columns.get(i) + ", low" : columns.get(i)));
            if (!second.isEmpty()) {
                head.add(Csv.field(columns.get(i) + ", " + second));
            }
        }
        csv.append(String.join(",", head)).append("\r\n");
        for (List<TableCell> row : rows) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                fields.add(row.get(i).csv());
                if (!second(i).isEmpty()) {
                    fields.add(row.get(i).csvSecond());
                }
            }
            csv.append(String.join(",", fields)).append("\r\n");
        }
        return csv.toString();
    }

    /// What the second number of a column is; empty if there is none.
    private String second(int column) {
        if (rows.stream().anyMatch(row -> row.get(column) instanceof TableCell.Interval)) {
            return HIGH;
        }
        return rows.stream().anyMatch(row -> !row.get(column).csvSecond().isEmpty()) ? "standard error" : "";
    }
}
