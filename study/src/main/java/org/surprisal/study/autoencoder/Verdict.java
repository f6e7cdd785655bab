package org.surprisal.study.autoencoder;

import org.surprisal.information.statistics.PairedDifference;

/// What the numbers say of a statement: its 95 % interval lies on one side of 0, or 0 is in it.
enum Verdict {
    HELD("held"), DID_NOT_HOLD("did not hold"), UNDECIDED("undecided");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /// Whether a difference is above 0. A single one has no interval: undecided.
    static Verdict above(PairedDifference difference) {
        return difference.interval95()
                .map(interval -> interval.low() > 0 ? HELD : interval.high() < 0 ? DID_NOT_HOLD : UNDECIDED)
                .orElse(UNDECIDED);
    }

    /// Whether a difference is below 0.
    static Verdict below(PairedDifference difference) {
        return above(difference).opposite();
    }

    /// Whether both hold.
    Verdict and(Verdict other) {
        if (this == DID_NOT_HOLD || other == DID_NOT_HOLD) {
            return DID_NOT_HOLD;
        }
        return this == HELD && other == HELD ? HELD : UNDECIDED;
    }

    private Verdict opposite() {
        return switch (this) {
            case HELD -> DID_NOT_HOLD;
            case DID_NOT_HOLD -> HELD;
            case UNDECIDED -> UNDECIDED;
        };
    }
}
