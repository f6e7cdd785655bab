package org.surprisal.study.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;

/// The entries of a map in an experiment's file, whose keys are all known.
final class Fields {
    private final Entry owner;
    private final Map<String, Entry> entries;

    Fields(Entry owner, Map<String, Entry> entries, List<String> keys) {
        this.owner = owner;
        this.entries = entries;
        entries.forEach((key, entry) -> {
            if (!keys.contains(key)) {
                throw entry.refusal(": there is no such key" + NearestName.advice(key, keys, "keys"));
            }
        });
    }

    /// The map itself, to refuse it.
    Entry owner() {
        return owner;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    Entry require(String key) {
        return find(key).orElseThrow(() -> owner.refusal((owner.path().isEmpty() ? "" : ":") + " needs the key '" + key
                + "'"));
    }

    /// The value of a setting, by its key; its default where the key is not given.
    <T> T get(Setting<T> setting) {
        return find(setting.key()).map(entry -> entry.as(setting)).orElseGet(setting::defaultValue);
    }

    /// The value of a setting that must be given.
    <T> T require(Setting<T> setting) {
        return require(setting.key()).as(setting);
    }
}
