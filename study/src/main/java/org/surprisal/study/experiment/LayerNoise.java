package org.surprisal.study.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.NoiseVariance;

/// The variance of the Gaussian noise that a layer's information is measured with.
///
/// @param label what tells planes with different noises apart
/// @param rule  that gives the variance
/// @param once  whether the rule is applied to the network before training, and its variance kept
record LayerNoise(String label, NoiseVariance rule, boolean once) {
    private static final int MOST_DIGITS = 6;

    /// One variance for all layers.
    static LayerNoise fixed(double variance) {
        return new LayerNoise("noise " + text(variance), new NoiseVariance.Fixed(variance), false);
    }

    /// A variance of the layer's own, the same at all epochs.
    static LayerNoise ofLayer(double variance) {
        return new LayerNoise("noise of each layer", new NoiseVariance.Fixed(variance), false);
    }

    /// A quantile of the distances between the layer's samples, divided.
    static LayerNoise quantile(double quantile, double divisor, boolean once) {
        return new LayerNoise(once ? "noise by quantile once" : "noise by quantile anew",
                new NoiseVariance.DistanceQuantile(quantile, divisor), once);
    }

    /// Four digits as metrics.csv has them: `0.01`, `1e-9`.
    private static String text(double variance) {
        BigDecimal rounded = new BigDecimal(variance).round(new MathContext(4)).stripTrailingZeros();
        return Math.abs(rounded.scale()) <= MOST_DIGITS
                ? rounded.toPlainString()
                : rounded.toString().replace('E', 'e');
    }

    /// The rule to be used at all epochs; absent where the untrained layer has no distances to find a variance by.
    ///
    /// @param untrained the layer before training
    Optional<LayerNoise> settled(Continuous untrained) {
        if (!once) {
            return Optional.of(this);
        }
        OptionalDouble variance = variance(untrained);
        return variance.isEmpty()
                ? Optional.empty()
                : Optional.of(new LayerNoise(label, new NoiseVariance.Fixed(variance.getAsDouble()), false));
    }

    /// The variance for a layer; absent for one most of whose samples coincide, which has no distances to take a
    /// quantile of.
    OptionalDouble variance(Continuous layer) {
        try {
            return OptionalDouble.of(rule.of(layer));
        } catch (IllegalArgumentException none) {
            return OptionalDouble.empty();
        }
    }
}
