package org.surprisal.information;

/// What one independent component adds to the Rényi divergence of two Gaussians.
final class RenyiTerm {

    private RenyiTerm() {
    }

    /// ½ [α y²/s + (ln s)/(1-α) - ln λ] with s = α + (1-α) λ, written so that orders near 1 and λ near 1 do not cancel.
    /// Positive infinity for s <= 0, and where y² exceeds a double.
    ///
    /// @param order α, at least 0, may be infinite
    /// @param excess λ - 1, with λ = σ_p²/σ_q² the ratio of the variances
    /// @param logRatio ln λ
    /// @param squaredShift y², the squared difference of the means in units of σ_q²
    static double of(double order, double excess, double logRatio, double squaredShift) {
        if (order == 0) {
            return 0;
        }
        if (squaredShift == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        double log = Math.abs(excess) < 0.5 ? Math.log1p(excess) : logRatio;
        if (order == Double.POSITIVE_INFINITY) {
            return ofInfiniteOrder(excess, log, squaredShift);
        }
        double rest = 1 - order;
        double x = rest * excess;
        if (x <= -1) {
            return Double.POSITIVE_INFINITY;
        }
        double logSum = x == Double.POSITIVE_INFINITY ? Math.log(rest) + log : Math.log1p(x);
        double mean = rest == 0 ? excess : logSum / rest;
        return Math.max(0, 0.5 * (squaredShift / ((1 + x) / order) + mean - log));
    }

    /// ln of the largest p/q: ½ [y²/(1-λ) - ln λ].
    private static double ofInfiniteOrder(double excess, double log, double squaredShift) {
        if (excess > 0 || (excess == 0 && squaredShift > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        return 0.5 * ((squaredShift > 0 ? squaredShift / -excess : 0) - log);
    }

    /// @throws IllegalArgumentException if `order` is negative or NaN
    static void requireOrder(double order) {
        if (!(order >= 0)) {
            throw new IllegalArgumentException("order = %s, a value >= 0 needed".formatted(order));
        }
    }
}
