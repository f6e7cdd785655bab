package org.surprisal.information.entropy;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.hipparchus.special.Gamma;
import org.surprisal.information.LedoitWolf;
import org.surprisal.information.Moments;
import org.surprisal.information.MultivariateGaussian;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.SymmetricEigen;
import org.surprisal.tensor.Tensor;

/// The relative entropy D(p||q) of normal models of two samples, n of p and m of q in d coordinates, in nats:
///
///     ½ [tr(Σ_q⁻¹ Σ_p) + (μ_p - μ_q)ᵀ Σ_q⁻¹ (μ_p - μ_q) - d + ln det Σ_q - ln det Σ_p]
///
/// with means and covariances from the samples. What it estimates is the divergence of the *normal distributions of the
/// same moments*, which for densities that are not normal may be above or below theirs. Coordinates are compared with
/// coordinates of the same number: for two layers of a network, whose neurons may be renumbered without a change of the
/// function, only [Model#ALIGNED] has a meaning.
///
/// The value is at least 0 and biased upwards, for two samples of one normal distribution by about d (1/n + 1/m) in the
/// diagonal model and d (d+3)/4 (1/n + 1/m) in the full one. Its mean over samples of normal distributions is known
/// exactly for the first two models (from the means of Wishart matrices, their inverses and log-determinants), so
///
///     ½ [(m-k-2)/m (tr + square) - d/m - d + ln det Σ_q - ln det Σ_p
///         - (d/k) Σ_{i≤k} (ψ((m-i)/2) - ψ((n-i)/2) + ln(n/m))],
///
/// with k = 1 for the diagonal model and d for the full one, has the divergence itself as its mean, for normal samples;
/// it can be negative.
///
/// @param model of the covariances
public record GaussianDivergence(Model model) {

    /// What is said of a covariance.
    public enum Model {
        /// Each coordinate a normal distribution of its own, divergences summed: d times two moments.
        DIAGONAL(true),
        /// The population covariance, which needs more samples than coordinates. Invariant under a common affine map.
        FULL(true),
        /// Each covariance shrunk by itself ([LedoitWolf]): for any number of samples from 2. Its bias is not known in
        /// closed form; the divergence of two samples of one distribution shows its size.
        SHRUNK(true),
        /// The least divergence over all rotations of the coordinates of one sample, both centred: with λ and ν the
        /// eigenvalues of the shrunk covariances, each descending, ½ Σ (λ_i/ν_i - 1 - ln(λ_i/ν_i)) (by von Neumann's
        /// trace inequality). It knows nothing of which coordinate is which, nor of means.
        ALIGNED(false);

        private final boolean byCoordinate;

        Model(boolean byCoordinate) {
            this.byCoordinate = byCoordinate;
        }
    }

    /// The estimate.
    ///
    /// @param value in nats, at least 0
    /// @param unbiased the same without its bias for normal samples, in nats; absent where that is not known: for the
    /// last two models, and with fewer than k + 3 samples of q
    /// @param dimension d, coordinates compared
    /// @param excluded coordinates that are left out because all samples of p or all of q have one value there
    public record Estimate(double value, OptionalDouble unbiased, int dimension, int excluded) {}

    /// D(p||q) in nats.
    ///
    /// @param p n samples of d coordinates, n at least 2
    /// @param q m samples of d coordinates, m at least 2
    /// @throws IllegalArgumentException if there are fewer, the dimensions differ, no coordinate varies in both, or for
    /// the full model there are not more samples than coordinates or a combination of coordinates has no variance
    public Estimate estimate(Continuous p, Continuous q) {
        // A divergence does not change by a common scale; products of four extreme numbers would leave the range.
        int exponent = Rescaled.commonExponent(p, q);
        return exponent == 0
                ? unscaled(p, q)
                : unscaled(Rescaled.to(p, exponent).samples(), Rescaled.to(q, exponent).samples());
    }

