package org.surprisal.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.tensor.Tensor;

/// Reader of comma-separated values (RFC 4180; also with semicolons or tabs): UTF-8 text, one sample a line, its fields in
/// quotes or not, with or without a first line of column names.
///
/// Numbers are decimal with a point, and become float64. Nothing is filled in: a missing value, a word where a number is
/// needed, or a line with too few or too many fields is refused with its line and column. Columns are named by the first
/// line, or by their number: 1 is the first, -1 the last.
public final class Csv {
    private Csv() {
    }

    /// The numbers of a file that holds nothing else, but for the names of its columns: shape (lines, columns).
    ///
    /// @throws DataException when the file is missing or not of numbers alone
    public static Tensor read(Path file) {
        return read(file, CsvLayout.DETECTED);
    }

    /// The numbers of a file of known layout, shape (lines, columns).
    ///
    /// @throws DataException when the file is missing, not of that layout or not of numbers alone
    public static Tensor read(Path file, CsvLayout layout) {
        return withRecords(file, layout, List.of(), records -> {
            Columns all = new Columns(file, IntStream.range(0, records.columns()).toArray());
            for (CsvRecord record = records.next(); record != null; record = records.next()) {
                all.add(records, record);
            }
            return all.matrix();
        });
    }

    /// A data set of classes: one column says the class, all others are inputs.
    ///
    /// Whole numbers from 0 (to 65,535) are the classes' own numbers, up to the largest there is. Other labels are names:
    /// classes are numbered in their order (whole numbers by size, words as strings).
    ///
    /// @param target the column of the class, by name or number
    /// @throws DataException when the file is missing, not of that layout, lacks the column or holds inputs that are no numbers
    public static Dataset classification(String name, Path file, CsvLayout layout, String target) {
        return classification(name, file, layout, target, CsvLabels.found());
    }

    /// A data set of known classes: test samples, say, which need not show all that the training samples have.
    ///
    /// @param target the column of the class, by name or number
    /// @param classNames every label there may be, that of class 0 first
    /// @throws DataException when the file is missing, not of that layout, lacks the column, holds inputs that are no numbers
    /// or a label that is none of the classes
    public static Dataset classification(String name, Path file, CsvLayout layout, String target,
            List<String> classNames) {
        return classification(name, file, layout, target, CsvLabels.known(classNames));
    }

    private static Dataset classification(String name, Path file, CsvLayout layout, String target, CsvLabels labels) {
        return withRecords(file, layout, List.of(target), records -> {
            int column = records.column(target);
            Columns inputs = Columns.allBut(records, file, column);
            for (CsvRecord record = records.next(); record != null; record = records.next()) {
                inputs.add(records, record);
                labels.add(records, record, column);
            }
            return labels.dataset(name, inputs.matrix());
        });
    }

    /// A data set of values to predict: some columns are targets, all others are inputs.
    ///
    /// @param targets columns by name or number
    /// @throws DataException when the file is missing, not of that layout, lacks a column or holds fields that are no numbers
    public static Dataset regression(String name, Path file, CsvLayout layout, List<String> targets) {
        return withRecords(file, layout, targets, records -> {
            int[] columns = targets.stream().mapToInt(records::column).toArray();
            if (columns.length == 0 || Arrays.stream(columns).distinct().count() < columns.length) {
                throw new DataException(file + ": target columns must be one or more, each once: " + targets);
            }
            Columns inputs = Columns.allBut(records, file, columns);
            Columns outputs = new Columns(file, columns);
            for (CsvRecord record = records.next(); record != null; record = records.next()) {
                inputs.add(records, record);
                outputs.add(records, record);
            }
            return InMemory.regression(name, inputs.matrix(), outputs.matrix());
        });
    }

    private interface Reading<R> {
        R from(CsvRecords records);
    }

    private static <R> R withRecords(Path file, CsvLayout layout, List<String> asked, Reading<R> reading) {
        try (CsvRecords records = CsvRecords.open(file, layout, asked)) {
            return reading.from(records);
        } catch (NoSuchFileException e) {
            throw new DataException(file + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read", e);
        }
    }

    /// Some columns' numbers, growing line by line.
    private static final class Columns {
        private final Path file;
        private final int[] places;
        private double[] numbers = new double[256];
        private int count;

        Columns(Path file, int[] places) {
            this.file = file;
            this.places = places;
        }

        static Columns allBut(CsvRecords records, Path file, int... targets) {
            int[] others = IntStream.range(0, records.columns())
                    .filter(place -> Arrays.stream(targets).noneMatch(target -> target == place)).toArray();
            if (others.length == 0) {
                throw new DataException(file + " has no column beside its targets: inputs are needed");
            }
            return new Columns(file, others);
        }

        void add(CsvRecords records, CsvRecord record) {
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

        Tensor matrix() {
            if (count == 0) {
                throw new DataException(file + " holds no line of data after the names of its columns");
            }
            return Tensor.of(Arrays.copyOf(numbers, count), count / places.length, places.length);
        }
    }
}
