package org.surprisal.data;

/// Something a user's file or data got wrong.
///
/// The message is one line fit to be shown as it is: what was wrong, where (file, field, value), what would be right.
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// An error found in the data itself.
    public DataException(String message) {
        super(oneLine(message));
    }

    /// An error that another failure, of the disk or the network say, stands behind.
    public DataException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /// Messages quote names and headers from files, which may hold line breaks and other control characters.
    private static String oneLine(String message) {
        StringBuilder line = new StringBuilder(message.length());
        message.codePoints().forEach(c -> line.appendCodePoint(isBreakingOrControl(c) ? '?' : c));
        return line.toString();
    }

    private static boolean isBreakingOrControl(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == '\u2028' || codePoint == '\u2029';
    }
}
