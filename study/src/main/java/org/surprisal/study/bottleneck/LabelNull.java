package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.mutual.PermutationNull;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;

/// I(T;Y) of a trained layer with shuffled labels, as rows of metrics.csv: how much of the value says nothing.
///
/// @param mean of the permutations, nats
/// @param highest 95 % of the permutations stay below it, nats
/// @param pValue of the true labels
record LabelNull(double mean, double highest, double pValue) {
    /// Hands out the rows of one layer.
    static void write(PermutationNull shuffled, Kind kind, String layer, Consumer<Metric> to) {
        String prefix = prefix(kind);
        to.accept(Metric.of(prefix + "mean", shuffled.mean(), "nat").layer(layer));
        to.accept(Metric.of(prefix + "quantile-95", shuffled.quantile(0.95), "nat").layer(layer));
        to.accept(Metric.of(prefix + "p-value", shuffled.pValue(), "1").layer(layer));
    }

    private static String prefix(Kind kind) {
        return kind == Kind.BINNED ? "shuffled-labels-binned-" : "shuffled-labels-kde-";
    }

    /// A layer's nulls of these networks; of those only that have one.
    static List<LabelNull> read(List<Metric> metrics, List<Case> networks, Kind kind, String layer) {
        List<LabelNull> read = new ArrayList<>();
        for (Case which : networks) {
            Map<String, Double> found = metrics.stream()
                    .filter(metric -> metric.name().startsWith(prefix(kind)) && metric.layer().equals(layer)
                            && metric.in().equals(which))
                    .collect(Collectors.toMap(metric -> metric.name().substring(prefix(kind).length()), Metric::value));
            Double mean = found.get("mean");
            Double highest = found.get("quantile-95");
            Double pValue = found.get("p-value");
            if (mean != null && highest != null && pValue != null) {
                read.add(new LabelNull(mean, highest, pValue));
            }
        }
        return read;
    }
}
