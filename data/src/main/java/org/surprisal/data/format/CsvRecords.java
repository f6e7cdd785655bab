package org.surprisal.data.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.DataException;
import org.surprisal.settings.MessageText;

/// The lines of a CSV file one after the other, all with the same number of fields, and the names of its columns.
final class CsvRecords implements AutoCloseable {
    /// Tabs and semicolons first: commas are found within numbers and words too.
    private static final char[] DELIMITERS = {'\t', ';', ','};
    /// Lines by which the delimiter is found.
    private static final int SAMPLE = 20;
    private static final char BYTE_ORDER_MARK = 0xFEFF;
    private static final int MOST_FIELDS = 1 << 20;
    private static final int LONGEST_FIELD = 1 << 20;
    private static final int LONGEST_RECORD = 1 << 24;
    /// Characters of a field that a message quotes.
    private static final int QUOTED = 40;
    /// Of the library's messages.
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private static final Pattern LIMIT = Pattern.compile("max");
    private static final Pattern RANGE = Pattern.compile("(?<first>[0-9]{1,9})-(?<last>[0-9]{1,9})");

    private final Path file;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> header;
    private final int columns;
    /// Whether the first line was taken for data without being told so.
    private final boolean guessedData;
    /// The number of the first line that is no comment.
    private final long firstLine;
    private final Optional<String> note;
    private @Nullable CsvRecord waiting;

    private CsvRecords(Path file, CsvLayout layout, CsvReader<CsvRecord> reader, List<CsvRecord> sample,
            List<String> asked) {
        this.file = file;
        this.reader = reader;
        this.records = reader.iterator();
        CsvRecord first = fetch();
        int comments = comments(sample);
        for (int i = 0; i < comments; i++) {
            first = fetch();
        }
        if (first == null) {
            throw new DataException(file + " is empty: a CSV file holds one sample a line");
        }
        this.columns = first.getFieldCount();
        this.firstLine = first.getStartingLineNumber();
        CsvHeader found = switch (layout.header()) {
            case PRESENT -> new CsvHeader(true, "");
            case ABSENT -> new CsvHeader(false, "");
            case DETECTED -> CsvHeader.of(names(first),
                    sample.stream().skip(comments + 1L).map(CsvRecords::fields).toList(), asked);
        };
        this.header = found.names() ? names(first) : List.of();
        this.guessedData = !found.names() && layout.header() == CsvLayout.Header.DETECTED;
        this.note = found.note().isEmpty() ? Optional.empty() : Optional.of(file + ": " + found.note());
        this.waiting = found.names() ? null : first;
    }

