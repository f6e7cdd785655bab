package org.surprisal.study.knowntruths;

import java.util.List;
import org.surprisal.settings.Setting;

/// What a user can set of `known-truths`.
final class KnownTruthsSettings {
    /// Of one coordinate, 1 - ρ² is 9e-14 there: beyond, rounding would make the correlation 1.
    private static final double MOST = 15;
    static final Setting<Integer> N = Setting.integer("n", 1000, 50, 100_000,
            "samples that every estimator is given, except where sizes are compared");
    static final Setting<List<Integer>> DIMENSIONS = Setting.integers("dimensions", List.of(1, 2, 5, 10, 20, 50), 1,
            1000, "coordinates of each of the two correlated Gaussians");
    static final Setting<List<Double>> INFORMATIONS = Setting.decimals("informations",
            List.of(0., .5, 1., 2., 4., 6., 8., 10.), 0, MOST, "of the Gaussians, in nats");
    static final Setting<List<Double>> CLOSE_UP = Setting.decimals("close-up", List.of(1., 4.), 0, MOST,
            "those of the informations whose bias is shown by dimension and by size");
    static final Setting<List<Integer>> SIZES = Setting.integers("sizes", List.of(125, 250, 500, 1000, 2000), 30,
            100_000, "numbers of samples by which the bias is shown");
    static final Setting<List<Integer>> SIZE_DIMENSIONS = Setting.integers("size-dimensions", List.of(1, 5, 20), 1,
            1000, "those of the dimensions for which sizes are compared");
    static final Setting<List<Integer>> CRITIC_DIMENSIONS = Setting.integers("critic-dimensions", List.of(1, 5, 20), 1,
            1000, "those of the dimensions for which critics are trained");
    static final Setting<List<Double>> CRITIC_INFORMATIONS = Setting.decimals("critic-informations",
            List.of(0., 2., 4., 8.), 0, MOST, "those of the informations for which critics are trained");
    static final Setting<Integer> CRITIC_STEPS = Setting.integer("critic-steps", 300, 1, 1_000_000,
            "batches of 64 that a critic of two hidden layers of 64 is trained on, learning rate 1e-3");
    static final Setting<Integer> DEAR_SEEDS = Setting.integer("dear-seeds", 2, 0, 1000,
            "seeds, at most, for which critics are trained and the Rényi functional is computed (of 500 samples at"
                    + " most)");

    private KnownTruthsSettings() {
    }

    static List<Setting<?>> all() {
        return List.of(N, DIMENSIONS, INFORMATIONS, CLOSE_UP, SIZES, SIZE_DIMENSIONS, CRITIC_DIMENSIONS,
                CRITIC_INFORMATIONS, CRITIC_STEPS, DEAR_SEEDS);
    }
}
