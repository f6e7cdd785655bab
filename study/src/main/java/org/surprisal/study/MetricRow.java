package org.surprisal.study;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A [Metric] as a row of `metrics.csv`.
///
/// Step, epoch, layer and case are empty where they have no meaning; a case is `name=value name=value` ([Case]). Values
/// are written with as many digits as give the same double back. A cell with a comma or a quote stands in quotes, and
/// quotes in it are doubled (RFC 4180); a cell has no line break.
final class MetricRow {
    static final String HEADER = "step,epoch,layer,name,value,unit,case";
    private static final int COLUMNS = 7;
    private static final int LONGEST = 60;
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");

    private MetricRow() {
    }

    /// The row, without a line end.
    static String of(Metric metric) {
        return Stream.of(metric.step().isPresent() ? Long.toString(metric.step().getAsLong()) : "",
                metric.epoch().isPresent() ? Integer.toString(metric.epoch().getAsInt()) : "",
                metric.layer(), metric.name(), Double.toString(metric.value()), metric.unit(),
                metric.in().toString()).map(MetricRow::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        return cell.indexOf(',') < 0 && cell.indexOf('"') < 0 ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /// Reads what [#of] writes.
    ///
    /// @throws IllegalArgumentException with one line that names the column, if the row is damaged
    static Metric parse(String line) {
        List<String> cells = cells(line);
        if (cells.size() != COLUMNS) {
            throw new IllegalArgumentException(cells.size() + " columns, not " + COLUMNS);
        }
        OptionalLong step = cells.get(0).isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(whole("step", cells.get(0), Long.MAX_VALUE));
        OptionalInt epoch = cells.get(1).isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) whole("epoch", cells.get(1), Integer.MAX_VALUE));
        return new Metric(step, epoch, cells.get(2), cells.get(3), value(cells.get(4)), cells.get(5),
                Case.parse(cells.get(6)));
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (at <= line.length()) {
            boolean inQuotes = at < line.length() && line.charAt(at) == '"';
            int end = inQuotes ? closing(line, at) : line.indexOf(',', at);
            if (end < 0) {
                end = line.length();
            }
            cells.add(inQuotes ? line.substring(at + 1, end - 1).replace("\"\"", "\"") : line.substring(at, end));
            at = end + 1;
        }
        return cells;
    }

    /// The end of a cell in quotes that begins at `start`.
    private static int closing(String line, int start) {
        int at = start + 1;
        while (true) {
            int quote = line.indexOf('"', at);
            if (quote < 0) {
                throw new IllegalArgumentException("a quote is not closed");
            }
            if (quote + 1 < line.length() && line.charAt(quote + 1) == '"') {
                at = quote + 2;
                continue;
            }
            if (quote + 1 < line.length() && line.charAt(quote + 1) != ',') {
                throw new IllegalArgumentException("a comma must follow the closing quote of a cell");
            }
            return quote + 1;
        }
    }

    private static long whole(String column, String cell, long most) {
        if (WHOLE.matcher(cell).matches()) {
            try {
                long value = Long.parseLong(cell);
                if (value <= most && value >= -most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw damaged(column, cell, "a whole number, or nothing");
            }
        }
        throw damaged(column, cell, "a whole number, or nothing");
    }

    private static double value(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw damaged("value", cell, "a number");
        }
    }

    private static IllegalArgumentException damaged(String column, String cell, String right) {
        String shown = cell.length() <= LONGEST ? cell : cell.substring(0, LONGEST) + "…";
        return new IllegalArgumentException("column " + column + ": '" + shown + "' must be " + right);
    }
}