    /// Opens a file at its first line of data.
    ///
    /// @param asked columns that are asked for, by name or number
    static CsvRecords open(Path file, CsvLayout layout, List<String> asked) throws IOException {
        char delimiter = layout.delimiter().isPresent() ? layout.delimiter().get() : delimiter(file);
        CsvReader<CsvRecord> reader = reader(file, delimiter);
        try {
            return new CsvRecords(file, layout, reader, sample(file, delimiter), asked);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static CsvReader<CsvRecord> reader(Path file, char delimiter) throws IOException {
        return CsvReader.builder().fieldSeparator(delimiter).skipEmptyLines(false).allowUnclosedQuote(false)
                .allowExtraCharsAfterClosingQuote(false).trimWhitespacesAroundQuotes(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(LONGEST_RECORD)
                .build(CsvRecordHandler.of(limits -> limits.maxFields(MOST_FIELDS).maxFieldSize(LONGEST_FIELD)
                        .maxRecordSize(LONGEST_RECORD)), text(file));
    }

    private static Reader text(Path file) throws IOException {
        Reader text = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8
                .newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
        try {
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            return text;
        } catch (IOException e) {
            text.close();
            throw e;
        }
    }

    private static char delimiter(Path file) throws IOException {
        for (boolean even : new boolean[]{true, false}) {
            for (char candidate : DELIMITERS) {
                if (divides(file, candidate, even)) {
                    return candidate;
                }
            }
        }
        return ',';
    }

    /// Whether the first line that is no comment has several fields, and those after it as many.
    private static boolean divides(Path file, char candidate, boolean even) throws IOException {
        int fields = 0;
        boolean comment = true;
        try (CsvReader<CsvRecord> reader = reader(file, candidate)) {
            Iterator<CsvRecord> records = reader.iterator();
            for (int i = 0; i < (even ? SAMPLE : 1) && records.hasNext(); i++) {
                CsvRecord record = records.next();
                while (comment && isComment(record) && records.hasNext()) {
                    record = records.next();
                }
                comment = false;
                if (i > 0 && !isEmpty(record) && record.getFieldCount() != fields) {
                    return false;
                }
                fields = i == 0 ? record.getFieldCount() : fields;
            }
        } catch (CsvParseException | UncheckedIOException e) {
            // What is wrong with the file is said, with its line, when it is read.
            return fields > 1 && !even;
        }
        return fields > 1;
    }

    /// The first lines, up to one that cannot be read.
    private static List<CsvRecord> sample(Path file, char delimiter) throws IOException {
        List<CsvRecord> sample = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = reader(file, delimiter)) {
            Iterator<CsvRecord> records = reader.iterator();
            while (sample.size() < SAMPLE && records.hasNext()) {
                sample.add(records.next());
            }
        } catch (CsvParseException | UncheckedIOException e) {
            // What is wrong with the file is said, with its line, when it is read.
            return sample;
        }
        return sample;
    }

    /// How many lines before the names of the columns, or the data, are comments. NumPy's line of names starts like a
    /// comment.
    private static int comments(List<CsvRecord> sample) {
        int comments = 0;
        while (comments + 1 < sample.size() && isComment(sample.get(comments))) {
            CsvRecord after = sample.get(comments + 1);
            boolean names = CsvHeader.looksLikeNames(names(after)) && comments + 2 < sample.size()
                    && fields(sample.get(comments + 2)).stream().anyMatch(CsvRecords::isNumber);
            if (!isComment(after) && !names && after.getFieldCount() == sample.get(comments).getFieldCount()) {
                return comments;
            }
            comments++;
        }
        return comments;
    }

    private static boolean isComment(CsvRecord record) {
        return record.getFieldCount() > 0 && record.getField(0).stripLeading().startsWith("#");
    }

    private static List<String> fields(CsvRecord record) {
        return record.getFields().stream().map(String::strip).toList();
    }

    /// The fields as names; NumPy writes a mark of comments before the first.
    private static List<String> names(CsvRecord first) {
        List<String> names = new ArrayList<>(fields(first));
        if (names.getFirst().startsWith("#")) {
            names.set(0, names.getFirst().substring(1).strip());
        }
        return List.copyOf(names);
    }

    /// Whether a field is a decimal number, which is less than Java reads as one (1f, 0x1p3, NaN).
    static boolean isNumber(String field) {
        int start = field.startsWith("+") || field.startsWith("-") ? 1 : 0;
        int whole = digits(field, start);
        int end = whole;
        if (end < field.length() && field.charAt(end) == '.') {
            end = digits(field, end + 1);
        }
        boolean point = end > whole;
        if (end - start - (point ? 1 : 0) == 0) {
            return false;
        }
        if (end < field.length() && (field.charAt(end) == 'e' || field.charAt(end) == 'E')) {
            int exponent = end + 1;
            exponent += exponent < field.length() && "+-".indexOf(field.charAt(exponent)) >= 0 ? 1 : 0;
            end = digits(field, exponent);
            return end > exponent && end == field.length();
        }
        return end == field.length();
    }

    /// Where the digits from a place on end.
    private static int digits(String field, int from) {
        int end = from;
        while (end < field.length() && field.charAt(end) >= '0' && field.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static boolean isEmpty(CsvRecord record) {
        return record.getFieldCount() == 0 || (record.getFieldCount() == 1 && record.getField(0).isBlank());
    }

    /// Number of fields a line.
    int columns() {
        return columns;
    }

    /// What is to be said about how the first line was taken.
    Optional<String> note() {
        return note;
    }

    /// Whether there are names of columns, and this one has none; pandas reads such a column as 'Unnamed: 0'.
    boolean isUnnamed(int place) {
        return !header.isEmpty() && (header.get(place).isEmpty() || header.get(place).matches("Unnamed: [0-9.]+"));
    }

    /// The name of a column for a message, in brackets; empty where it has none.
    String shownName(int place) {
        return header.isEmpty() || header.get(place).isEmpty() ? "" : " (" + shortened(header.get(place)) + ")";
    }

    /// The place of the only column, beside columns without a name before it.
    int onlyColumn() {
        if (columns > 1 && !IntStream.range(0, columns - 1).allMatch(this::isUnnamed)) {
            throw new DataException(file + " has " + columns + " columns: name one as " + file.getFileName() + "#NAME"
                    + (header.isEmpty() ? ", by its number" : ", of " + MessageText.listed(header)));
        }
        return columns - 1;
    }

    /// The place of a column, counted from 0.
    ///
    /// @param column a name from the first line; else a number: 1 is the first column, -1 the last
    int column(String column) {
        int place = header.indexOf(column);
        if (place >= 0 && place != header.lastIndexOf(column)) {
            throw new DataException(file + " has two columns '" + column + "': name one by its number, "
                    + (place + 1) + " or " + (header.lastIndexOf(column) + 1));
        }
        if (place < 0 && column.matches("-?[0-9]{1,9}")) {
            int number = Integer.parseInt(column);
            place = number < 0 ? columns + number : number - 1;
        }
        if (place < 0 || place >= columns) {
            throw new DataException(file + " has no column '" + column + "'; it has "
                    + (header.isEmpty() ? "no names and columns" : "columns " + MessageText.listed(header) + ", or")
                    + " 1 to " + columns + " (the last is also -1)");
        }
        return place;
    }

    /// The places of a column, or of several by the numbers of the first and the last, `2-785`.
    IntStream columns(String asked) {
        Matcher range = RANGE.matcher(asked);
        if (!range.matches() || header.contains(asked)) {
            return IntStream.of(column(asked));
        }
        int first = Integer.parseInt(range.group("first"));
        int last = Integer.parseInt(range.group("last"));
        if (first < 1 || last < first || last > columns) {
            throw new DataException(
                    file + " has no columns '" + asked + "': a range goes up, from a first to a last of the"
                            + " columns 1 to " + columns);
        }
        return IntStream.range(first - 1, last);
    }

    /// How a person asks for some columns: `x.csv#2-4,7`.
    ///
    /// @param places ascending
    String reference(int... places) {
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            int first = places[i];
            while (i + 1 < places.length && places[i + 1] == places[i] + 1) {
                i++;
            }
            String number = Integer.toString(first + 1);
            // A number that is the name of another column would name that one.
            ranges.add(first == places[i] && !header.contains(number) ? number : number + "-" + (places[i] + 1));
        }
        return file.getFileName() + "#" + String.join(",", ranges);
    }

    /// The next line of data; null after the last.
    @Nullable
    CsvRecord next() {
        CsvRecord next = waiting == null ? fetch() : waiting;
        waiting = null;
        if (next != null && next.getFieldCount() != columns) {
            throw new DataException(file + " line " + next.getStartingLineNumber() + " has " + next.getFieldCount()
                    + (next.getFieldCount() == 1 ? " field" : " fields") + ", but the first line has " + columns);
        }
        return next;
    }

    private @Nullable CsvRecord fetch() {
        try {
            CsvRecord next = records.hasNext() ? records.next() : null;
            if (next == null || !isEmpty(next)) {
                return next;
            }
            while (records.hasNext()) {
                if (!isEmpty(records.next())) {
                    throw new DataException(file + " line " + next.getStartingLineNumber()
                            + " is empty: only lines after the last sample may be");
                }
            }
            return null;
        } catch (CsvParseException | UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    private DataException unreadable(RuntimeException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof CharacterCodingException)) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case CharacterCodingException _ ->
                new DataException(file + " is not UTF-8 text: save it as UTF-8", failure);
            case IOException e when !LIMIT.matcher(String.valueOf(e.getMessage())).find() ->
                DataException.about(file, "cannot be read as CSV", e);
            default -> broken(String.valueOf(failure.getMessage()), String.valueOf(cause.getMessage()), failure);
        };
    }

    /// What the library refuses: quoted fields that do not end or go on, and what is beyond the bounds.
    private DataException broken(String message, String reason, RuntimeException failure) {
        Matcher line = LINE.matcher(message + " " + reason);
        String wrong = LIMIT.matcher(reason).find()
                ? "a field is longer than " + LONGEST_FIELD + " characters, or a record longer than " + LONGEST_RECORD
                        + " characters or " + MOST_FIELDS + " fields: a quotation mark may be missing at a field's end"
                : "a field that begins with a quotation mark does not end with one";
        return new DataException(
                file + " cannot be read as CSV" + (line.find() ? ", line " + line.group(1) : "") + ": " + wrong,
                failure);
    }

    /// A field without blanks around it.
    ///
    /// @throws DataException when it says that a value is missing
    String word(CsvRecord record, int column) {
        String field = record.getField(column).strip();
        if (CsvHeader.isMissing(field)) {
            throw wrong(record, column, field.isEmpty() ? "is empty" : "is '" + field + "'", "a value is missing");
        }
        return field;
    }

    /// A field as a number.
    ///
    /// @throws DataException when it is none, or none that is finite
    double number(CsvRecord record, int column) {
        String field = record.getField(column).strip();
        if (!isNumber(field)) {
            throw noNumber(record, column);
        }
        double number = Double.parseDouble(field);
        if (!Double.isFinite(number)) {
            throw wrong(record, column, "is '" + shortened(field) + "'", "a float64 holds numbers up to 1.8e308");
        }
        return number;
    }

    private DataException noNumber(CsvRecord record, int column) {
        String word = word(record, column);
        boolean comma = isNumber(word.replace(',', '.'));
        return wrong(record, column, "is '" + shortened(word) + "'",
                comma ? "a number needs a decimal point" : "a number is needed" + hint(record, column));
    }

    private String hint(CsvRecord record, int column) {
        if (isUnnamed(column)) {
            int[] named = IntStream.range(0, columns).filter(place -> !isUnnamed(place)).toArray();
            return named.length == 0
                    ? ""
                    : "; where a column without a name is no data, ask for the others (" + reference(named) + ")";
        }
        return guessedData && record.getStartingLineNumber() == firstLine
                ? "; if this line names the columns, " + CsvHeader.SAY_HEADER
                : "";
    }

    /// What is wrong with a field.
    DataException wrong(CsvRecord record, int column, String is, String why) {
        return new DataException(file + " line " + record.getStartingLineNumber() + ", column " + (column + 1)
                + shownName(column) + " " + is + ": " + why);
    }

    static String shortened(String field) {
        return MessageText.line(field.length() <= QUOTED ? field : field.substring(0, QUOTED) + "...");
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
