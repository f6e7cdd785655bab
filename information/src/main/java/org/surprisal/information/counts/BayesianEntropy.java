package org.surprisal.information.counts;

import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.special.Gamma;
import org.surprisal.information.internal.Polygamma;

/// The Bayesian estimate of a Shannon entropy by Nemenman, Shafee & Bialek (2002, NSB), in nats.
///
/// The K possible values have a Dirichlet prior of concentration β each, and β the prior that makes the expected
/// entropy ξ(β) = ψ(Kβ + 1) - ψ(β + 1) uniform from 0 to ln K. With the likelihood ρ(β) = Γ(Kβ)/Γ(n + Kβ) Π Γ(n_i +
/// β)/Γ(β),
///
///     H = ∫ ⟨H⟩_β ρ(β) ξ'(β) dβ / ∫ ρ(β) ξ'(β) dβ,
///     ⟨H⟩_β = ψ(n + Kβ + 1) - Σ_i (n_i + β)/(n + Kβ) ψ(n_i + β + 1)
///
/// over all K values; the variance comes from ⟨H²⟩_β (Wolpert & Wolf 1995) in the same way.
///
/// Integration: over t = ln β, in which the integrand is smooth and has one peak or a plateau that ends in exponential
/// tails. It is sampled at steps of 1/8 from t = -60 to 60, its largest logarithm is found, and the trapezoidal rule of
/// step 1/128 runs over the range in which it lies within 45 of it: below that it adds 1e-19. For such integrands the
/// rule's error falls exponentially with the step.
///
/// The number K of possible values must be stated; too large a K costs little where values repeat, and decides the
/// answer where none does.
///
/// @param alphabet K
/// @param mean H, the posterior mean
/// @param standardDeviation of the posterior
public record BayesianEntropy(long alphabet, double mean, double standardDeviation) {

    private static final double FARTHEST = 60;
    private static final double COARSE = 1.0 / 8;
    private static final double FINE = 1.0 / 128;
    private static final double NEGLIGIBLE = 45;

