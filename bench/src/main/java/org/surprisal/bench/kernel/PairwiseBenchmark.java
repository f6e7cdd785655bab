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
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// The lower bound from all pairs of 2048 samples of 20 coordinates, by the library on all threads and by the
/// definition: time a pair.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PairwiseBenchmark {
    private static final int SAMPLES = 2048;
    private static final int DIMENSION = 20;
    private static final double VARIANCE = 5;

    private final Continuous variable = Continuous.of("x",
            RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, SAMPLES, DIMENSION));
    private final double[] points = variable.values().toDoubles();

    /// Both must agree to float64's rounding.
    @Setup
    public void check() {
        if (!(Math.abs(bound() - definition()) <= 1e-10)) {
            throw new IllegalStateException("the bound is " + bound() + " and by its definition " + definition());
        }
    }

    /// By the library, with the upper bound on the way.
    @Benchmark
    @OperationsPerInvocation(SAMPLES * SAMPLES)
    public double bound() {
        return PairwiseDistance.withNoise(VARIANCE).ofInput(variable).value();
    }

    /// -1/n Σ_i ln (1/n Σ_j exp(-|x_i - x_j|² / 8v)).
    @Benchmark
    @OperationsPerInvocation(SAMPLES * SAMPLES)
    public double definition() {
        double total = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < SAMPLES; j++) {
                double squared = 0;
                for (int l = 0; l < DIMENSION; l++) {
                    double difference = points[i * DIMENSION + l] - points[j * DIMENSION + l];
                    squared += difference * difference;
                }
                sum += Math.exp(-squared / (8 * VARIANCE));
            }
            total -= Math.log(sum / SAMPLES);
        }
        return total / SAMPLES;
    }
}
