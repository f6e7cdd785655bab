package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.surprisal.data.DataException;
import org.surprisal.report.Wording;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Sample;

/// The numbers of an experiment, means over folds.
///
/// @param results  of the run
/// @param factors  of the values that stand in the file
/// @param fold     the part of the samples that was left out
/// @param oneLoss  whether all networks have the same loss
/// @param sameSamples whether all networks are judged on the same samples
/// @param lossUnit `1` for a pure number, or where the networks' losses have different units
/// @param classes  names of the classes; none where the run kept none
record ExperimentNumbers(Results results, List<Factor<?>> factors, Factor<Integer> fold, boolean oneLoss,
        boolean sameSamples, String lossUnit, List<String> classes) {
    ExperimentNumbers {
        factors = List.copyOf(factors);
        classes = List.copyOf(classes);
    }

    boolean isFolded() {
        return results.cells().stream().anyMatch(cell -> cell.at().containsKey(fold));
    }

    /// Where early stopping ended trainings.
    EarlyEnds ends() {
        return EarlyEnds.of(results, factors);
    }

    /// The numbers of a quantity, means over folds: only those that all folds have, and by epoch as far as all
    /// trainings went.
    Sample of(Quantity quantity) {
        Sample all = ends().cut(results.of(quantity));
        int folds = (int) results.cells().stream().map(cell -> cell.at().get(fold)).distinct().count();
        return isFolded() ? all.whole(fold, folds).meanOver(fold) : all;
    }

    /// A loss in the unit of these networks.
    Quantity loss(Quantity quantity) {
        return quantity.in(lossUnit);
    }

    /// Accuracy on test samples after training; the loss where there are no classes.
    Sample test() {
        Sample accuracy = of(Judgement.TEST_ACCURACY);
        return accuracy.isEmpty() ? of(loss(Judgement.TEST_LOSS)) : accuracy;
    }

    /// How many combinations of values there are.
    long combinations() {
        return results.cells().stream()
                .map(cell -> factors.stream().map(factor -> factor.text(cell.get(factor))).toList()).distinct().count();
    }

    /// `1 seed`, `3 seeds`
    String seeds() {
        return Wording.count(results.seeds().size(), "seed");
    }

    /// A combination of values in words: `relu, learning rate = 0.01`.
    static String words(SequencedMap<Coordinate, Object> at) {
        return String.join(", ", at.entrySet().stream()
                .map(each -> each.getKey().symbol() + " = " + each.getKey().text(each.getValue())).toList());
    }

    /// Whether a place has these values among its own.
    static boolean isAt(Map<? extends Coordinate, Object> place, Map<? extends Coordinate, Object> at) {
        return at.entrySet().stream().allMatch(each -> {
            Object own = place.get(each.getKey());
            return own != null && each.getKey().text(own).equals(each.getKey().text(each.getValue()));
        });
    }

    /// The numbers at one combination of values.
    static Sample at(Sample sample, SequencedMap<Coordinate, Object> at) {
        List<Sample.Point> points = new ArrayList<>();
        for (Sample.Point point : sample.points()) {
            if (isAt(point.at(), at)) {
                SequencedMap<Coordinate, Object> rest = new LinkedHashMap<>(point.at());
                at.keySet().forEach(rest::remove);
                points.add(new Sample.Point(rest, point.value()));
            }
        }
        return new Sample(sample.quantity(), points);
    }

    /// Each combination of values with its numbers, which have no coordinate left but the seed.
    SequencedMap<SequencedMap<Coordinate, Object>, Sample> byCombination(Sample sample) {
        SequencedMap<SequencedMap<Coordinate, Object>, List<Sample.Point>> groups = new LinkedHashMap<>();
        for (Sample.Point point : sample.points()) {
            SequencedMap<Coordinate, Object> at = new LinkedHashMap<>();
            factors.forEach(factor -> at.put(factor, point.at().get(factor)));
            SequencedMap<Coordinate, Object> seed = new LinkedHashMap<>();
            seed.put(Index.SEED, point.at().get(Index.SEED));
            groups.computeIfAbsent(at, key -> new ArrayList<>()).add(new Sample.Point(seed, point.value()));
        }
        SequencedMap<SequencedMap<Coordinate, Object>, Sample> samples = new LinkedHashMap<>();
        groups.forEach((at, points) -> samples.put(at, new Sample(sample.quantity(), points)));
        return samples;
    }

    /// A plot with a colour for each value of the first of some factors, and a panel for each of the others.
    static Plot coloured(Plot plot, List<Factor<?>> factors) {
        return factors.isEmpty()
                ? plot
                : plot.colour(factors.getFirst())
                        .facet(factors.subList(1, factors.size()).toArray(Coordinate[]::new));
    }

    /// The refusal of arrays that a trial did not write so.
    ///
    /// @param right what the file must have
    DataException damaged(Cell cell, String arrays, String right) {
        return results.damaged("trials/" + cell.folder() + "/arrays/" + arrays + ".npz", right);
    }
}
