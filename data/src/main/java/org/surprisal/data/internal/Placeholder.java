package org.surprisal.data.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.surprisal.data.DataException;

/// Files that stand where data should be, as a clone without Git LFS and a download of a web page leave them.
public final class Placeholder {
    private static final int START = 128;
    private static final String POINTER = "version https://git-lfs";

    private Placeholder() {
    }

    /// Refuses a file that is a pointer of Git LFS or a web page. A file that is missing or cannot be read passes.
    ///
    /// @throws DataException saying how to get the data
    public static void refuse(Path file) {
        String start = start(file);
        if (start.startsWith(POINTER)) {
            throw new DataException(file + " is a pointer of Git LFS, not the data: get the data with 'git lfs pull'");
        }
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            throw new DataException(file + " is a web page (HTML), not data: download the file itself");
        }
    }

    private static String start(Path file) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(START), StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            // What reads the file says why it cannot be read.
            return "";
        }
    }
}
