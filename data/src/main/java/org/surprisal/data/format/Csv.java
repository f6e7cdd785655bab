package org.surprisal.data.format;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.data.internal.Placeholder;
import org.surprisal.tensor.Tensor;

/// Reader of comma-separated values (RFC 4180; also with semicolons or tabs): UTF-8 text, one sample a line, its fields
/// in quotes or not, with or without a first line of column names.
///
/// Numbers are decimal with a point, and become float64. Nothing is filled in: a missing value, a word where a number
/// is needed, or a line with too few or too many fields is refused with its line and column. Columns are named by the
/// first line, or by their number: 1 is the first, -1 the last; `2-785` are those from 2 to 785.
///
/// Lines that start with `#` before the data are comments, except one that names the columns, as NumPy writes it. A
/// first column without a name that counts the lines, as pandas and R write it, is left out. Such decisions are told as
/// notes, which go to the log of `org.surprisal.data` where the caller takes none.
public final class Csv {
    private Csv() {
    }

    /// The numbers of a file that holds nothing else, except the names of its columns: shape (lines, columns).
    ///
    /// @throws DataException when the file is missing or not of numbers alone
    public static Tensor read(Path file) {
        return read(file, CsvLayout.DETECTED);
    }

    /// The numbers of a file of known layout, shape (lines, columns).
    ///
    /// @throws DataException when the file is missing, not of that layout or not of numbers alone
    public static Tensor read(Path file, CsvLayout layout) {
        return read(file, layout, List.of(), ReadingNotes.LOGGED);
    }

    /// The numbers of some columns, shape (lines, columns), in the order asked for.
    ///
    /// @param columns by name or number; none: all of them, which then hold nothing but numbers
    /// @param notes hears what was left out of the file or found out about it, one line each
    /// @throws DataException when the file is missing, not of that layout, lacks a column or holds other than numbers
    /// in one
    public static Tensor read(Path file, CsvLayout layout, List<String> columns, Consumer<String> notes) {
        return withRecords(file, layout, columns, notes, records -> {
            CsvColumns numbers = chosen(records, file, columns);
            for (CsvRecord record = records.next(); record != null; record = records.next()) {
                numbers.add(record);
            }
            return numbers.matrix(notes);
        });
    }

    /// The words of one column, without blanks around them.
    ///
    /// @param column by name or number; empty: the file has one column, beside one that counts the lines
    /// @param notes hears what was left out of the file or found out about it, one line each
    /// @throws DataException when the file is missing, not of that layout, lacks the column or a word
    public static List<String> words(Path file, CsvLayout layout, String column, Consumer<String> notes) {
        return withRecords(file, layout, column.isEmpty() ? List.of() : List.of(column), notes, records -> {
            int place = column.isEmpty() ? records.onlyColumn() : records.column(column);
            List<String> words = new ArrayList<>();
            for (CsvRecord record = records.next(); record != null; record = records.next()) {
                words.add(records.word(record, place));
            }
            if (words.isEmpty()) {
                throw new DataException(file + " holds no line of data after the names of its columns");
            }
            if (column.isEmpty() && place > 0) {
                notes.accept(file + ": " + (place == 1
                        ? "column 1 has no name: left"
                        : "columns 1 to " + place
                                + " have no names: left")
                        + " out (name the column of the labels as " + file.getFileName()
                        + "#COLUMN for another one)");
            }
            return words;
        });
    }

    private static CsvColumns chosen(CsvRecords records, Path file, List<String> columns, int... targets) {
        return columns.isEmpty()
                ? CsvColumns.except(records, file, targets)
                : CsvColumns.asked(records, file, columns.stream().flatMapToInt(records::columns).toArray());
    }

    /// A data set of classes: one column says the class, all others are inputs.
    ///
    /// Whole numbers from 0 (to 65,535) are the classes' own numbers, up to the largest there is. Other labels are
    /// names: classes are numbered in their order (whole numbers by size, words as strings).
    ///
    /// @param target the column of the class, by name or number
    /// @throws DataException when the file is missing, not of that layout, lacks the column or holds inputs that are no
    /// numbers
    public static Dataset classification(String name, Path file, CsvLayout layout, String target) {
        return classification(name, file, layout, List.of(), target, ReadingNotes.LOGGED);
    }

