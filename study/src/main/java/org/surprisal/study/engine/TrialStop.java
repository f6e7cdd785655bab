package org.surprisal.study.engine;

/// Ends a trial from within [Study#run]: studies neither throw nor catch it.
@SuppressWarnings("serial")
final class TrialStop extends RuntimeException {
    private final boolean diverged;

    private TrialStop(boolean diverged, String reason) {
        super(reason, null, false, false);
        this.diverged = diverged;
    }

    /// The user, or a failure of another trial, wants the trial to stop.
    static TrialStop interrupted() {
        return new TrialStop(false, "interrupted");
    }

    /// The numbers of the trial became NaN or infinite.
    static TrialStop diverged(String reason) {
        return new TrialStop(true, reason);
    }

    boolean isDiverged() {
        return diverged;
    }
}
