package org.surprisal.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a file so that under its name there is ever only the whole of it: first under a temporary name beside it.
final class AtomicFile {
    private AtomicFile() {
    }

    /// What is written, and how.
    interface Content<E extends Exception> {
        void writeTo(OutputStream out) throws IOException, E;
    }

    /// Writes the content, then gives it the file's name, replacing what had it. On any failure nothing is left behind.
    static <E extends Exception> void write(Path file, Content<E> content) throws IOException, E {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file in a folder");
        }
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, ".unfinished-", ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                content.writeTo(out);
            }
            Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
