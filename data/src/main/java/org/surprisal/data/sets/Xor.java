package org.surprisal.data.sets;

import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The data set `xor`: points of the plane whose class is 1 where exactly one coordinate of the corner they belong to
/// is 1. No straight line parts the classes.
public final class Xor {
    private Xor() {
    }

    /// The four corners (0, 0), (0, 1), (1, 0), (1, 1) with classes 0, 1, 1, 0; float64.
    public static Dataset corners() {
        return InMemory.classification("xor", Tensor.of(new double[]{0, 0, 0, 1, 1, 0, 1, 1}, 4, 2),
                Tensor.of(new double[]{0, 1, 1, 0}), 2);
    }

    /// Noisy corners: sample i lies about corner i modulo 4, in the order of [#corners], moved by independent normal
    /// numbers. It depends on the stream and i alone, so that a larger set begins with the smaller one. Float64.
    ///
    /// @param noise standard deviation of each coordinate, 0 or above
    /// @throws DataException when there is no sample or the noise is none
    public static Dataset clouds(int samples, double noise, RandomStream stream) {
        return PlanePoints.draw("xor", samples, 2, noise, stream,
                (i, _) -> new PlanePoints.Point(i / 2 % 2, i % 2, (i / 2 + i) % 2));
    }
}
