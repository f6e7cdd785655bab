package org.surprisal.study;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.file.AtomicFile;
import org.surprisal.data.file.FileName;
import org.surprisal.study.dataset.Datasets;
import org.surprisal.tensor.Machine;

/// Everything that is kept of one run.
///
/// | file | contents |
/// |---|---|
/// | `run.json` | where it comes from and how it went ([RunRecord]); always whole, replaced at each change |
/// | `metrics.csv` | one measured number a row, joined from the trials when the run ends or is interrupted |
/// | `trials/CELL/` | numbers, arrays, weights and checkpoints of each trial |
/// | `experiment.yaml`, `network.txt`, `classes.txt` | of an experiment: its file, its layers, names of classes |
/// | `figures/` | every figure as PNG and SVG |
/// | `report.html` | the findings |
///
/// A new run claims all of these names at once, and is refused where one of them is taken. Files of other names are
/// left alone.
public final class RunFolder implements Closeable {
    private static final int MOST_TRIES = 10_000;

    private final Path path;
    private final @Nullable MetricsFile writer;
    private final List<Path> made;
    private final List<Path> empty;
    private final FileDigests digests = new FileDigests();
    private final boolean resumed;
    private RunRecord record;
    private volatile boolean holdsNumbers;

    private RunFolder(Path path, @Nullable MetricsFile writer, Collection<Path> made, Collection<Path> empty,
            boolean resumed, RunRecord record) {
        this.path = path;
        this.writer = writer;
        this.made = List.copyOf(made);
        this.empty = List.copyOf(empty);
        this.resumed = resumed;
        this.record = record;
        this.holdsNumbers = resumed;
    }

    /// Makes the folder of a new run, as the request names it.
    ///
    /// @param study name
    /// @throws IOException with one line, if it cannot be made or written, or something is in the way; then nothing is
    /// left
    public static RunFolder begin(String study, RunRequest request) throws IOException {
        RunRecord record = RunRecord.starting(study, request);
        return request.numbered() ? createNumbered(request.out(), record) : create(request.out(), record);
    }

    /// Makes the folder of a new run, with its parents.
    ///
    /// @param path need not exist; in a folder that exists, no name that a run may write is taken, except by an empty
    /// folder
    /// @throws IOException with one line, if something is in the way or the folder cannot be written; then nothing is
    /// left
    static RunFolder create(Path path, RunRecord record) throws IOException {
        return claim(path, missing(path), record);
    }

