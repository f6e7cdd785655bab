package org.surprisal.information.entropy;

import java.util.Arrays;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Samples for the estimators of this package.
final class Points {

    private Points() {
    }

    /// `count` points in the unit cube that any language rebuilds bit for bit: coordinate l of point i is the fraction
    /// of 1000 √(i + start_l), squared for l = 1 if `bent`.
    static Continuous fractions(int count, boolean bent, double... starts) {
        double[] values = new double[count * starts.length];
        for (int i = 0; i < count; i++) {
            for (int l = 0; l < starts.length; l++) {
                double x = 1000 * Math.sqrt(i + starts[l]);
                double fraction = x - Math.floor(x);
                values[i * starts.length + l] = bent && l == 1 ? fraction * fraction : fraction;
            }
        }
        return Continuous.of("x", Tensor.of(values, count, starts.length));
    }

    /// Independent N(0, σ²) coordinates.
    static Continuous normal(long seed, int count, int dimension, double deviation) {
        return Continuous.of("x",
                RandomStream.seeded(seed).gaussian(ElementType.FLOAT64, 0, deviation, count, dimension));
    }

    /// The samples times a factor.
    static Continuous scaled(Continuous x, double factor) {
        double[] values = Arrays.stream(x.values().toDoubles()).map(v -> v * factor).toArray();
        return Continuous.of(x.name(), Tensor.of(values, x.count(), x.dimension()));
    }
}
