package org.surprisal.study;

import java.nio.file.Path;
import java.util.OptionalInt;

/// What is asked of one run.
///
/// @param settings of the study
/// @param seed     of every random choice
/// @param seeds    how many seeds; empty leaves it to the study
/// @param data     folder of the data sets
/// @param out      the run folder, which must not hold a run yet
public record RunRequest(Settings settings, long seed, OptionalInt seeds, Path data, Path out) {}
