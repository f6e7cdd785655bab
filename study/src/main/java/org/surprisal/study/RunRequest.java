package org.surprisal.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.surprisal.settings.Settings;

/// What is asked of one run.
///
/// @param settings of the study
/// @param seed     of every random choice
/// @param seeds    how many seeds; empty leaves it to the study
/// @param data     folder of the data sets
/// @param out      the run folder, in which no name that a run may write is taken
/// @param numbered whether another folder is taken where there is one of this name: the first of `OUT-2`, `OUT-3`, …
/// that is free
/// @param checkpoint at least this time between two checkpoints of one training
/// @param jobs     trials that may run at a time; empty for as many as there are threads
public record RunRequest(Settings settings, long seed, OptionalInt seeds, Path data, Path out, boolean numbered,
        Duration checkpoint, OptionalInt jobs) {
    /// The time between two checkpoints unless told otherwise.
    public static final Duration CHECKPOINT = Duration.ofSeconds(30);

    /// With exactly this run folder, the usual time between checkpoints, and as many trials at a time as there are
    /// threads.
    public RunRequest(Settings settings, long seed, OptionalInt seeds, Path data, Path out) {
        this(settings, seed, seeds, data, out, false, CHECKPOINT, OptionalInt.empty());
    }
}
