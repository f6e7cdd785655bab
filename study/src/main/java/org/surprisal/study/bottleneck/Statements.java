package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.study.Case;

/// What is said of the information plane of the 12-bit task, held against finished networks: each statement is a number
/// a network, and its 95 % interval over seeds (Student's t) says whether it holds.
final class Statements {
    /// From which on a fall of I(X;T) counts as compression. A maximum over planes is never below the last of them, so
    /// an interval above 0 would be no evidence.
    static final double COMPRESSED = 0.1;

    private final Planes planes;
    private final int lastEpoch;

    Statements(Planes planes, int lastEpoch) {
        this.planes = planes;
        this.lastEpoch = lastEpoch;
    }

    /// One statement about one group of networks.
    ///
    /// @param difference over the seeds
    /// @param verdict `holds`, `does not hold` or `open`
    record Finding(String networks, String kind, String statement, PairedDifference difference, String verdict) {
        /// `+0.412 [0.398, 0.426]` in nats.
        String value() {
            return String.format(Locale.ROOT, "%+.3f", difference.mean()) + difference.interval95()
                    .map(interval -> String.format(Locale.ROOT, " [%.3f, %.3f]", interval.low(), interval.high()))
                    .orElse("");
        }
    }

    /// The networks of a group that were trained to the end.
    List<Case> finished(Case group) {
        return planes.networks(group, lastEpoch);
    }

    /// Every statement for every group and kind.
    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        for (Case group : planes.groups()) {
            if (finished(group).isEmpty()) {
                continue;
            }
            int output = planes.any().points().size() - 1;
            int lastHidden = output - 1;
            for (Kind kind : planes.kinds()) {
                findings.add(above(group, kind, "the last hidden layer gains I(T;Y)", 0,
                        network -> labels(last(network), lastHidden, kind) - labels(first(network), lastHidden, kind)));
                findings.add(above(group, kind, "the output gains I(T;Y)", 0,
                        network -> labels(last(network), output, kind) - labels(first(network), output, kind)));
                findings.add(above(group, kind, "the last hidden layer keeps less I(X;T) than the first", 0,
                        network -> input(last(network), 0, kind) - input(last(network), lastHidden, kind)));
                findings.add(above(group, kind, "compression: I(X;T) of the hidden layers falls from its maximum, mean",
                        COMPRESSED, network -> compression(network, kind)));
                if (!Ensemble.onAll(group)) {
                    findings.add(above(group, kind, "I(T;Y) of the last hidden layer falls back from its maximum",
                            COMPRESSED / 10, network -> fallBack(network, lastHidden, kind)));
                }
            }
            if (planes.kinds().contains(Kind.KULLBACK_LEIBLER)) {
                findings.add(above(group, Kind.KULLBACK_LEIBLER, "the gap U - L of I(X;T) shrinks, mean of layers", 0,
                        network -> gap(first(network)) - gap(last(network))));
            }
        }
        return findings;
    }

    /// How much more the networks of one activation compress than those of another, on the same seeds; absent where
    /// there are no such pairs.
    Optional<PairedDifference> compressesMore(Case more, Case less, Kind kind) {
        List<Case> pairs = finished(more).stream().filter(network -> partner(network, less).isPresent()).toList();
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(PairedDifference.of(
                        pairs.stream().mapToDouble(n -> compression(partner(n, less).orElseThrow(), kind)).toArray(),
                        pairs.stream().mapToDouble(n -> compression(n, kind)).toArray()));
    }

    private Optional<Case> partner(Case network, Case group) {
        return finished(group).stream().filter(other -> Ensemble.seed(other) == Ensemble.seed(network)).findFirst();
    }

    /// The fall of one layer's I(X;T) from its maximum over the planes to the last, over seeds.
    PairedDifference compression(Case group, Kind kind, int layer) {
        return over(finished(group), network -> fall(network, layer, kind));
    }

    private Finding above(Case group, Kind kind, String statement, double limit, ToDoubleFunction<Case> number) {
        PairedDifference difference = over(finished(group), number);
        String verdict = difference.interval95()
                .map(interval -> interval.low() > limit
                        ? "holds"
                        : interval.high() < limit ? "does not hold" : "open: the interval includes " + text(limit))
                .orElse("one seed: open");
        return new Finding(Ensemble.label(group), PlaneFigures.label(kind), statement, difference, verdict);
    }

    private static String text(double limit) {
        return limit == 0 ? "0" : Double.toString(limit);
    }

    private static PairedDifference over(List<Case> networks, ToDoubleFunction<Case> number) {
        return PairedDifference.of(new double[networks.size()], networks.stream().mapToDouble(number).toArray());
    }

    private double compression(Case network, Kind kind) {
        int hidden = planes.any().points().size() - 1;
        double sum = 0;
        for (int m = 0; m < hidden; m++) {
            sum += fall(network, m, kind);
        }
        return sum / hidden;
    }

    private double fall(Case network, int layer, Kind kind) {
        return planes.planes(network).values().stream().mapToDouble(plane -> input(plane, layer, kind)).max()
                .orElseThrow() - input(last(network), layer, kind);
    }

    private double fallBack(Case network, int layer, Kind kind) {
        return planes.planes(network).values().stream().mapToDouble(plane -> labels(plane, layer, kind)).max()
                .orElseThrow() - labels(last(network), layer, kind);
    }

    private static double gap(InformationPlane plane) {
        double sum = 0;
        for (int m = 0; m < plane.points().size(); m++) {
            sum += PlaneFigures.gap(plane, m);
        }
        return sum / plane.points().size();
    }

    private static double input(InformationPlane plane, int layer, Kind kind) {
        return Planes.at(plane, layer, kind).input();
    }

    private static double labels(InformationPlane plane, int layer, Kind kind) {
        return Planes.at(plane, layer, kind).labels();
    }

    private InformationPlane first(Case network) {
        return planes.planes(network).firstEntry().getValue();
    }

    private InformationPlane last(Case network) {
        NavigableMap<Integer, InformationPlane> all = planes.planes(network);
        return all.lastEntry().getValue();
    }
}
