package org.surprisal.study;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `metrics.csv`, whose lines come all together when a run ends.
///
/// The file is made when the run begins, which claims the run folder, and is locked while the run goes on: two
/// processes never go on with one run.
final class MetricsFile implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object key;

    private MetricsFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.key = key(file);
    }

    /// Makes and locks the file of a new run.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is one
    static MetricsFile create(Path file) throws IOException {
        return locked(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// Locks the file of a run that goes on. A file that is missing is made: its lines are joined anew.
    ///
    /// @throws IOException with one line, if another process writes it
    static MetricsFile resume(Path file) throws IOException {
        return locked(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// The lock is released with the process, however it ends.
    private static MetricsFile locked(Path file, OpenOption... options) throws IOException {
        FileChannel channel = FileChannel.open(file, options);
        boolean free;
        try {
            free = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            free = false;
        }
        if (!free) {
            channel.close();
            throw new IOException(file + " is being written by a run that goes on");
        }
        return new MetricsFile(file, channel);
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /// Whether the file is still where it was opened: neither it nor its folder was deleted, moved or replaced.
    boolean isInPlace() {
        try {
            return Objects.equals(key, key(file));
        } catch (IOException e) {
            return false;
        }
    }

    /// Replaces everything by these lines.
    void replace(List<String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        channel.truncate(0);
        channel.position(0);
        ByteBuffer left = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
