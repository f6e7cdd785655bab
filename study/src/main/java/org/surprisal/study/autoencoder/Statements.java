package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.study.depth.DepthFigures;
import org.surprisal.study.depth.Measurements;
import org.surprisal.study.depth.Stage;

/// What the thesis says of autoencoders, held against the networks of a run: each statement is a number a network, and
/// its 95 % interval over seeds (Student's t) says whether it held.
final class Statements {
    private final Measurements measured;
    private final Profiles profiles;

    Statements(Measurements measured) {
        this.measured = measured;
        this.profiles = new Profiles(measured);
    }

    /// One statement.
    ///
    /// @param networks which
    /// @param numbers  mean differences with their intervals, normalised
    record Finding(String networks, String statement, String numbers, Verdict verdict) {}

    /// Every statement for every weight variance, and those that compare two.
    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        for (double sigmaW2 : measured.variances()) {
            for (Stage stage : Stage.values()) {
                peak(stage, sigmaW2).ifPresent(peak -> findings.add(new Finding(name(sigmaW2) + ", " + stage.label(),
                        "rises to a peak, then falls",
                        "rise " + text(peak.rise()) + ", fall " + text(peak.fall()), peak.verdict())));
            }
            profiles.change(sigmaW2, Profiles::level).ifPresent(change -> findings.add(new Finding(name(sigmaW2),
                    "lower after training (mean of layers 1, 2, …)", text(change), Verdict.below(change))));
            profiles.change(sigmaW2, Profiles::totalVariation)
                    .ifPresent(change -> findings.add(new Finding(name(sigmaW2),
                            "flatter after training (total variation of layers 1, 2, …)", text(change),
                            Verdict.below(change))));
        }
        findings.addAll(growth());
        return findings;
    }

    /// Whether the level grows with the weight variance, between the smallest and the largest.
    private List<Finding> growth() {
        double low = measured.variances().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = measured.variances().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        List<Finding> findings = new ArrayList<>();
        for (Stage stage : low < high ? Stage.values() : new Stage[0]) {
            profiles.growth(stage, low, high, Profiles::level)
                    .ifPresent(growth -> findings.add(new Finding(
                            "σ_w² = " + Measurements.number(high) + " against " + Measurements.number(low) + ", "
                                    + stage.label(),
                            "higher for the larger weight variance (mean of layers 1, 2, …)", text(growth),
                            Verdict.above(growth))));
        }
        return findings;
    }

    /// The peak over seeds, each network's curve being the mean over its inputs.
    Optional<Peak> peak(Stage stage, double sigmaW2) {
        List<double[]> curves = profiles.curves(stage, sigmaW2, Profiles.Inputs.ALL);
        return curves.isEmpty() ? Optional.empty() : Peak.of(curves);
    }

    /// The sign of after minus before layer by layer, in words; absent if no network has both.
    Optional<String> signs(DepthFigures figures, double sigmaW2) {
        List<PairedDifference> layers = figures.differences(sigmaW2);
        if (layers.size() < 2) {
            return Optional.empty();
        }
        return Optional.of("After training the relative entropy is lower in "
                + layers(layers, change -> Verdict.below(change) == Verdict.HELD) + ", higher in "
                + layers(layers, change -> Verdict.above(change) == Verdict.HELD) + ", undecided in "
                + layers(layers, change -> Verdict.above(change) == Verdict.UNDECIDED) + " (" + name(sigmaW2) + ").");
    }

    private static String layers(List<PairedDifference> changes, Predicate<PairedDifference> chosen) {
        List<Integer> layers = IntStream.range(1, changes.size()).filter(m -> chosen.test(changes.get(m))).boxed()
                .toList();
        return layers.isEmpty()
                ? "none"
                : (layers.size() == 1 ? "layer " : "layers ")
                        + layers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    static String name(double sigmaW2) {
        return "σ_w² = " + Measurements.number(sigmaW2);
    }

    /// `+0.0412 [+0.0398, +0.0426]`
    static String text(PairedDifference difference) {
        return String.format(Locale.ROOT, "%+.4f", difference.mean()) + difference.interval95()
                .map(interval -> String.format(Locale.ROOT, " [%+.4f, %+.4f]", interval.low(), interval.high()))
                .orElse("");
    }
}
