package org.surprisal.data.format;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.surprisal.data.DataException;
import org.surprisal.tensor.Tensor;

/// The numbers of some columns of a CSV file, collected line by line.
///
/// Columns that count the lines are not data: pandas and R write them first, without a name. Where nobody asked for
/// such a column, it is left out, and a note says so.
final class CsvColumns {
    /// Above it a double no longer tells a whole number from the next.
    private static final double MOST = 0x1p53;

    private final Path file;
    private final CsvRecords records;
    private final int[] places;
    /// Whether a person asked for these columns by name or number.
    private final boolean asked;
    private double[] numbers = new double[256];
    private int count;

    private CsvColumns(Path file, CsvRecords records, int[] places, boolean asked) {
        this.file = file;
        this.records = records;
        this.places = places;
        this.asked = asked;
    }

    /// The columns that a person asks for.
    static CsvColumns asked(CsvRecords records, Path file, int... places) {
        return new CsvColumns(file, records, places, true);
    }

    /// All columns except some.
    static CsvColumns except(CsvRecords records, Path file, int... targets) {
        int[] others = IntStream.range(0, records.columns())
                .filter(place -> Arrays.stream(targets).noneMatch(target -> target == place)).toArray();
        if (others.length == 0) {
            throw new DataException(file + " has no column beside its targets: inputs are needed");
        }
        return new CsvColumns(file, records, others, false);
    }

    void add(CsvRecord record) {
        if (count > Integer.MAX_VALUE - 8 - places.length) {
            throw new DataException(file + " line " + record.getStartingLineNumber()
                    + ": more numbers than one array holds (" + Integer.MAX_VALUE + ")");
        }
        if (count + places.length > numbers.length) {
            long doubled = Math.max(2L * numbers.length, count + places.length);
            numbers = Arrays.copyOf(numbers, (int) Math.min(doubled, Integer.MAX_VALUE - 8));
        }
        for (int place : places) {
            numbers[count++] = records.number(record, place);
        }
    }

    /// The numbers, shape (lines, columns), without columns that count the lines.
    ///
    /// @param notes hears what was left out, and what looks like row numbers but is not
    Tensor matrix(Consumer<String> notes) {
        if (count == 0) {
            throw new DataException(file + " holds no line of data after the names of its columns");
        }
        int left = asked ? 0 : rowNumbers(notes);
        int width = places.length - left;
        if (left == 0) {
            return Tensor.of(Arrays.copyOf(numbers, count), lines(), width);
        }
        double[] kept = new double[lines() * width];
        for (int line = 0; line < lines(); line++) {
            System.arraycopy(numbers, line * places.length + left, kept, line * width, width);
        }
        return Tensor.of(kept, lines(), width);
    }

    private int lines() {
        return count / places.length;
    }

    /// How many of the first columns count the lines and have no name.
    private int rowNumbers(Consumer<String> notes) {
        int left = 0;
        while (left < places.length && records.isUnnamed(places[left]) && counts(left)) {
            notes.accept(file + ": column " + (places[left] + 1) + " has no name and counts " + start(left)
                    + ": left out as row numbers (give it a name to keep it)");
            left++;
        }
        if (left == places.length) {
            throw new DataException(file + " has no column beside its row numbers: data are needed");
        }
        if (left > 0) {
            return left;
        }
        if (records.isUnnamed(places[0])) {
            judgeUnnamed(notes);
        } else if (places.length > 1 && lines() > 2 && counts(0) && !othersAreWhole()) {
            notes.accept(file + ": column " + (places[0] + 1) + records.shownName(places[0]) + " counts " + start(0)
                    + ", as row numbers do, and is taken as data; " + choice() + " leaves it out");
        }
        return 0;
    }

    /// Row numbers of chosen or shuffled lines differ from line to line; other numbers may be data.
    private void judgeUnnamed(Consumer<String> notes) {
        double[] column = IntStream.range(0, lines()).mapToDouble(line -> at(line, 0)).toArray();
        boolean differ = Arrays.stream(column).allMatch(value -> value == Math.rint(value) && value >= 0)
                && Arrays.stream(column).distinct().count() == column.length;
        String unnamed = file + ": column " + (places[0] + 1) + " has no name";
        if (differ && column.length > 1) {
            throw new DataException(unnamed + ", and its whole numbers differ from line to line, as the row numbers of"
                    + " chosen or shuffled lines do: give it a name if it is data, else leave it out (" + choice()
                    + ")");
        }
        notes.accept(unnamed + " and does not count lines: taken as data (" + choice() + " leaves it out)");
    }

    /// How a person asks for the columns after the first.
    private String choice() {
        return places.length == 1
                ? file.getFileName() + "#COLUMN"
                : records.reference(Arrays.copyOfRange(places, 1, places.length));
    }

    private boolean counts(int column) {
        double first = at(0, column);
        if (first != Math.rint(first) || first < 0 || first + lines() > MOST || (lines() == 1 && first > 1)) {
            return false;
        }
        return IntStream.range(0, lines()).allMatch(line -> at(line, column) == first + line);
    }

    private boolean othersAreWhole() {
        return IntStream.range(0, count).filter(i -> i % places.length > 0)
                .allMatch(i -> numbers[i] == Math.rint(numbers[i]));
    }

    private String start(int column) {
        long first = (long) at(0, column);
        return lines() == 1 ? "" + first : first + ", " + (first + 1) + ", ...";
    }

    private double at(int line, int column) {
        return numbers[line * places.length + column];
    }
}
