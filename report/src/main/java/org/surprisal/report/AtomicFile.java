package org.surprisal.report;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.jspecify.annotations.Nullable;

/// Writing that leaves the old file or the whole new one, never half of it.
final class AtomicFile {

    private AtomicFile() {
    }

    /// Writes `bytes` to `file` by way of a temporary file beside it; makes the folder where it is missing.
    ///
    /// @throws IOException with one line naming the file and its folder
    static void write(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IOException("cannot write " + file + ": it names no file");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(
                    "cannot write " + file.getFileName() + ": " + folder + " is no folder and cannot be made",
                    e);
        }
        if (!Files.isWritable(folder)) {
            throw unwritable(file, folder, null);
        }
        Path temporary = folder.resolve(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + "."
                        + Thread.currentThread().threadId());
        try {
            Files.write(temporary, bytes);
            move(temporary, file);
        } catch (IOException e) {
            throw unwritable(file, folder, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static IOException unwritable(Path file, Path folder,
            @Nullable IOException cause) {
        return new IOException("cannot write " + file.getFileName() + ": the folder " + folder
                + " takes no file; choose one that is writable and not full", cause);
    }
}
