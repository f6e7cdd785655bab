package org.surprisal.report.canvas;

import java.util.ArrayList;
import java.util.List;

/// Symbols as a person writes them in plain text, for a drawing or a page that sets them: `σ_w²`, `I(X;T_1)`,
/// `Σ_{k,l}`, `10^-3`.
///
/// A letter followed by `_` and letters or digits, or by `_{…}`, has a subscript. It is a Greek letter, or a Latin one
/// that stands alone: words such as `train_samples` are left as they are. A prime or a power may stand between
/// the letter and `_`.
/// `^` after a symbol, followed by `{…}` or by a number, makes a superscript. What stands between two backticks is
/// left as it is, the backticks included.
public final class Notation {

    /// Where a run stands on its line.
    public enum Level {
        /// On the baseline, in the size of the line.
        NORMAL,
        /// Below the baseline, smaller.
        SUBSCRIPT,
        /// Above the baseline, smaller.
        SUPERSCRIPT
    }

    /// Neighbouring characters of one level.
    ///
    /// @param text  at least one character
    /// @param level of all of them
    public record Run(String text, Level level) {}

    private static final char MINUS = '\u2212';

    private final String text;
    private final List<Run> runs = new ArrayList<>();
    private final StringBuilder normal = new StringBuilder();
    private int at;

    private Notation(String text) {
        this.text = text;
    }

    /// The runs of `text` in order. A minus sign in a superscript is a true one; all other characters are kept, except
    /// `_`, `^` and the braces that set the levels.
    public static List<Run> parse(String text) {
        Notation notation = new Notation(text);
        notation.read();
        return List.copyOf(notation.runs);
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean taken = switch (c) {
                case '`' -> code();
                case '_' -> followsSymbol() && script(Level.SUBSCRIPT, wordEnd(at + 1));
                case '^' -> followsBase() && script(Level.SUPERSCRIPT, numberEnd(at + 1));
                default -> false;
            };
            if (!taken) {
                normal.append(c);
                at++;
            }
        }
        endNormal();
    }

    /// Takes what stands between the backtick here and the next one.
    private boolean code() {
        int close = text.indexOf('`', at + 1);
        if (close < 0) {
            return false;
        }
        normal.append(text, at, close + 1);
        at = close + 1;
        return true;
    }

    /// Takes the script behind the sign here.
    ///
    /// @param end where it ends if it has no braces; the sign's own end if there is none
    private boolean script(Level level, int end) {
        int from = at + 1;
        int to = end;
        int next = end;
        if (from < text.length() && text.charAt(from) == '{') {
            int close = text.indexOf('}', from);
            from++;
            to = close < 0 ? from : close;
            next = close + 1;
        }
        if (to <= from || text.substring(from, to).isBlank()) {
            return false;
        }
        endNormal();
        String script = text.substring(from, to);
        runs.add(new Run(level == Level.SUPERSCRIPT ? script.replace('-', MINUS) : script, level));
        at = next;
        return true;
    }

    /// Whether a symbol ends here that may have a subscript.
    private boolean followsSymbol() {
        int letter = at - 1;
        if (letter >= 0 && isMark(text.charAt(letter))) {
            letter--;
        }
        if (letter < 0) {
            return false;
        }
        if (isGreek(text.charAt(letter))) {
            return true;
        }
        return isLatin(text.charAt(letter)) && (letter == 0 || !isPartOfWord(text.charAt(letter - 1)));
    }

    /// Whether something ends here that may have an exponent.
    private boolean followsBase() {
        return at > 0 && (Character.isLetterOrDigit(text.charAt(at - 1)) || isMark(text.charAt(at - 1))
                || text.charAt(at - 1) == ')' || text.charAt(at - 1) == '}');
    }

    /// The end of the letters and digits from `from` on; `from` itself if an underscore follows them, because the whole
    /// is then a name of several words.
    private int wordEnd(int from) {
        int end = from;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end < text.length() && text.charAt(end) == '_' ? from : end;
    }

    /// The end of the number from `from` on, `from` itself if there is none.
    private int numberEnd(int from) {
        int digits = from < text.length() && (text.charAt(from) == '-' || text.charAt(from) == MINUS) ? from + 1 : from;
        int end = digitsEnd(digits);
        if (end == digits) {
            return from;
        }
        int fraction = end < text.length() && text.charAt(end) == '.' ? digitsEnd(end + 1) : end;
        return fraction > end + 1 ? fraction : end;
    }

    private int digitsEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private void endNormal() {
        if (!normal.isEmpty()) {
            runs.add(new Run(normal.toString(), Level.NORMAL));
            normal.setLength(0);
        }
    }

    /// A prime, or the power 2 or 3, which belongs to the letter before.
    private static boolean isMark(char c) {
        return c == '\'' || c == '\u2032' || c == '²' || c == '³';
    }

    private static boolean isGreek(char c) {
        return Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.GREEK;
    }

    private static boolean isLatin(char c) {
        return Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
