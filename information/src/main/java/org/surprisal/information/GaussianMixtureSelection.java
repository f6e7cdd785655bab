package org.surprisal.information;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.surprisal.information.internal.Samples;
import org.surprisal.tensor.RandomStream;

/// How many normal distributions a sample looks like a mixture of: fits of 1, 2, … components to the same samples.
///
/// The number that the Bayesian information criterion prefers says how many Gaussians *describe the density*, which
/// need not be peaks: heavy tails alone ask for a second component of the same mean, and few samples hide components.
///
/// @param fits at least one, entry k-1 of k components
public record GaussianMixtureSelection(List<GaussianMixtureFit> fits) {

    /// @throws IllegalArgumentException if there are no fits
    public GaussianMixtureSelection {
        fits = List.copyOf(fits);
        if (fits.isEmpty()) {
            throw new IllegalArgumentException("fits has 0 entries, at least 1 needed");
        }
    }

    /// Fits mixtures of 1 to `maximumComponents` components.
    ///
    /// @param samples at least 3 finite values for each of the components, not all equal
    /// @param maximumComponents at least 1
    /// @param stream seed of the starts
    /// @throws IllegalArgumentException if there are fewer, one is not finite, all are equal, or `maximumComponents` is
    /// below 1
    public static GaussianMixtureSelection of(double[] samples, int maximumComponents, RandomStream stream) {
        if (maximumComponents < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "maximumComponents = %d, at least 1 needed", maximumComponents));
        }
        Samples.requireFinite("samples", samples, Math.max(2, 3 * maximumComponents));
        List<GaussianMixtureFit> fits = new ArrayList<>();
        for (int k = 1; k <= maximumComponents; k++) {
            fits.add(GaussianMixtureFit.of(samples, k, stream.child(k)));
        }
        return new GaussianMixtureSelection(fits);
    }

    /// The fit of the smallest criterion, of equal ones that with fewer components.
    public GaussianMixtureFit best() {
        return fits.stream().min(Comparator.comparingDouble(GaussianMixtureFit::bic)).orElseThrow();
    }

    /// How many components the best fit has.
    public int components() {
        return best().mixture().components().size();
    }
}
