package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.surprisal.report.Wording;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Sample;

/// The values that do best on validation samples. Combinations one of whose trainings diverged are left out: a mean
/// over the others would be of fewer seeds, and of the easier ones.
///
/// @param numbers of the experiment
/// @param by      what is compared; without numbers where nothing can be
/// @param ordered each combination of values with its numbers, the best first; none where nothing is chosen
record Choice(ExperimentNumbers numbers, Sample by,
        List<Map.Entry<SequencedMap<Coordinate, Object>, Sample>> ordered) {
    private static final int MOST_DIVERGED = 10;

    static Choice of(ExperimentNumbers numbers) {
        Sample accuracy = numbers.of(Judgement.VALIDATION_ACCURACY);
        boolean larger = !accuracy.isEmpty();
        Sample by = larger ? accuracy : numbers.of(numbers.loss(Judgement.VALIDATION_LOSS));
        if (numbers.combinations() == 1 || !numbers.results().isComplete() || !(larger || numbers.oneLoss())
                || !numbers.sameSamples()) {
            return new Choice(numbers, by, List.of());
        }
        List<Map.Entry<SequencedMap<Coordinate, Object>, Sample>> ordered = new ArrayList<>();
        numbers.byCombination(by).forEach((at, own) -> {
            if (own.points().size() == numbers.results().seeds().size()) {
                ordered.add(Map.entry(at, own));
            }
        });
        ordered.sort((a, b) -> (larger ? -1 : 1)
                * Double.compare(a.getValue().mean().mean(), b.getValue().mean().mean()));
        return new Choice(numbers, by, ordered);
    }

    boolean isMade() {
        return !ordered.isEmpty();
    }

    SequencedMap<Coordinate, Object> best() {
        return ordered.getFirst().getKey();
    }

    /// What was found, in sentences.
    List<String> found() {
        List<String> found = new ArrayList<>(isMade() ? chosen() : notChosen());
        List<Cell> diverged = numbers.results().divergedCells();
        if (!diverged.isEmpty()) {
            found.add(diverged.size() + " of " + numbers.results().cells().size()
                    + " trainings diverged, which is their result: "
                    + String.join("; ", diverged.stream().limit(MOST_DIVERGED).map(Cell::toString).toList())
                    + (diverged.size() > MOST_DIVERGED ? "; …" : "") + ".");
        }
        if (found.isEmpty()) {
            found.add("The networks were trained and judged on no samples but their own.");
        }
        return found;
    }

    private List<String> chosen() {
        List<String> found = new ArrayList<>();
        Sample best = ordered.getFirst().getValue();
        String result = by.quantity().label() + " " + best.mean();
        if (ordered.size() == 1) {
            found.add("Of all combinations, " + ExperimentNumbers.words(best()) + " alone has no diverged training: "
                    + result + ".");
        } else {
            found.add(comparison(result, best, ordered.get(1)));
        }
        Sample test = ExperimentNumbers.at(numbers.test(), best());
        test.meanIfAny().ifPresent(value -> found.add("On test samples, which had no part in the choice, it"
                + " reaches a " + test.quantity().label() + " of " + value + "."));
        return found;
    }

    private String comparison(String result, Sample best, Map.Entry<SequencedMap<Coordinate, Object>, Sample> next) {
        boolean even = best.mean().mean() == next.getValue().mean().mean();
        return "Of " + ordered.size() + " combinations"
                + (numbers.results().divergedCells().isEmpty() ? "" : " without diverged trainings") + ", "
                + ExperimentNumbers.words(best()) + " does best on validation samples: " + result + "; "
                + (even
                        ? ExperimentNumbers.words(next.getKey()) + " does as well. "
                        : "next is " + ExperimentNumbers.words(next.getKey()) + " with " + next.getValue().mean()
                                + ". ")
                + apart(best.minus(next.getValue()).meanIfAny())
                + (ordered.size() > 2 && numbers.results().seeds().size() > 1
                        ? " This does not allow for the best having been picked from many."
                        : "");
    }

    /// Whether two combinations differ, paired by seed.
    private static String apart(Optional<Estimate> difference) {
        Optional<Estimate.Interval> interval = difference.flatMap(value -> value.interval(0.95));
        if (interval.isEmpty()) {
            return "One seed cannot tell whether they differ: `--seeds 3` or more can.";
        }
        String range = Wording.range(interval.get().low(), interval.get().high());
        boolean differ = interval.get().low() > 0 || interval.get().high() < 0;
        return differ
                ? "Paired by seed they differ by " + range + ", at 95 %."
                : "Paired by seed the difference is " + range + ", at 95 %: these seeds do not tell them apart.";
    }

    /// Why nothing is chosen, or what the only combination reaches.
    private List<String> notChosen() {
        Sample test = numbers.test();
        if (numbers.combinations() == 1) {
            return Stream.of(test.meanIfAny().map(this::reached), learnt()).flatMap(Optional::stream).toList();
        }
        if (!numbers.results().isComplete()) {
            return List.of("Not all networks have been trained yet, so nothing is chosen"
                    + (test.isEmpty() ? "." : ": " + Wording.count(test.points().size(), "network") + " so far."));
        }
        if (!numbers.sameSamples()) {
            return List.of("The values change which samples the networks are judged on, or what they have to give for"
                    + " them, so nothing is chosen: one result may be better because its samples are easier.");
        }
        if (numbers.results().names().contains(Judgement.VALIDATION_LOSS.name())) {
            return List.of((numbers.oneLoss()
                    ? "With each combination a training diverged"
                    : "The numbers of different losses cannot be compared") + ", so nothing is chosen.");
        }
        return test.isEmpty()
                ? List.of()
                : List.of(range(test), "There are no validation samples to choose by, so nothing is chosen: the best of"
                        + " several results on test samples is better than it would be on new ones.");
    }

    /// The smallest and the largest mean over seeds, with the combinations that have them.
    private String range(Sample test) {
        List<Map.Entry<SequencedMap<Coordinate, Object>, Sample>> all = numbers.byCombination(test).entrySet().stream()
                .sorted(Comparator.comparingDouble(each -> each.getValue().mean().mean())).toList();
        String unit = test.quantity().unit().equals("1") ? "" : " " + test.quantity().unit();
        return "After training, the " + test.quantity().label() + " is lowest for "
                + ExperimentNumbers.words(all.getFirst().getKey()) + ", " + all.getFirst().getValue().mean() + unit
                + ", and highest for " + ExperimentNumbers.words(all.getLast().getKey()) + ", "
                + all.getLast().getValue().mean() + unit + ".";
    }

    /// What the watched loss was before training and is after it; absent where nothing was watched.
    private Optional<String> learnt() {
        Sample watched = Stream.of(Quantities.VALIDATION_LOSS, Quantities.TEST_LOSS)
                .map(quantity -> numbers.of(numbers.loss(quantity))).filter(sample -> !sample.isEmpty()).findFirst()
                .orElse(new Sample(Quantities.TEST_LOSS, List.of()));
        Sample before = watched.isEmpty() ? watched : watched.at(Index.EPOCH, 0);
        if (before.isEmpty() || watched.values(Index.EPOCH).size() < 2) {
            return Optional.empty();
        }
        String unit = numbers.lossUnit().equals("1") ? "" : " " + numbers.lossUnit();
        return Optional.of("The " + watched.quantity().label() + " was " + before.mean() + unit
                + " before training and is " + watched.last(Index.EPOCH).mean() + unit + " after "
                + Wording.count((long) watched.values(Index.EPOCH).getLast(), "epoch") + ".");
    }

    private String reached(Estimate value) {
        boolean single = numbers.results().seeds().size() == 1;
        return "On test samples the " + (single ? "network reaches " : "networks reach on average ") + "a "
                + numbers.test().quantity().label() + " of " + value + " over " + numbers.seeds() + "."
                + (single && numbers.results().isComplete()
                        ? " How much that varies, one seed cannot tell: `--seeds 3` or more can."
                        : "");
    }
}
