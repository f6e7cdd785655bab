package org.surprisal.information.mutual;

/// How the variance of the Gaussian noise is chosen that makes a deterministic representation carry finite information.
/// The information depends on it, and on the scale of the representation with it.
public sealed interface NoiseVariance {

    /// The variance for these samples.
    ///
    /// @throws IllegalArgumentException if the rule gives none
    double of(Continuous samples);

    /// A given variance.
    ///
    /// @param variance σ², finite, above 0
    record Fixed(double variance) implements NoiseVariance {
        /// @throws IllegalArgumentException if `variance` is not a finite value above 0
        public Fixed {
            if (!(variance > 0 && Double.isFinite(variance))) {
                throw new IllegalArgumentException(
                        "noise variance = %s, a finite value > 0 needed".formatted(variance));
            }
        }

        @Override
        public double of(Continuous samples) {
            return variance;
        }
    }

    /// Landsverk's heuristic (section 5.2: the 90th percentile, divided by 1000): a quantile of the pairwise distances,
    /// divided. The thesis calls it σ² in one place and σ in another; here it is the variance, so it grows with the scale
    /// of the samples where their information at a fixed ratio of noise would want the scale squared. The quantile is
    /// interpolated linearly between order statistics of all n (n-1)/2 pairs, found in a few walks over the pairs with
    /// O(n d) memory.
    ///
    /// @param quantile above 0, at most 1
    /// @param divisor finite, above 0
    record DistanceQuantile(double quantile, double divisor) implements NoiseVariance {
        /// @throws IllegalArgumentException if `quantile` is outside (0, 1] or `divisor` is not a finite value above 0
        public DistanceQuantile {
            if (!(quantile > 0 && quantile <= 1)) {
                throw new IllegalArgumentException(
                        "noise quantile = %s, a value in (0, 1] needed (0.9 for the 90th percentile)"
                                .formatted(quantile));
            }
            if (!(divisor > 0 && Double.isFinite(divisor))) {
                throw new IllegalArgumentException("noise divisor = %s, a finite value > 0 needed".formatted(divisor));
            }
        }

        @Override
        public double of(Continuous samples) {
            if (samples.count() < 2) {
                throw new IllegalArgumentException(
                        "%s has one sample and no distances: at least 2 needed".formatted(samples.name()));
            }
            double distance = new DistanceOrder(samples).quantile(quantile);
            double variance = distance / divisor;
            if (!(variance > 0 && Double.isFinite(variance))) {
                throw new IllegalArgumentException("the %s-quantile of the distances of %s is %s, which gives no noise"
                        .formatted(quantile, samples.name(), distance) + " variance: give the variance itself");
            }
            return variance;
        }
    }
}
