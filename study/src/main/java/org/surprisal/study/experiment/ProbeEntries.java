package org.surprisal.study.experiment;

import java.util.List;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.study.Setting;

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

    static List<ProbeEntries> read(Entry list, Architecture architecture) {
        List<String> names = architecture.parts().stream().map(Architecture.Part::name).toList();
        return list.items().stream().map(item -> {
            Fields fields = item.fieldsOr("layer", "layer", "every", "samples", "keep");
            Entry layer = fields.require("layer");
            if (!names.contains(layer.text())) {
                throw layer.refusal(" is '" + layer.text() + "': must be a layer of the network, one of "
                        + String.join(", ", names));
            }
            return new ProbeEntries(layer.text(), fields.get(EVERY), fields.get(SAMPLES), fields.get(KEEP));
        }).toList();
    }
}
