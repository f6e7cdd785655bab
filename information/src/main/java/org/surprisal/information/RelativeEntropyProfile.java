package org.surprisal.information;

import java.util.List;
import java.util.OptionalDouble;

/// The relative entropy of one network for one input, by depth ([RelativeEntropy]).
///
/// @param width neurons N of every layer
/// @param samples Monte Carlo samples behind each value
/// @param normalisation (N/2) ln(2πe σ_w²) in nats, what a value or standard error is divided by to be normalised;
/// absent if no σ_w² was given
/// @param layers the reference layer first, then every layer beyond it
public record RelativeEntropyProfile(int width, int samples, OptionalDouble normalisation, List<Layer> layers) {

    /// One layer.
    ///
    /// @param layer its number; layer 0 is the first forward pass, [RelativeEntropy#INPUT] the standardised input
    /// @param value D_m in nats, exactly 0 for the reference; it can be negative
    /// @param standardError Monte Carlo standard error of `value` in nats, exactly 0 for the reference
    /// @param normalised `value` / normalisation; absent if no σ_w² was given
    /// @param mean μ_m over the neurons, for the input itself
    /// @param variance σ_m², population variance over the neurons, for the input itself
    public record Layer(int layer, double value, double standardError, OptionalDouble normalised, double mean,
            double variance) {}

    /// A profile with a copy of `layers`.
    ///
    /// @throws IllegalArgumentException if `layers` is empty
    public RelativeEntropyProfile {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a profile needs at least its reference layer");
        }
        layers = List.copyOf(layers);
    }

    /// The mean-field reference (N/2) ln(σ_m²/σ_l²) in nats, from the measured variances: what the values of the
    /// correct form tend to in a wide random network. One number a layer, the reference (0) first.
    public double[] meanFieldCurve() {
        double reference = layers.getFirst().variance();
        return layers.stream().mapToDouble(layer -> 0.5 * width * Math.log(layer.variance() / reference)).toArray();
    }
}
