package org.surprisal.study;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.surprisal.settings.MessageText;

/// Why something failed, in the words of the program: messages of the JDK and of libraries, which speak of classes and
/// indices, are not for users.
public final class Failures {
    private static final String PACKAGES = "org.surprisal.";
    private static final Pattern UNOPENED = Pattern.compile("(?<file>.*) \\((?<reason>[^()]+)\\)");
    /// What the virtual machine says of an integer division: the only exception of its own that has the type of a
    /// refusal.
    private static final String DIVISION = "/ by zero";

    private Failures() {
    }

    /// Why something failed, in one line for the user. Errors that have no words for users are internal errors, which
    /// name their type and how to see where they came from.
    public static String reason(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case UncheckedIOException e when e.getCause() != null -> reason(e.getCause());
            case OutOfMemoryError e -> "out of memory (" + message + "): use a smaller network or batch, or give more "
                    + "with SURPRISAL_JAVA_OPTS=-Xmx..g";
            case NoSuchFileException e when e.getReason() == null -> "no such file: " + oneLine(message);
            case FileNotFoundException e -> unopened(oneLine(message));
            case AccessDeniedException e when e.getReason() == null -> "no permission: " + oneLine(message);
            case FileSystemException e when e.getReason() == null -> "cannot be read or written: " + oneLine(message);
            case CharacterCodingException e -> "a file is not UTF-8 text";
            case InvalidPathException e -> MessageText.noPath(e.getInput());
            case RuntimeException e when !isForUsers(e) -> internal(origin(e));
            case Error e -> internal(e);
            default -> message == null || message.isBlank() ? internal(failure) : oneLine(message);
        };
    }

    /// What a stream of the JDK says of a file that it cannot open, `FILE (REASON)`: the reason, the operating
    /// system's, is not always that there is no such file.
    private static String unopened(String message) {
        Matcher parts = UNOPENED.matcher(message);
        if (!parts.matches()) {
            return "no such file: " + message;
        }
        String file = parts.group("file");
        return switch (parts.group("reason")) {
            case "No such file or directory", "The system cannot find the file specified",
                    "The system cannot find the path specified" ->
                "no such file: " + file;
            case "Permission denied", "Access is denied" -> "no permission: " + file;
            case "Is a directory" -> file + " is a folder: a file must be there";
            default -> "cannot be read or written: " + message;
        };
    }

    private static String internal(Throwable failure) {
        return "internal error: " + failure.getClass().getSimpleName()
                + "; please report it with what --debug shows";
    }

    /// Returns the message of an exception that was written for users.
    ///
    /// @throws RuntimeException the exception itself, if its message was not
    public static String words(RuntimeException failure) {
        if (!isForUsers(failure)) {
            throw failure;
        }
        return String.valueOf(failure.getMessage());
    }

    /// Whether the message of an exception was written for users: that of our own types, and that of arguments and
    /// states which our own code refuses. What the JDK or a library throws, also when we have called it, is not, and
    /// neither is a message of ours that repeats it behind the place where it happened, such as `layer 'linear0': …`.
    public static boolean isForUsers(RuntimeException failure) {
        RuntimeException origin = origin(failure);
        return isOwn(failure) && (origin.equals(failure) || isForUsers(origin));
    }

    /// The exception whose message another one repeats; the exception itself if it repeats none.
    private static RuntimeException origin(RuntimeException failure) {
        return failure.getCause() instanceof RuntimeException cause
                && repeats(String.valueOf(failure.getMessage()), String.valueOf(cause.getMessage()))
                        ? origin(cause)
                        : failure;
    }

    private static boolean repeats(String message, String repeated) {
        return message.equals(repeated)
                || (repeated.isBlank() ? message.endsWith(": " + repeated) : message.contains(": " + repeated));
    }

    private static boolean isOwn(RuntimeException failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()
                || (failure instanceof ArithmeticException && message.equals(DIVISION))) {
            return false;
        }
        if (failure.getClass().getName().startsWith(PACKAGES)) {
            return true;
        }
        boolean refusal = failure.getClass() == IllegalArgumentException.class
                || failure.getClass() == IllegalStateException.class
                || failure.getClass() == UnsupportedOperationException.class
                || failure.getClass() == ArithmeticException.class
                || failure.getClass() == IndexOutOfBoundsException.class;
        StackTraceElement[] trace = failure.getStackTrace();
        return refusal && trace.length > 0 && trace[0].getClassName().startsWith(PACKAGES);
    }

    private static String oneLine(@Nullable String message) {
        return MessageText.joined(String.valueOf(message));
    }
}
