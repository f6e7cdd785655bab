package org.surprisal.data.sets;

import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.RandomStream;

/// The data set `moons`: two half circles of radius 1 that reach into each other. With an angle t uniform in [0, π),
/// class 0 lies on (cos t, sin t) and class 1 on (1 - cos t, 1/2 - sin t).
public final class Moons {
    private Moons() {
    }

    /// Points in turn of class 0 and 1, moved by independent normal numbers. Sample i depends on the stream and i
    /// alone, so that a larger set begins with the smaller one. Float64.
    ///
    /// @param noise standard deviation of each coordinate, 0 or above
    /// @throws DataException when there is no sample or the noise is none
    public static Dataset draw(int samples, double noise, RandomStream stream) {
        return PlanePoints.draw("moons", samples, 2, noise, stream, (i, own) -> {
            double t = own.nextDouble(0, Math.PI);
            return i % 2 == 0
                    ? new PlanePoints.Point(Math.cos(t), Math.sin(t), 0)
                    : new PlanePoints.Point(1 - Math.cos(t), 0.5 - Math.sin(t), 1);
        });
    }
}
