package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Finding;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.measure.PlaneQuantities;

/// What is judged of an experiment that measures the information of layers about labels: whether training adds to it
/// more than to that about shuffled labels, which a layer gains that only tells samples apart.
final class LabelClaim {
    /// Share of H(Y) from which on information about the labels counts.
    private static final double GAINED = 0.1;
    private static final Quantity GAIN = Quantity.of("label-information-gain", "1", "gain in I(T;Y) / H(Y)",
            Index.LAYER, Index.KIND);

    private LabelClaim() {
    }

    /// The claim, for each combination of values, kind of estimate and layer.
    ///
    /// @param fold the part of the samples that is left out, where there are several
    /// @param unit of information
    static Claim of(List<? extends Factor<?>> factors, Factor<Integer> fold, String unit) {
        List<Coordinate> each = new ArrayList<>(factors);
        each.addAll(List.of(Index.KIND, Index.LAYER));
        return Claim.of("experiment-layers-gain-labels", "Training adds at least a tenth of H(Y) to what I(T;Y) of each"
                + " layer measured has over shuffled labels", new Citation("Landsverk", "Fig 4.1"),
                results -> gain(results, fold, unit), new Rule.Above(GAINED)).forEach(each.toArray(Coordinate[]::new))
                .below("information-plane").needing("epochs of training and samples of two classes or more");
    }

    /// What was found of the claim, in a sentence; empty without a number, and for one seed, which decides nothing.
    static Optional<String> found(Finding finding) {
        List<Finding.Case> cases = finding.cases();
        if (cases.stream().allMatch(each -> each.estimate().count() == 1)) {
            return Optional.empty();
        }
        Map<Verdict, Long> counts = cases.stream()
                .collect(Collectors.groupingBy(Finding.Case::verdict, Collectors.counting()));
        String most = "Training adds at least a tenth of H(Y) to what I(T;Y) of a layer has over shuffled labels in ";
        return Optional.of(finding.verdict() == Verdict.HELD
                ? most + (cases.size() == 1 ? "the case measured." : "all " + cases.size() + " cases measured.")
                : most + counts.getOrDefault(Verdict.HELD, 0L) + " of " + Wording.count(cases.size(), "case")
                        + " of layer and estimate, and less in " + counts.getOrDefault(Verdict.NOT_HELD, 0L)
                        + (counts.containsKey(Verdict.UNDECIDED) ? "; the others are undecided." : "."));
    }

    /// From before training to the last epoch measured, of networks that were trained to the end.
    private static Sample gain(Results results, Factor<Integer> fold, String unit) {
        Sample excess = results.of(LayerQuantities.LABEL_INFORMATION.in(unit))
                .minus(results.of(LayerQuantities.SHUFFLED_INFORMATION.in(unit)));
        Sample gain = excess.last(Index.EPOCH).minus(excess.at(Index.EPOCH, 0))
                .combine(results.diverged().where(diverged -> diverged == 0), (change, diverged) -> change)
                .combine(results.of(LayerQuantities.LABEL_ENTROPY.in(unit)).where(entropy -> entropy > 0),
                        (change, entropy) -> change / entropy)
                .as(GAIN);
        long folds = results.cells().stream().map(cell -> cell.at().get(fold)).distinct().count();
        return PlaneQuantities.named(folds > 1 ? gain.whole(fold, (int) folds).meanOver(fold) : gain);
    }
}
