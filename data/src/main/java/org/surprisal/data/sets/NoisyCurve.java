package org.surprisal.data.sets;

import java.util.function.DoubleUnaryOperator;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A function of one number seen through noise: `y = f(x) + σ N(0, 1)`, x uniform in [-1, 1). For fits that are too
/// poor, right, or too rich, and for the bias and variance of an estimate over many training sets.
public final class NoisyCurve {
    private NoisyCurve() {
    }

    /// The function of the data set `polynomial`: `f(x) = 1/2 - x - 2 x² + 3 x³`.
    public static double polynomial(double x) {
        return 0.5 + x * (-1 + x * (-2 + x * 3));
    }

    /// Samples of a function: inputs and targets of shape (samples, 1), float64. Sample i depends on the stream and i
    /// alone, so that a larger set begins with the smaller one.
    ///
    /// @param noise σ, 0 or above
    /// @throws DataException when there is no sample, the noise is none, or the function is not finite somewhere
    public static Dataset draw(String name, DoubleUnaryOperator function, int samples, double noise,
            RandomStream stream) {
        if (samples < 1) {
            throw new DataException(name + ": " + samples + " samples cannot be drawn; there must be at least 1");
        }
        PlanePoints.requireNoise(name, noise);
        double[] x = new double[samples];
        double[] y = new double[samples];
        for (int i = 0; i < samples; i++) {
            RandomStream own = stream.child(i);
            x[i] = own.nextDouble(-1, 1);
            y[i] = function.applyAsDouble(x[i]) + noise * own.nextGaussian();
        }
        return InMemory.regression(name, Tensor.of(x, samples, 1), Tensor.of(y, samples, 1));
    }
}
