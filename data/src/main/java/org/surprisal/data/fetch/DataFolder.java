package org.surprisal.data.fetch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.DataException;
import org.surprisal.settings.MessageText;

/// Where data files are looked for and downloaded to.
public final class DataFolder {
    private DataFolder() {
    }

    /// The folder that was asked for (`--data`); else `$SURPRISAL_DATA`; else `surprisal/data` in the user's cache
    /// folder, which is `$XDG_CACHE_HOME` or `~/.cache`. It need not exist. Empty values count as absent.
    ///
    /// @throws DataException when the value is no path
    public static Path resolve(@Nullable String asked) {
        return resolve(asked, Environment.SYSTEM, System.getProperty("user.home", "."));
    }

    static Path resolve(@Nullable String asked, Environment environment, String home) {
        String variable = environment.get("SURPRISAL_DATA");
        String cache = environment.get("XDG_CACHE_HOME");
        if (asked != null && !asked.isBlank()) {
            return path("--data", asked);
        }
        if (variable != null && !variable.isBlank()) {
            return path("$SURPRISAL_DATA", variable);
        }
        Path caches = cache != null && !cache.isBlank()
                ? path("$XDG_CACHE_HOME", cache)
                : path("user.home", home).resolve(".cache");
        return caches.resolve("surprisal").resolve("data");
    }

    private static Path path(String setting, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new DataException(setting + ": " + MessageText.noPath(value), e);
        }
    }

    /// Where settings are read from: null for those that are not set.
    interface Environment {
        Environment SYSTEM = System::getenv;

        @Nullable
        String get(String variable);
    }
}
