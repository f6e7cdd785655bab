package org.surprisal.bench.harness;

/// How a side was set to run quickest.
///
/// @param threads that run at once
/// @param words   the choice in a line
public record Tuning(int threads, String words) {}
