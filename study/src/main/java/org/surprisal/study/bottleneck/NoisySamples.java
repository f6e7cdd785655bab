package org.surprisal.study.bottleneck;

import static org.surprisal.study.bottleneck.NoisyInformationStudy.NETWORKS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.Wording;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.MeansTable;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.measure.LogSpaced;

/// The numbers of a run of [NoisyInformationStudy], and what its report makes of them. What claims judge is of trials
/// that have been measured at all their epochs.
///
/// @param results of the run
record NoisySamples(Results results) {
    static final String INFORMATION_FIGURE = "noisy-information-by-epoch";
    static final String OTHERS_FIGURE = "other-estimates-by-epoch";
    static final String CLUSTERS_FIGURE = "clusters-by-epoch";

    private static final Quantity RATIO = Quantity.of("class-distance-ratio", "1", "distance within a class / of all",
            Index.EPOCH, Index.LAYER);
    private static final String FROM_ONE = "Epochs are counted from 1, the network before training. ";

    private Settings settings() {
        return results.settings();
    }

    private Sample complete(Sample byEpoch) {
        return byEpoch.whole(Index.EPOCH, 1 + LogSpaced.epochs(settings().get(BottleneckNetworks.EPOCHS),
                settings().get(NoisyInformationStudy.MEASURED)).size());
    }

    /// The numbers of networks that did not diverge.
    private Sample of(Quantity quantity) {
        return results.of(quantity).except(diverged());
    }

    private Sample diverged() {
        return results.diverged().where(diverged -> diverged == 1);
    }

    private Sample end(Sample byEpoch) {
        return byEpoch.at(Index.EPOCH, settings().get(BottleneckNetworks.EPOCHS));
    }

    /// I(X;T) by epoch and layer, of 2n passes.
    private Sample information() {
        return complete(of(NoisyInformationStudy.INFORMATION).at(Index.KIND, NoisyInformationStudy.TWICE));
    }

    private Sample other(String kind) {
        return complete(of(NoisyInformationStudy.OTHER).at(Index.KIND, kind));
    }

    /// The least I(X;T_l) - I(X;T_l+1) over layers and epochs.
    Sample leastLoss() {
        Sample next = information().change(Index.LAYER, Index.LAYER, layer -> (long) layer - 1);
        return least(information().minus(next).reduce(Index.LAYER, Collections::min));
    }

    private static Sample least(Sample byEpoch) {
        return byEpoch.reduce(Index.EPOCH, Collections::min);
    }

    /// By how much I(X;T) has fallen from its maximum when training ends.
    Sample fall() {
        return information().reduce(Index.EPOCH, Collections::max).minus(end(information()));
    }

    /// The epoch at which I(X;T) is largest: 1 there, and no other number.
    private Sample largest() {
        return information().combine(information().reduce(Index.EPOCH, Collections::max),
                (value, most) -> value == most ? 1 : 0).where(is -> is == 1);
    }

    /// What doubling the passes moves of I(X;T), the larger of that at its maximum and that at the end: the error of
    /// the estimate as far as there is anything to go by.
    Sample movedByDoubling() {
        Sample once = complete(of(NoisyInformationStudy.INFORMATION).at(Index.KIND,
                NoisyInformationStudy.ONCE));
        Sample moved = information().combine(once, (twice, single) -> Math.abs(twice - single));
        return moved.combine(largest(), (own, is) -> own).reduce(Index.EPOCH, List::getFirst)
                .combine(end(moved), Math::max);
    }

    /// By how much the fall exceeds a threshold, or misses it, beyond what doubling the passes moves; 0 where doubling
    /// moves more, so that nothing is told.
    Sample fallBeyond(double threshold) {
        return fall().combine(movedByDoubling(), (fall, moved) -> {
            double beyond = fall - threshold;
            return beyond > moved ? beyond - moved : beyond < -moved ? beyond + moved : 0;
        });
    }

    /// How far the binned estimate lies from I(X;T), mean over layers and epochs.
    Sample distanceOfBinned() {
        return other(NoisyInformationStudy.BINNED).combine(information(), (binned, truth) -> Math.abs(binned - truth))
                .meanOver(Index.LAYER).meanOver(Index.EPOCH);
    }

