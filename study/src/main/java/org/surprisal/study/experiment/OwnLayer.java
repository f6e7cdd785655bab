package org.surprisal.study.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.network.Layer;
import org.surprisal.network.architecture.LayerKind;
import org.surprisal.network.architecture.LayerSpec;
import org.surprisal.settings.Extensions;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.tensor.Shape;

/// A layer that a user brought, whose refusals are shown as those of the program's own layers are.
///
/// @param kind of the layer
/// @param spec what the kind made of the file's settings
record OwnLayer(LayerKind kind, LayerSpec spec) implements LayerSpec {
    /// The layer that an experiment's file describes: `name`, `name: 3`, `name: {key: value}`.
    static LayerSpec read(LayerKind kind, Entry entry) {
        List<Setting<?>> settings = kind.settings();
        if (settings.isEmpty() && !entry.isEmpty()) {
            throw entry.refusal(": " + kind.name() + " takes nothing");
        }
        String[] keys = settings.stream().map(Setting::key).toArray(String[]::new);
        Fields fields = entry.fieldsOr(keys.length == 0 ? "" : keys[0], keys);
        Map<String, String> given = new LinkedHashMap<>();
        settings.forEach(setting -> put(given, setting, fields));
        return new OwnLayer(kind, Extensions.asked(kind, kind.name(),
                () -> kind.spec(Settings.of(settings, given))));
    }

    private static <T> void put(Map<String, String> given, Setting<T> setting, Fields fields) {
        if (fields.has(setting.key())) {
            given.put(setting.key(), setting.text(fields.get(setting)));
        }
    }

    @Override
    public String label() {
        return spec.label();
    }

    @Override
    public Shape output(Shape input) {
        return Extensions.asked(kind, kind.name(), () -> spec.output(input));
    }

    @Override
    public long parameters(Shape input) {
        return Extensions.asked(kind, kind.name(), () -> spec.parameters(input));
    }

    @Override
    public Placement on(Shape input) {
        return Extensions.asked(kind, kind.name(), () -> spec.on(input));
    }

    @Override
    public Layer build(Shape input, Start start) {
        return Extensions.asked(kind, kind.name(), () -> spec.build(input, start));
    }
}
