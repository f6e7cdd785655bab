package org.surprisal.information.entropy;

import java.util.Locale;
import org.hipparchus.special.Gamma;

/// Entropies of statistical mechanics. They carry the unit of the constant k that they are given: nats for k = 1, joule
/// per kelvin for [#BOLTZMANN_CONSTANT].
public final class ThermodynamicEntropy {

    /// k_B in joule per kelvin, exact since the SI of 2019.
    public static final double BOLTZMANN_CONSTANT = 1.380649e-23;

    private ThermodynamicEntropy() {
    }

    /// Boltzmann entropy k ln W of W equally likely microstates (Schmidt 2.76, where W is called Γ).
    ///
    /// @param microstates W, at least 1
    /// @param constant k, above 0
    /// @throws IllegalArgumentException if `microstates` is below 1 or not finite, or `constant` not a finite value
    /// above 0
    public static double boltzmann(double microstates, double constant) {
        if (!(microstates >= 1 && Double.isFinite(microstates))) {
            throw new IllegalArgumentException("microstates = %s, a finite number >= 1 needed".formatted(microstates));
        }
        return requirePositive(constant) * Math.log(microstates);
    }

    /// Boltzmann entropy k ln W of n distinguishable particles, n_i of them in state i: W = n! / Π n_i!, of which only
    /// the logarithm is computed. Divided by n it tends to the Shannon entropy of the shares n_i/n, times k.
    ///
    /// @param constant k, above 0
    /// @param occupations n_i >= 0
    /// @throws IllegalArgumentException if there are no states, an occupation is negative, or `constant` is not a
    /// finite value above 0
    public static double boltzmannOfOccupations(double constant, long... occupations) {
        if (occupations.length == 0) {
            throw new IllegalArgumentException("occupations has 0 value(s), at least 1 needed");
        }
        double particles = 0;
        double logOrders = 0;
        for (int i = 0; i < occupations.length; i++) {
            if (occupations[i] < 0) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "occupations[%d] = %d, a number >= 0 needed", i, occupations[i]));
            }
            particles += occupations[i];
            logOrders += Gamma.logGamma(occupations[i] + 1.0);
        }
        return requirePositive(constant) * Math.max(0, Gamma.logGamma(particles + 1) - logOrders);
    }

    /// Gibbs entropy -k Σ p ln p over microstates of these probabilities (Schmidt 2.77).
    ///
    /// @param constant k, above 0
    /// @throws IllegalArgumentException if `constant` is not a finite value above 0
    public static double gibbs(DiscreteDistribution microstates, double constant) {
        return requirePositive(constant) * microstates.entropy();
    }

    private static double requirePositive(double constant) {
        if (!(constant > 0 && Double.isFinite(constant))) {
            throw new IllegalArgumentException("constant = %s, a finite value > 0 needed".formatted(constant));
        }
        return constant;
    }
}
