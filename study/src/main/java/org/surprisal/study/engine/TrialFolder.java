package org.surprisal.study.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.file.FileName;
import org.surprisal.network.State;
import org.surprisal.network.StateFile;
import org.surprisal.study.TextFile;
import org.surprisal.tensor.digest.Sha256Digest;

/// The folder of one trial: `trials/CELL` of the run.
///
/// | file | contents |
/// |---|---|
/// | `rows.csv` | one recorded number a line ([Row]); grows as stages and epochs are finished |
/// | `trial.json` | how far the trial has come ([TrialRecord]); replaced at each change |
/// | `arrays/NAME.npz`, `weights/NAME.safetensors` | what the trial kept |
/// | `training-N.safetensors` | the last checkpoint of the trial's training N; deleted when the trial has ended |
///
/// Lines reach the operating system before trial.json or a checkpoint says that they are there. What lies behind them
/// was cut off and is forgotten when the trial goes on.
final class TrialFolder {
    private static final String ROWS = "rows.csv";
    private static final String BYTES = "rows-bytes";
    private static final String SHA256 = "rows-sha256";

    private final Path path;
    private TrialRecord record;
    private @Nullable FileChannel channel;
    private final MessageDigest digest = Sha256Digest.start();
    private long length;

    private TrialFolder(Path path, TrialRecord record) {
        this.path = path;
        this.record = record;
    }

    /// The folder of a trial, which need not have begun.
    ///
    /// @throws IOException with one line naming the file, if trial.json is damaged
    static TrialFolder of(Path path) throws IOException {
        return new TrialFolder(path, TrialRecord.read(path.resolve(TrialRecord.FILE)).orElse(TrialRecord.BEGUN));
    }

    TrialRecord record() {
        return record;
    }

    /// The numbers recorded so far; empty for a trial that has not begun. A last line without its end was cut off and
    /// is left out.
    ///
    /// @throws IOException with one line naming file and line, if it is damaged
    List<Row> rows() throws IOException {
        Path file = path.resolve(ROWS);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        List<String> lines = TextFile.decode(file, Arrays.copyOf(bytes, end)).lines().toList();
        if (lines.isEmpty()) {
            return List.of();
        }
        if (!lines.getFirst().equals(Row.HEADER)) {
            throw new IOException(file + ", line 1: the header must be " + Row.HEADER);
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                rows.add(Row.parse(lines.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return rows;
    }

    /// Opens the folder to go on with the trial: lines behind the last that counts are forgotten.
    ///
    /// @throws IOException with one line naming the file, if lines that count are missing or have changed
    void open() throws IOException {
        Optional<State> checkpoint = checkpoint(record.trainings() + 1);
        long bytes = checkpoint.isPresent() ? checkpoint.get().count(BYTES) : record.bytes();
        String expected = checkpoint.isPresent() ? checkpoint.get().findText(SHA256).orElse("") : record.sha256();
        Files.createDirectories(path);
        Path file = path.resolve(ROWS);
        FileChannel rows = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        channel = rows;
        if (rows.size() < bytes) {
            throw new IOException(file + " is damaged: it has lost lines that were kept before");
        }
        ByteBuffer kept = ByteBuffer.allocate(Math.toIntExact(bytes));
        while (kept.hasRemaining() && rows.read(kept, kept.position()) > 0) {
            // Read until there is no more.
        }
        digest.update(kept.flip());
        if (bytes > 0 && !sha256().equals(expected)) {
            throw new IOException(file + " is damaged: lines that were kept before the trial was cut off have changed");
        }
        rows.truncate(bytes);
        rows.position(bytes);
        length = bytes;
        if (bytes == 0) {
            write(Row.HEADER + "\n");
        }
    }

    /// Adds numbers, all with one write.
    void append(List<Row> rows) throws IOException {
        if (!rows.isEmpty()) {
            StringBuilder text = new StringBuilder();
            rows.forEach(row -> text.append(row.line()).append('\n'));
            write(text.toString());
        }
    }

    private void write(String text) throws IOException {
        FileChannel rows = channel;
        if (rows == null) {
            throw new IllegalStateException("trial folder " + path + " was opened to be read");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            rows.write(left);
        }
        digest.update(bytes);
        length += bytes.length;
    }

    private String sha256() {
        try {
            return Sha256Digest.hex((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's digests can be cloned", e);
        }
    }

    /// Says that a stage or a training is finished, with all its numbers.
    void finish(String section) throws IOException {
        keep(record.with(section, length, sha256()));
    }

    /// Says how the trial ended, and deletes its checkpoints.
    void end(TrialRecord.Status status, String reason) throws IOException {
        keep(record.ended(status, reason, length, sha256()));
        close();
        for (int n = 1; Files.deleteIfExists(checkpointFile(n)); n++) {
            // The next one.
        }
    }

    private void keep(TrialRecord changed) throws IOException {
        changed.write(path.resolve(TrialRecord.FILE));
        record = changed;
    }

    /// Keeps from where a training can go on, with how many numbers there are now.
    ///
    /// @param training number of the trial's training, from 1
    void checkpoint(int training, State state) throws IOException {
        state.put(BYTES, length);
        state.put(SHA256, sha256());
        StateFile.write(checkpointFile(training), state);
    }

    /// From where a training can go on; absent before its first checkpoint.
    Optional<State> checkpoint(int training) {
        Path file = checkpointFile(training);
        return Files.isRegularFile(file) ? Optional.of(StateFile.read(file)) : Optional.empty();
    }

    private Path checkpointFile(int training) {
        return path.resolve("training-" + training + ".safetensors");
    }

    /// The file that says how far the trial has come.
    Path recordFile() {
        return path.resolve(TrialRecord.FILE);
    }

    /// The file of the arrays of a name.
    ///
    /// @throws IllegalArgumentException if the name cannot be that of a file
    Path arrays(String name) {
        return path.resolve("arrays").resolve(FileName.require(name + ".npz"));
    }

    /// The file of the weights of a name.
    ///
    /// @throws IllegalArgumentException if the name cannot be that of a file
    Path weights(String name) {
        return path.resolve("weights").resolve(FileName.require(name + ".safetensors"));
    }

    void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
