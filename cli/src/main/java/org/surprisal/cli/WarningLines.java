package org.surprisal.cli;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.surprisal.settings.MessageText;

/// Shows what the library logs as the command line shows everything: warnings and errors, one line each, on standard
/// error.
///
/// The JDK's own logging would write two lines with a date, and costs time at start.
public final class WarningLines extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Lines(name);
    }

    private record Lines(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.WARNING.getSeverity() && level != Level.OFF;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String message,
                @Nullable Throwable thrown) {
            String text = thrown == null ? String.valueOf(message) : message + ": " + thrown.getMessage();
            write(level, text);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format,
                @Nullable Object... parameters) {
            write(level, parameters == null || parameters.length == 0 || format == null
                    ? String.valueOf(format)
                    : MessageFormat.format(format, parameters));
        }

        private void write(Level level, String text) {
            if (isLoggable(level)) {
                PrintStream err = System.err;
                err.println("surprisal: " + (level == Level.WARNING ? "warning: " : "") + MessageText.joined(text));
            }
        }
    }
}
