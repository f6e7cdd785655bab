package org.surprisal.bench.harness;

import java.io.IOException;
import java.util.List;

/// One task, done by both sides from the same numbers.
public interface Workload {
    /// Short, of lower-case words and hyphens: what `--only` takes.
    String name();

    /// The task in a line.
    String summary();

    /// How much of what one step handles.
    Work work();

    /// What should be reached.
    List<Target> targets();

    /// How many steps are held together before timing, and how far they may differ.
    Check check();

    /// Both sides at their start.
    ///
    /// @throws IOException when data or the peer's natives cannot be read
    Contest open(Scene scene) throws IOException;

    /// What a step handles.
    ///
    /// @param amount handled by a step
    /// @param unit   in plural: `samples`
    record Work(double amount, String unit) {}

    /// When both sides count as computing the same.
    ///
    /// @param steps     at least one
    /// @param tolerance largest relative difference that float32 rounding explains
    record Check(int steps, double tolerance) {}
}
