package org.surprisal.theory.ising;

/// The state a simulation starts from.
public enum Start {
    /// All spins up. The right one for local flips below T_c: they do not get stuck in stripes.
    ORDERED,
    /// Each spin up or down with equal probability.
    RANDOM
}
