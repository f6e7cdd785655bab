package org.surprisal.information.entropy;

import org.surprisal.information.mutual.Continuous;

/// Something that estimates the differential entropy of a continuous variable from samples. It is a value: asked twice
/// the same it answers the same to the bit.
public sealed interface DifferentialEntropyEstimator
        permits
        GaussianEntropy,
        KernelEntropy,
        NearestNeighbourEntropy {

    /// h(X) in nats.
    ///
    /// @param x n samples of d coordinates
    /// @throws IllegalArgumentException if there are too few samples, or the variable has no density that the estimator
    /// can see: a constant coordinate, coordinates that depend on each other linearly, samples that coincide
    DifferentialEntropy estimate(Continuous x);
}
