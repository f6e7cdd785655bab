package org.surprisal.study.bottleneck;

import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PairwiseDistance;

/// Which estimator a layer is measured with.
interface LayerEstimator {
    MutualInformationEstimator of(Continuous layer);

    /// Pairwise distances, with the noise of a rule.
    ///
    /// @param otherwise the variance where the rule gives none: a layer most of whose samples coincide, dead ReLUs say,
    /// has no distances to take a quantile of, and next to no information at any noise
    static LayerEstimator pairwiseDistance(NoiseVariance rule, double otherwise) {
        return layer -> {
            double variance;
            try {
                variance = rule.of(layer);
            } catch (IllegalArgumentException none) {
                variance = otherwise;
            }
            return PairwiseDistance.withNoise(variance);
        };
    }
}
