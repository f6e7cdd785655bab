package org.surprisal.study.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.data.file.FileName;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.settings.Setting;
import org.surprisal.study.Case;

/// What an experiment listens to: `- {layer: relu0, every: 5, samples: 500}`.
///
/// @param layer name of a layer
/// @param every so many epochs
/// @param samples how many of the watched samples are run through the network, the first ones
/// @param keep whether the outputs themselves are kept as arrays
record ProbeEntries(String layer, int every, int samples, boolean keep) {
    private static final Setting<Integer> EVERY = Setting.integer("every", 1, 1, Integer.MAX_VALUE, "so many epochs");
    private static final Setting<Integer> SAMPLES = Setting.integer("samples", 1000, 1, Integer.MAX_VALUE,
            "run through the network");
    private static final Setting<Boolean> KEEP = Setting.flag("keep", true, "whether outputs are kept as arrays");

    /// The longest that can follow a layer's name in the name of a file: see [#arrays].
    private static final String LONGEST_END = "-seed-" + Long.MIN_VALUE + "-epoch-" + Integer.MAX_VALUE + ".npz";

    static List<ProbeEntries> read(Entry list, Architecture architecture) {
        List<String> names = architecture.parts().stream().map(Architecture.Part::name).toList();
        Map<String, String> kept = new HashMap<>();
        return list.items().stream().map(item -> {
            Fields fields = item.fieldsOr("layer", "layer", "every", "samples", "keep");
            Entry layer = fields.require("layer");
            if (!names.contains(layer.text())) {
                throw layer.refusal(" is '" + layer.text() + "': must be a layer of the network, one of "
                        + String.join(", ", names));
            }
            ProbeEntries probe = new ProbeEntries(layer.text(), fields.get(EVERY), fields.get(SAMPLES),
                    fields.get(KEEP));
            if (probe.keep()) {
                requireFiles(probe.layer(), kept, layer);
            }
            return probe;
        }).toList();
    }

    /// Kept outputs become files that have the layer's name: it must do, and no two may be one file.
    private static void requireFiles(String name, Map<String, String> kept, Entry layer) {
        FileName.problem(name + LONGEST_END).ifPresent(problem -> {
            throw layer.refusal(
                    " is '" + name + "': outputs cannot be kept under this name, because a file's name with it "
                            + problem + "; give the layer another name, or say 'keep: false'");
        });
        String other = kept.putIfAbsent(FileName.folded(name), name);
        if (other != null) {
            throw layer.refusal(" is '" + name + "': " + (other.equals(name)
                    ? "outputs of this layer are kept already"
                    : "layer '" + other + "' is kept already, and its name differs in capitals only, which some systems"
                            + " take for one file")
                    + "; " + (other.equals(name) ? "say 'keep: false'" : "give one of them another name"));
        }
    }

    /// The name of the arrays that hold what was heard after an epoch.
    String arrays(Case which, int epoch) {
        return layer + "-seed-" + which.get("seed") + "-epoch-" + epoch;
    }
}
