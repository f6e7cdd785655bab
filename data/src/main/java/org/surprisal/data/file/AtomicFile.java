package org.surprisal.data.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.surprisal.data.internal.UnfinishedFile;

/// Writes files whole or not at all: first under a temporary name in the same folder ([UnfinishedFile]), then under
/// their own.
///
/// A link of the file's name is replaced, never followed. Files have the permissions that the process gives new files.
public final class AtomicFile {
    private AtomicFile() {
    }

    /// What is written, and how.
    ///
    /// @param <E> what it may fail with, besides [IOException]
    @FunctionalInterface
    public interface Content<E extends Exception> {
        /// Writes all of it; the stream is closed by the caller.
        void writeTo(OutputStream out) throws IOException, E;
    }

    /// Writes the content, then gives it the file's name, replacing what had it. Makes the folder where it is missing.
    /// On any failure nothing is left behind.
    public static <E extends Exception> void write(Path file, Content<E> content) throws IOException, E {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file in a folder");
        }
        Files.createDirectories(folder);
        try (UnfinishedFile unfinished = UnfinishedFile.in(folder)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(unfinished.channel()));
            content.writeTo(out);
            out.flush();
            Files.move(unfinished.path(), absolute, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Writes a text in UTF-8, as [#write] does.
    public static void writeText(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Deletes from a folder the unfinished files of processes that were killed; those of processes that go on are left
    /// alone.
    ///
    /// @param folder need not exist
    public static void clear(Path folder) throws IOException {
        UnfinishedFile.clear(folder);
    }
}
