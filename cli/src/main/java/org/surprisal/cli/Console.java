package org.surprisal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;

/// Where a command writes.
///
/// @param out      answers: what a script reads
/// @param err      progress, warnings, errors
/// @param terminal whether `err` is a terminal, where a line can be written over
/// @param columns  of that terminal
public record Console(PrintStream out, PrintStream err, boolean terminal, int columns) {
    private static final int USUAL_COLUMNS = 80;

    /// Text from files goes to both streams, and must not command the terminal.
    public Console {
        out = TerminalStream.over(out, false);
        err = TerminalStream.over(err, terminal);
    }

    /// The process's own streams, in UTF-8.
    ///
    /// System properties from the launcher: `surprisal.terminal`, `surprisal.columns`, and `surprisal.stderr`, the
    /// number of the descriptor that is the real standard error (the JVM's own passes a filter, whose last lines could
    /// come after the process has ended).
    public static Console ofProcess() {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Integer descriptor = Integer.getInteger("surprisal.stderr");
        if (descriptor != null) {
            System.setErr(new PrintStream(new FileOutputStream(descriptor(descriptor)), true, StandardCharsets.UTF_8));
        }
        return new Console(out, System.err, Boolean.getBoolean("surprisal.terminal"),
                Integer.getInteger("surprisal.columns", USUAL_COLUMNS));
    }

    /// There is no public way to name an open descriptor; where the private one is closed, the filtered stream serves.
    private static FileDescriptor descriptor(int number) {
        try {
            Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return constructor.newInstance(number);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return FileDescriptor.err;
        }
    }
}
