package org.surprisal.bench.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/// Blocks of steps in turns, so that what slows this machine for a while slows all sides. The order turns round with each round.
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
    public List<Timing> run(Contest contest) {
        List<Contest.Named> sides = contest.sides();
        long[] steps = new long[sides.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = stepsOfBlock(sides.get(i).side());
        }
        List<Timing> timings = new ArrayList<>();
        for (int round = 0; round < count; round++) {
            List<Integer> order = order(round, sides.size());
            for (int position = 0; position < order.size(); position++) {
                int i = order.get(position);
                timings.add(new Timing(round, position, sides.get(i).name(), steps[i],
                        seconds(sides.get(i).side(), steps[i])));
            }
        }
        return timings;
    }

    /// Which side comes when: as listed in even rounds, the other way round in odd ones.
    static List<Integer> order(int round, int sides) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < sides; i++) {
            order.add(i);
        }
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }

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
