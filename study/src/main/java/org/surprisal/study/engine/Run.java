package org.surprisal.study.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;

/// What the trials of a run are run with.
///
/// @param settings           of the study
/// @param seed               the first
/// @param seeds              how many seeds were asked for; empty leaves it to the study
/// @param data               folder of the data sets
/// @param folder             where numbers are kept
/// @param progress           where to tell how far the work is
/// @param jobs               trials that may run at a time, at least 1
/// @param checkpointInterval at least this time between two checkpoints of one training
/// @param interruption       whether the user wants the run to stop
record Run(Settings settings, long seed, OptionalInt seeds, Path data, RunFolder folder, Progress progress, int jobs,
        Duration checkpointInterval, BooleanSupplier interruption) {}
