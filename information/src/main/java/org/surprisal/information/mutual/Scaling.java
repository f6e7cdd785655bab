package org.surprisal.information.mutual;

import java.util.Locale;

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
    /// Replaced by its normal score Φ⁻¹((r + 1) / (n + 1)), r being the number of smaller values, ties sharing their
    /// mean rank (van der Waerden 1952): monotone maps of a coordinate change nothing, and each coordinate is
    /// distributed as a standard normal number.
    NORMAL_SCORES,
    /// Left as it is.
    NONE;

    /// The name of the scaling on the command line and in answers.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether only the order of values counts.
    boolean isOfOrder() {
        return this == RANK || this == NORMAL_SCORES;
    }
}
