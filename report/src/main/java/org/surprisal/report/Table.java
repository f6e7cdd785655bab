package org.surprisal.report;

import java.util.List;
import java.util.regex.Pattern;

/// Rows of text under column heads. A unit belongs to the head: `energy (J)`.
///
/// @param id      anchor, of the form of [Figure#id()]
/// @param title   what the table shows, in a line
/// @param caption how to read it, in a sentence or two; may be empty
/// @param columns heads
/// @param rows    cells, each row as many as `columns`
public record Table(String id, String title, String caption, List<String> columns, List<List<String>> rows) {

    /// A number, perhaps with its uncertainty or a range, or a dash where there is none.
    private static final Pattern NUMBER = Pattern
            .compile("[\\[(]?[-+\\u2212]?(\\d[\\d.,\\u202f]*|\\.\\d+)([eE][-+]?\\d+)?( ?(±|%|,|\\.\\.).*)?");

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

    /// Whether every cell of `column` is a number, a blank or a dash, at least one a number: then it is set flush
    /// right.
    public boolean numeric(int column) {
        boolean any = false;
        for (List<String> row : rows) {
            String cell = row.get(column).strip();
            boolean number = NUMBER.matcher(cell).matches();
            if (!number && !cell.isEmpty() && !cell.equals("-") && !cell.equals("–")) {
                return false;
            }
            any |= number;
        }
        return any;
    }
}
