package org.surprisal.information.entropy;

import java.util.Arrays;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.Tensor;

/// Samples times a power of 2, so that squares of their differences stay within the range of a double: 2^e divided out
/// of d coordinates takes d e ln 2 off an entropy. Samples between 1e-70 and 1e70, whose fourth powers are within the
/// range, are left as they are.
///
/// @param samples the scaled samples
/// @param exponent e
record Rescaled(Continuous samples, int exponent) {

    private static final double SMALL = 1e-70;
    private static final double LARGE = 1e70;

    static Rescaled of(Continuous x) {
        double largest = largest(x);
        return to(x, largest > 0 && (largest < SMALL || largest > LARGE) ? Math.getExponent(largest) : 0);
    }

    /// Samples of both scaled alike.
    static int commonExponent(Continuous x, Continuous y) {
        double largest = Math.max(largest(x), largest(y));
        return largest > 0 && (largest < SMALL || largest > LARGE) ? Math.getExponent(largest) : 0;
    }

    static Rescaled to(Continuous x, int exponent) {
        if (exponent == 0) {
            return new Rescaled(x, 0);
        }
        double[] scaled = Arrays.stream(x.values().toDoubles()).map(value -> Math.scalb(value, -exponent)).toArray();
        return new Rescaled(Continuous.of(x.name(), Tensor.of(scaled, x.count(), x.dimension())), exponent);
    }

    private static double largest(Continuous x) {
        return Arrays.stream(x.values().toDoubles()).map(Math::abs).max().orElseThrow();
    }

    /// What is to be added to the entropy of the scaled samples.
    double entropy() {
        return exponent == 0 ? 0 : samples.dimension() * exponent * Math.log(2);
    }
}
