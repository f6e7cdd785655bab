package org.surprisal.information.mutual;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.surprisal.information.column.Spread;

/// How the variance of the Gaussian noise is chosen that makes a deterministic representation carry finite information.
/// The information depends on it, and on the scale of the representation with it.
public sealed interface NoiseVariance {

    /// The variance for these samples.
    ///
    /// @throws IllegalArgumentException if the rule gives none
    double of(Continuous samples);

    /// What the rule was set to, by name; nothing where the variance says it all.
    Map<String, Object> settings();

    /// What a reader must know of the variance for these samples, one sentence; empty if there is nothing to say.
    default Optional<String> warning(Continuous samples) {
        return Optional.empty();
    }

    private static boolean isVariance(double variance) {
        // Beyond, the variance or the squares that are compared with it may be no normal numbers.
        return 1e-300 <= variance && variance <= 1e300;
    }

    /// A given variance.
    ///
    /// @param variance σ², from 1e-300 to 1e300
    record Fixed(double variance) implements NoiseVariance {
        /// @throws IllegalArgumentException if `variance` is outside
        public Fixed {
            if (!isVariance(variance)) {
                throw new IllegalArgumentException(variance > 0 && Double.isFinite(variance)
                        ? "noise variance = %s, a value from 1e-300 to 1e300 needed".formatted(variance)
                        : "noise variance = %s, a finite value > 0 needed".formatted(variance));
            }
        }

        @Override
        public double of(Continuous samples) {
            return variance;
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of();
        }
    }

    /// Landsverk's heuristic (section 5.2: the 90th percentile, divided by 1000): a quantile of the pairwise distances,
    /// divided. The thesis calls it σ² in one place and σ in another; here it is the variance, so it grows with the
    /// scale of the samples where their information at a fixed ratio of noise would want the scale squared. The
    /// quantile is interpolated linearly between order statistics of all n (n-1)/2 pairs, found in a few walks over the
    /// pairs with O(n d) memory.
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
            if (!isVariance(variance)) {
                throw new IllegalArgumentException("the %s-quantile of the distances of %s is %s, which gives no noise"
                        .formatted(quantile, samples.name(), distance) + " variance: give the variance itself");
            }
            return variance;
        }

        @Override
        public Map<String, Object> settings() {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("noiseQuantile", quantile);
            settings.put("noiseDivisor", divisor);
            return settings;
        }
    }

    /// A share of the representation's total variance, the sum of the variances of its coordinates.
    ///
    /// The reason: what passes through Gaussian noise of variance v a coordinate is at most ½ Σ ln(1 + λ / v) over the
    /// eigenvalues λ of the covariance, hence at most Σ λ / (2 v), which for v = share · Σ λ is 1 / (2 share) nats,
    /// however many coordinates there are. So the share says how much can be told apart at most: at 0.05 it is 10 nats,
    /// about ln n of the 4,000 to 60,000 samples that are usual, and a wide layer does not reach the ceiling ln n
    /// merely because it is wide; ten classes that stand well apart are resolved (their lower bound is 1.5 % below ln
    /// 10).
    ///
    /// A few values that lie so far from the others that they alone decide the variance of their coordinate are left
    /// out of it: with them the noise would hide all other samples.
    ///
    /// The rule follows rotations and changes of scale, so that these change no information, and takes no notice of
    /// dead units, which a mean variance a coordinate would. It tends to a limit for many samples, because it describes
    /// the representation; a rule from nearest neighbours would tend to no noise, and all values to ln n. Making the
    /// bracket narrow is no rule: it closes at both ends, where there is no noise and where there is nothing but noise.
    /// Against the noise being the same for all layers speaks that a layer's scale then counts as information.
    ///
    /// @param share above 0, finite
    record VarianceShare(double share) implements NoiseVariance {

        /// The share for which at most 10 nats pass.
        public static final VarianceShare STANDARD = new VarianceShare(0.05);

        /// @throws IllegalArgumentException if `share` is not a finite value above 0
        public VarianceShare {
            if (!(share > 0 && Double.isFinite(share))) {
                throw new IllegalArgumentException("noise share = %s, a finite value > 0 needed".formatted(share));
            }
        }

        @Override
        public double of(Continuous samples) {
            double total = 0;
            double[][] columns = samples.columns();
            List<Optional<Spread>> spreads = samples.nearSpreads();
            for (int j = 0; j < columns.length; j++) {
                Optional<Spread> near = spreads.get(j);
                total = near.isPresent()
                        ? total + near.get().deviation() * near.get().deviation()
                        : plusVariance(total, columns[j]);
            }
            if (!isVariance(share * total)) {
                throw new IllegalArgumentException("the total variance of %s is %s, which gives no noise variance: give"
                        .formatted(samples.name(), total) + " the variance itself");
            }
            return share * total;
        }

        private static double plusVariance(double total, double[] column) {
            double mean = 0;
            for (double x : column) {
                mean += x / column.length;
            }
            double sum = total;
            double residual = 0;
            for (double x : column) {
                sum += (x - mean) * (x - mean) / column.length;
                residual += (x - mean) / column.length;
            }
            // Far from 0 the mean is rounded to the last digits of the numbers: this subtracts the square of its error.
            return sum - residual * residual;
        }

        @Override
        public Optional<String> warning(Continuous samples) {
            List<Optional<Spread>> spreads = samples.nearSpreads();
            SortedMap<Integer, Spread> far = new TreeMap<>();
            for (int j = 0; j < spreads.size(); j++) {
                int coordinate = j;
                spreads.get(j).ifPresent(near -> far.put(coordinate, near));
            }
            return far.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Spread.sentence(samples.name(), samples.count(), far)
                            + ": the total variance, of which the noise is a share, leaves them out");
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of("noiseShare", share);
        }
    }
}
