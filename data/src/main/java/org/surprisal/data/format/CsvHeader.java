package org.surprisal.data.format;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// Decides whether the first line of a CSV file names the columns, from that line and some lines after it.
///
/// Words name columns. A line of numbers may do so, too: pandas numbers the columns of an array 0, 1, 2, …, and spectra
/// have wavelengths as names. A line of numbers counts as names where the lines after it show that it cannot be data; a
/// line that merely looks like names is data, and a note says so.
///
/// @param names whether the first line names the columns
/// @param note what a person should know about the decision; empty where there is no doubt
record CsvHeader(boolean names, String note) {
    /// What stands for a missing value, in any case.
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?");
    /// Words that programs write for a value; no column has such a name.
    private static final Set<String> VALUES = Set.of("inf", "+inf", "-inf", "infinity", "-infinity", "none", "-");
    /// A table of two columns may begin with 0 and 1: the cosine of an angle from 0 on does.
    private static final int FEWEST_NUMBERED = 3;
    /// So many numbers 0, 1, 2, … in order are names even above whole numbers.
    private static final int SURELY_NUMBERED = 10;
    /// Fewer numbers rise by chance too often for a remark.
    private static final int RISING = 5;
    private static final CsvHeader NAMES = new CsvHeader(true, "");
    private static final CsvHeader DATA = new CsvHeader(false, "");

    /// How a person says what the first line is.
    static final String SAY_HEADER = "say that there is a header (--header, or 'header: true' in an experiment's file)";
    private static final String SAY_NONE = "say that there is no header (--no-header, or 'header: false' in an"
            + " experiment's"
            + " file)";

    /// Says whether the first line names the columns, and how sure that is.
    ///
    /// @param first the fields of the first line, without blanks around them
    /// @param rest the fields of some lines after it, as many a line
    /// @param asked columns that a person asks for, by name or number
    static CsvHeader of(List<String> first, List<List<String>> rest, List<String> asked) {
        if (first.stream()
                .anyMatch(field -> !field.isEmpty() && asked.contains(field) && !CsvRecords.isNumber(field))) {
            return NAMES;
        }
        Lines lines = new Lines(first, rest);
        if (looksLikeNames(first)) {
            return lines.holdNoNumber() ? words(lines) : NAMES;
        }
        if (first.getFirst().isEmpty() && lines.followAnIndex()) {
            return NAMES;
        }
        if (first.stream().anyMatch(field -> isMissing(field) || isValue(field))) {
            return DATA;
        }
        return lines.words().length == 0 ? numbers(lines) : mixed(lines);
    }

    /// Words above words: a word that comes again is no name.
    private static CsvHeader words(Lines lines) {
        if (lines.words(lines::recurs).length > 0) {
            return DATA;
        }
        boolean each = lines.words(lines::hasWordsThatComeOnce).length > 0;
        return each ? lines.named() : NAMES;
    }

    private static CsvHeader numbers(Lines lines) {
        int count = lines.first.size();
        if (lines.isNumbered()) {
            boolean apart = IntStream.range(0, count).allMatch(lines::isFractional);
            boolean surely = (count >= FEWEST_NUMBERED && apart)
                    || (count >= SURELY_NUMBERED && lines.noneIs(Lines::isConsecutive));
            if (surely) {
                return lines.named();
            }
            return apart || (count > 1 && lines.noneIs(Lines::isConsecutive)) ? lines.data() : DATA;
        }
        boolean alone = count >= RISING && lines.rest.size() > 1 && Lines.isRising(lines.first)
                && lines.noneIs(Lines::isRising);
        return alone ? lines.data() : DATA;
    }

    private static CsvHeader mixed(Lines lines) {
        int[] numbers = lines.numbers();
        boolean rising = numbers.length >= FEWEST_NUMBERED && Lines.isRising(lines.of(numbers));
        boolean inOrder = lines.isNumbered() || rising;
        boolean aboveNumbers = lines.words(lines::isAboveNumbers).length > 0;
        boolean fresh = lines.words(lines::recurs).length == 0 && !lines.rest.isEmpty();
        boolean apart = fresh && lines.isNumbered() && IntStream.of(numbers).allMatch(lines::isFractional);
        if (inOrder && (aboveNumbers || apart)) {
            return lines.named();
        }
        return aboveNumbers || (fresh && inOrder) ? lines.data() : DATA;
    }

    /// Whether fields are words, none of them a value; the first may be empty, as that of an index is.
    static boolean looksLikeNames(List<String> fields) {
        boolean words = fields.stream().filter(field -> !field.isEmpty())
                .noneMatch(field -> CsvRecords.isNumber(field) || isMissing(field) || isValue(field));
        // A line of nothing but broken numbers (1.5x) must not be dropped for a header.
        return words && fields.stream().skip(1).noneMatch(String::isEmpty)
                && fields.stream().anyMatch(field -> !field.isEmpty() && !startsLikeNumber(field));
    }

