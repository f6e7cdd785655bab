package org.surprisal.information;

import org.surprisal.information.internal.Samples;
import org.surprisal.tensor.RandomStream;

/// How normal one sample is, the pre-activations of one layer over its neurons say: what a table or a report shows of
/// it.
///
/// The two tests ask the same question in different places: Anderson–Darling looks at the tails, Lilliefors at the
/// largest difference of the distribution functions. Both find any deviation, however small, once there are enough
/// samples; skewness and excess kurtosis (0 ± √(6/n) and 0 ± √(24/n) for normal samples) say how large it is.
///
/// @param moments mean, variance, skewness, excess kurtosis
/// @param andersonDarling the Anderson–Darling test of normality
/// @param lilliefors Lilliefors's test of normality
/// @param mixtures fits of 1, 2, … normal components, with the number that the Bayesian information criterion prefers
public record Gaussianity(Moments moments, AndersonDarling andersonDarling, Lilliefors lilliefors,
        GaussianMixtureSelection mixtures) {

    /// The most mixture components that are tried.
    public static final int MAXIMUM_COMPONENTS = 5;

    /// Judges samples; up to five mixture components are tried, fewer where there are less than three samples for each.
    ///
    /// @param samples at least 8 finite values, not all equal
    /// @param stream seed of the starts of the mixture fits
    /// @throws IllegalArgumentException if there are fewer, one is not finite, or all are equal
    public static Gaussianity of(double[] samples, RandomStream stream) {
        Samples.requireFinite("samples", samples, AndersonDarling.MINIMUM_COUNT);
        int components = Math.min(MAXIMUM_COMPONENTS, samples.length / 3);
        return new Gaussianity(Moments.of(samples), AndersonDarling.test(samples), Lilliefors.test(samples),
                GaussianMixtureSelection.of(samples, components, stream));
    }
}
