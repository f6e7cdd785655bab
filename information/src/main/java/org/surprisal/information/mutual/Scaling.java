package org.surprisal.information.mutual;

/// What is done to each coordinate by itself before distances are taken over several. Mutual information is the same
/// before and after; estimates from distances are not.
public enum Scaling {
    /// Its mean is subtracted and it is divided by its standard deviation: units and origins change nothing. A few
    /// values that lie so far from the others that they alone decide the standard deviation are left out of both (an
    /// estimator warns of them).
    STANDARDISE,
    /// Replaced by its rank over n, ties sharing their mean rank: monotone maps of a coordinate change nothing.
    /// Distances between ranks tie, so neighbours among them need jitter.
    RANK,
    /// Left as it is.
    NONE;
}
