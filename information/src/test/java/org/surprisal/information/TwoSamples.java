package org.surprisal.information;

import org.surprisal.tensor.Tensor;

/// Two samples of five coordinates that any language rebuilds; NumPy 1.24, SciPy 1.10 and scikit-learn 1.2 recorded
/// numbers of them.
///
///     x_ij = sin(1.7 i + 0.9 j²) + 0.3 j cos(i (j + 1)),  i < 12
///     y_ij = 1.5 sin(0.6 i + 1.1 j) + 0.5 cos(2.3 i j + j),  i < 9
public final class TwoSamples {

    private static final int D = 5;

    private TwoSamples() {
    }

    public static Tensor x() {
        return x(12);
    }

    /// The first of x.
    public static Tensor x(int count) {
        double[] values = new double[count * D];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < D; j++) {
                values[i * D + j] = Math.sin(1.7 * i + 0.9 * j * j) + 0.3 * j * Math.cos(i * (j + 1.0));
            }
        }
        return Tensor.of(values, count, D);
    }

    public static Tensor y() {
        double[] values = new double[9 * D];
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < D; j++) {
                values[i * D + j] = 1.5 * Math.sin(0.6 * i + 1.1 * j) + 0.5 * Math.cos(2.3 * i * j + j);
            }
        }
        return Tensor.of(values, 9, D);
    }
}
