package org.surprisal.information.mutual;

import java.util.Locale;

/// Samples of one random variable: points of a continuous space, or symbols of a finite alphabet.
public sealed interface Variable
        permits
        Continuous,
        Discrete {

    /// What messages call the variable: an argument, a file, a layer.
    String name();

    /// Number of samples n.
    int count();

    /// The variable of these samples, in this order; a sample may be taken more than once.
    ///
    /// @throws IndexOutOfBoundsException for a sample outside 0 … n-1
    Variable take(int... samples);

    /// The number of pairs that two variables make, sample i of one with sample i of the other.
    ///
    /// @throws IllegalArgumentException if the numbers of samples differ, or there are fewer than `minimum`
    static int requirePairs(Variable x, Variable y, int minimum) {
        if (x.count() != y.count()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has %d sample(s), %s has %d: pairs needed", x.name(),
                            x.count(), y.name(), y.count()));
        }
        if (x.count() < minimum) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s and %s have %d sample(s), at least %d needed", x.name(), y.name(),
                            x.count(),
                            minimum));
        }
        return x.count();
    }
}
