package org.surprisal.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/// Blocks of steps in turns, so that what slows this machine for a while slows all sides. The order turns round with
/// each round.
///
/// @param count         of rounds
/// @param blockSeconds  about how long a block takes; at least one step
/// @param warmUpSeconds about how long each side runs before it is timed
/// @param clock         nanoseconds
public record Rounds(int count, double blockSeconds, double warmUpSeconds, LongSupplier clock) {
    private static final double NANO = 1e-9;

    public Rounds {
        if (count < 1 || !(blockSeconds > 0) || !(warmUpSeconds > 0)) {
            throw new IllegalArgumentException("rounds (=" + count + ") must be at least 1, blockSeconds (="
                    + blockSeconds + ") and warmUpSeconds (=" + warmUpSeconds + ") positive");
        }
    }

    /// On the system's clock.
    public Rounds(int count, double blockSeconds, double warmUpSeconds) {
        this(count, blockSeconds, warmUpSeconds, System::nanoTime);
    }

    /// Warms all sides up, then times them in turns.
    ///
    /// @param sides by the name they have in results, in the order of even rounds
    public List<Timing> run(SequencedMap<String, Side> sides) {
        List<Timed> timed = new ArrayList<>();
        sides.forEach((name, side) -> timed.add(new Timed(name, side, stepsOfBlock(side))));
        List<Timing> timings = new ArrayList<>();
        for (int round = 0; round < count; round++) {
            int position = 0;
            for (Timed each : round % 2 == 0 ? timed : timed.reversed()) {
                timings.add(new Timing(round, position++, each.name(), each.steps(),
                        seconds(each.side(), each.steps())));
            }
        }
        return timings;
    }

    private record Timed(String name, Side side, long steps) {}

    /// Runs the side warm; the second half of that time says how many steps fill a block.
    private long stepsOfBlock(Side side) {
        double cold = 0;
        while (cold < warmUpSeconds / 2) {
            cold += seconds(side, 1);
        }
        double warm = 0;
        long steps = 0;
        while (warm < warmUpSeconds / 2) {
            warm += seconds(side, 1);
            steps++;
        }
        return Math.max(1, Math.round(blockSeconds * steps / warm));
    }

    private double seconds(Side side, long steps) {
        long start = clock.getAsLong();
        for (long i = 0; i < steps; i++) {
            side.step();
        }
        return (clock.getAsLong() - start) * NANO;
    }
}
