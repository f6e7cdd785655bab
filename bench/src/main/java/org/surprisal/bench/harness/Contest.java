package org.surprisal.bench.harness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The sides of one task, all at their first step.
///
/// @param ours  this library
/// @param peer  the other one; empty where none does this task
/// @param limit what this machine could do at best: the same products back to back, the same bytes streamed; a step of
///              it is the work of one of ours. Its numbers mean nothing
/// @param data  what is computed on, in words
/// @param notes what a reader must know of how the peer does it
public record Contest(Side ours, Optional<Side> peer, Optional<Side> limit, String data,
        List<String> notes) implements AutoCloseable {
    public Contest {
        notes = List.copyOf(notes);
    }

    /// The sides there are, ours first, by the name they have in results.
    SequencedMap<String, Side> sides() {
        SequencedMap<String, Side> sides = new LinkedHashMap<>();
        sides.put(Timing.OURS, ours);
        peer.ifPresent(side -> sides.put(Timing.PEER, side));
        limit.ifPresent(side -> sides.put(Timing.LIMIT, side));
        return sides;
    }

    @Override
    public void close() {
        sides().values().forEach(Side::close);
    }
}
