package org.surprisal.theory.meanfield;

/// What a deep random network does to two similar inputs.
public enum Phase {
    /// χ_1 < 1: they become one, and gradients vanish.
    ORDERED,
    /// χ_1 = 1 within its error: both keep their way over any depth.
    CRITICAL,
    /// χ_1 > 1: they become different, and gradients explode.
    CHAOTIC;

    static Phase of(Estimate chi1) {
        if (chi1.covers(1)) {
            return CRITICAL;
        }
        return chi1.value() < 1 ? ORDERED : CHAOTIC;
    }
}
