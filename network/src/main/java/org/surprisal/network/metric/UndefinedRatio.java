package org.surprisal.network.metric;

/// What an average over classes does with a class whose ratio is 0/0: the precision of a class never predicted, the
/// recall of a class without samples.
public enum UndefinedRatio {
    /// The average is empty, too.
    MAKES_EMPTY,
    /// The class counts as 0.
    COUNTS_AS_ZERO,
    /// The average is over the other classes. It flatters a classifier that never predicts some class.
    IS_LEFT_OUT
}
