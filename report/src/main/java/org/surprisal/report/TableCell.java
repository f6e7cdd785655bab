package org.surprisal.report;

/// What stands in one cell of a table. How it is aligned, rounded and written as CSV follows from its kind.
public sealed interface TableCell {

    /// Words.
    record Text(String text) implements TableCell {}

    /// A number that is known exactly: a setting's value, a count.
    ///
    /// @param value the number
    /// @param text  as settings write it
    record Exact(double value, String text) implements TableCell {
        public Exact {
            text = text.replace('-', '\u2212');
        }
    }

    /// A measured number.
    ///
    /// @param value    finite or infinite
    /// @param error    its standard error; 0 where there is none
    /// @param rounding how it is rounded
    record Measured(double value, double error, Rounding rounding) implements TableCell {
        @Override
        public String text() {
            return switch (rounding) {
                case TO_ERROR -> Wording.withError(value, error);
                case CHANGE -> Wording.change(value, error);
                case PERCENT -> Wording.percent(value);
                case PROBABILITY -> Wording.probability(value);
                case ONE_DIGIT -> Wording.fixed(value, 1);
                case TWO_DIGITS -> Wording.fixed(value, 2);
                case THREE_DIGITS -> Wording.fixed(value, 3);
            };
        }
    }

    /// An interval.
    ///
    /// @param low  its lower end
    /// @param high its upper end
    record Interval(double low, double high) implements TableCell {
        @Override
        public String text() {
            return Wording.range(low, high);
        }
    }

    /// No number, where there could be one: not measured, or not defined.
    record Missing() implements TableCell {
        @Override
        public String text() {
            return "–";
        }
    }

    /// How a measured number is rounded.
    enum Rounding {
        /// To two digits of its error.
        TO_ERROR,
        /// To two digits of its error, with a sign: the difference of two states.
        CHANGE,
        /// A share in percent, to one digit after the point.
        PERCENT,
        /// A probability, which may be tiny.
        PROBABILITY,
        /// To one digit after the point.
        ONE_DIGIT,
        /// To two digits after the point.
        TWO_DIGITS,
        /// To three digits after the point.
        THREE_DIGITS
    }

    /// The cell as a person reads it: plain text with the symbols of [org.surprisal.report.canvas.Notation].
    String text();

    /// Words.
    static TableCell text(String words) {
        return new Text(words);
    }

    /// How many.
    static TableCell count(long number) {
        return new Exact(number, Long.toString(number));
    }

    /// A measured number and its error; missing if it is not a number.
    ///
    /// @param error 0 where there is none
    static TableCell number(double value, double error) {
        return of(value, error, Rounding.TO_ERROR);
    }

    /// A measured number without an error; missing if it is not a number.
    static TableCell number(double value, Rounding rounding) {
        return of(value, 0, rounding);
    }

    /// A difference of two states and its error, with its sign; missing if it is not a number.
    ///
    /// @param error 0 where there is none
    static TableCell change(double value, double error) {
        return of(value, error, Rounding.CHANGE);
    }

    /// A cell without a number.
    static TableCell missing() {
        return new Missing();
    }

    private static TableCell of(double value, double error, Rounding rounding) {
        return Double.isNaN(value) ? new Missing() : new Measured(value, error, rounding);
    }

    /// Whether the cell belongs to a column of numbers, flush right.
    default boolean isNumber() {
        return !(this instanceof Text);
    }

    /// The number as CSV has it, in full; words quoted where they need it; empty where there is none.
    default String csv() {
        return switch (this) {
            case Text(String words) -> Csv.field(words);
            case Exact exact -> Csv.field(exact.value());
            case Measured number -> Csv.field(number.value());
            case Interval interval -> Csv.field(interval.low());
            case Missing _ -> "";
        };
    }

    /// The second number as CSV has it: an error, the upper end of an interval.
    default String csvSecond() {
        return switch (this) {
            case Measured number -> number.error() > 0 ? Csv.field(number.error()) : "";
            case Interval interval -> Csv.field(interval.high());
            case Text _,Exact _,Missing _ -> "";
        };
    }
}
