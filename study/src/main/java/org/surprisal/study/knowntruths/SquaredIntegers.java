package org.surprisal.study.knowntruths;

import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// X uniform on the integers -m … m, Y = X²: the information is H(Y) = ln (2 m + 1) - 2 m / (2 m + 1) ln 2, because Y
/// is 0 once and every other square twice. Uncorrelated, although X says everything about Y.
///
/// @param at m, a whole number, at least 1
record SquaredIntegers(double at) implements KnownPair {
    @Override
    public OptionalDouble information() {
        double symbols = 2 * at + 1;
        return OptionalDouble.of(Math.log(symbols) - 2 * at / symbols * Math.log(2));
    }

    @Override
    public DrawnPairs draw(int n, RandomStream stream) {
        int m = (int) at;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = stream.nextInt(2 * m + 1) - m;
            y[i] = x[i] * x[i];
        }
        Tensor xs = Tensor.of(x, n, 1);
        Tensor ys = Tensor.of(y, n, 1);
        return new DrawnPairs(Discrete.labels("x", xs), Discrete.labels("x²", ys), Continuous.of("x", xs),
                Continuous.of("x²", ys), Optional.empty());
    }
}
