package org.surprisal.network.optimiser;

/// The number that keeps a division by the size of past gradients finite, and its place.
///
/// @param value positive
public record Epsilon(double value, Place place) {
    /// Where it is added. The places differ where a gradient is small against the root of the number.
    public enum Place {
        /// g / (sqrt(s) + epsilon): Duchi et al. 2011, Kingma and Ba 2015, PyTorch.
        OUTSIDE_ROOT,
        /// g / sqrt(s + epsilon).
        INSIDE_ROOT
    }

    public Epsilon {
        HyperParameter.positive("epsilon", value);
    }

    /// Added to the root.
    public static Epsilon outsideRoot(double value) {
        return new Epsilon(value, Place.OUTSIDE_ROOT);
    }

    /// Added under the root.
    public static Epsilon insideRoot(double value) {
        return new Epsilon(value, Place.INSIDE_ROOT);
    }

    double inside() {
        return place == Place.INSIDE_ROOT ? value : 0;
    }

    double outside() {
        return place == Place.OUTSIDE_ROOT ? value : 0;
    }
}
