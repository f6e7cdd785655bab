package org.surprisal.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The value of every setting of a study, those left at their default included. Immutable.
public final class Settings {
    private final Map<String, String> texts;

    private Settings(Map<String, String> texts) {
        this.texts = Collections.unmodifiableMap(texts);
    }

    /// The declared settings with the given values, defaults for the rest.
    ///
    /// @param given texts by key, from the command line or from run.json
    /// @throws SettingException for a key that is not declared or a value that is not allowed
    /// @throws IllegalArgumentException if two declared settings share a key
    public static Settings of(List<Setting<?>> declared, Map<String, String> given) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Setting<?> setting : declared) {
            if (texts.putIfAbsent(setting.key(), canonical(setting, given.get(setting.key()))) != null) {
                throw new IllegalArgumentException("two settings have the key '" + setting.key() + "'");
            }
        }
        for (String key : given.keySet()) {
            if (!texts.containsKey(key)) {
                throw SettingException.unknownKey(key, new ArrayList<>(texts.keySet()));
            }
        }
        return new Settings(texts);
    }

    /// The value of a declared setting.
    ///
    /// @throws IllegalArgumentException if the study did not declare it
    public <T> T get(Setting<T> setting) {
        String text = texts.get(setting.key());
        if (text == null) {
            throw new IllegalArgumentException(
                    "the setting '" + setting.key() + "' is not declared; declared are " + texts.keySet());
        }
        return setting.parse(text);
    }

    /// The canonical text of every setting by key, in the order of declaration: what run.json and the report show, and
    /// what [#of] takes to give the same settings again.
    public Map<String, String> asMap() {
        return texts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings that && texts.equals(that.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    @Override
    public String toString() {
        return texts.toString();
    }

    private static <T> String canonical(Setting<T> setting, @Nullable String given) {
        return setting.text(given == null ? setting.defaultValue() : setting.parse(given));
    }
}
