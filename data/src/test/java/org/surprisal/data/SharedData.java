package org.surprisal.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Real data files for tests: `$SURPRISAL_DATA`, else `../shared/data` beside the repository. Tests without them are
/// skipped.
public final class SharedData {
    private SharedData() {
    }

    public static Path folder(String dataset) {
        String variable = System.getenv("SURPRISAL_DATA");
        // Tests run in the module's folder, one below the repository's root.
        Path folder = variable == null || variable.isBlank()
                ? Path.of("..", "..", "shared", "data")
                : Path.of(variable);
        assumeTrue(Files.isDirectory(folder.resolve(dataset)),
                "no folder " + dataset + " in " + folder.toAbsolutePath().normalize() + ": set SURPRISAL_DATA");
        return folder;
    }
}
