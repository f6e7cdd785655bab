package org.surprisal.study.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.surprisal.data.Dataset;
import org.surprisal.data.transform.Normalisation;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;

/// How the inputs of an experiment are normalised: `standard`, `min-max` and `symmetric` feature by feature,
/// `{standard: all}` with one shift and one scale for all features, as images are.
final class NormaliseEntries {
    /// The key of `data`.
    static final String KEY = "normalise";

    private static final String NONE = "none";
    private static final Map<String, BiFunction<Dataset, Normalisation.Scope, Normalisation>> METHODS = methods();
    private static final Setting<String> METHOD = Setting.choice(KEY, NONE,
            List.of(NONE, "standard", "min-max", "symmetric"), "inputs");
    private static final Setting<String> SCOPE = Setting.choice("scope", "each", List.of("each", "all"),
            "whether each feature has a shift and a scale of its own, or all have the same");

    private NormaliseEntries() {
    }

    private static Map<String, BiFunction<Dataset, Normalisation.Scope, Normalisation>> methods() {
        Map<String, BiFunction<Dataset, Normalisation.Scope, Normalisation>> methods = new LinkedHashMap<>();
        methods.put("standard", Normalisation::standard);
        methods.put("min-max", Normalisation::toUnitInterval);
        methods.put("symmetric", Normalisation::toSymmetricInterval);
        return methods;
    }

    /// The normalisation that is asked for, fitted on training samples; empty where inputs stay as they are.
    ///
    /// @param data the entries of `data`
    static Optional<Normalisation> fitted(Fields data, Dataset train) {
        return data.find(KEY).flatMap(entry -> entry.isScalar()
                ? Optional.ofNullable(METHODS.get(entry.as(METHOD)))
                        .map(method -> method.apply(train, Normalisation.Scope.EACH_FEATURE))
                : Optional.of(scoped(entry, train)));
    }

    private static Normalisation scoped(Entry entry, Dataset train) {
        Map<String, Entry> map = entry.map();
        if (map.size() != 1) {
            throw entry.refusal(" must have one method, one of " + String.join(", ", METHODS.keySet()));
        }
        String name = map.keySet().iterator().next();
        Entry scope = map.values().iterator().next();
        BiFunction<Dataset, Normalisation.Scope, Normalisation> method = METHODS.get(name);
        if (method == null) {
            throw scope.refusal(": there is no such method" + NearestName.advice(name, METHODS.keySet(), "methods"));
        }
        return method.apply(train, scope.as(SCOPE).equals("all")
                ? Normalisation.Scope.ALL_FEATURES
                : Normalisation.Scope.EACH_FEATURE);
    }
}
