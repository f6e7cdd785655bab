package org.surprisal.settings;

import java.util.Collection;
import java.util.stream.Collectors;

/// Text from a user's files and command line, made fit for a message: one line of bounded length, without anything that
/// a terminal would interpret.
///
/// Files hold names, headers and values of any length and with any characters; a message that quotes one must not clear
/// the screen, colour what follows, or fill the terminal.
public final class MessageText {
    private static final int LONGEST_LINE = 2000;
    private static final int LONGEST_VALUE = 120;
    private static final int MOST_NAMES = 40;

    private MessageText() {
    }

    /// Returns the text as one line of at most some 2000 characters: each control character and each one that turns the
    /// direction of writing is replaced by `?`, and of a longer text the beginning and the end are kept.
    public static String line(String text) {
        String shown = shortened(text, LONGEST_LINE);
        StringBuilder line = new StringBuilder(shown.length());
        shown.codePoints().forEach(c -> line.appendCodePoint(isInterpreted(c) ? '?' : c));
        return line.toString();
    }

    /// Returns the text as [#line] does, with its own line breaks as spaces: for messages of libraries, which may be
    /// several lines.
    public static String joined(String text) {
        // Of a long text no more than is shown needs to be looked at.
        return line(String.join(" ", shortened(text, 2 * LONGEST_LINE).lines().map(String::strip).toList()));
    }

    /// Returns a value in quotation marks, of at most some 120 characters.
    public static String quoted(String value) {
        return "'" + line(shortened(value, LONGEST_VALUE)) + "'";
    }

    /// Returns the names separated by commas; of more than 40 the first 40 and how many there are.
    public static String listed(Collection<String> names) {
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? first : first + ", ... (" + names.size() + " in all)";
    }

    /// Says why a text cannot be the path of a file on this system and in its locale.
    public static String noPath(String text) {
        String why = text.indexOf('\0') >= 0
                ? "it holds a NUL character"
                : "the locale's character set (" + System.getProperty("sun.jnu.encoding")
                        + ") does not have its characters; set the environment variable LC_ALL=C.UTF-8";
        return quoted(text) + " cannot be the path of a file: " + why;
    }

    private static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, longest / 2) + " ... " + text.substring(text.length() - longest / 2);
    }

    /// Whether a terminal does something else with a character than show it.
    private static boolean isInterpreted(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            // Embeddings, overrides and isolates of the writing direction; other format characters belong to scripts.
            case Character.FORMAT -> (codePoint >= 0x202a && codePoint <= 0x202e)
                    || (codePoint >= 0x2066 && codePoint <= 0x2069);
            default -> false;
        };
    }
}
