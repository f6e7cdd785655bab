package org.surprisal.theory.ising;

/// Markov chains whose states are distributed as the model says, once they have forgotten where they started.
///
/// Mutable, for one thread. The state that a sampler starts in and all its random numbers come from the stream it was
/// made with.
public sealed interface IsingSampler
        permits
        LatticeSampler,
        MultiSpinMetropolis {
    /// What is sampled.
    IsingModel model();

    /// The number of independent chains.
    int replicas();

    /// Lets the chains run before anything is measured, and lets the sampler find its step length if it has one.
    ///
    /// @param sweeps 0 or more
    void warmUp(int sweeps);

    /// One step of the length in which each spin is asked once on average.
    void sweep();

    /// The state's sums, which give its energy ([IsingModel#energy]).
    ///
    /// @param bondSums gets Σ s_i s_j over the bonds of each replica
    /// @param magnetisations gets Σ s_i of each replica
    void observe(int[] bondSums, int[] magnetisations);

    /// The spins of a replica, ±1, row by row, copied.
    byte[] spins(int replica);
}
