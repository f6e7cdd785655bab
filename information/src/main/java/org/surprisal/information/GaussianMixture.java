package org.surprisal.information;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A mixture of normal distributions, Σ w_k N(μ_k, σ_k²): the thesis's 'superposition of Gaussians'.
///
/// @param components at least one, their weights summing to 1 (to 1e-9); kept in order of their means
public record GaussianMixture(List<Component> components) {

    private static final double TOLERANCE = 1e-9;

    /// One normal distribution of a mixture.
    ///
    /// @param weight its share, from 0 to 1
    /// @param distribution its mean and variance
    public record Component(double weight, Gaussian distribution) {

        /// @throws IllegalArgumentException if `weight` is not from 0 to 1
        public Component {
            if (!(weight >= 0 && weight <= 1)) {
                throw new IllegalArgumentException("weight = %s, a value from 0 to 1 needed".formatted(weight));
            }
        }
    }

    /// @throws IllegalArgumentException if there are no components, or their weights do not sum to 1
    public GaussianMixture {
        components = components.stream().sorted(Comparator.comparingDouble(c -> c.distribution().mean())).toList();
        double sum = components.stream().mapToDouble(Component::weight).sum();
        if (!(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "the weights of %d component(s) sum to %s, 1 needed", components.size(),
                            sum));
        }
    }

    /// Density at `x`, in units of 1/x.
    public double density(double x) {
        double sum = 0;
        for (Component component : components) {
            sum += component.weight() * component.distribution().density(x);
        }
        return sum;
    }

    /// ln of the density at `x`, which does not underflow far from all components.
    public double logDensity(double x) {
        double[] logs = components.stream().mapToDouble(c -> Math.log(c.weight()) + c.distribution().logDensity(x))
                .toArray();
        double largest = Arrays.stream(logs).max().orElseThrow();
        return largest + Math.log(Arrays.stream(logs).map(log -> Math.exp(log - largest)).sum());
    }
}
