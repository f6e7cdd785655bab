package org.surprisal.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How far a run has come.
public enum RunStatus {
    /// Being run, or killed without a chance to say so.
    RUNNING,
    /// Run to the end and drawn.
    DONE,
    /// Stopped by the user; what was finished is kept.
    INTERRUPTED,
    /// Stopped by an error; [RunRecord#reason()] says which.
    FAILED;

    /// The word in run.json.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
