package org.surprisal.bench.harness;

/// One block of steps without a pause.
///
/// @param round    from 0
/// @param position within the round, from 0
/// @param side     [#OURS], [#PEER] or [#LIMIT]
/// @param steps    done
/// @param seconds  taken by all of them
public record Timing(int round, int position, String side, long steps, double seconds) {
    /// This library.
    public static final String OURS = "surprisal";
    /// The other library.
    public static final String PEER = "pytorch";
    /// What this machine could do at best.
    public static final String LIMIT = "limit";

    /// Seconds a step.
    public double perStep() {
        return seconds / steps;
    }
}
