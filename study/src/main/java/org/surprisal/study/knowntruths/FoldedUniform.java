package org.surprisal.study.knowntruths;

import java.util.OptionalDouble;
import org.surprisal.tensor.RandomStream;

/// X uniform on [-1, 1), Y = |X| plus noise uniform on [0, a): uncorrelated and dependent. |X| is uniform on [0, 1),
/// the density of Y a trapezium, and I = h(Y) - ln a is a/2 - ln a for a <= 1, 1/(2 a) above. Without noise Y is a
/// function of X and the information infinite.
///
/// @param at width a of the noise, at least 0
record FoldedUniform(double at) implements KnownPair {
    @Override
    public OptionalDouble information() {
        if (at == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(at <= 1 ? at / 2 - Math.log(at) : 1 / (2 * at));
    }

    @Override
    public DrawnPairs draw(int n, RandomStream stream) {
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 2 * stream.nextDouble() - 1;
            y[i] = Math.abs(x[i]) + at * stream.nextDouble();
        }
        return DrawnPairs.ofPoints(x, y, 1);
    }
}
