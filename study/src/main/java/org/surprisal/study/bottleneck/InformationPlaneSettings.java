package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Run;

/// What `information-plane` can be told, beside the networks.
final class InformationPlaneSettings {
    static final NetworkSettings NETWORK = NetworkSettings.with(400, "tanh,relu");
    static final Setting<Integer> POINTS = NetworkSettings.points(4096);
    static final Setting<Integer> PLANES = Setting.integer("planes", 20, 2, 1000,
            "planes at epochs of equal ratios, beside the one before training; each is measured when it occurs, and its"
                    + " activations are dropped");
    static final Setting<Integer> PERMUTATIONS = Setting.integer("permutations", 19, 0, 100_000,
            "labels shuffled so often at the last plane, for the value of I(T;Y) where there is nothing; 0 for none");
    private static final Setting<String> ESTIMATOR = Setting.choice("estimator", "kde",
            List.of("kde", "binning", "both"), "kde: pairwise distances with Gaussian noise, both kinds of bounds");
    private static final Setting<String> NOISE = Setting.choice("noise", "fixed", List.of("fixed", "quantile"),
            "kde: fixed is noise-variance for every layer; quantile is each layer's own, a quantile of its pairwise"
                    + " distances divided by noise-divisor (noise-variance where that is 0)");
    static final Setting<Double> NOISE_VARIANCE = Setting.decimal("noise-variance", 1e-3, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "kde, noise=fixed: 1e-3 for the 12-bit task, 0.1 for images");
    static final Setting<Double> NOISE_QUANTILE = Setting.decimal("noise-quantile", 0.9, Double.MIN_VALUE, 1,
            "kde, noise=quantile: of the distances");
    static final Setting<Double> NOISE_DIVISOR = Setting.decimal("noise-divisor", 1000, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "kde, noise=quantile: the variance is the quantile divided by it");
    private static final Setting<Double> BIN_WIDTH = Setting.decimal("bin-width", 0.07, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "binning: 0.07 for the 12-bit task, 0.5 for images");

    private InformationPlaneSettings() {
    }

    static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(NETWORK.all());
        all.addAll(List.of(POINTS, PLANES, ESTIMATOR, NOISE, NOISE_VARIANCE, NOISE_QUANTILE, NOISE_DIVISOR, BIN_WIDTH,
                PERMUTATIONS));
        return all;
    }

    /// How often labels are shuffled: not at all, or often enough for a standard deviation.
    ///
    /// @throws SettingException for once
    static int permutations(Run run) {
        int permutations = run.get(PERMUTATIONS);
        if (permutations == 1) {
            throw SettingException.badValue(PERMUTATIONS.key(), "1", "0, or at least 2 (19 for a p-value of 0.05)");
        }
        return permutations;
    }

    /// The estimators asked for, at least one.
    static List<LayerEstimator> estimators(Run run) {
        String which = run.get(ESTIMATOR);
        List<LayerEstimator> estimators = new ArrayList<>();
        if (!which.equals("binning")) {
            estimators.add(LayerEstimator.pairwiseDistance(run.get(NOISE).equals("fixed")
                    ? new NoiseVariance.Fixed(run.get(NOISE_VARIANCE))
                    : new NoiseVariance.DistanceQuantile(run.get(NOISE_QUANTILE), run.get(NOISE_DIVISOR)),
                    run.get(NOISE_VARIANCE)));
        }
        if (!which.equals("kde")) {
            Binning binning = new Binning(new Binning.Bins.FixedWidth(run.get(BIN_WIDTH)), PlugIn.Correction.NONE);
            estimators.add(layer -> binning);
        }
        return estimators;
    }
}
