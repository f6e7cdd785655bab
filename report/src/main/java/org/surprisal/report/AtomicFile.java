package org.surprisal.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes files whole or not at all.
///
/// The same scheme and the same temporary names as `org.surprisal.data.file.AtomicFile`, which this module does not
/// depend on: a new file of a name that cannot be guessed, locked while it is written, so that a run folder can be
/// cleared of both kinds.
final class AtomicFile {

    private AtomicFile() {
    }

    /// Writes `bytes` to `file` by way of a temporary file in the same folder; makes the folder where it is missing. A
    /// link named `file` is replaced, not followed.
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
        Path temporary = folder.resolve(".unfinished-" + UUID.randomUUID() + ".part");
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            lock(channel);
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            move(temporary, file);
        } catch (IOException e) {
            throw unwritable(file, folder, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// Tells other processes that the file is being written. The lock is released with the channel.
    private static void lock(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IllegalStateException("a new file is locked already");
            }
        } catch (IOException | OverlappingFileLockException e) {
            // A file system without locks; nothing there is taken for left behind.
            return;
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
