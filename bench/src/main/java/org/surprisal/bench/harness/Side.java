package org.surprisal.bench.harness;

import java.util.Optional;

/// One implementation of a task, ready to be run step by step.
public interface Side extends AutoCloseable {
    /// The next step, finished when this returns, and its number: a training step's loss before the update, a measure's
    /// value.
    double step();

    /// Chooses how to run quickest, after the sides were found to agree and before they are timed, and says how;
    /// empty where there is nothing to choose.
    default Optional<Tuning> tune() {
        return Optional.empty();
    }

    /// Gives back what the garbage collector does not know of.
    @Override
    default void close() {
    }
}
