package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Sample;

/// The epochs at which early stopping ended trainings. The mean over the seeds that go on is a mean over other, slower
/// networks, so curves end where the first of their trainings ended.
///
/// Trainings that diverged or are not finished end no curve: the report names them.
final class EarlyEnds {
    private final List<? extends Factor<?>> factors;
    /// The last epochs of the trainings of each combination of values.
    private final Map<List<String>, List<Long>> last;

    private EarlyEnds(List<? extends Factor<?>> factors, Map<List<String>, List<Long>> last) {
        this.factors = factors;
        this.last = last;
    }

    /// Of the trainings of a run that have ended.
    ///
    /// @param factors of the values that stand in the file
    static EarlyEnds of(Results results, List<? extends Factor<?>> factors) {
        Sample ended = results.of(Quantities.TRAIN_LOSS)
                .combine(results.diverged().where(diverged -> diverged == 0), (loss, diverged) -> loss);
        Map<List<String>, List<Long>> last = new LinkedHashMap<>();
        Map<Map<Coordinate, Object>, Long> epochs = new LinkedHashMap<>();
        for (Sample.Point point : ended.points()) {
            Map<Coordinate, Object> trial = new LinkedHashMap<>(point.at());
            trial.remove(Index.EPOCH);
            epochs.merge(trial, (long) point.number(Index.EPOCH), Math::max);
        }
        epochs.forEach((trial, epoch) -> last.computeIfAbsent(place(factors, trial), at -> new ArrayList<>())
                .add(epoch));
        return new EarlyEnds(factors, last);
    }

    private static List<String> place(List<? extends Factor<?>> factors, Map<? extends Coordinate, Object> at) {
        return factors.stream().map(factor -> factor.text(Objects.requireNonNull(at.get(factor)))).toList();
    }

    /// Numbers by epoch, as far as all trainings of a combination went; other numbers as they are.
    Sample cut(Sample sample) {
        if (!sample.quantity().by().contains(Index.EPOCH)) {
            return sample;
        }
        return new Sample(sample.quantity(), sample.points().stream()
                .filter(point -> point.number(Index.EPOCH) <= first(place(factors, point.at()))).toList());
    }

    private long first(List<String> place) {
        return last.containsKey(place) ? Collections.min(last.get(place)) : Long.MAX_VALUE;
    }

    /// That curves are cut, and where; nothing where all trainings of each combination went equally far.
    List<String> words() {
        List<List<Long>> uneven = last.values().stream().filter(ends -> !Collections.min(ends).equals(
                Collections.max(ends))).toList();
        if (uneven.isEmpty()) {
            return List.of();
        }
        long fewest = uneven.stream().mapToLong(Collections::min).min().orElseThrow();
        long most = uneven.stream().mapToLong(Collections::max).max().orElseThrow();
        return List.of("Early stopping ended trainings after " + fewest + " to " + most + " epochs, at other epochs for"
                + " other seeds. A curve ends where the first of its trainings ended: beyond that it would be a mean"
                + " over the networks that take longest. All epochs are in metrics.csv.");
    }
}