    /// Makes a folder that was not there, for a new run: the given one, else the first that is free of `PATH-2`,
    /// `PATH-3`, …. Runs that are started at the same time get a folder each.
    ///
    /// @throws IOException with one line, if none can be made or written; then nothing is left
    static RunFolder createNumbered(Path path, RunRecord record) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("run folder " + path + " cannot be made: it has no name");
        }
        Deque<Path> made = missing(parent);
        for (int i = 1; i <= MOST_TRIES; i++) {
            Path folder = i == 1 ? path : path.resolveSibling(path.getFileName() + "-" + i);
            try {
                Files.createDirectories(parent);
            } catch (IOException e) {
                throw unwritable(folder, e);
            }
            try {
                // Making the folder is the claim.
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException | NoSuchFileException taken) {
                // Another run has it, or has just removed the parent that was made for it.
                continue;
            } catch (IOException e) {
                throw unwritable(folder, e);
            }
            made.addFirst(folder);
            return claim(folder, made, record);
        }
        throw new IOException("run folder " + path + " cannot be made: " + MOST_TRIES
                + " of its name are there already; choose another with --out DIR");
    }

    private static RunFolder claim(Path path, Collection<Path> made, RunRecord record) throws IOException {
        RunContents.requireFree(path);
        List<Path> empty = RunContents.emptyFolders(path);
        boolean claimed = false;
        try {
            Files.createDirectories(path);
            // The new file is the claim: of two runs started at once, one gets the folder.
            RunFolder folder = new RunFolder(path, MetricsFile.create(path.resolve(RunContents.METRICS)), made, empty,
                    false, record);
            claimed = true;
            folder.write();
            return folder;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(path)) {
                throw RunContents.occupied(path);
            }
            throw new IOException("run folder " + path + ": " + e.getFile() + " is a file, not a folder", e);
        } catch (IOException e) {
            try {
                if (claimed) {
                    RunContents.remove(path, made, empty);
                } else {
                    RunContents.removeEmpty(made);
                }
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw unwritable(path, e);
        }
    }

    private static IOException unwritable(Path path, IOException e) {
        String why = e instanceof FileSystemException file && file.getReason() != null
                ? " (" + file.getReason() + ")"
                : "";
        return new IOException("run folder " + path + " cannot be made or written" + why
                + "; choose another with --out DIR", e);
    }

    /// The folder of a run that was made before, to be read and redrawn.
    ///
    /// @throws IOException with one line, if it is no run folder or run.json is damaged
    public static RunFolder open(Path path) throws IOException {
        return new RunFolder(path, null, List.of(), List.of(), false, RunRecordFile.read(path));
    }

    /// The folder of a run that was cut off, to go on with it: files that were left unfinished are deleted. A folder
    /// that is refused is left as it is.
    ///
    /// @throws IOException with one line, if it is no run folder, the run is done or goes on, this process computes
    /// products in another way, or run.json is damaged
    public static RunFolder resume(Path path) throws IOException {
        RunRecord found = RunRecordFile.read(path);
        if (found.status() == RunStatus.DONE) {
            throw new IOException(path + " holds a run that is done: there is nothing to resume");
        }
        if (!found.isAsItBegan()) {
            throw new IOException(
                    path.resolve(RunContents.RECORD) + " is damaged: study, settings or seeds are not those"
                            + " with which the run began; bring the old file back");
        }
        Products.requireSame(path, found.machine().arithmetic().products(), Machine.current().products());
        MetricsFile metrics = MetricsFile.resume(path.resolve(RunContents.METRICS));
        try {
            RunFolder folder = new RunFolder(path, metrics, List.of(), List.of(), true, found.resumed());
            RunContents.clearUnfinished(path);
            folder.write();
            return folder;
        } catch (IOException | RuntimeException e) {
            metrics.close();
            throw e;
        }
    }

    /// Whether the run was cut off before and goes on now.
    public boolean isResumed() {
        return resumed;
    }

    /// The folder of a trial, which need not be there.
    ///
    /// @param name of the trial's cell
    /// @throws IllegalArgumentException if the name cannot be that of a file ([FileName])
    public Path trial(String name) {
        return path.resolve(RunContents.TRIALS).resolve(FileName.require(name));
    }

    /// Refuses to go on without the folder.
    ///
    /// @throws IOException with one line, if the run folder is not where it was
    public void requireInPlace() throws IOException {
        writer();
    }

    /// Says that the folder is about to hold numbers of a trial.
    ///
    /// @throws IOException with one line, if the run folder is not where it was
    public void holds() throws IOException {
        writer();
        holdsNumbers = true;
    }

    /// Writes metrics.csv anew.
    ///
    /// @param lines the header and a line for each number of all trials
    public void joined(List<String> lines) throws IOException {
        writer().replace(lines);
    }

    /// Where the folder is.
    public Path path() {
        return path;
    }

    /// Where the run comes from and how it went.
    public synchronized RunRecord record() {
        return record;
    }

    /// What a run writes with.
    ///
    /// @throws IllegalStateException if the folder was opened to be read
    /// @throws IOException with one line, if the folder is not where it was: to write on would make another, half of
    /// one
    private MetricsFile writer() throws IOException {
        if (writer == null) {
            throw new IllegalStateException("run folder " + path + " was opened to be read");
        }
        if (!writer.isInPlace()) {
            throw new IOException("run folder " + path + " was deleted or moved while the run went on, which ends here:"
                    + " its numbers can no longer be kept");
        }
        return writer;
    }

    /// The folder of the figures' files.
    public Path figures() {
        return path.resolve(RunContents.FIGURES);
    }

    /// What of this run lies in the folder beside report and figures: names with what each holds.
    public SequencedMap<String, String> files() {
        return RunContents.present(path);
    }

    /// The report's file.
    public Path report() {
        return path.resolve(RunContents.REPORT);
    }

    /// Notes files that the run reads, by the digests of their bytes. When the run goes on, they must be as they were.
    ///
    /// @param files   or folders, with all files in them; always those of the whole run
    /// @param warning hears, in one line, of each file that was not noted although others were
    /// @throws IOException with one line naming the file, if it is not as it was when the run began
    public void uses(Collection<Path> files, Consumer<String> warning) throws IOException {
        SequencedMap<String, Path> named = new LinkedHashMap<>();
        files.forEach(file -> named.put(file.toAbsolutePath().normalize().toString(), file));
        uses(named, name -> Path.of(name).isAbsolute(), warning);
    }

    /// As [#uses(Collection, Consumer)], for the downloaded files of a data set; nothing for a name that has none.
    ///
    /// @param dataFolder in which the data sets are
    public void uses(String dataset, Path dataFolder, Consumer<String> warning) throws IOException {
        for (Datasets.Entry entry : Datasets.all()) {
            if (entry.name().equals(dataset) && entry.files().isPresent()) {
                SequencedMap<String, Path> named = new LinkedHashMap<>();
                entry.files().get().present(dataFolder)
                        .forEach(file -> named.put(dataset + "/" + file.getFileName(), file));
                uses(named, name -> name.startsWith(dataset + "/"), warning);
            }
        }
    }

    /// Files of one kind are noted together, so that none of them was noted before the run used them, or all.
    private void uses(SequencedMap<String, Path> files, Predicate<String> isOfTheKind, Consumer<String> warning)
            throws IOException {
        Map<String, String> known = record().inputs();
        SequencedMap<String, String> found = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String digest = digests.of(file.getValue());
            String before = known.get(file.getKey());
            if (before == null) {
                found.put(file.getKey(), digest);
            } else if (!before.equals(digest)) {
                throw new IOException(file.getValue() + " is not as it was when this run began: its SHA-256 is "
                        + digest + ", and that in " + path.resolve(RunContents.RECORD) + " is " + before
                        + "; bring the old one back, or start a new run");
            }
        }
        if (found.isEmpty()) {
            return;
        }
        if (known.keySet().stream().anyMatch(isOfTheKind)) {
            found.forEach((name, digest) -> warning.accept(files.get(name)
                    + " was not among the files the run began with, so that a change is not noticed"));
        }
        update(current -> current.using(found));
    }

    /// Notes how the trials of the run go: where trials share the processors, the run's time depends on it.
    ///
    /// @param atATime     trials side by side, at most
    /// @param threadsEach threads of one trial
    public void runsTrials(int atATime, int threadsEach) throws IOException {
        update(current -> current.running(new RunRecord.Trials(atATime, threadsEach)));
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }

    /// The same folder, to be read, with another record than is written in it.
    public RunFolder as(RunRecord other) {
        return new RunFolder(path, null, List.of(), List.of(), resumed, other);
    }

    /// Whether a trial has kept anything.
    public boolean holdsNumbers() {
        return holdsNumbers;
    }

    /// Whether the folder is still where the run has made it.
    public boolean isInPlace() {
        return writer == null || writer.isInPlace();
    }

    /// Removes what a run that should not have begun has left, and the folders that were made for it.
    public void discard() throws IOException {
        close();
        RunContents.remove(path, made, empty);
    }

    /// Replaces run.json by what becomes of the record.
    ///
    /// @throws IOException with one line, if the run folder is not where it was
    public synchronized void update(UnaryOperator<RunRecord> change) throws IOException {
        writer();
        record = change.apply(record);
        write();
    }

    private void write() throws IOException {
        RunRecordFile.write(path.resolve(RunContents.RECORD), record);
    }

    /// Keeps a text, whole or not at all, and its digest.
    ///
    /// @param name one of those that a run may write
    public void writeText(String name, String text) throws IOException {
        RunContents.requireText(name);
        writer();
        AtomicFile.writeText(path.resolve(name), text);
        update(current -> current.using(Map.of(name, Sha256.of(text))));
    }

    /// A text that was kept; absent if there is none.
    ///
    /// @throws IOException with one line naming the file, if it is not UTF-8 text
    public Optional<String> text(String name) throws IOException {
        RunContents.requireText(name);
        Path file = path.resolve(name);
        return Files.exists(file) ? Optional.of(TextFile.read(file)) : Optional.empty();
    }

    /// A text that was kept, to go on with: it must be as it was written.
    ///
    /// @throws IOException with one line naming the file, if it is missing or has changed
    public Optional<String> unchangedText(String name) throws IOException {
        Optional<String> text = text(name);
        Optional<String> known = Optional.ofNullable(record().inputs().get(name));
        if (known.isPresent() && !text.map(Sha256::of).equals(known)) {
            throw new IOException(
                    path.resolve(name) + (text.isPresent() ? " is not as the run wrote it" : " is missing")
                            + ": the run cannot go on without it");
        }
        return text;
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
}
