package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Bounds of the information of T = Z + noise from pairwise distances (Kolchinsky & Tracey 2017, "Estimating mixture
/// entropy with pairwise distances"; Landsverk 3.13-3.20).
///
/// With n samples z_i and noise N(0, v I), T is a mixture of n Gaussians. For each kernel
///
///     S_i = Σ_j exp(-||z_i - z_j||² / w),      I(X;T) = -1/n Σ_i ln (S_i / n)
///
/// is an upper bound U for w = 2v (Kullback–Leibler) and a lower bound L for w = 8v (Bhattacharyya) of the exact
/// information of the mixture, where X is the number of the sample. Both lie between 0 and ln n.
///
/// With labels, I(T;Y) = I(X;T) - Σ_c p_c I(X;T | Y=c). Taken with one kernel throughout this is a difference of two
/// bounds of one kind and no bound itself, though it never exceeds H(Y). What is a bracket of the exact I(T;Y) is
/// [max(0, L - Σ p_c U_c), min(H(Y), U - Σ p_c L_c)].
///
/// The answer's `value` is of the Bhattacharyya kind, as most planes of the thesis are: L without labels, the
/// difference with them. The ceiling is ln n, and H(Y) with labels. Components, with labels: `kl` and `bhattacharyya`,
/// the one-kind differences; `inputUpper` and `inputLower`, the bounds of I(X;T); `labelEntropy`, H(Y).
///
/// @param noise the variance v of the noise
public record PairwiseDistance(NoiseVariance noise) implements MutualInformationEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("kde",
            "pairwise distances of a Gaussian mixture (Kolchinsky & Tracey 2017)", EstimatorDescription.Kind.BRACKET,
            "the representation is used through Gaussian noise of the given variance; the samples are all there is"
                    + " of X",
            "O(n² d) time on all cores, O(n d) memory",
            "when no noise level can be argued for: the value depends on it and on the representation's scale;"
                    + " with noise too small every labelling, a random one too, gives H(Y)");

    /// The share of ln n from which on nearly all samples count as told apart.
    static final double TOLD_APART = 0.99;

    /// Noise of a given variance.
    ///
    /// @param variance from 1e-300 to 1e300
    /// @throws IllegalArgumentException if it is not
    public static PairwiseDistance withNoise(double variance) {
        return new PairwiseDistance(new NoiseVariance.Fixed(variance));
    }

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    @Override
    public String effectOfCopies() {
        return "copies overlap wholly, which kde takes for a coarser distribution";
    }

    /// I(X;T) where `y` has the samples of `x`; I(T;Y) where `y` is discrete.
    ///
    /// @param x the representation Z, continuous
    /// @param y labels, or `x` itself
    /// @throws IllegalArgumentException if `x` is not continuous, `y` is continuous and not `x`, the numbers of samples
    /// differ or are below 2, or the noise rule finds no variance
    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        Variable.requirePairs(x, y, 2);
        if (!(x instanceof Continuous samples)) {
            throw new IllegalArgumentException("%s is discrete: kde adds noise to a continuous variable, take discrete"
                    .formatted(x.name()));
        }
        return switch (y) {
            case Discrete labels -> ofLabels(samples, labels);
            case Continuous same when same.sameValues(samples) -> ofInput(samples);
            case Continuous other ->
                throw new IllegalArgumentException(("%s is neither labels nor %s itself: kde measures I(X;T) of T = %s"
                        + " plus noise, or I(T;Y) of labels Y").formatted(other.name(), x.name(), x.name()));
        };
    }

    /// I(X;T): what the noisy representation tells about which sample it came from.
    ///
    /// @throws IllegalArgumentException if there is one sample only, or the noise rule finds no variance
    public MutualInformation ofInput(Continuous samples) {
        Variable.requirePairs(samples, samples, 2);
        double variance = noise.of(samples);
        GaussianOverlaps overlaps = GaussianOverlaps.of(samples, widths(variance), null);
        return warned(samples, ofInput(samples, overlaps, 0, 1, settings(variance)));
    }

    private MutualInformation ofLabels(Continuous samples, Discrete labels) {
        double variance = noise.of(samples);
        GaussianOverlaps overlaps = GaussianOverlaps.of(samples, widths(variance), labels);
        return warned(samples, ofLabels(labels, overlaps, 0, 1, settings(variance)));
    }

    private MutualInformation warned(Continuous samples, MutualInformation answer) {
        return noise.warning(samples).map(answer::withWarning).orElse(answer);
    }

    private static double[] widths(double variance) {
        return new double[]{8 * variance, 2 * variance};
    }

    /// The answer from sums of which those of width number `wide` are Bhattacharyya's and those of `narrow` Kullback
    /// and Leibler's.
    static MutualInformation ofInput(Continuous samples, GaussianOverlaps overlaps, int wide, int narrow,
            Map<String, Object> settings) {
        int n = samples.count();
        double upper = bound(n, overlaps.meanLog(narrow));
        double lower = bound(n, overlaps.meanLog(wide));
        return MutualInformation.of(DESCRIPTION.name(), n, lower, settings, toldApart(lower, n, false))
                .withBounds(lower, upper).withCeiling(Math.log(n));
    }

    /// As [#ofInput], of sums over classes too.
    static MutualInformation ofLabels(Discrete labels, GaussianOverlaps overlaps, int wide, int narrow,
            Map<String, Object> settings) {
        int n = labels.count();
        double labelEntropy = PlugIn.entropy(labels);
        double upper = bound(n, overlaps.meanLog(narrow));
        double lower = bound(n, overlaps.meanLog(wide));
        // Σ p_c ln n_c = ln n - H(Y).
        double upperWithin = Math.log(n) - labelEntropy - overlaps.meanLogWithin(narrow);
        double lowerWithin = Math.log(n) - labelEntropy - overlaps.meanLogWithin(wide);
        double kl = Math.min(labelEntropy, upper - upperWithin);
        double bhattacharyya = Math.min(labelEntropy, lower - lowerWithin);
        List<String> warnings = toldApart(lower, n, true);
        labels.classesOf(1, 1).ifPresent(
                alone -> warnings.add(alone + " a single sample: it counts as known from its representation"));
        if (labels.symbols() == 1) {
            warnings.add("%s has one class only: there is nothing to know".formatted(labels.name()));
        }
        double low = Math.max(0, lower - upperWithin);
        // In exact arithmetic never below the lower one; both may be equal but for rounding.
        double high = Math.max(low, Math.min(labelEntropy, upper - lowerWithin));
        return MutualInformation.of(DESCRIPTION.name(), n, bhattacharyya, settings, warnings).withBounds(low, high)
                .withCeiling(labelEntropy).withComponent("kl", kl).withComponent("bhattacharyya", bhattacharyya)
                .withComponent("inputUpper", upper).withComponent("inputLower", lower)
                .withComponent("labelEntropy", labelEntropy);
    }

    /// ln n less the mean of ln of sums from 1 to n: from 0 to ln n, but for rounding.
    private static double bound(int n, double meanLog) {
        return Math.clamp(Math.log(n) - meanLog, 0, Math.log(n));
    }

    private static List<String> toldApart(double lower, int n, boolean labelled) {
        List<String> warnings = new ArrayList<>();
        if (lower >= TOLD_APART * Math.log(n)) {
            warnings.add(labelled
                    ? "the noise tells nearly every sample apart: any labelling, a random one too, comes near H(Y);"
                            + " compare with the permutation null"
                    : "the noise tells nearly every sample apart: the value is near its ceiling ln n, the truth may be"
                            + " larger for more samples");
        }
        return warnings;
    }

    private Map<String, Object> settings(double variance) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("noiseVariance", variance);
        settings.putAll(noise.settings());
        return settings;
    }
}
