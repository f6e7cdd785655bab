package org.surprisal.bench.harness;

/// One implementation of a task, ready to be run step by step.
public interface Side extends AutoCloseable {
    /// The next step, finished when this returns, and its number: a training step's loss before the update, a measure's value.
    double step();

    /// Gives back what the garbage collector does not know of.
    @Override
    default void close() {
    }
}
