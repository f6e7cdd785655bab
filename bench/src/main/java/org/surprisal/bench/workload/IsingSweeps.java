package org.surprisal.bench.workload;

import java.util.List;
import java.util.Optional;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;
import org.surprisal.theory.ising.IsingModel;
import org.surprisal.theory.ising.MultiSpinMetropolis;
import org.surprisal.theory.ising.Start;

/// Sweeps of the bit-parallel Metropolis sampler, on one core: 64 lattices of 256 x 256 near the critical temperature.
public record IsingSweeps() implements Workload {
    private static final int SIZE = 256;
    private static final double TEMPERATURE = 2.269185;
    private static final String UNIT = "spin updates";

    @Override
    public String name() {
        return "ising";
    }

    @Override
    public String summary() {
        return "64 lattices of 256 x 256 at the critical temperature, one core";
    }

    @Override
    public Work work() {
        return new Work((double) SIZE * SIZE * MultiSpinMetropolis.REPLICAS, UNIT);
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfRate(1e9, UNIT));
    }

    @Override
    public Check check() {
        return new Check(1, 0);
    }

    @Override
    public Contest open(Scene scene) {
        MultiSpinMetropolis sampler = new MultiSpinMetropolis(new IsingModel(SIZE, TEMPERATURE, 1, 0), Start.RANDOM,
                scene.stream().child("ising"));
        return new Contest(() -> {
            sampler.sweep();
            return 0;
        }, Optional.empty(), Optional.empty(), "", List.of());
    }
}
