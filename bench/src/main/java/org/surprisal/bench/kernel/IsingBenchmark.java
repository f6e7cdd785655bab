package org.surprisal.bench.kernel;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.surprisal.tensor.RandomStream;
import org.surprisal.theory.ising.CheckerboardMetropolis;
import org.surprisal.theory.ising.IsingModel;
import org.surprisal.theory.ising.IsingSampler;
import org.surprisal.theory.ising.MultiSpinMetropolis;
import org.surprisal.theory.ising.Onsager;
import org.surprisal.theory.ising.Start;

/// Sweeps of the bit-parallel sampler and of the one it is held against, a spin at a time: time an update.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IsingBenchmark {
    private static final int SIZE = 64;
    private static final int SPINS = SIZE * SIZE;
    private static final double TEMPERATURE = 2.0;
    private static final int WARM_UP = 200;

    private final IsingModel model = new IsingModel(SIZE, TEMPERATURE, 1, 0);
    private final IsingSampler multiSpin = new MultiSpinMetropolis(model, Start.ORDERED, RandomStream.seeded(1));
    private final IsingSampler checkerboard = new CheckerboardMetropolis(model, Start.ORDERED, RandomStream.seeded(2));

    /// Both must be near Onsager's energy; one state scatters by about 0.03 a spin.
    @Setup
    public void check() {
        requireEnergy(multiSpin);
        requireEnergy(checkerboard);
    }

    private static void requireEnergy(IsingSampler sampler) {
        sampler.warmUp(WARM_UP);
        int[] bonds = new int[sampler.replicas()];
        sampler.observe(bonds, new int[sampler.replicas()]);
        double mean = 0;
        for (int sum : bonds) {
            mean -= (double) sum / SPINS / bonds.length;
        }
        double exact = Onsager.at(TEMPERATURE).energyPerSpin();
        if (!(Math.abs(mean - exact) <= 0.15)) {
            throw new IllegalStateException("the energy a spin is " + mean + " and should be near " + exact);
        }
    }

    /// 64 lattices at once.
    @Benchmark
    @OperationsPerInvocation(SPINS * MultiSpinMetropolis.REPLICAS)
    public void multiSpin() {
        multiSpin.sweep();
    }

    /// One lattice.
    @Benchmark
    @OperationsPerInvocation(SPINS)
    public void checkerboard() {
        checkerboard.sweep();
    }
}
