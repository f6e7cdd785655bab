package org.surprisal.information.mutual;

/// What a person should know before believing an estimator. Each text is a phrase or a sentence.
///
/// @param name the estimator's name on the command line
/// @param title its full name and source
/// @param kind what its number is
/// @param assumes what must hold for the number to mean what it says
/// @param cost time and memory for n samples of d coordinates
/// @param avoid when not to use it
public record EstimatorDescription(String name, String title, Kind kind, String assumes, String cost, String avoid) {

    /// What an estimator's number is.
    public enum Kind {
        /// A lower and an upper bound of the information of a stated model.
        BRACKET,
        /// An estimate of a lower bound.
        LOWER_BOUND,
        /// An estimate, biased and scattered.
        ESTIMATE,
        /// A quantity of its own that stands in for the mutual information.
        SURROGATE
    }
}
