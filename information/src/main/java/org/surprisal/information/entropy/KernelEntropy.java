package org.surprisal.information.entropy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.surprisal.information.BandwidthRule;
import org.surprisal.information.KernelDensity;
import org.surprisal.information.Moments;
import org.surprisal.information.mutual.Continuous;

/// The entropy of one coordinate from a Gaussian kernel density f: the mean of -ln f(x_i).
///
/// Resubstitution takes f from all samples, x_i among them, which raises f at its own sample and makes the entropy too
/// small; leaving x_i out makes it too large on average, since it is then a cross-entropy of the truth and an estimate.
/// The standard error is √(Var ln f(x_i) / n), the first order of either (Hall & Morton 1993); the bias, of the order
/// of the squared bandwidth, is not in it. O(n²).
///
/// @param rule what chooses the bandwidth
/// @param leaveOneOut whether x_i is left out of the density at x_i
public record KernelEntropy(BandwidthRule rule, boolean leaveOneOut) implements DifferentialEntropyEstimator {

    /// A normal sample has hardly a value that is farther from the others.
    private static final int ALONE = 5;

    /// h(X) in nats.
    ///
    /// @throws IllegalArgumentException if there are several coordinates, fewer than two samples, or all are equal
    @Override
    public DifferentialEntropy estimate(Continuous given) {
        Rescaled rescaled = Rescaled.of(given);
        Continuous x = rescaled.samples();
        if (x.dimension() != 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "%s has %d coordinates: the kernel density is that of one, take nearest neighbours or"
                                    + " the Gaussian",
                            x.name(), x.dimension()));
        }
        int n = x.count();
        if (n < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has %d sample(s), at least 2 needed", x.name(), n));
        }
        double[] samples = x.values().toDoubles();
        double[] surprisals = surprisals(x.name(), samples);
        Moments moments = Moments.of(surprisals);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("bandwidthRule", rule.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        double bandwidth = rule.bandwidth(samples);
        settings.put("bandwidth", Math.scalb(bandwidth, rescaled.exponent()));
        settings.put("leaveOneOut", leaveOneOut);
        return new DifferentialEntropy("kernel", n, 1, moments.mean() + rescaled.entropy(), OptionalDouble.empty(),
                OptionalDouble.of(moments.standardDeviation() / Math.sqrt(n)), settings,
                warnings(x, samples, bandwidth));
    }

    private double[] surprisals(String name, double[] samples) {
        KernelDensity density;
        try {
            density = KernelDensity.of(samples, rule);
        } catch (IllegalArgumentException noSpread) {
            throw new IllegalArgumentException("%s has no kernel density: %s".formatted(name, noSpread.getMessage()),
                    noSpread);
        }
        double[] logs = leaveOneOut
                ? density.leaveOneOutLogDensities()
                : Arrays.stream(samples).map(density::logDensity).toArray();
        return Arrays.stream(logs).map(log -> -log).toArray();
    }

    private static List<String> warnings(Continuous x, double[] samples, double bandwidth) {
        List<String> warnings = new ArrayList<>();
        long different = Arrays.stream(samples).distinct().count();
        if (different < samples.length) {
            warnings.add(String.format(Locale.ROOT,
                    "%s has %d different values among %d: a variable with repeated values has no density",
                    x.name(), different, samples.length));
        }
        int alone = alone(samples, ALONE * bandwidth);
        if (alone > 0) {
            warnings.add(
                    String.format(Locale.ROOT,
                            "%d of %d values of %s lie more than %d bandwidths from every other: the tail of the"
                                    + " kernel decides what"
                                    + " they add, and the value is too large; take kl",
                            alone, samples.length, x.name(), ALONE));
        }
        return warnings;
    }

    /// Number of values without another within `reach`.
    private static int alone(double[] samples, double reach) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int alone = 0;
        for (int i = 0; i < sorted.length; i++) {
            boolean below = i > 0 && sorted[i] - sorted[i - 1] <= reach;
            boolean above = i < sorted.length - 1 && sorted[i + 1] - sorted[i] <= reach;
            alone += below || above ? 0 : 1;
        }
        return alone;
    }
}
