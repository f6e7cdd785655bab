package org.surprisal.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What users bring as classes of their own: found by a service loader, asked with care.
public final class Extensions {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private Extensions() {
    }

    /// Every extension that a loader finds.
    ///
    /// @param what an extension is, such as `a layer`, for messages
    /// @throws IllegalStateException if one that is named in a service file cannot be loaded
    public static <T> List<T> found(ServiceLoader<T> loader, String what) {
        List<T> found = new ArrayList<>();
        try {
            loader.forEach(found::add);
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException(what + " of your own cannot be loaded: "
                    + MessageText.joined(String.valueOf(e.getMessage())), e);
        }
        return found;
    }

    /// Checks what an extension is called.
    ///
    /// @param what an extension is, such as `a layer`, for messages
    /// @throws IllegalStateException if the name is not lower-case letters and digits joined by hyphens
    public static void requireName(Object extension, String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalStateException(extension.getClass().getName() + " calls " + what + " "
                    + MessageText.quoted(name) + ": a name is lower-case letters and digits joined by hyphens");
        }
    }

    /// What code of an extension answers. An [IllegalArgumentException] that is thrown in the extension's own package
    /// has a message for users: it becomes a refusal of this program, with the extension's name. Any other exception is
    /// a fault in the code, and goes on as it is.
    public static <T> T asked(Object extension, String name, Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalArgumentException e) {
            StackTraceElement[] trace = e.getStackTrace();
            String message = e.getMessage();
            if (message == null || trace.length == 0
                    || !packageOf(trace[0].getClassName()).equals(extension.getClass().getPackageName())) {
                throw e;
            }
            IllegalArgumentException refusal = new IllegalArgumentException(name + ": " + message);
            // Not its cause: the message is for users, wherever the exception comes from.
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }
}
