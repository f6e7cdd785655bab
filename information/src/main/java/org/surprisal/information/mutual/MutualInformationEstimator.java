package org.surprisal.information.mutual;

import java.util.Optional;

/// Something that estimates, or bounds, the mutual information of two variables from paired samples.
///
/// An estimator is a value: asked twice the same it answers the same to the bit, for its settings hold the stream of
/// every random number it draws.
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

    /// The value of [#estimate] alone, in nats, for callers that ask for many, such as [PermutationNull]: an estimator
    /// whose errors and intervals cost much leaves them out.
    ///
    /// @throws IllegalArgumentException as [#estimate]
    default double value(Variable x, Variable y) {
        return estimate(x, y).value();
    }

    /// Returns what samples that are drawn more than once do to the estimate, in a clause: the reason against a
    /// bootstrap.
    default String effectOfCopies() {
        return "their empirical distribution has the bias of the estimate a second time";
    }

    /// Returns the reason why the scatter of estimates from parts of the samples is not that of this estimator, with
    /// what to take instead, in a clause; empty where it is.
    default Optional<String> objectionToParts() {
        return Optional.empty();
    }

    /// Returns the name of what tells the scatter of the estimate.
    default String usualInterval() {
        return IntervalMethod.SUBSAMPLING.label();
    }
}
