package org.surprisal.bench.kernel;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.surprisal.tensor.kernel.Kernels;

/// Updates of a weight of 784 x 784, on one thread: time an element.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OptimiserBenchmark {
    private static final int SIZE = 784 * 784;
    private static final double RATE = 1e-4;
    private static final double MOMENTUM = 0.8;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    @Param({"PLAIN", "FAST"})
    private Loops loops = Loops.FAST;

    private Kernels<float[]> kernels = Loops.PLAIN.kernels();
    private final float[] weight = Loops.numbers(SIZE);
    private final float[] gradient = Loops.numbers(SIZE);
    private final float[] first = new float[SIZE];
    private final float[] second = new float[SIZE];

    /// Both loops must give the same bits.
    @Setup
    public void check() {
        kernels = loops.kernels();
        OptimiserBenchmark plain = new OptimiserBenchmark();
        plain.kernels = Loops.PLAIN.kernels();
        boolean same = Arrays.equals(momentum(), plain.momentum());
        same &= Arrays.equals(adam(), plain.adam());
        if (!same) {
            throw new IllegalStateException(loops + " updates differ from the plain ones");
        }
    }

    /// v <- momentum v + g, w <- w - rate v.
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public float[] momentum() {
        kernels.blend(1, gradient, MOMENTUM, first, 0, SIZE);
        kernels.blend(-RATE, first, 1, weight, 0, SIZE);
        return weight;
    }

    /// Adam's moments and its step, without corrections.
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public float[] adam() {
        kernels.blend(1 - BETA1, gradient, BETA1, first, 0, SIZE);
        kernels.blendSquare(1 - BETA2, gradient, BETA2, second, 0, SIZE);
        kernels.addOverRoot(-RATE, first, second, 0, EPSILON, weight, 0, SIZE);
        return weight;
    }
}
