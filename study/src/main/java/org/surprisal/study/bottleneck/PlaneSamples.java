package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.report.Table;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.measure.PlaneQuantities;

/// The information planes of a run, networks that diverged or died left out: those whose output, at the end of
/// training, is the same for every input. Their ReLUs are dead, so what they show is not about training.
///
/// @param results    of the run
/// @param networks   that were trained
/// @param quantities of the planes
record PlaneSamples(Results results, BottleneckNetworks networks, PlaneQuantities quantities) {
    /// How to read layers that are out of order.
    static final String ORDER_READING = "The data-processing inequality holds for the true information of a Markov"
            + " chain. Layers"
            + " with noise of fixed variance added, or with bins of fixed width, are none: a layer that only spreads"
            + " its samples"
            + " further apart shows more information with nothing learnt. A later layer above an earlier one is"
            + " therefore a"
            + " statement about scales, not about learning.";
    private static final String DEAD_OUTPUT = "the output is the same for every input";
    /// Nats; the output of a network that tells any two inputs apart has hundreds of times as much.
    private static final double DEAD = 1e-3;
    /// What informations of float32 activations resolve, relative to the larger of them and 1 nat.
    private static final double RESOLUTION = 1e-6;

    /// I(X;T) by epoch, layer and kind.
    Sample input() {
        return alive(quantities.input());
    }

    /// I(T;Y) by epoch, layer and kind.
    Sample labels() {
        return alive(quantities.labels());
    }

    /// I(T;Y) of the last hidden layer and the output less that of shuffled labels: what is about the labels.
    Sample excess() {
        return labels().minus(alive(PlaneQuantities.SHUFFLED));
    }

    /// Upper less lower bound of I(X;T), by epoch and layer.
    Sample gap() {
        return input(Kind.KULLBACK_LEIBLER).minus(input(Kind.BHATTACHARYYA))
                .as(Quantity.of("gap", "nat", "upper − lower bound of I(X;T)", Index.EPOCH, Index.LAYER));
    }

    Sample alive(Quantity quantity) {
        return results.of(quantity).except(leftOut());
    }

    /// The networks that died or diverged, one number each.
    Sample leftOut() {
        return dead().and(results.diverged().where(diverged -> diverged == 1));
    }

    /// I(X;T) of the output of the networks that died, the largest kind.
    Sample dead() {
        return end(results.of(quantities.input())).at(Index.LAYER, hidden() + 1).reduce(Index.KIND, Collections::max)
                .where(value -> value < DEAD);
    }

    /// The same numbers with layers and kinds, where they have them, by the names that reports call them.
    Sample named(Sample sample) {
        return kindsNamed(has(sample, Index.LAYER) ? BottleneckNetworks.layersNamed(settings(), sample) : sample);
    }

    /// The same numbers with kinds, where they have them, by the names that reports call them.
    static Sample kindsNamed(Sample sample) {
        return has(sample, Index.KIND) ? PlaneQuantities.named(sample) : sample;
    }

    private static boolean has(Sample sample, Index index) {
        return !sample.isEmpty() && sample.points().getFirst().at().containsKey(index);
    }

    /// Which networks died, in words; nothing where none did.
    private List<String> deadNetworks() {
        return networks.leftOut(results, dead(), DEAD_OUTPUT + ", which would look like compression");
    }

    /// Which networks are left out, and why, in words; nothing where none is.
    List<String> leftOutWords() {
        List<String> words = new ArrayList<>(deadNetworks());
        if (!results.divergedCells().isEmpty()) {
            words.add(results.divergedWords());
        }
        return words;
    }

    /// How many networks died, in words; nothing where none did.
    List<String> deaths() {
        return BottleneckNetworks.deaths(results, dead(), DEAD_OUTPUT);
    }

    /// The numbers that a sentence tells: of the first kind of estimate, which is the lower bound where there are
    /// bounds, in networks trained on the largest share of the data.
    static Sample told(Sample byKind) {
        if (byKind.isEmpty()) {
            return byKind;
        }
        Sample first = byKind.at(Index.KIND, byKind.values(Index.KIND).getFirst());
        return first.at(BottleneckNetworks.FRACTION, (double) first.values(BottleneckNetworks.FRACTION).getLast());
    }

