package org.surprisal.bench.kernel;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.surprisal.tensor.kernel.Kernels;

/// The three products of a layer of 784 in training, 128 samples, on all threads: 157 million multiplications and
/// additions each.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProductBenchmark {
    private static final int SAMPLES = 128;
    private static final int WIDTH = 784;
    /// Sums of 784 float32 products of numbers up to 3, in another order.
    private static final double ROUNDING = 1e-2;

    @Param({"PLAIN", "FAST"})
    private Loops loops = Loops.FAST;

    private Kernels<float[]> kernels = Loops.PLAIN.kernels();
    private final float[] activations = Loops.numbers(SAMPLES * WIDTH);
    private final float[] weights = Loops.numbers(WIDTH * WIDTH);
    private final float[] outputs = new float[SAMPLES * WIDTH];
    private final float[] gradient = new float[WIDTH * WIDTH];

    /// The products must be those of plain loops, but for rounding.
    @Setup
    public void check() {
        kernels = loops.kernels();
        ProductBenchmark plain = new ProductBenchmark();
        plain.kernels = Loops.PLAIN.kernels();
        requireNear(forward(), plain.forward());
        requireNear(byInput(), plain.byInput());
        requireNear(byWeight(), plain.byWeight());
    }

    private static void requireNear(float[] numbers, float[] reference) {
        for (int i = 0; i < numbers.length; i++) {
            if (!(Math.abs(numbers[i] - reference[i]) <= ROUNDING)) {
                throw new IllegalStateException(
                        "element " + i + " is " + numbers[i] + " and by plain loops " + reference[i]);
            }
        }
    }

    /// X W^T.
    @Benchmark
    public float[] forward() {
        kernels.product(false, true, SAMPLES, WIDTH, WIDTH, activations, weights, 0, outputs);
        return outputs;
    }

    /// G W.
    @Benchmark
    public float[] byInput() {
        kernels.product(false, false, SAMPLES, WIDTH, WIDTH, activations, weights, 0, outputs);
        return outputs;
    }

    /// G^T X.
    @Benchmark
    public float[] byWeight() {
        kernels.product(true, false, WIDTH, WIDTH, SAMPLES, activations, activations, 0, gradient);
        return gradient;
    }
}
