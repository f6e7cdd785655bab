package org.surprisal.study.autoencoder;

/// Which of the probed Ising states: the scale of an input sets the height of its curve and even its sign, and states
/// that are mostly down are nearly black.
enum Magnetisation {
    DOWN, MIXED, UP;

    private static final double QUARTER = 0.25;

    /// The word in files and legends.
    String label() {
        return switch (this) {
            case DOWN -> "mostly down";
            case MIXED -> "mixed";
            case UP -> "mostly up";
        };
    }

    /// Of a state with this share of up spins; those from a quarter to three quarters are mixed.
    static Magnetisation of(double share) {
        return share < QUARTER ? DOWN : share <= 1 - QUARTER ? MIXED : UP;
    }
}
