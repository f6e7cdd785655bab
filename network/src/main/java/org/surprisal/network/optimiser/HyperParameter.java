package org.surprisal.network.optimiser;

/// The ranges of hyper-parameters.
final class HyperParameter {
    private HyperParameter() {
    }

    static double positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " (=" + value + ") must be positive and finite");
        }
        return value;
    }

    static double notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " (=" + value + ") must be finite and not negative");
        }
        return value;
    }

    /// The share of a moment that stays from step to step.
    static double share(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " (=" + value + ") must be in [0, 1)");
        }
        return value;
    }
}
