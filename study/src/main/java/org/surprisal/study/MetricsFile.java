package org.surprisal.study;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.surprisal.tensor.digest.Sha256Digest;

/// `metrics.csv`: one number a row, with the columns `step,epoch,layer,name,value,unit,case` ([MetricRow]).
///
/// There is no time of day in the file, and each row reaches the operating system as soon as it is added: a killed
/// process loses none, at worst the last row is cut. The file is locked while a run writes it.
final class MetricsFile implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object key;
    private final MessageDigest digest = Sha256Digest.start();

    private MetricsFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.key = key(file);
    }

    /// Starts a new file.
    ///
    /// @param header its first line, or nothing for a file whose lines come all together
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is one
    static MetricsFile create(Path file, Optional<String> header) throws IOException {
        MetricsFile metrics = new MetricsFile(file,
                claimed(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
        if (header.isPresent()) {
            metrics.line(header.get());
        }
        return metrics;
    }

    /// Locks a file to go on with it. Nothing is changed before [#cut].
    ///
    /// @throws IOException with one line, if there is none, or another process writes it
    static MetricsFile resume(Path file) throws IOException {
        try {
            return new MetricsFile(file, claimed(file,
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)));
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is missing: the run cannot go on without the rows it has kept", e);
        }
    }

    /// Checks the first bytes of the file.
    ///
    /// @param length   bytes, as [#length] gave them; 0 starts anew
    /// @param expected their digest, as [#sha256] gave it; absent if it is not known
    /// @throws IOException with one line, if the file is shorter, or its rows are others
    void requireRows(long length, Optional<String> expected) throws IOException {
        if (channel.size() < length) {
            throw new IOException(file + " is damaged: it has lost rows that the checkpoint knows of");
        }
        digest.reset();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (long at = 0; at < length; at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(CHUNK, length - at));
            if (channel.read(chunk, at) < 1) {
                throw new IOException(file + " cannot be read at byte " + at);
            }
            digest.update(chunk.flip());
        }
        if (expected.isPresent() && !sha256().equals(expected.get())) {
            throw new IOException(file + " is damaged: rows that were kept before the last checkpoint have changed");
        }
    }

    /// Forgets what lies behind the bytes that were checked last.
    void cut(long length) throws IOException {
        channel.truncate(length);
        channel.position(length);
        if (length == 0) {
            line(MetricRow.HEADER);
        }
    }

    /// The lock is released with the process, however it ends.
    private static FileChannel claimed(Path file, FileChannel channel) throws IOException {
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
        return channel;
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

    /// Bytes so far.
    synchronized long length() throws IOException {
        return channel.position();
    }

    /// The digest of the bytes so far.
    synchronized String sha256() {
        try {
            return Sha256Digest.hex((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's digests can be cloned", e);
        }
    }

    /// Replaces everything by these lines.
    synchronized void replace(List<String> lines) throws IOException {
        channel.truncate(0);
        channel.position(0);
        digest.reset();
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        write(text.toString());
    }

    synchronized void add(Metric metric) throws IOException {
        line(MetricRow.of(metric));
    }

    private void line(String text) throws IOException {
        write(text + "\n");
    }

    private void write(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        digest.update(bytes);
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    /// The rows of a file. A last row without its line end was cut by a kill and is left out.
    ///
    /// @throws IOException with one line naming file, line and column, if it is damaged
    static List<Metric> read(Path file) throws IOException {
        byte[] bytes = TextFile.bytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        List<String> lines = TextFile.decode(file, Arrays.copyOf(bytes, end)).lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(MetricRow.HEADER)) {
            throw new IOException(file + ", line 1: the header must be " + MetricRow.HEADER);
        }
        List<Metric> metrics = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                metrics.add(MetricRow.parse(lines.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ", line " + (i + 1) + ": " + Failures.words(e), e);
            }
        }
        return metrics;
    }
}
