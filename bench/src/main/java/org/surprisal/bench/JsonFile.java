package org.surprisal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.surprisal.study.Failures;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Results for other programs.
final class JsonFile {
    private JsonFile() {
    }

    /// Writes one object; folders that are missing are made.
    ///
    /// @param content maps, lists, texts, numbers and truth values
    /// @throws IOException when the file cannot be written; the message names it
    static void write(Path file, Map<String, ?> content) throws IOException {
        JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, json.writeValueAsString(content) + System.lineSeparator());
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + Failures.reason(e), e);
        }
    }
}