    private static boolean startsLikeNumber(String field) {
        return field.matches("(?s)[+-]?\\.?[0-9].*");
    }

    static boolean isMissing(String field) {
        return MISSING.contains(field.toLowerCase(Locale.ROOT));
    }

    private static boolean isValue(String field) {
        return VALUES.contains(field.toLowerCase(Locale.ROOT));
    }

    /// The first line and some after it, all with as many fields.
    private static final class Lines {
        private final List<String> first;
        private final List<List<String>> rest;

        Lines(List<String> first, List<List<String>> rest) {
            this.first = first;
            this.rest = rest.stream().filter(line -> line.size() == first.size()).toList();
        }

        private interface Line {
            boolean is(List<String> fields);
        }

        private interface Column {
            boolean is(int column);
        }

        CsvHeader named() {
            return new CsvHeader(true, shown() + " is taken for the names of the columns; if it is data, " + SAY_NONE);
        }

        CsvHeader data() {
            return new CsvHeader(false, shown() + " is taken for data; if it names the columns, " + SAY_HEADER);
        }

        private String shown() {
            return "line 1 (" + CsvRecords.shortened(String.join(", ", first)) + ")";
        }

        int[] numbers() {
            return IntStream.range(0, first.size()).filter(column -> CsvRecords.isNumber(first.get(column))).toArray();
        }

        int[] words() {
            return words(_ -> true);
        }

        /// Columns whose field in the first line is a word, of those of a kind.
        int[] words(Column kind) {
            return IntStream.range(0, first.size())
                    .filter(column -> !first.get(column).isEmpty() && !CsvRecords.isNumber(first.get(column)))
                    .filter(kind::is).toArray();
        }

        List<String> of(int[] columns) {
            return IntStream.of(columns).mapToObj(first::get).toList();
        }

        private List<String> column(int column) {
            return rest.stream().map(line -> line.get(column)).toList();
        }

        boolean noneIs(Line kind) {
            return rest.stream().noneMatch(kind::is);
        }

        boolean holdNoNumber() {
            return !rest.isEmpty() && rest.stream().flatMap(List::stream).noneMatch(CsvRecords::isNumber);
        }

        /// Whether the numbers of the first line are 0, 1, 2, … as whole numbers are written.
        boolean isNumbered() {
            List<String> numbers = of(numbers());
            return !numbers.isEmpty() && IntStream.range(0, numbers.size())
                    .allMatch(i -> numbers.get(i).equals(Integer.toString(i)));
        }

        /// Whether an empty field stands above a column that counts lines.
        boolean followAnIndex() {
            List<String> index = column(0);
            boolean filled = first.stream().skip(1).noneMatch(field -> isMissing(field) || isValue(field));
            return first.size() > 1 && filled && index.size() > 1 && isConsecutive(index);
        }

        boolean recurs(int column) {
            return column(column).contains(first.get(column));
        }

        boolean hasWordsThatComeOnce(int column) {
            List<String> words = column(column);
            return words.stream().anyMatch(word -> Collections.frequency(words, word) == 1);
        }

        /// Whether a word, not a mistyped number, stands above numbers alone.
        boolean isAboveNumbers(int column) {
            String word = first.get(column);
            long letters = word.codePoints().filter(Character::isLetter).count();
            // l.5 is 1.5 with a slip, and must not be dropped for a header.
            boolean name = Character.isLetter(word.codePointAt(0))
                    && (letters > 1 || letters == word.codePointCount(0, word.length()));
            return name && !rest.isEmpty() && column(column).stream().allMatch(CsvRecords::isNumber);
        }

        /// Whether all numbers below are written with a point or an exponent.
        boolean isFractional(int column) {
            return rest.size() > 1 && column(column).stream()
                    .allMatch(field -> CsvRecords.isNumber(field) && field.matches(".*[.eE].*"));
        }

        static boolean isConsecutive(List<String> fields) {
            return areWhole(fields) && IntStream.range(1, fields.size())
                    .allMatch(i -> number(fields, i) == number(fields, i - 1) + 1);
        }

        private static boolean areWhole(List<String> fields) {
            return fields.stream().allMatch(field -> field.matches("[0-9]{1,15}"));
        }

        static boolean isRising(List<String> fields) {
            return fields.stream().allMatch(CsvRecords::isNumber)
                    && IntStream.range(1, fields.size()).allMatch(i -> number(fields, i) > number(fields, i - 1));
        }

        private static double number(List<String> fields, int i) {
            return Double.parseDouble(fields.get(i));
        }
    }
}
