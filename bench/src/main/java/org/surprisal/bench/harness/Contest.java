package org.surprisal.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The sides of one task, all at their first step.
///
/// @param ours  this library
/// @param peer  the other one; empty where none does this task
/// @param limit what this machine could do at best: the same products back to back, the same bytes streamed; a step of it is the
///              work of one of ours. Its numbers mean nothing
/// @param data  what is computed on, in words
/// @param notes what a reader must know of how the peer does it
public record Contest(Side ours, Optional<Side> peer, Optional<Side> limit, String data,
        List<String> notes) implements AutoCloseable {
    public Contest {
        notes = List.copyOf(notes);
    }

    /// The sides there are, ours first, by the name they have in results.
    List<Named> sides() {
        List<Named> sides = new ArrayList<>();
        sides.add(new Named(Timing.OURS, ours));
        peer.ifPresent(side -> sides.add(new Named(Timing.PEER, side)));
        limit.ifPresent(side -> sides.add(new Named(Timing.LIMIT, side)));
        return sides;
    }

    record Named(String name, Side side) {}

    @Override
    public void close() {
        sides().forEach(named -> named.side().close());
    }
}
