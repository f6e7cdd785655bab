package org.surprisal.study;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.surprisal.data.Npz;
import org.surprisal.network.State;
import org.surprisal.network.StateFile;
import org.surprisal.tensor.Tensor;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Everything that is kept of one run.
///
/// | file | contents |
/// |---|---|
/// | `run.json` | where it comes from and how it went ([RunRecord]); always whole, replaced at each change |
/// | `metrics.csv` | one measured number a row, columns `step,epoch,layer,name,value,unit,case`; grows row by row |
/// | `arrays/NAME.npz` | what is too much for a table |
/// | `figures/` | every figure as PNG and SVG |
/// | `report.html` | the findings |
/// | `checkpoint/` | from where a run that was cut off goes on |
public final class RunFolder implements Closeable {
    private static final String RECORD = "run.json";
    private static final String METRICS = "metrics.csv";
    private static final String REPORT = "report.html";
    private static final String CHECKPOINT = "checkpoint";
    private static final String METRICS_LENGTH = "metrics-length";
    private static final List<String> CONTENTS = List.of(RECORD, METRICS, "arrays", "figures", REPORT, CHECKPOINT);

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path path;
    private final @Nullable MetricsFile writer;
    private final List<Path> made;
    private RunRecord record;
    private volatile boolean holdsNumbers;

    private RunFolder(Path path, @Nullable MetricsFile writer, Collection<Path> made, RunRecord record) {
        this.path = path;
        this.writer = writer;
        this.made = List.copyOf(made);
        this.record = record;
    }

    /// Makes the folder of a new run, with its parents.
    ///
    /// @throws IOException with one line, if the folder holds a run already or cannot be written; then nothing is left
    static RunFolder create(Path path, RunRecord record) throws IOException {
        for (String name : CONTENTS) {
            if (Files.exists(path.resolve(name))) {
                throw occupied(path);
            }
        }
        Deque<Path> made = missing(path);
        try {
            Files.createDirectories(path);
            // The new file is the claim: of two runs started at once, one gets the folder.
            RunFolder folder = new RunFolder(path, MetricsFile.create(path.resolve(METRICS)), made, record);
            folder.write();
            return folder;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(path)) {
                throw occupied(path);
            }
            throw new IOException("run folder " + path + ": " + e.getFile() + " is a file, not a folder", e);
        } catch (IOException e) {
            try {
                undo(path, made);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            String why = e instanceof FileSystemException file && file.getReason() != null
                    ? " (" + file.getReason() + ")"
                    : "";
            throw new IOException("run folder " + path + " cannot be made or written" + why
                    + "; choose another with --out DIR", e);
        }
    }

