package org.surprisal.cli;

/// What a process ends with.
final class ExitCode {
    /// It was done.
    static final int DONE = 0;
    /// It failed; one line on standard error says why.
    static final int FAILED = 1;
    /// It was asked wrongly; one line on standard error says what would be right.
    static final int WRONG_USAGE = 2;
    /// The user stopped it (128 + SIGINT); what was finished is kept.
    static final int INTERRUPTED = 130;

    private ExitCode() {
    }
}
