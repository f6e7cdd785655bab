package org.surprisal.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Which of a study's many networks a number belongs to: `sigma-w2=1.5 seed=3`.
///
/// @param values by name, in the order written; empty for a number of the whole study
public record Case(Map<String, String> values) {
    /// A number of the whole study.
    public static final Case WHOLE = new Case(Map.of());

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.+-]+");

    /// @throws IllegalArgumentException if a name or value has other characters than letters, digits, `_`, `.`, `+`,
    /// `-`
    public Case {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach((name, value) -> {
            if (!WORD.matcher(name).matches() || !WORD.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "case '" + name + "=" + value + "': only letters, digits and _ . + - are taken");
            }
        });
    }

    /// A case with one coordinate; [Setting#text] gives the text of a setting's value.
    public static Case of(String name, String value) {
        return WHOLE.and(name, value);
    }

    /// This case with one coordinate more, or with that coordinate changed.
    public Case and(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Case(more);
    }

    /// As [#and(String, String)], for a seed or another count.
    public Case and(String name, long value) {
        return and(name, Long.toString(value));
    }

    /// The value of one coordinate.
    ///
    /// @throws IllegalArgumentException if the case has no such coordinate
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the case '" + this + "' has no '" + name + "'");
        }
        return value;
    }

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException if it is not of the form `name=value name=value`
    public static Case parse(String text) {
        Case read = WHOLE;
        for (String coordinate : text.isBlank() ? new String[0] : text.strip().split(" +")) {
            int equals = coordinate.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("case '" + text + "': '" + coordinate + "' is not name=value");
            }
            read = read.and(coordinate.substring(0, equals), coordinate.substring(equals + 1));
        }
        return read;
    }

    /// `name=value name=value`
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value));
        return text.toString();
    }
}