    private Estimate unscaled(Continuous p, Continuous q) {
        if (p.dimension() != q.dimension()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has %d coordinate(s), %s has %d: equal numbers needed",
                            p.name(), p.dimension(), q.name(), q.dimension()));
        }
        requireSamples(p);
        requireSamples(q);
        int[] kept = model.byCoordinate ? varying(p, q) : IntStream.range(0, p.dimension()).toArray();
        int excluded = p.dimension() - kept.length;
        if (kept.length == 0) {
            throw new IllegalArgumentException("no coordinate varies in both %s and %s: a normal model needs a variance"
                    .formatted(p.name(), q.name()));
        }
        Tensor ofP = excluded == 0 ? p.values() : p.values().take(1, kept);
        Tensor ofQ = excluded == 0 ? q.values() : q.values().take(1, kept);
        Estimate estimate = switch (model) {
            case DIAGONAL -> diagonal(ofP, ofQ, excluded);
            case FULL -> full(ofP, ofQ, excluded, p, q);
            case SHRUNK -> new Estimate(
                    LedoitWolf.fit(ofP).normal().relativeEntropyTo(LedoitWolf.fit(ofQ).normal()),
                    OptionalDouble.empty(), kept.length, excluded);
            case ALIGNED -> new Estimate(aligned(spectrum(p.name(), ofP), spectrum(q.name(), ofQ)),
                    OptionalDouble.empty(), kept.length, 0);
        };
        if (!Double.isFinite(estimate.value())) {
            throw new IllegalArgumentException(
                    ("the divergence of %s from %s comes out as %s: a variance is beyond the range of a"
                            + " double, other units are needed").formatted(p.name(), q.name(), estimate.value()));
        }
        return estimate;
    }

    private static void requireSamples(Continuous x) {
        if (x.count() < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has %d sample(s), a variance needs at least 2", x.name(),
                            x.count()));
        }
    }

    private static int[] varying(Continuous p, Continuous q) {
        return IntStream.range(0, p.dimension()).filter(j -> varies(p.values(), j) && varies(q.values(), j)).toArray();
    }

    private static boolean varies(Tensor values, int coordinate) {
        double first = values.at(0, coordinate);
        return IntStream.range(1, values.length(0)).anyMatch(i -> values.at(i, coordinate) != first);
    }

    private static Estimate diagonal(Tensor p, Tensor q, int excluded) {
        int d = p.length(1);
        double quadratic = 0;
        double logRatio = 0;
        for (int j = 0; j < d; j++) {
            Moments ofP = Moments.of(p.slice(1, j, j + 1).toDoubles());
            Moments ofQ = Moments.of(q.slice(1, j, j + 1).toDoubles());
            double shift = ofP.mean() - ofQ.mean();
            quadratic += (ofP.variance() + shift * shift) / ofQ.variance();
            logRatio += Math.log(ofQ.variance() / ofP.variance());
        }
        return estimate(d, 1, p.length(0), q.length(0), quadratic, logRatio, excluded);
    }

    private static Estimate full(Tensor p, Tensor q, int excluded, Continuous namedP, Continuous namedQ) {
        int d = p.length(1);
        if (p.length(0) <= d || q.length(0) <= d) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "%d coordinates need more than %d samples of %s (%d) and of %s (%d): take the shrunk model",

                            d, d, namedP.name(), p.length(0), namedQ.name(), q.length(0)));
        }
        MultivariateGaussian ofP = fit(p, namedP);
        MultivariateGaussian ofQ = fit(q, namedQ);
        double logRatio = ofQ.logDeterminant() - ofP.logDeterminant();
        double quadratic = 2 * ofP.relativeEntropyTo(ofQ) + d - logRatio;
        return estimate(d, d, p.length(0), q.length(0), quadratic, logRatio, excluded);
    }

    private static MultivariateGaussian fit(Tensor samples, Continuous named) {
        try {
            return MultivariateGaussian.fit(samples);
        } catch (IllegalArgumentException singular) {
            throw new IllegalArgumentException(
                    "%s has no normal model with a full covariance: %s (take the shrunk model)"
                            .formatted(named.name(), singular.getMessage()),
                    singular);
        }
    }

    /// @param block k, coordinates of one covariance
    private static Estimate estimate(int d, int block, int n, int m, double quadratic, double logRatio, int excluded) {
        double value = Math.max(0, 0.5 * (quadratic - d + logRatio));
        if (m < block + 3) {
            return new Estimate(value, OptionalDouble.empty(), d, excluded);
        }
        double logBias = 0;
        for (int i = 1; i <= block; i++) {
            logBias += Gamma.digamma(0.5 * (m - i)) - Gamma.digamma(0.5 * (n - i)) + Math.log((double) n / m);
        }
        double unbiased = 0.5 * ((m - block - 2.0) / m * quadratic - (double) d / m - d + logRatio
                - (double) d / block * logBias);
        return new Estimate(value, OptionalDouble.of(unbiased), d, excluded);
    }

    private static double[] spectrum(String name, Tensor samples) {
        double[] ascending = SymmetricEigen.values("the covariance of " + name,
                LedoitWolf.fit(samples).normal().covariance());
        int d = ascending.length;
        // A shrunk covariance has none at or below 0 except for rounding.
        double smallest = d * Math.ulp(ascending[d - 1]);
        return IntStream.range(0, d).mapToDouble(k -> Math.max(ascending[d - 1 - k], smallest)).toArray();
    }

    private static double aligned(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double ratio = p[i] / q[i];
            sum += ratio - 1 - Math.log(ratio);
        }
        return Math.max(0, 0.5 * sum);
    }
}