    /// How far I(X;T) of the first layer lies within its pairwise bounds, at the epoch where it is least.
    Sample leastDistanceToBounds() {
        Sample first = information().at(Index.LAYER, 1);
        Sample above = first.minus(other(NoisyInformationStudy.LOWER).at(Index.LAYER, 1));
        Sample below = other(NoisyInformationStudy.UPPER).at(Index.LAYER, 1).minus(first);
        return least(above.combine(below, Math::min));
    }

    /// The distance of two samples of one class, relative to that of any two.
    private Sample ratio() {
        Sample distances = of(NoisyInformationStudy.DISTANCE);
        return distances.at(Index.KIND, NoisyInformationStudy.WITHIN)
                .combine(distances.at(Index.KIND, NoisyInformationStudy.ALL), (within, all) -> within / all).as(RATIO);
    }

    /// The change of that ratio from the epoch of the largest I(X;T) to the last.
    Sample contraction() {
        Sample then = ratio().combine(largest(), (ratio, is) -> ratio).reduce(Index.EPOCH, List::getFirst);
        return end(ratio()).minus(then);
    }

    /// The report's sections.
    List<Section> sections() {
        Sample information = of(NoisyInformationStudy.INFORMATION);
        Section section = Section.of("Information about the input");
        if (!results.divergedCells().isEmpty()) {
            section = section.prose(results.divergedWords());
        }
        return List.of(section
                .picture(byEpoch(INFORMATION_FIGURE, "I(X;T) by epoch", information)
                        .caption(FROM_ONE + "Dashed: n = " + settings().get(NoisyInformationStudy.PASSES)
                                + " passes for each input; solid: twice as many, which differ"
                                + " where the estimate has not arrived.")
                        .dash(Index.KIND).facet(NETWORKS.activation(), BottleneckNetworks.FRACTION).figure())
                .table(atTheEnd()).table(errors()),
                Section.of("What other estimates say of the same networks")
                        .prose("Binned: the bins of one pass for each input, counted. Pairwise: the bounds of"
                                + " Kolchinsky and Tracey for one pass with noise of variance β²; they hold I(X;T) of"
                                + " the first layer, and are bounds of what a deeper layer knows of the layer before"
                                + " it.")
                        .picture(byEpoch(OTHERS_FIGURE, "I(X;T) beside other estimates, by epoch", kinds())
                                .caption(FROM_ONE + "The noisy network's I(X;T) is that of 2n passes.")
                                .facet(NETWORKS.activation(), BottleneckNetworks.FRACTION, Index.KIND).figure()),
                Section.of("Where compression comes from")
                        .picture(Plot.rows(CLUSTERS_FIGURE, "Clusters by epoch", FROM_ONE + "Distances are root mean"
                                + " squares, and a unit is saturated where its slope is below 0.1.",
                                List.of(byEpoch("class-distance", "distance within a class", ratio())
                                        .facet(NETWORKS.activation(), BottleneckNetworks.FRACTION),
                                        byEpoch("saturated", "saturated units",
                                                of(NoisyInformationStudy.SATURATED))
                                                .facet(NETWORKS.activation(), BottleneckNetworks.FRACTION)))),
                NETWORKS.training(results, true, diverged()));
    }

    /// I(X;T), and the other estimates behind it.
    private Sample kinds() {
        return of(NoisyInformationStudy.INFORMATION).at(Index.KIND, NoisyInformationStudy.TWICE)
                .with(Index.KIND, "I(X;T)").as(NoisyInformationStudy.OTHER)
                .and(of(NoisyInformationStudy.OTHER));
    }

    private Plot byEpoch(String id, String title, Sample byLayer) {
        return Plot.lines(id, title, BottleneckNetworks.fromOne(byLayer)).x(Index.EPOCH).colour(Index.LAYER)
                .xAxis(BottleneckNetworks.epochAxis(settings()));
    }

