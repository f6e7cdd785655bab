package org.surprisal.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// A stream on which nothing of a user's file can command the terminal: control characters other than tab and line
/// breaks become `?`, except those that write a line over in place where that is wanted. UTF-8 only.
///
/// Names of columns, layers and files are part of answers, and a file may hold any character in them.
final class TerminalStream extends FilterOutputStream {
    private static final int DELETE = 0x7f;
    /// The first byte of the control characters U+0080 to U+009F in UTF-8.
    private static final int C1_LEAD = 0xc2;
    private static final int C1_LAST = 0x9f;

    /// Clears a terminal's line behind the cursor: with a carriage return, what [ProgressLine] needs.
    static final String CLEAR_LINE = "\u001b[K";

    private final PrintStream target;
    private final boolean inPlace;
    private boolean afterLead;

    private TerminalStream(PrintStream target, boolean inPlace) {
        super(target);
        this.target = target;
        this.inPlace = inPlace;
    }

    /// Returns a stream that writes to another.
    ///
    /// @param inPlace whether carriage returns and [#CLEAR_LINE] go through
    static PrintStream over(PrintStream target, boolean inPlace) {
        return new PrintStream(new TerminalStream(target, inPlace), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        byte[] clean = new byte[length + 1];
        int count = 0;
        for (int i = from; i < from + length; i++) {
            int value = bytes[i] & 0xff;
            if (afterLead) {
                afterLead = false;
                if (value <= C1_LAST) {
                    clean[count++] = '?';
                    continue;
                }
                clean[count++] = (byte) C1_LEAD;
            }
            if (value == C1_LEAD) {
                afterLead = true;
            } else {
                boolean wanted = inPlace && (value == '\r' || (value == CLEAR_LINE.charAt(0)
                        && new String(bytes, i, Math.min(3, from + length - i), StandardCharsets.UTF_8)
                                .equals(CLEAR_LINE)));
                clean[count++] = isControl(value) && !wanted ? (byte) '?' : (byte) value;
            }
        }
        target.write(clean, 0, count);
    }

    private static boolean isControl(int value) {
        return (value < ' ' && value != '\n' && value != '\t') || value == DELETE;
    }

    /// @throws IOException when the stream behind this one takes no more
    @Override
    public void flush() throws IOException {
        if (target.checkError()) {
            throw new IOException("the output takes no more");
        }
    }
}