    /// The estimate of counts.
    ///
    /// @param alphabet K, the number of possible values, at least that of those that occurred
    /// @param counts n_i >= 0, not all 0; values that did not occur may be left out
    /// @throws IllegalArgumentException if the counts are none, or K is too small
    public static BayesianEntropy of(long alphabet, long... counts) {
        double n = CountEntropy.sum(counts);
        int occurring = CountEntropy.occurring(counts);
        if (alphabet < occurring) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "alphabet = %d values, and %d occurred: at least as many needed", alphabet, occurring));
        }
        if (alphabet == 1) {
            return new BayesianEntropy(1, 0, 0);
        }
        SortedMap<Long, Integer> multiplicities = new TreeMap<>();
        Arrays.stream(counts).filter(count -> count > 0).forEach(count -> multiplicities.merge(count, 1, Integer::sum));
        Posterior posterior = new Posterior(alphabet, n, alphabet - occurring,
                multiplicities.keySet().stream().mapToDouble(Long::doubleValue).toArray(),
                multiplicities.values().stream().mapToDouble(Integer::doubleValue).toArray());
        return posterior.integrated();
    }

    /// The posterior of β: `values[m]` was counted by `numbers[m]` different values, `unseen` others by none.
    private static final class Posterior {
        private final double alphabet;
        private final double n;
        private final double unseen;
        private final double[] values;
        private final double[] numbers;

        Posterior(double alphabet, double n, double unseen, double[] values, double[] numbers) {
            this.alphabet = alphabet;
            this.n = n;
            this.unseen = unseen;
            this.values = values;
            this.numbers = numbers;
        }

        BayesianEntropy integrated() {
            double largest = Double.NEGATIVE_INFINITY;
            for (double t = -FARTHEST; t <= FARTHEST; t += COARSE) {
                largest = Math.max(largest, logWeight(t));
            }
            double weights = 0;
            double sum = 0;
            double squares = 0;
            for (double t = -FARTHEST; t <= FARTHEST; t += COARSE) {
                // A whole coarse step is left out where both its ends are negligible.
                if (Math.max(logWeight(t), logWeight(t + COARSE)) < largest - NEGLIGIBLE) {
                    continue;
                }
                for (double fine = t; fine < t + COARSE; fine += FINE) {
                    double weight = Math.exp(logWeight(fine) - largest);
                    double beta = Math.exp(fine);
                    weights += weight;
                    sum += weight * entropy(beta);
                    squares += weight * squaredEntropy(beta);
                }
            }
            double mean = sum / weights;
            return new BayesianEntropy((long) alphabet, mean, Math.sqrt(Math.max(0, squares / weights - mean * mean)));
        }

        /// ln of ρ(β) ξ'(β) β, the integrand over t = ln β.
        double logWeight(double t) {
            double beta = Math.exp(t);
            double log = logPochhammerQuotient(beta) + t;
            return log + Math.log(slope(beta));
        }

        /// ln Γ(Kβ)/Γ(n + Kβ) + Σ ln Γ(n_i + β)/Γ(β).
        private double logPochhammerQuotient(double beta) {
            double log = -logRising(alphabet * beta, n);
            for (int m = 0; m < values.length; m++) {
                log += numbers[m] * logRising(beta, values[m]);
            }
            return log;
        }

        /// ln Γ(x + m)/Γ(x); without the cancellation of two large logarithms where x is large or small.
        private static double logRising(double x, double m) {
            if (m < 20) {
                double log = 0;
                for (int j = 0; j < m; j++) {
                    log += Math.log(x + j);
                }
                return log;
            }
            if (x < 1) {
                return Math.log(x) + Gamma.logGamma(x + m) - Gamma.logGamma(x + 1);
            }
            if (x < 1e6) {
                return Gamma.logGamma(x + m) - Gamma.logGamma(x);
            }
            // Stirling's series: (x - ½) ln(1 + m/x) + m ln(x + m) - m, and 1/(12 x) terms.
            return (x - 0.5) * Math.log1p(m / x) + m * Math.log(x + m) - m + 1 / (12 * (x + m)) - 1 / (12 * x);
        }

        /// ξ'(β) = K ψ₁(Kβ + 1) - ψ₁(β + 1), above 0; for large β both terms are nearly 1/β, and their difference is
        /// (1 - 1/K)/(2 β²) less (1 - 1/K²)/(6 β³).
        private double slope(double beta) {
            if (beta > 1e4) {
                return (1 - 1 / alphabet) / (2 * beta * beta)
                        - (1 - 1 / (alphabet * alphabet)) / (6 * beta * beta * beta);
            }
            return alphabet * Polygamma.trigamma(alphabet * beta + 1) - Polygamma.trigamma(beta + 1);
        }

        private double entropy(double beta) {
            double all = n + alphabet * beta;
            double sum = unseen > 0 ? unseen * beta / all * Polygamma.digamma(beta + 1) : 0;
            for (int m = 0; m < values.length; m++) {
                sum += numbers[m] * (values[m] + beta) / all * Polygamma.digamma(values[m] + beta + 1);
            }
            return Polygamma.digamma(all + 1) - sum;
        }

        /// ⟨H²⟩_β = [Σ_{i≠j} a_i a_j (Δ_i Δ_j - ψ₁(ν + 2)) + Σ_i a_i (a_i + 1) (Δ'_i² + ψ₁(a_i + 2) - ψ₁(ν + 2))] /
        /// (ν (ν + 1)) with a_i = n_i + β, ν = n + Kβ, Δ_i = ψ(a_i + 1) - ψ(ν + 2) and Δ'_i = ψ(a_i + 2) - ψ(ν + 2).
        private double squaredEntropy(double beta) {
            double all = n + alphabet * beta;
            double digammaAll = Polygamma.digamma(all + 2);
            double trigammaAll = Polygamma.trigamma(all + 2);
            double products = 0;
            double own = 0;
            double squares = 0;
            double single = 0;
            for (int m = -1; m < values.length; m++) {
                double a = (m < 0 ? 0 : values[m]) + beta;
                double number = m < 0 ? unseen : numbers[m];
                double first = Polygamma.digamma(a + 1) - digammaAll;
                double second = first + 1 / (a + 1);
                products += number * a * first;
                own += number * a * a * first * first;
                squares += number * a * a;
                single += number * a * (a + 1) * (second * second + Polygamma.trigamma(a + 2) - trigammaAll);
            }
            return (products * products - own - trigammaAll * (all * all - squares) + single) / (all * (all + 1));
        }
    }
}
