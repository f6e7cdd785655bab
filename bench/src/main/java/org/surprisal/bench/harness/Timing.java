package org.surprisal.bench.harness;

import java.util.LinkedHashMap;
import java.util.Map;

/// One block of steps without a pause.
///
/// @param round    from 0
/// @param position within the round, from 0
/// @param side     its name: [#OURS], [#PEER], [#LIMIT], or a size
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

    /// For results.
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("round", round);
        json.put("position", position);
        json.put("side", side);
        json.put("steps", steps);
        json.put("seconds", seconds);
        return json;
    }
}
