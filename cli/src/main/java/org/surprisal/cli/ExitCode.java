package org.surprisal.cli;

/// What a process ends with.
public final class ExitCode {
    /// It was done.
    public static final int DONE = 0;
    /// It failed; one line on standard error says why.
    public static final int FAILED = 1;
    /// It was asked wrongly; one line on standard error says what would be right.
    public static final int WRONG_USAGE = 2;
    /// The user stopped it (128 + SIGINT); what was finished is kept.
    public static final int INTERRUPTED = 130;

    private ExitCode() {
    }
}