    /// How many hidden layers there are.
    int hidden() {
        return settings().get(BottleneckNetworks.WIDTHS).size();
    }

    Settings settings() {
        return results.settings();
    }

    /// The numbers of the last epoch, of networks that were trained to the end.
    Sample end(Sample byEpoch) {
        return byEpoch.at(Index.EPOCH, settings().get(BottleneckNetworks.EPOCHS));
    }

    /// The numbers of the last epoch less those before training.
    Sample change(Sample byEpoch) {
        return end(byEpoch).minus(byEpoch.at(Index.EPOCH, 0));
    }

    /// By how much curves have fallen from their maximum when training ends.
    Sample fall(Sample byEpoch) {
        return byEpoch.reduce(Index.EPOCH, Collections::max).minus(end(byEpoch));
    }

    /// By how much curves rise from before training to their maximum.
    Sample rise(Sample byEpoch) {
        return fall(byEpoch).combine(change(byEpoch), Double::sum);
    }

    /// The numbers of hidden layers.
    Sample hidden(Sample byLayer) {
        return byLayer.where(Index.LAYER, layer -> layer <= hidden());
    }

    /// How far the worst number of all networks of a seed lies beyond what it may be at most, as a share of what
    /// rounding may change: I(T;Y) beyond I(X;T) and H(Y), and I(X;T) beyond H(X). No number may, because each of these
    /// layers is a function of its input.
    ///
    /// An information is made of sums over N samples in float64, which relative to themselves, and to 1 nat, are wrong
    /// by at most N × 2^-52 (Higham, Accuracy and Stability of Numerical Algorithms, section 4.2).
    Sample beyondLimits() {
        return worst(labels(), input()).combine(worst(labels(), results.of(PlaneQuantities.LABEL_ENTROPY)), Math::max)
                .combine(worst(input(), results.of(PlaneQuantities.INPUT_ENTROPY)), Math::max)
                .combine(results.of(PlaneQuantities.POINTS), (beyond, points) -> beyond / (points * Math.ulp(1.0)))
                .reduce(networks.activation(), Collections::max).reduce(BottleneckNetworks.FRACTION, Collections::max)
                .as(Quantity.of("beyond-limits", "1", "beyond the limits"));
    }

    private static Sample worst(Sample information, Sample limit) {
        return information.combine(limit, (value, most) -> (value - most) / Math.max(1, Math.abs(most)))
                .reduce(Index.EPOCH, Collections::max).reduce(Index.LAYER, Collections::max)
                .reduce(Index.KIND, Collections::max);
    }

    /// The share of neighbouring layers of which the later shows more than the earlier, over all planes.
    static Sample outOfOrder(Sample byLayer) {
        return share(byLayer.combine(before(byLayer),
                (after, before) -> after - before > RESOLUTION * Math.max(1, after) ? 1 : 0));
    }

    /// The share of neighbouring layers whose bounds of I(X;T) exclude the right order.
    Sample certainlyOutOfOrder() {
        return share(input(Kind.BHATTACHARYYA).combine(before(input(Kind.KULLBACK_LEIBLER)),
                (after, before) -> after > before + RESOLUTION ? 1 : 0));
    }

    /// How often layers are out of order.
    Table order() {
        return networks.table(settings(), Index.KIND)
                .column("about X", named(outOfOrder(input()))).column("about Y", named(outOfOrder(labels())))
                .column("about X, beyond the bounds",
                        certainlyOutOfOrder().with(Index.KIND, PlaneQuantities.name(Kind.BHATTACHARYYA)))
                .table("order" + quantities.suffix(), "Layers that show more information than the layer before"
                        + (quantities.suffix().isEmpty() ? "" : "," + quantities.suffix().replace('-', ' ')),
                        "Share of all planes and pairs of neighbouring layers, mean over seeds. Beyond the bounds:"
                                + " the lower bound of the later layer exceeds the upper bound of the earlier one.");
    }

    private static Sample share(Sample ones) {
        return ones.meanOver(Index.LAYER).meanOver(Index.EPOCH);
    }

    /// The numbers of each layer, as those of the next.
    private static Sample before(Sample byLayer) {
        return byLayer.change(Index.LAYER, Index.LAYER, layer -> (long) layer + 1);
    }

    private Sample input(Kind kind) {
        return input().at(Index.KIND, PlaneQuantities.text(kind));
    }
}