    /// A data set of classes: one column says the class, some others are inputs.
    ///
    /// @param inputs columns by name or number; none: all except the target
    /// @param target the column of the class, by name or number
    /// @param notes hears what was left out of the file or found out about it, one line each
    /// @throws DataException when the file is missing, not of that layout, lacks a column or holds inputs that are no
    /// numbers
    public static Dataset classification(String name, Path file, CsvLayout layout, List<String> inputs, String target,
            Consumer<String> notes) {
        return classification(name, file, layout, inputs, target, CsvLabels.found(), notes);
    }

    /// A data set of known classes: test samples, for example, which need not show all that the training samples have.
    ///
    /// @param target the column of the class, by name or number
    /// @param classNames every label there may be, that of class 0 first
    /// @throws DataException when the file is missing, not of that layout, lacks the column, holds inputs that are no
    /// numbers or a label that is none of the classes
    public static Dataset classification(String name, Path file, CsvLayout layout, String target,
            List<String> classNames) {
        return classification(name, file, layout, List.of(), target, CsvLabels.known(classNames), ReadingNotes.LOGGED);
    }

    private static Dataset classification(String name, Path file, CsvLayout layout, List<String> given, String target,
            CsvLabels labels, Consumer<String> notes) {
        return withRecords(file, layout, and(given, List.of(target)), notes, records -> {
            int column = records.column(target);
            CsvColumns inputs = chosen(records, file, given, column);
            for (CsvRecord record = records.next(); record != null; record = records.next()) {
                inputs.add(record);
                labels.add(records, record, column);
            }
            return labels.dataset(name, inputs.matrix(notes));
        });
    }

    /// A data set of values to predict: some columns are targets, all others are inputs.
    ///
    /// @param targets columns by name or number
    /// @throws DataException when the file is missing, not of that layout, lacks a column or holds fields that are no
    /// numbers
    public static Dataset regression(String name, Path file, CsvLayout layout, List<String> targets) {
        return regression(name, file, layout, List.of(), targets, ReadingNotes.LOGGED);
    }

    /// A data set of values to predict: some columns are targets, some others are inputs.
    ///
    /// @param given inputs, columns by name or number; none: all except the targets
    /// @param targets columns by name or number
    /// @param notes hears what was left out of the file or found out about it, one line each
    /// @throws DataException when the file is missing, not of that layout, lacks a column or holds fields that are no
    /// numbers
    public static Dataset regression(String name, Path file, CsvLayout layout, List<String> given, List<String> targets,
            Consumer<String> notes) {
        return withRecords(file, layout, and(given, targets), notes, records -> {
            int[] columns = targets.stream().flatMapToInt(records::columns).toArray();
            if (columns.length == 0 || Arrays.stream(columns).distinct().count() < columns.length) {
                throw new DataException(file + ": target columns must be one or more, each once: " + targets);
            }
            CsvColumns inputs = chosen(records, file, given, columns);
            CsvColumns outputs = CsvColumns.asked(records, file, columns);
            for (CsvRecord record = records.next(); record != null; record = records.next()) {
                inputs.add(record);
                outputs.add(record);
            }
            return InMemory.regression(name, inputs.matrix(notes), outputs.matrix(notes));
        });
    }

    private static List<String> and(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private interface Reading<R> {
        R from(CsvRecords records);
    }

    private static <R> R withRecords(Path file, CsvLayout layout, List<String> asked, Consumer<String> notes,
            Reading<R> reading) {
        Placeholder.refuse(file);
        try (CsvRecords records = CsvRecords.open(file, layout, asked)) {
            R read = reading.from(records);
            records.note().ifPresent(notes);
            return read;
        } catch (NoSuchFileException e) {
            throw new DataException(file + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read", e);
        }
    }
}
