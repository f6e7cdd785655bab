package org.surprisal.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The answer of a command to `--json`: one object, and nothing else on standard output.
public final class JsonAnswer {
    private JsonAnswer() {
    }

    /// Prints the answer.
    ///
    /// @param answer maps, lists, texts, numbers, truth values and null, in the order to be written
    /// @throws IllegalArgumentException if a map within has an order that may differ from one start of the program to
    /// the next
    public static void print(Console console, Map<String, ?> answer) {
        requireOrder("answer", answer);
        JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        console.out().println(json.writeValueAsString(answer));
    }

    private static void requireOrder(String path, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                if (map.size() > 1 && isUnordered(map)) {
                    throw new IllegalArgumentException(path + " is a map without an order: a LinkedHashMap is needed");
                }
                map.forEach((name, part) -> requireOrder(path + "." + name, part));
            }
            case Iterable<?> list -> list.forEach(part -> requireOrder(path + "[]", part));
            case null, default -> {
            }
        }
    }

    /// Whether this is a `HashMap`, or one that `Map.of` made, whose order is drawn anew at each start.
    private static boolean isUnordered(Map<?, ?> map) {
        return map.getClass() == HashMap.class
                || map.getClass().getName().startsWith("java.util.ImmutableCollections");
    }

    /// A map of names and values in this order.
    ///
    /// @param namesAndValues a name, its value, the next name, …
    public static SequencedMap<String, Object> ordered(Object... namesAndValues) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
