package org.surprisal.bench.harness;

import java.util.List;
import java.util.Optional;

/// A task of no work whose peer is off by a factor.
///
/// @param name   of the workload
/// @param factor the peer's numbers over ours
/// @param closed how often the peer was closed
public record FakeWorkload(String name, double factor, List<String> closed) implements Workload {
    @Override
    public String summary() {
        return "nothing";
    }

    @Override
    public Work work() {
        return new Work(3, "nothings");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(1e9), new Target.OfRate(0, "nothings"));
    }

    @Override
    public Check check() {
        return new Check(4, 1e-6);
    }

    @Override
    public Contest open(Scene scene) {
        return new Contest(new Counting(1), Optional.of(new Counting(factor)), Optional.empty(), "no data",
                List.of("a note"));
    }

    private final class Counting implements Side {
        private final double scale;
        private int steps;

        Counting(double scale) {
            this.scale = scale;
        }

        @Override
        public double step() {
            steps++;
            return scale * steps;
        }

        @Override
        public void close() {
            closed.add(name);
        }
    }
}
