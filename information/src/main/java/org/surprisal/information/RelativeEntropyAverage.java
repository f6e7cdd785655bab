package org.surprisal.information;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Relative entropy by depth, averaged over profiles: the inputs of one network, or the networks of several seeds.
///
/// @param count number of profiles
/// @param normalisation what a value is divided by to be normalised, in nats; absent if the profiles have none
/// @param layers one entry a layer, the reference first
public record RelativeEntropyAverage(int count, OptionalDouble normalisation, List<Layer> layers) {

    /// One layer.
    ///
    /// @param layer its number
    /// @param mean mean over the profiles, in nats
    /// @param spread sample standard deviation over the profiles, in nats; absent for a single profile. The mean's
    /// uncertainty as an estimate for *other* inputs or networks is spread/√count
    /// @param standardError Monte Carlo standard error of `mean` for *these* profiles, √(Σ standardError²)/count, in
    /// nats; the profiles must come from independent samples
    /// @param normalised `mean` / normalisation; absent if the profiles have none
    public record Layer(int layer, double mean, OptionalDouble spread, double standardError,
            OptionalDouble normalised) {}

    /// An average with a copy of `layers`.
    public RelativeEntropyAverage {
        layers = List.copyOf(layers);
    }

    /// The average of profiles.
    ///
    /// @param profiles at least one; all of the same layers, width and normalisation
    /// @throws IllegalArgumentException if there are none or they differ in what they measure
    public static RelativeEntropyAverage over(List<RelativeEntropyProfile> profiles) {
        if (profiles.isEmpty()) {
            throw new IllegalArgumentException("there are no profiles to average");
        }
        RelativeEntropyProfile first = profiles.getFirst();
        for (int i = 1; i < profiles.size(); i++) {
            requireAlike(first, profiles.get(i), i);
        }
        List<Layer> layers = new ArrayList<>();
        for (int k = 0; k < first.layers().size(); k++) {
            layers.add(average(profiles, k));
        }
        return new RelativeEntropyAverage(profiles.size(), first.normalisation(), layers);
    }

    private static Layer average(List<RelativeEntropyProfile> profiles, int index) {
        Moments values = Moments.of(profiles.stream().mapToDouble(p -> p.layers().get(index).value()).toArray());
        double squaredErrors = profiles.stream().mapToDouble(p -> p.layers().get(index).standardError())
                .map(error -> error * error).sum();
        RelativeEntropyProfile first = profiles.getFirst();
        return new Layer(first.layers().get(index).layer(), values.mean(),
                values.count() > 1 ? OptionalDouble.of(Math.sqrt(values.sampleVariance())) : OptionalDouble.empty(),
                Math.sqrt(squaredErrors) / values.count(),
                first.normalisation().isPresent()
                        ? OptionalDouble.of(values.mean() / first.normalisation().getAsDouble())
                        : OptionalDouble.empty());
    }

    private static void requireAlike(RelativeEntropyProfile first, RelativeEntropyProfile other, int index) {
        boolean alike = other.width() == first.width() && other.normalisation().equals(first.normalisation())
                && layerNumbers(other).equals(layerNumbers(first));
        if (!alike) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "profile %d (width %d, layers %s, normalisation %s) does not measure what profile 0 does"
                                    + " (width %d, layers %s, normalisation %s)",
                            index, other.width(), layerNumbers(other), other.normalisation(), first.width(),
                            layerNumbers(first), first.normalisation()));
        }
    }

    private static List<Integer> layerNumbers(RelativeEntropyProfile profile) {
        return profile.layers().stream().map(RelativeEntropyProfile.Layer::layer).toList();
    }
}
