package org.surprisal.cli;

/// The user asked for something that cannot be: exit code 2. The message is one line.
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
