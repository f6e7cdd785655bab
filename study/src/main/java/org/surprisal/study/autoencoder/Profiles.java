package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.study.depth.Measurements;
import org.surprisal.study.depth.Stage;
import org.surprisal.tensor.Tensor;

/// Curves of normalised relative entropy by depth: a network's mean over its probed inputs, or its mean over some of
/// them.
final class Profiles {
    private final Measurements measured;

    Profiles(Measurements measured) {
        this.measured = measured;
    }

    /// Which of the probed inputs: the scale of an input sets the height of its curve and even its sign, and Ising
    /// states that are mostly down are nearly black.
    enum Inputs {
        ALL("all"), DOWN("mostly down"), MIXED("mixed"), UP("mostly up");

        private static final double QUARTER = 0.25;
        private final String label;

        Inputs(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /// Whether an input with this share of up spins belongs to them; those from a quarter to three quarters are
        /// mixed.
        boolean holds(double share) {
            return switch (this) {
                case ALL -> true;
                case DOWN -> share < QUARTER;
                case MIXED -> share >= QUARTER && share <= 1 - QUARTER;
                case UP -> share > 1 - QUARTER;
            };
        }
    }

    /// One curve a network, in the order of the seeds; networks that have none at that stage are left out.
    List<double[]> curves(Stage stage, double sigmaW2, Inputs inputs) {
        return measured.seeds().stream().flatMap(seed -> curve(stage, sigmaW2, seed, inputs).stream()).toList();
    }

    private Optional<double[]> curve(Stage stage, double sigmaW2, long seed, Inputs inputs) {
        if (inputs == Inputs.ALL) {
            return measured.layers(Measurements.NORMALISED, stage, sigmaW2, seed);
        }
        List<double[]> chosen = ofInputs(stage, sigmaW2, seed, inputs);
        return chosen.isEmpty() ? Optional.empty() : Optional.of(Peak.mean(chosen));
    }

    /// One curve an input of one network; none if it was not measured at that stage.
    List<double[]> ofInputs(Stage stage, double sigmaW2, long seed, Inputs inputs) {
        Optional<SequencedMap<String, Tensor>> arrays = measured.arrays(stage, sigmaW2, seed);
        Tensor profiles = arrays.map(kept -> kept.get(Outcome.PROFILES)).orElse(null);
        Tensor shares = arrays.map(kept -> kept.get(Outcome.PROBED_MEAN)).orElse(null);
        if (profiles == null || shares == null) {
            return List.of();
        }
        double[] share = shares.toDoubles();
        List<double[]> chosen = new ArrayList<>();
        for (int i = 0; i < share.length; i++) {
            if (inputs.holds(share[i])) {
                chosen.add(profiles.rows(i).toDoubles());
            }
        }
        return chosen;
    }

    /// After minus before of a number of a curve, over the networks that have both; absent if there are none.
    Optional<PairedDifference> change(double sigmaW2, ToDoubleFunction<double[]> number) {
        List<double[]> before = new ArrayList<>();
        List<double[]> after = new ArrayList<>();
        for (long seed : measured.seeds()) {
            Optional<double[]> trained = curve(Stage.AFTER, sigmaW2, seed, Inputs.ALL);
            if (trained.isPresent()) {
                before.add(curve(Stage.BEFORE, sigmaW2, seed, Inputs.ALL).orElseThrow());
                after.add(trained.get());
            }
        }
        return difference(before, after, number);
    }

    /// A number of the curve of one variance above that of another, on the same seeds; absent if there are none.
    Optional<PairedDifference> growth(Stage stage, double from, double to, ToDoubleFunction<double[]> number) {
        List<double[]> low = new ArrayList<>();
        List<double[]> high = new ArrayList<>();
        for (long seed : measured.seeds()) {
            Optional<double[]> first = curve(stage, from, seed, Inputs.ALL);
            Optional<double[]> second = curve(stage, to, seed, Inputs.ALL);
            if (first.isPresent() && second.isPresent()) {
                low.add(first.get());
                high.add(second.get());
            }
        }
        return difference(low, high, number);
    }

    private static Optional<PairedDifference> difference(List<double[]> before, List<double[]> after,
            ToDoubleFunction<double[]> number) {
        return before.isEmpty()
                ? Optional.empty()
                : Optional.of(PairedDifference.of(before.stream().mapToDouble(number).toArray(),
                        after.stream().mapToDouble(number).toArray()));
    }

    /// The mean height over the layers behind the reference; 0 if there are none.
    static double level(double[] curve) {
        double sum = 0;
        for (int m = 1; m < curve.length; m++) {
            sum += curve[m];
        }
        return curve.length > 1 ? sum / (curve.length - 1) : 0;
    }

    /// The way up and down over the layers behind the reference, Σ |D_(m+1) - D_m| from m = 1 on: 0 for a flat curve.
    /// The first step, from the reference, is its height rather than its shape.
    static double totalVariation(double[] curve) {
        double sum = 0;
        for (int m = 2; m < curve.length; m++) {
            sum += Math.abs(curve[m] - curve[m - 1]);
        }
        return sum;
    }
}
