package org.surprisal.information.entropy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.hipparchus.special.Gamma;
import org.surprisal.information.MultivariateGaussian;
import org.surprisal.information.mutual.Continuous;

/// The entropy of the Gaussian with the covariance S of the samples (divided by n), ½ ln det(2πe S): the
/// maximum-likelihood estimate for a Gaussian variable. For any other it estimates an upper bound, since of all
/// densities with one covariance the Gaussian has the largest entropy.
///
/// For Gaussian samples n S is a Wishart matrix, so that both the bias ½ [d ln(2/n) + Σ_{i=1..d} ψ((n-i)/2)] and the
/// standard error ½ √(Σ_{i=1..d} ψ'((n-i)/2)) are exact (Muirhead, Aspects of Multivariate Statistical Theory, 1982,
/// section 3.2.3); samples with heavier tails scatter more. O(n d² + d³).
public record GaussianEntropy() implements DifferentialEntropyEstimator {

    /// h(X) in nats.
    ///
    /// @throws IllegalArgumentException if there are no more samples than coordinates, one is constant, or one is a
    /// linear combination of others up to the rounding of the numbers
    @Override
    public DifferentialEntropy estimate(Continuous given) {
        Rescaled rescaled = Rescaled.of(given);
        Continuous x = rescaled.samples();
        int n = x.count();
        int d = x.dimension();
        if (n <= d) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "%s has %d sample(s) of %d coordinate(s): a covariance needs more samples than coordinates",
                            x.name(), n, d));
        }
        MultivariateGaussian fit;
        try {
            fit = MultivariateGaussian.fit(x.values());
        } catch (IllegalArgumentException singular) {
            throw new IllegalArgumentException(
                    "%s has no Gaussian entropy: a coordinate is constant or a combination of others"
                            .formatted(x.name()),
                    singular);
        }
        double bias = d * Math.log(2.0 / n);
        double variance = 0;
        for (int i = 1; i <= d; i++) {
            bias += Gamma.digamma((n - i) / 2.0);
            variance += Gamma.trigamma((n - i) / 2.0);
        }
        return new DifferentialEntropy("gaussian", n, d, fit.entropy() + rescaled.entropy(),
                OptionalDouble.of(0.5 * bias),
                OptionalDouble.of(0.5 * Math.sqrt(variance)), Map.of(), List.of());
    }
}
