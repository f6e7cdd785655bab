package org.surprisal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values of an option `--set KEY=VALUE` that may be given again and again.
public final class Assignments {
    private Assignments() {
    }

    /// The texts of the values by key; of a key that is given twice the last.
    ///
    /// @throws UsageException if one of the given has no key
    public static Map<String, String> parse(List<String> given) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : given) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--set " + pair + ": must be KEY=VALUE");
            }
            values.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
        }
        return values;
    }
}