    /// The folder of a run that was made before, to be read and redrawn.
    ///
    /// @throws IOException with one line, if it is no run folder or run.json is damaged
    public static RunFolder open(Path path) throws IOException {
        Path file = path.resolve(RECORD);
        if (!Files.isRegularFile(file)) {
            throw new IOException(path + " is not a run folder: it has no run.json");
        }
        try {
            @Nullable
            RunRecord record = JSON.readValue(Files.readString(file, StandardCharsets.UTF_8), RunRecord.class);
            if (record == null) {
                throw new IOException(file + " is damaged: it holds no record");
            }
            if (record.format() != RunRecord.FORMAT) {
                throw new IOException(file + " has format " + record.format() + "; this version reads format "
                        + RunRecord.FORMAT);
            }
            return new RunFolder(path, null, List.of(), record);
        } catch (JacksonException e) {
            throw new IOException(file + " is damaged: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        }
    }

    /// The folder of a run that was cut off, to go on with it: numbers that were kept after its last checkpoint are forgotten.
    ///
    /// @throws IOException with one line, if it is no run folder, the run is done or goes on, or something is damaged
    static RunFolder resume(Path path) throws IOException {
        RunFolder found = open(path);
        if (found.record.status() == RunStatus.DONE) {
            throw new IOException(path + " holds a run that is done: there is nothing to resume");
        }
        Optional<State> kept = found.checkpoint();
        MetricsFile metrics = MetricsFile.resume(path.resolve(METRICS),
                kept.isPresent() ? kept.get().count(METRICS_LENGTH) : 0);
        RunFolder folder = new RunFolder(path, metrics, List.of(), found.record.resumed());
        folder.holdsNumbers = true;
        folder.write();
        return folder;
    }

    /// Keeps from where the run can go on, together with how many numbers there are now.
    void keep(State state) throws IOException {
        if (writer == null) {
            throw new IllegalStateException("run folder " + path + " was opened to be read");
        }
        state.put(METRICS_LENGTH, writer.length());
        StateFile.write(checkpointFile(), state);
    }

    /// What was kept last; empty before the first.
    Optional<State> checkpoint() {
        return Files.isRegularFile(checkpointFile()) ? Optional.of(StateFile.read(checkpointFile())) : Optional.empty();
    }

    private Path checkpointFile() {
        return path.resolve(CHECKPOINT).resolve("state.safetensors");
    }

    public Path path() {
        return path;
    }

    /// Where the run comes from and how it went.
    public synchronized RunRecord record() {
        return record;
    }

    /// Keeps a number. Threads may add at once, but then the order of rows is left to chance.
    ///
    /// @throws IllegalStateException if the folder was opened to be read
    public void add(Metric metric) throws IOException {
        if (writer == null) {
            throw new IllegalStateException("run folder " + path + " was opened to be read");
        }
        holdsNumbers = true;
        writer.add(metric);
    }

    /// The numbers kept so far, in the order in which they were added.
    ///
    /// @throws IOException with one line, if metrics.csv is missing or damaged
    public List<Metric> metrics() throws IOException {
        Path file = path.resolve(METRICS);
        if (!Files.isRegularFile(file)) {
            throw new IOException(path + " is not a whole run folder: it has no " + METRICS);
        }
        return MetricsFile.read(file);
    }

    /// Keeps arrays that are too much for a table, as `arrays/NAME.npz`.
    public void writeArrays(String name, SequencedMap<String, Tensor> arrays) throws IOException {
        Path file = arraysFile(name);
        holdsNumbers = true;
        Files.createDirectories(file.getParent());
        Npz.write(file, arrays);
    }

    /// The arrays kept under a name; absent if there are none.
    public Optional<SequencedMap<String, Tensor>> arrays(String name) {
        Path file = arraysFile(name);
        return Files.isRegularFile(file) ? Optional.of(Npz.readAll(file)) : Optional.empty();
    }

    private Path arraysFile(String name) {
        return path.resolve("arrays").resolve(name + ".npz");
    }

    /// Adds to the time that a phase of the run took, in seconds.
    public void timed(String phase, double seconds) throws IOException {
        update(current -> current.timed(phase, seconds));
    }

    /// The folder of the figures' files.
    public Path figures() {
        return path.resolve("figures");
    }

    /// The report's file.
    public Path report() {
        return path.resolve(REPORT);
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }

    /// The same folder, to be read, with another record than is written in it.
    RunFolder as(RunRecord other) {
        return new RunFolder(path, null, List.of(), other);
    }

    /// Whether a number or an array has been kept since the folder was made.
    boolean holdsNumbers() {
        return holdsNumbers;
    }

    /// Removes what a run that should not have begun has left, and the folders that were made for it.
    void discard() throws IOException {
        close();
        undo(path, made);
    }

    synchronized void update(UnaryOperator<RunRecord> change) throws IOException {
        record = change.apply(record);
        write();
    }

    private void write() throws IOException {
        writeText(RECORD, JSON.writeValueAsString(record) + "\n");
    }

    /// Keeps a text file, whole or not at all.
    public void writeText(String name, String text) throws IOException {
        Path part = path.resolve("." + name + ".part");
        Files.writeString(part, text, StandardCharsets.UTF_8);
        Files.move(part, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static IOException occupied(Path path) {
        return new IOException("run folder " + path + " already holds a run; choose another with --out DIR");
    }

    /// The folders that are to be made, deepest first.
    private static Deque<Path> missing(Path path) {
        Deque<Path> folders = new ArrayDeque<>();
        for (Path folder = path.toAbsolutePath(); folder != null && !Files.exists(folder); folder = folder
                .getParent()) {
            folders.addLast(folder);
        }
        return folders;
    }

    private static void undo(Path path, Collection<Path> made) throws IOException {
        if (Files.isDirectory(path)) {
            for (String name : List.of("." + RECORD + ".part", RECORD, METRICS)) {
                Files.deleteIfExists(path.resolve(name));
            }
        }
        for (Path folder : made) {
            Files.deleteIfExists(folder);
        }
    }
}
