package org.surprisal.information.mutual;

import org.hipparchus.special.Erf;

/// A confidence interval of an information: with probability `level`, over samples, it covers what is estimated.
///
/// @param lower in nats, at least 0: informations are not negative
/// @param upper in nats, at least `lower`
/// @param level above 0, below 1
/// @param method how it was made
public record ConfidenceInterval(double lower, double upper, double level, IntervalMethod method) {

    /// @throws IllegalArgumentException if the ends are not numbers in order, the lower is negative, or `level` is out
    /// of range
    public ConfidenceInterval {
        if (!(0 <= lower && lower <= upper && Double.isFinite(upper))) {
            throw new IllegalArgumentException(
                    "interval from %s to %s, finite ends in order from 0 on needed".formatted(lower, upper));
        }
        requireLevel(level);
    }

    static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level = %s, a value between 0 and 1 needed".formatted(level));
        }
    }

    /// How many standard deviations on either side of its mean hold a share `level` of a normal distribution.
    static double normalQuantile(double level) {
        return Math.sqrt(2) * Erf.erfInv(level);
    }

    /// Whether `information`, in nats, lies within, ends included.
    public boolean covers(double information) {
        return lower <= information && information <= upper;
    }
}
