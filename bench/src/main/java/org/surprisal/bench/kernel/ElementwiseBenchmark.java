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
import org.surprisal.tensor.kernel.UnaryFunction;

/// Functions of the activations of one layer, 128 samples of 784, on one thread: time an element.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ElementwiseBenchmark {
    private static final int SIZE = 128 * 784;

    @Param({"TANH", "EXP", "SIGMOID", "RELU"})
    private UnaryFunction function = UnaryFunction.TANH;

    @Param({"PLAIN", "FAST"})
    private Loops loops = Loops.FAST;

    private Kernels<float[]> kernels = Loops.PLAIN.kernels();
    private final float[] x = Loops.numbers(SIZE);
    private final float[] y = new float[SIZE];

    /// Both loops must give the same bits.
    @Setup
    public void check() {
        kernels = loops.kernels();
        kernels.map(function, x, y, 0, SIZE);
        float[] reference = new float[SIZE];
        Loops.PLAIN.kernels().map(function, x, reference, 0, SIZE);
        if (Arrays.mismatch(y, reference) >= 0) {
            throw new IllegalStateException(loops + " loops of " + function + " differ from the plain ones");
        }
    }

    /// y = f(x).
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public float[] map() {
        kernels.map(function, x, y, 0, SIZE);
        return y;
    }
}
