package org.surprisal.estimate;

import java.util.Optional;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;

/// An estimator that trains a critic, a function of pairs that tells true ones from broken ones, and measures what it
/// has learnt on pairs it has not seen.
public sealed interface CriticEstimator extends MutualInformationEstimator
        permits
        InfoNce,
        Mine,
        Smile {

    /// How the critic is trained.
    CriticTraining training();

    @Override
    default String effectOfCopies() {
        return "copies of one pair come to lie on both sides of what is trained on and what is held out";
    }

    @Override
    default Optional<String> objectionToParts() {
        return Optional.of("trains a critic, one of fewer pairs is another: take the standard error of the held-out"
                + " pairs");
    }

    @Override
    default String usualInterval() {
        return "the standard error of the held-out pairs";
    }

    /// I(X;Y) of a process: every batch is drawn anew, and so are the pairs that are scored in the end. A critic can
    /// learn nothing by heart then.
    ///
    /// @param scored pairs to score, at least 5
    /// @throws IllegalArgumentException if `scored` is below 5, or the source draws another number of pairs than it is
    /// asked for
    /// @throws org.surprisal.network.DivergenceException if training leaves the finite numbers, or the value what its
    /// samples can tell
    MutualInformation estimate(PairSource source, int scored);
}
