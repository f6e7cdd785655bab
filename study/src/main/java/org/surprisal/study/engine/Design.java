package org.surprisal.study.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;
import org.surprisal.settings.Settings;

/// Which trials a study has: all combinations of the factors' values, or a choice of them, once for each seed.
///
/// Immutable: each method returns another design.
public final class Design {
    private final List<Factor<?>> factors;
    private final int seeds;
    private final boolean parallel;
    private final String unit;
    private final ToLongFunction<Cell> cost;
    private final ToLongFunction<Cell> bytes;
    private final Choice choice;

    /// Which combinations of values are trials.
    @FunctionalInterface
    public interface Choice {
        /// Whether there is a trial at a place.
        ///
        /// @param seedNumber the place of the cell's seed among the seeds of the run, from 0
        boolean includes(Cell cell, int seedNumber);
    }

    private Design(List<Factor<?>> factors, int seeds, boolean parallel, String unit, ToLongFunction<Cell> cost,
            ToLongFunction<Cell> bytes, Choice choice) {
        this.factors = List.copyOf(factors);
        this.seeds = seeds;
        this.parallel = parallel;
        this.unit = unit;
        this.cost = cost;
        this.bytes = bytes;
        this.choice = choice;
    }

    /// The grid of these factors, the first changing slowest, with one seed and trials that run side by side.
    ///
    /// @throws IllegalArgumentException if two factors share a column
    public static Design grid(Factor<?>... factors) {
        if (List.of(factors).stream().map(Factor::column).distinct().count() < factors.length) {
            throw new IllegalArgumentException("two factors share a column of metrics.csv");
        }
        return new Design(List.of(factors), 1, true, "trials", cell -> 1, cell -> 0, (_, _) -> true);
    }

    /// With another number of seeds where a run does not ask for one.
    public Design seeds(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("seeds (=" + count + ") must be at least 1");
        }
        return new Design(factors, count, parallel, unit, cost, bytes, choice);
    }

    /// With trials that run one after the other, each with all processors: for trials that measure time or memory.
    public Design oneAfterTheOther() {
        return new Design(factors, seeds, false, unit, cost, bytes, choice);
    }

    /// With the work of each trial in a unit of the study's choice, such as layers: progress and remaining time go by
    /// it, and the trials with most work begin first.
    ///
    /// @param plural of the unit, as progress shows it
    /// @param work   of a trial, at least 1
    public Design cost(String plural, ToLongFunction<Cell> work) {
        return new Design(factors, seeds, parallel, plural, work, bytes, choice);
    }

    /// With the memory that each trial needs beside the shared inputs: fewer trials run side by side where there is not
    /// enough.
    ///
    /// @param need of a trial, in bytes
    public Design memory(ToLongFunction<Cell> need) {
        return new Design(factors, seeds, parallel, unit, cost, need, choice);
    }

    /// With a part of the combinations: where not all values go together, or some are for the first seeds only.
    public Design where(Choice included) {
        return new Design(factors, seeds, parallel, unit, cost, bytes, included);
    }

    List<Factor<?>> factors() {
        return factors;
    }

    int seeds() {
        return seeds;
    }

    boolean isParallel() {
        return parallel;
    }

    String unit() {
        return unit;
    }

    long cost(Cell cell) {
        return Math.max(1, cost.applyAsLong(cell));
    }

    long bytes(Cell cell) {
        return bytes.applyAsLong(cell);
    }

    /// The trials of a run in the order of results: seed by seed, and within a seed in the order of the grid.
    ///
    /// @param first seed
    /// @throws org.surprisal.settings.SettingException if a factor's value is given twice
    public List<Cell> cells(Settings settings, long first, int count) {
        List<SequencedMap<Factor<?>, Object>> grid = List.of(new LinkedHashMap<>());
        for (Factor<?> factor : factors) {
            List<SequencedMap<Factor<?>, Object>> longer = new ArrayList<>();
            List<?> values = factor.in(settings);
            for (SequencedMap<Factor<?>, Object> at : grid) {
                for (Object value : values) {
                    SequencedMap<Factor<?>, Object> more = new LinkedHashMap<>(at);
                    more.put(factor, value);
                    longer.add(more);
                }
            }
            grid = longer;
        }
        List<Cell> cells = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            for (SequencedMap<Factor<?>, Object> at : grid) {
                Cell cell = new Cell(at, first + s);
                if (choice.includes(cell, s)) {
                    cells.add(cell);
                }
            }
        }
        return cells;
    }
}
