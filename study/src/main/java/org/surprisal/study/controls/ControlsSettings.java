package org.surprisal.study.controls;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.data.Split;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Run;
import org.surprisal.study.relativeentropy.RelativeEntropySettings;

/// What the study can be told: the networks as in the study `relative-entropy`, and what they are shown.
final class ControlsSettings {
    static final RelativeEntropySettings NETWORKS = RelativeEntropySettings.asWideAsTheInput();
    static final Setting<Integer> PROBED_INPUTS = Setting.integer("probed-inputs", 16, 1, 10_000,
            "inputs of each kind for the relative entropy from the first pass and from the input; values are means"
                    + " over them");
    static final Setting<Integer> SHOWN_INPUTS = Setting.integer("shown-inputs", 500, 10, 100_000,
            "inputs of each kind for the divergences over inputs");
    static final Setting<Integer> NEURONS = Setting.integer("neurons", 100, 2, 100_000,
            "of each layer in the divergences over inputs, the first ones; none is like another, none is special");
    static final Setting<Integer> COMPONENTS = Setting.integer("components", 3, 1, 100,
            "leading principal components for nearest neighbours; beyond three the estimate is off by more than a"
                    + " fifth");
    static final Setting<Integer> NEIGHBOURS = Setting.integer("neighbours", 4, 1, 100,
            "which neighbour the nearest-neighbour divergence takes");

    private ControlsSettings() {
    }

    static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(NETWORKS.all());
        all.removeAll(List.of(NETWORKS.probedInputs(), NETWORKS.distributionLayers()));
        all.addAll(List.of(PROBED_INPUTS, SHOWN_INPUTS, NEURONS, COMPONENTS, NEIGHBOURS));
        return all;
    }

    /// The weight variances, once it is known that everything can be measured.
    ///
    /// @throws SettingException if not
    static List<Double> variances(Run run, Split data) {
        int pixels = data.train().inputShape().size();
        require(run, NETWORKS.width(), run.get(NETWORKS.width()) == pixels,
                pixels + ", the pixels of " + data.train().name() + ": layers are measured from the input");
        int shown = run.get(SHOWN_INPUTS);
        require(run, SHOWN_INPUTS, 2 * shown <= data.test().size(),
                "at most " + data.test().size() / 2 + ", half the test images of " + data.test().name());
        require(run, PROBED_INPUTS, run.get(PROBED_INPUTS) <= shown, "at most " + shown + ", the shown inputs");
        require(run, NEURONS, run.get(NEURONS) <= pixels, "at most " + pixels + ", the neurons of a layer");
        int components = run.get(COMPONENTS);
        require(run, COMPONENTS, components <= run.get(NEURONS) && components + 3 <= shown,
                "at most the neurons (" + run.get(NEURONS) + ") and 3 less than the shown inputs (" + shown + ")");
        require(run, NEIGHBOURS, run.get(NEIGHBOURS) < shown, "less than " + shown + ", the shown inputs");
        return NETWORKS.variances(run, data.train());
    }

    private static <T> void require(Run run, Setting<T> setting, boolean met, String allowed) {
        if (!met) {
            throw SettingException.badValue(setting.key(), setting.text(run.get(setting)), allowed);
        }
    }
}
