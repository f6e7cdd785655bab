package org.surprisal.information.conditional;

import java.util.Optional;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.Variable;

/// Something that estimates the conditional mutual information I(X;Y|Z) = H(X,Z) + H(Y,Z) - H(Z) - H(X,Y,Z) from
/// samples of three variables. Like a [MutualInformationEstimator] it is a value: asked twice the same it answers the
/// same to the bit.
public sealed interface ConditionalEstimator
        permits
        ConditionalKraskov,
        ConditionalGaussian,
        ConditionalPlugIn {

    /// What it is, what it assumes, what it costs, where it misleads.
    EstimatorDescription description();

    /// I(X;Y|Z) in nats. May lie below 0, as an estimate of a small information.
    ///
    /// @param x n samples
    /// @param y n samples, sample i belonging to sample i of `x`
    /// @param z n samples, likewise
    /// @throws IllegalArgumentException if the numbers of samples differ, there are too few, or the estimator does not
    /// take variables of these kinds
    MutualInformation estimate(Variable x, Variable y, Variable z);

    /// The estimator of I(X;Y) that belongs to this one: what it is where Z is constant.
    MutualInformationEstimator unconditional();

    /// Returns the reason why the scatter of estimates from parts of the samples is not that of this estimator, in a
    /// clause; empty where it is.
    default Optional<String> objectionToParts() {
        return unconditional().objectionToParts();
    }
}
