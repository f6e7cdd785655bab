package org.surprisal.network;

/// A part of a training run that remembers something from step to step.
public interface Resumable {
    /// Writes all it remembers.
    void save(State to);

    /// Remembers what was written, in place of what it remembers now.
    ///
    /// @throws IllegalArgumentException when something is missing or does not fit
    void restore(State from);
}
