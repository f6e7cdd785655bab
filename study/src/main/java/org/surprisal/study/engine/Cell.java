package org.surprisal.study.engine;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.surprisal.study.Sha256;

/// The place of one trial in a design: a value for each factor, and a seed.
///
/// @param at   the value of each factor, in the order of the design
/// @param seed of every random choice of the trial
public record Cell(SequencedMap<Factor<?>, Object> at, long seed) {
    private static final String PLAIN = "[A-Za-z0-9._+-]+";
    private static final int LONGEST = 160;

    public Cell {
        at = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(at));
    }

    /// The value of a factor.
    ///
    /// @throws IllegalArgumentException if the design has no such factor
    @SuppressWarnings("unchecked")
    public <T> T get(Factor<T> factor) {
        Object value = at.get(factor);
        if (value == null) {
            throw new IllegalArgumentException("the design has no factor '" + factor.column() + "'; it has "
                    + at.keySet().stream().map(Factor::column).toList());
        }
        return (T) value;
    }

    /// The name of the trial's folder: `sigma-w2=1.5,seed=2`. Characters that cannot stand in the name of a file on
    /// every system are written as `%` and two hexadecimal digits a byte; a name of more than 160 characters ends with
    /// its SHA-256 instead.
    public String folder() {
        String name = at.entrySet().stream().map(each -> each.getKey().column() + "="
                + plain(each.getKey().text(each.getValue())) + ",").collect(Collectors.joining()) + "seed=" + seed;
        return name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST - 40) + "~" + Sha256.of(name).substring(0, 39);
    }

    private static String plain(String text) {
        if (text.matches(PLAIN)) {
            return text;
        }
        StringBuilder written = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            String character = String.valueOf((char) (b & 0xff));
            written.append(
                    b > 0 && character.matches(PLAIN) ? character : String.format(Locale.ROOT, "%%%02X", b & 0xff));
        }
        return written.toString();
    }

    /// What a person is told: `σ_w² = 1.5, seed 2`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Factor<?>, Object> each : at.entrySet()) {
            text.append(each.getKey().label(each.getValue())).append(", ");
        }
        return text.append("seed ").append(seed).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell that && folder().equals(that.folder());
    }

    @Override
    public int hashCode() {
        return folder().hashCode();
    }
}