    private Table atTheEnd() {
        Sample information = end(of(NoisyInformationStudy.INFORMATION));
        return MeansTable.by(NETWORKS.activation(), BottleneckNetworks.FRACTION, Index.LAYER)
                .column("n passes", information.at(Index.KIND, NoisyInformationStudy.ONCE))
                .column("2n passes", information.at(Index.KIND, NoisyInformationStudy.TWICE))
                .column("error of one estimate", end(of(NoisyInformationStudy.ERROR))
                        .at(Index.KIND, NoisyInformationStudy.TWICE))
                .column("fall", fall()).column("moved by doubling", movedByDoubling())
                .table("information-at-the-end", "I(X;T) at the end of training",
                        "Nats, means over seeds with their standard errors; the error of one estimate is that of a"
                                + " network's 2n passes. Fall: from the maximum over epochs. Moved by doubling: |2n"
                                + " less n passes|, the larger of that at the maximum and that at the end; a smaller"
                                + " fall"
                                + " cannot be told apart from the estimator's own error.");
    }

    private Table errors() {
        Sample information = end(of(NoisyInformationStudy.INFORMATION));
        Sample bound = of(NoisyInformationStudy.BOUND);
        Sample onePass = end(of(NoisyInformationStudy.BEFORE));
        return MeansTable.by(NETWORKS.activation(), BottleneckNetworks.FRACTION, Index.LAYER)
                .change("2n less n passes", information.at(Index.KIND, NoisyInformationStudy.TWICE)
                        .minus(information.at(Index.KIND, NoisyInformationStudy.ONCE)))
                .column("too low by at most", bound.at(Index.KIND, NoisyInformationStudy.TOO_LOW))
                .column("too high by at most", bound.at(Index.KIND, NoisyInformationStudy.TOO_HIGH))
                .column("I(T before;T)", onePass)
                .table("errors-at-the-end", "How far the estimates may be wrong",
                        "Nats, means over seeds. At most: the theoretical bound of the systematic error of 2n passes,"
                                + " whatever the network; activations without a bound have none. I(T before;T) is what"
                                + " one gets instead of I(X;T) where each input passes once.");
    }

    /// What a report says first.
    List<String> found() {
        Sample fall = told(fall().meanOver(Index.LAYER));
        if (fall.isEmpty()) {
            return List.of("No network has been trained to its end yet.");
        }
        Sample saturated = told(end(complete(of(NoisyInformationStudy.SATURATED))).meanOver(Index.LAYER));
        return List.of(falls(fall, told(movedByDoubling().meanOver(Index.LAYER))),
                "At the end the share of saturated units is " + saturated.across(NETWORKS.activation()) + ".",
                "The binned estimate is wrong by " + told(distanceOfBinned()).across(NETWORKS.activation())
                        + ", on the average over layers and epochs.");
    }

    /// Which falls can be told apart from the estimator's own error, in a sentence.
    ///
    /// @param fall  by activation
    /// @param moved by doubling the passes, likewise
    private static String falls(Sample fall, Sample moved) {
        List<String> told = new ArrayList<>();
        List<String> doubtful = new ArrayList<>();
        fall.by(NETWORKS.activation()).forEach((activation, own) -> {
            double error = moved.at(NETWORKS.activation(), activation).mean().mean();
            (own.mean().mean() > error ? told : doubtful).add(own.mean() + " nat for " + activation);
        });
        String doubling = "doubling the passes moves " + moved.across(NETWORKS.activation(), each -> each + " nat");
        if (told.isEmpty()) {
            return "No fall of I(X;T) from its maximum to the end of training is told apart from the estimator's own"
                    + " error: on the average over the hidden layers it is " + Wording.list(doubtful) + ", while "
                    + doubling + ".";
        }
        return "From its maximum to the end of training, I(X;T) of the noisy networks falls by " + Wording.list(told)
                + ", on the average over the hidden layers"
                + (doubtful.isEmpty()
                        ? ""
                        : "; a fall of " + Wording.list(doubtful)
                                + " is not told apart from the estimator's own error")
                + ". For comparison, " + doubling + ".";
    }

    /// Numbers of networks trained on the largest share of the data, to four digits after the point.
    private static Sample told(Sample each) {
        if (each.isEmpty()) {
            return each;
        }
        return each.at(BottleneckNetworks.FRACTION, (double) each.values(BottleneckNetworks.FRACTION).getLast())
                .map(each.quantity(), value -> Math.rint(value * 1e4) / 1e4);
    }
}
