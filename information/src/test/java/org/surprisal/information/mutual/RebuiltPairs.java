package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.surprisal.tensor.Tensor;

/// Samples that any language rebuilds bit for bit, of which other implementations' answers were recorded: no two
/// distances differ by rounding only.
final class RebuiltPairs {

    /// The fraction of 1000 √(i + 2.7), i = 0 … 299.
    static final double[] X = fractions(2.7);
    /// Like x, independent of it.
    static final double[] NOISE = fractions(500.7);
    /// Like x, independent of it.
    static final double[] OTHER = fractions(900.3);
    /// x² plus 0.3 times the noise.
    static final double[] Y = IntStream.range(0, X.length).mapToDouble(i -> X[i] * X[i] + 0.3 * NOISE[i]).toArray();
    /// x² plus 0.01 times the noise.
    static final double[] NEAR = IntStream.range(0, X.length).mapToDouble(i -> X[i] * X[i] + 0.01 * NOISE[i])
            .toArray();

    private RebuiltPairs() {
    }

    private static double[] fractions(double offset) {
        return IntStream.range(0, 300).mapToDouble(i -> 1000 * Math.sqrt(i + offset)).map(v -> v - Math.floor(v))
                .toArray();
    }

    /// A variable of these coordinates.
    static Continuous variable(String name, double[]... columns) {
        double[] rows = IntStream.range(0, columns[0].length).boxed()
                .flatMapToDouble(i -> Arrays.stream(columns).mapToDouble(column -> column[i])).toArray();
        return Continuous.of(name, Tensor.of(rows, columns[0].length, columns.length));
    }
}
