package org.surprisal.information.mutual;

/// Something that estimates, or bounds, the mutual information of two variables from paired samples.
///
/// An estimator is a value: asked twice the same it answers the same to the bit, for its settings hold the stream of every
/// random number it draws.
public interface MutualInformationEstimator {

    /// What it is, what it assumes, what it costs, where it misleads.
    EstimatorDescription description();

    /// I(X;Y) in nats.
    ///
    /// @param x n samples
    /// @param y n samples, sample i belonging to sample i of `x`
    /// @throws IllegalArgumentException if the numbers of samples differ, there are too few, or the estimator does not
    /// take variables of these kinds
    MutualInformation estimate(Variable x, Variable y);
}
