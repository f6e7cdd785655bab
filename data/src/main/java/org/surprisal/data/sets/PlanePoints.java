package org.surprisal.data.sets;

import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Points of the plane drawn one by one, with normal noise.
final class PlanePoints {
    private PlanePoints() {
    }

    /// Where a sample lies without noise.
    record Point(double x, double y, int label) {}

    /// Draws the place of sample `i`.
    interface Curve {
        Point at(int i, RandomStream own);
    }

    static Dataset draw(String name, int samples, int classes, double noise, RandomStream stream, Curve curve) {
        if (samples < 1) {
            throw new DataException(name + ": " + samples + " samples cannot be drawn; there must be at least 1");
        }
        requireNoise(name, noise);
        double[] inputs = new double[Math.multiplyExact(2, samples)];
        double[] targets = new double[samples];
        for (int i = 0; i < samples; i++) {
            RandomStream own = stream.child(i);
            Point point = curve.at(i, own);
            inputs[2 * i] = point.x() + noise * own.nextGaussian();
            inputs[2 * i + 1] = point.y() + noise * own.nextGaussian();
            targets[i] = point.label();
        }
        return InMemory.classification(name, Tensor.of(inputs, samples, 2), Tensor.of(targets), classes);
    }

    static void requireNoise(String name, double noise) {
        if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new DataException(name + ": noise " + noise + " is no standard deviation, which is 0 or above");
        }
    }
}
