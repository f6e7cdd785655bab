package org.surprisal.data.format;

import java.util.Optional;
import org.surprisal.data.DataException;

/// How a CSV file is laid out, as far as it is known.
///
/// @param delimiter between the fields of a line; empty: the first of tab, semicolon and comma that divides the first
/// lines evenly
/// @param header what the first line is
public record CsvLayout(Optional<Character> delimiter, Header header) {
    /// Everything found out from the file.
    public static final CsvLayout DETECTED = new CsvLayout(Optional.empty(), Header.DETECTED);

    /// What a file's first line is.
    public enum Header {
        /// Names when it holds no number, no missing value and no empty field (except the first, which index columns
        /// have), and not only words that begin like numbers. It is also names when a column is asked for by one of
        /// them, and when it holds numbers that the lines after it show to be names: 0, 1, 2, … above numbers with a
        /// point, or rising numbers and a word above numbers. Else it is data. A note tells decisions that could be
        /// wrong.
        DETECTED,
        /// The names of the columns.
        PRESENT,
        /// Data.
        ABSENT
    }

    /// @throws DataException when the delimiter cannot be told from a field's own characters
    public CsvLayout {
        delimiter.ifPresent(c -> {
            if (Character.isLetterOrDigit(c) || c == '"' || c == '\n' || c == '\r' || c == '.' || c == '-'
                    || c == '+') {
                throw new DataException(
                        "'" + c + "' cannot be the delimiter of a CSV file; a comma, a semicolon or a tab can");
            }
        });
    }

    /// This layout with a known delimiter.
    public CsvLayout delimitedBy(char character) {
        return new CsvLayout(Optional.of(character), header);
    }

    /// This layout with a known first line.
    public CsvLayout withHeader(Header firstLine) {
        return new CsvLayout(delimiter, firstLine);
    }
}
