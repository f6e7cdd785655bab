package org.surprisal.study.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.surprisal.data.DataException;
import org.surprisal.data.format.Npz;
import org.surprisal.settings.Settings;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRecord;
import org.surprisal.study.RunStatus;
import org.surprisal.tensor.Tensor;

/// The numbers of a run folder, with their coordinates. A stage that was cut off is not among them.
public final class Results {
    private final RunFolder folder;
    private final Settings settings;
    private final Map<Cell, TrialFolder> trials;
    private final Map<Cell, List<Row>> rows;

    private Results(RunFolder folder, Settings settings, Map<Cell, TrialFolder> trials,
            Map<Cell, List<Row>> rows) {
        this.folder = folder;
        this.settings = settings;
        this.trials = trials;
        this.rows = rows;
    }

    /// Reads what the trials of a run have kept.
    ///
    /// @throws IOException with one line naming the file, if one is damaged
    static Results read(Study study, RunFolder folder) throws IOException {
        RunRecord record = folder.record();
        Settings settings = Settings.of(study.settings(), record.settings());
        Design design = study.design(settings);
        Map<Cell, TrialFolder> trials = new LinkedHashMap<>();
        Map<Cell, List<Row>> rows = new LinkedHashMap<>();
        for (Cell cell : design.cells(settings, record.seed(), record.seeds().orElse(design.seeds()))) {
            TrialFolder trial = TrialFolder.of(folder.trial(cell.folder()));
            trials.put(cell, trial);
            rows.put(cell, trial.rows());
        }
        return new Results(folder, settings, trials, rows);
    }

    /// All settings of the run.
    public Settings settings() {
        return settings;
    }

    /// All trials of the run, those without numbers among them, in the order of the design.
    public List<Cell> cells() {
        return List.copyOf(rows.keySet());
    }

    /// The seeds of the trials that have numbers, ascending.
    public List<Long> seeds() {
        return rows.entrySet().stream().filter(trial -> !trial.getValue().isEmpty()).map(trial -> trial.getKey().seed())
                .distinct().sorted().toList();
    }

    /// Whether every trial has ended.
    public boolean isComplete() {
        return trials.values().stream().allMatch(trial -> trial.record().hasEnded());
    }

    /// Whether the run was interrupted.
    public boolean isInterrupted() {
        return folder.record().status() == RunStatus.INTERRUPTED;
    }

    boolean isEmpty() {
        return rows.values().stream().allMatch(List::isEmpty);
    }

    /// The names of all quantities that have been recorded, in order.
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        rows.values().forEach(recorded -> recorded.forEach(row -> names.add(row.quantity())));
        return names;
    }

    /// The refusal of a file of the run that does not hold what it should.
    ///
    /// @param file  its place in the run folder
    /// @param right what it must have
    public DataException damaged(String file, String right) {
        return new DataException(folder.path().resolve(file) + " is damaged: it must have " + right);
    }

    /// A text that the run keeps beside its numbers; absent if there is none.
    ///
    /// @param name of its file
    public Optional<String> text(String name) {
        try {
            return folder.text(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All numbers of a quantity, with the factors of the design, the seed, and the quantity's indices as coordinates.
    public Sample of(Quantity quantity) {
        List<Sample.Point> points = new ArrayList<>();
        rows.forEach((cell, recorded) -> {
            for (Row row : recorded) {
                if (row.quantity().equals(quantity.name()) && row.at().values().keySet().equals(quantity.by())) {
                    SequencedMap<Coordinate, Object> at = place(cell);
                    at.putAll(row.at().values());
                    points.add(new Sample.Point(at, row.value()));
                }
            }
        });
        return new Sample(quantity, points);
    }

    /// All numbers of a quantity that is known by its name alone, as [#of] gives them. No numbers if nothing of this
    /// name has been recorded.
    public Sample named(String quantity) {
        return rows.values().stream().flatMap(List::stream).filter(row -> row.quantity().equals(quantity)).findFirst()
                .map(row -> of(Quantity.of(quantity, row.unit(), quantity,
                        row.at().values().keySet().toArray(Index[]::new))))
                .orElseGet(() -> new Sample(Quantity.of(quantity, "1", quantity), List.of()));
    }

    private static SequencedMap<Coordinate, Object> place(Cell cell) {
        SequencedMap<Coordinate, Object> at = new LinkedHashMap<>(cell.at());
        at.put(Index.SEED, cell.seed());
        return at;
    }

    /// 1 for each trial that diverged, 0 for each that ended otherwise.
    public Sample diverged() {
        List<Sample.Point> points = new ArrayList<>();
        trials.forEach((cell, trial) -> {
            if (trial.record().hasEnded()) {
                points.add(new Sample.Point(place(cell),
                        trial.record().status() == TrialRecord.Status.DIVERGED ? 1 : 0));
            }
        });
        return new Sample(Quantities.DIVERGED, points);
    }

    /// The trials that diverged, in the order of the design.
    public List<Cell> divergedCells() {
        return trials.entrySet().stream()
                .filter(trial -> trial.getValue().record().status() == TrialRecord.Status.DIVERGED)
                .map(Map.Entry::getKey).toList();
    }

    /// Which trials diverged, in a sentence.
    public String divergedWords() {
        List<Cell> cells = divergedCells();
        return cells.isEmpty()
                ? "No network diverged."
                : "Diverged, and without numbers from then on: "
                        + cells.stream().map(Cell::toString).collect(Collectors.joining("; ")) + ".";
    }

    /// The arrays that a trial kept under a name; absent if there are none.
    ///
    /// @throws org.surprisal.data.DataException with one line, if the file is damaged
    public Optional<SequencedMap<String, Tensor>> arrays(Cell cell, String name) {
        TrialFolder trial = trials.get(cell);
        return trial == null || !Files.isRegularFile(trial.arrays(name))
                ? Optional.empty()
                : Optional.of(Npz.readAll(trial.arrays(name)));
    }
}
