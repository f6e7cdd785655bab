package org.surprisal.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A table of text for a terminal, no wider than 100 columns. Words stand flush left, columns of numbers flush right
/// under their heading, which has the unit. A column without any cell is left out. Words of the last column are broken
/// at spaces; a table of numbers that is too wide goes on below, under its first column once more.
///
/// Negative numbers have a hyphen, which programs read, everywhere.
public final class TextTable {
    private static final int MOST_COLUMNS = 100;
    private static final String BETWEEN = "  ";
    /// A name that is longer than this stands on a line of its own before its words.
    private static final int LONGEST_NAME = 28;

    /// What stands in a cell.
    ///
    /// @param text     on one line; empty for nothing
    /// @param isNumber whether it belongs flush right
    public record Cell(String text, boolean isNumber) {
        private static final Cell NOTHING = new Cell("", true);
    }

    /// Where there is no number.
    public static final Cell NONE = new Cell("-", true);

    private final String indent;
    private final List<String> heads;
    private final List<List<Cell>> rows = new ArrayList<>();

    private TextTable(String indent, List<String> heads) {
        this.indent = indent;
        this.heads = heads;
    }

    /// A table with a line of headings.
    public static TextTable headed(String... heads) {
        return new TextTable("", List.of(heads));
    }

    /// A table without headings, a name and what belongs to it in each row.
    ///
    /// @param indent before each line
    public static TextTable plain(String indent) {
        return new TextTable(indent, List.of());
    }

    /// Adds a row of texts, numbers and finished cells.
    ///
    /// @param cells a [Cell], words, a whole number, or another number, which is written as [#number]; null for nothing
    public TextTable row(@Nullable Object... cells) {
        rows.add(Arrays.stream(cells).map(TextTable::cell).toList());
        return this;
    }

    private static Cell cell(@Nullable Object content) {
        return switch (content) {
            case null -> Cell.NOTHING;
            case Cell cell -> cell;
            case Double number -> number(number);
            case Integer number -> new Cell(number.toString(), true);
            case Long number -> new Cell(number.toString(), true);
            default -> new Cell(content.toString(), content.toString().isEmpty());
        };
    }

    /// A number with six places, or with six digits where these would be noughts.
    public static Cell number(double number) {
        double size = Math.abs(number);
        return size == 0 || (size >= 1e-3 && size < 1e7) ? fixed(number, 6) : digits(number, 6);
    }

    /// A number with so many places behind the point.
    public static Cell fixed(double number, int places) {
        return new Cell(String.format(Locale.ROOT, "%." + places + "f", number), true);
    }

    /// A number of so many digits, very large and very small ones with a power of ten.
    public static Cell digits(double number, int digits) {
        return new Cell(String.format(Locale.ROOT, "%." + digits + "g", number), true);
    }

    /// Prints the lines of the table.
    public void print(Console console) {
        lines().forEach(console.out()::println);
    }

    /// The lines of the table.
    public List<String> lines() {
        int columns = Math.max(heads.size(), rows.stream().mapToInt(List::size).max().orElse(0));
        List<Integer> shown = IntStream.range(0, columns)
                .filter(column -> rows.stream().anyMatch(row -> !at(row, column).text().isEmpty())).boxed().toList();
        List<String> lines = new ArrayList<>();
        List<Integer> block = new ArrayList<>();
        int width = indent.length();
        for (int column : shown) {
            int more = width(column) + BETWEEN.length();
            boolean breaks = column == columns - 1 && !isNumeric(column);
            if (block.size() > 1 && width + more > MOST_COLUMNS && !breaks) {
                write(block, lines);
                block.subList(1, block.size()).clear();
                width = indent.length() + width(block.getFirst());
            }
            block.add(column);
            width += block.size() == 1 ? width(column) : more;
        }
        if (!block.isEmpty()) {
            write(block, lines);
        }
        return lines;
    }

    private void write(List<Integer> block, List<String> lines) {
        if (!heads.isEmpty()) {
            lines.addAll(line(block, heads.stream().map(head -> new Cell(head, false)).toList()));
        }
        rows.forEach(row -> lines.addAll(line(block, row)));
    }

    /// A row in as many lines as its last words need.
    private List<String> line(List<Integer> block, List<Cell> row) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < block.size(); i++) {
            int column = block.get(i);
            String text = at(row, column).text();
            String padding = " ".repeat(Math.max(0, width(column) - length(text)));
            if (i > 0) {
                line.append(BETWEEN);
            }
            if (i < block.size() - 1 || isNumeric(column)) {
                line.append(isNumeric(column) ? padding + text : text + padding);
            } else {
                String before = " ".repeat(indent.length() + block.stream().limit(i)
                        .mapToInt(other -> width(other) + BETWEEN.length()).sum());
                if (length(line) > before.length()) {
                    lines.add(line.toString().stripTrailing());
                    line = new StringBuilder(before);
                }
                for (String word : text.split(" ", -1)) {
                    if (length(line) > before.length() && length(line) + 1 + length(word) > MOST_COLUMNS) {
                        lines.add(line.toString());
                        line = new StringBuilder(before);
                    }
                    line.append(length(line) > before.length() ? " " : "").append(word);
                }
            }
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private Cell at(List<Cell> row, int column) {
        return column < row.size() ? row.get(column) : Cell.NOTHING;
    }

    private boolean isNumeric(int column) {
        return rows.stream().allMatch(row -> at(row, column).isNumber());
    }

    /// Of a column: its longest text; names that stand on a line of their own do not count.
    private int width(int column) {
        List<String> texts = new ArrayList<>(
                column < heads.size() ? List.of(heads.get(column)) : Collections.emptyList());
        rows.forEach(row -> texts.add(at(row, column).text()));
        return texts.stream().mapToInt(TextTable::length)
                .filter(length -> !heads.isEmpty() || column > 0 || length <= LONGEST_NAME).max().orElse(LONGEST_NAME);
    }

    private static int length(CharSequence text) {
        return (int) text.codePoints().count();
    }
}
