package org.surprisal.study.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// One number that a trial recorded: a line of the trial's rows.csv.
///
/// A cell with a comma or a quote stands in quotes, and quotes in it are doubled (RFC 4180); a cell has no line break.
///
/// @param at       its indices, the seed not among them
/// @param quantity name
/// @param value    finite
/// @param unit     of the value
record Row(At at, String quantity, double value, String unit) {
    static final List<Index> INDICES = List.of(Index.STAGE, Index.EPOCH, Index.STEP, Index.LAYER, Index.KIND);
    static final String HEADER = INDICES.stream().map(Index::column).collect(Collectors.joining(","))
            + ",quantity,value,unit";

    /// The line, without its end.
    String line() {
        List<String> cells = new ArrayList<>();
        for (Index index : INDICES) {
            Object value = at.values().get(index);
            cells.add(value == null ? "" : index.text(value));
        }
        cells.addAll(List.of(quantity, Double.toString(value), unit));
        return line(cells);
    }

    /// Cells as a line of a CSV file.
    static String line(List<String> cells) {
        return cells.stream().map(
                cell -> cell.indexOf(',') < 0 && cell.indexOf('"') < 0 ? cell : '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }

    /// Reads what [#line()] writes.
    ///
    /// @throws IllegalArgumentException with one line that names the column, if the line is damaged
    static Row parse(String line) {
        List<String> cells = cells(line);
        if (cells.size() != INDICES.size() + 3) {
            throw new IllegalArgumentException(cells.size() + " columns, not " + (INDICES.size() + 3));
        }
        At at = At.TRIAL;
        for (int i = 0; i < INDICES.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                try {
                    at = at.and(INDICES.get(i), cells.get(i));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "column " + INDICES.get(i).column() + " must be a whole number, or nothing", e);
                }
            }
        }
        double value;
        try {
            value = Double.parseDouble(cells.get(INDICES.size() + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("column value must be a number", e);
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("column value must be a finite number");
        }
        return new Row(at, cells.get(INDICES.size()), value, cells.get(INDICES.size() + 2));
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted) {
                char next = i + 1 < line.length() ? line.charAt(i + 1) : ',';
                if (next == '"') {
                    cell.append('"');
                    i++;
                } else if (next == ',') {
                    quoted = false;
                } else {
                    throw new IllegalArgumentException("a comma must follow the closing quote of a cell");
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        cells.add(cell.toString());
        return cells;
    }

}
