package org.surprisal.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.surprisal.settings.NearestName;

/// One of several words, as the user wrote it.
public final class Choice {
    private Choice() {
    }

    /// The value with this label; capitals do not matter.
    ///
    /// @param option what was given, for the message
    /// @throws UsageException if none has it
    public static <E> E of(String option, String given, E[] values, Function<E, String> label) {
        List<String> labels = Arrays.stream(values).map(label).toList();
        int index = labels.indexOf(given.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new UsageException(option + " " + given + ": must be one of " + String.join(", ", labels)
                    + NearestName.of(given, labels).map(near -> "; did you mean '" + near + "'?").orElse(""));
        }
        return values[index];
    }

    /// How a constant is written on the command line: `rule-of-thumb`.
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
