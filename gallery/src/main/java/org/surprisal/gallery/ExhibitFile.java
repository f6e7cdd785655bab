package org.surprisal.gallery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// Reads the exhibits of a document from its file, `DOCUMENT.yaml` among the resources of this package.
///
/// ```yaml
/// - id: schmidt-21
///   place: Fig 21, L1051
///   kind: figure
///   title: Relative entropy by layer, 50 layers
///   says: Relative entropy rises to an asymptote.
///   data: mnist
///   study: relative-entropy
///   figures: [relative-entropy-by-depth]
///   claims: [relative-entropy-asymptote]
///   quick: {seeds: 3, seconds: 40, depth: 12}
///   document: {seeds: 5, seconds: 4300, depth: 50, epochs: 15}
///   without-data: {data: digits}
/// ```
///
/// All keys of `quick` and `document` but `seeds` and `seconds` are settings of the study.
final class ExhibitFile {
    private static final Set<String> KEYS = Set.of("id", "place", "kind", "title", "says", "note", "data", "study",
            "file", "figures", "claims", "quick", "document", "without-data", "judge");

    private static final Set<String> CLAIM_KEYS = Set.of("id", "text", "number", "at", "minus", "mean", "each",
            "rule");

    private final String file;

    private ExhibitFile(String file) {
        this.file = file;
    }

    /// The exhibits of a document.
    ///
    /// @throws IllegalStateException with file and id, if the file holds something else
    static List<Exhibit> read(SourceDocument document) {
        String name = document.word() + ".yaml";
        return of(name, document, text(name));
    }

    /// The exhibits of a text.
    ///
    /// @param name of the text in messages
    static List<Exhibit> of(String name, SourceDocument document, String text) {
        // Every scalar is kept as it is written: '5e-5' stays five characters, which the study's setting reads.
        Object whole = new Load(LoadSettings.builder().setLabel(name).setSchema(new FailsafeSchema()).build())
                .loadFromString(text);
        ExhibitFile file = new ExhibitFile(name);
        List<Exhibit> exhibits = new ArrayList<>();
        for (Object each : list(whole)) {
            exhibits.add(file.exhibit(document, map(each)));
        }
        return exhibits;
    }

    /// The text of a resource of this package.
    ///
    /// @throws IllegalStateException if there is none
    static String text(String name) {
        try (InputStream in = ExhibitFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Exhibit exhibit(SourceDocument document, Map<String, Object> fields) {
        String id = string(fields, "id");
        for (String key : fields.keySet()) {
            if (!KEYS.contains(key)) {
                throw wrong(id, "unknown key '" + key + "'");
            }
        }
        if (!id.startsWith(document.word() + "-")) {
            throw wrong(id, "the id does not begin with '" + document.word() + "-'");
        }
        String study = string(fields, "study");
        Exhibit.Recipe quick = recipe(id, fields, "quick", study);
        return new Exhibit(id, document, required(id, fields, "place"), kind(id, required(id, fields, "kind")),
                required(id, fields, "title"), required(id, fields, "says"), string(fields, "note"),
                string(fields, "data"), study, string(fields, "file"), quick,
                fields.containsKey("document") ? recipe(id, fields, "document", study) : quick,
                fields.containsKey("without-data")
                        ? Optional.of(strings(map(fields.get("without-data"))))
                        : Optional.empty(),
                words(fields, "figures"),
                words(fields, "claims"), list(fields.getOrDefault("judge", List.of())).stream()
                        .map(each -> judged(id, map(each))).toList());
    }

    private NumberClaim judged(String id, Map<String, Object> fields) {
        for (String key : fields.keySet()) {
            if (!CLAIM_KEYS.contains(key)) {
                throw wrong(id, "judge: unknown key '" + key + "'");
            }
        }
        NumberClaim claim = new NumberClaim(required(id, fields, "id"), required(id, fields, "text"),
                required(id, fields, "number"), strings(map(fields.getOrDefault("at", Map.of()))),
                fields.containsKey("minus") ? Optional.of(strings(map(fields.get("minus")))) : Optional.empty(),
                words(fields, "mean"), words(fields, "each"), required(id, fields, "rule"));
        claim.region();
        return claim;
    }

    private static List<String> words(Map<String, Object> fields, String key) {
        return list(fields.getOrDefault(key, List.of())).stream().map(Object::toString).toList();
    }

    private Exhibit.Recipe recipe(String id, Map<String, Object> fields, String key, String study) {
        if (study.isEmpty()) {
            return new Exhibit.Recipe(Map.of(), 1, 1);
        }
        if (!fields.containsKey(key)) {
            throw wrong(id, key + " is missing");
        }
        SequencedMap<String, String> settings = strings(map(fields.get(key)));
        try {
            int seeds = Integer.parseInt(String.valueOf(settings.remove("seeds")));
            double seconds = Double.parseDouble(String.valueOf(settings.remove("seconds")));
            return new Exhibit.Recipe(settings, seeds, seconds);
        } catch (NumberFormatException e) {
            throw wrong(id, key + ": seeds and seconds must be numbers");
        }
    }

    private Exhibit.Kind kind(String id, String word) {
        try {
            return Exhibit.Kind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(id, "unknown kind '" + word + "'");
        }
    }

    private String required(String id, Map<String, Object> fields, String key) {
        String text = string(fields, key);
        if (text.isBlank()) {
            throw wrong(id, key + " is missing");
        }
        return text;
    }

    private IllegalStateException wrong(String id, String problem) {
        return new IllegalStateException(file + ", exhibit '" + id + "': " + problem);
    }

    private static String string(Map<String, Object> fields, String key) {
        return String.valueOf(fields.getOrDefault(key, "")).strip();
    }

    private static SequencedMap<String, String> strings(Map<String, Object> fields) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        fields.forEach((key, value) -> texts.put(key, value instanceof List<?> values
                ? values.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value)));
        return texts;
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static SequencedMap<String, Object> map(@Nullable Object value) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> fields.put(String.valueOf(key), String.valueOf(each).isEmpty() ? "" : each));
        }
        return fields;
    }
}
