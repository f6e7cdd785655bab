package org.surprisal.estimate;

import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Pairs of standard normal vectors whose coordinates are correlated one by one.
///
/// @param x shape (n, d)
/// @param y shape (n, d)
record CorrelatedNormals(Continuous x, Continuous y) {

    static CorrelatedNormals of(int n, int dimension, double correlation, RandomStream stream) {
        double[] x = new double[n * dimension];
        double[] y = new double[n * dimension];
        for (int i = 0; i < x.length; i++) {
            x[i] = stream.nextGaussian();
            y[i] = correlation * x[i] + Math.sqrt(1 - correlation * correlation) * stream.nextGaussian();
        }
        return new CorrelatedNormals(Continuous.of("x", Tensor.of(x, n, dimension)),
                Continuous.of("y", Tensor.of(y, n, dimension)));
    }

    /// -d/2 ln (1 - ρ²).
    static double information(int dimension, double correlation) {
        return -0.5 * dimension * Math.log1p(-correlation * correlation);
    }
}
