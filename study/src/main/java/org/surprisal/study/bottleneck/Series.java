package org.surprisal.study.bottleneck;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.surprisal.information.Moments;
import org.surprisal.report.Mark;
import org.surprisal.report.Stroke;

/// A number by epoch, one value a network: its mean over networks, with the standard error of that mean.
final class Series {
    private final SortedMap<Integer, List<Double>> values = new TreeMap<>();

    void add(int epoch, double value) {
        values.computeIfAbsent(epoch, k -> new ArrayList<>()).add(value);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /// Where a chart with a logarithmic axis puts the epochs: one further, so that the network before training has a
    /// place.
    double[] epochsPlusOne() {
        return values.keySet().stream().mapToDouble(epoch -> epoch + 1.0).toArray();
    }

    double[] epochs() {
        return values.keySet().stream().mapToDouble(epoch -> epoch).toArray();
    }

    double[] means() {
        return values.values().stream().mapToDouble(here -> moments(here).mean()).toArray();
    }

    double mean(int epoch) {
        List<Double> here = values.get(epoch);
        if (here == null) {
            throw new IllegalArgumentException("nothing was measured at epoch " + epoch);
        }
        return moments(here).mean();
    }

    private static Moments moments(List<Double> values) {
        return Moments.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private double[] bound(int sign) {
        return values.values().stream().mapToDouble(here -> moments(here).mean() + sign * error(here)).toArray();
    }

    private static double error(List<Double> here) {
        return here.size() < 2 ? 0 : Math.sqrt(moments(here).sampleVariance() / here.size());
    }

    /// The curve with a band of one standard error, in a chart whose horizontal axis holds these positions.
    List<Mark> marks(String name, double[] positions, Color colour, Stroke stroke) {
        List<Mark> marks = new ArrayList<>();
        if (values.values().stream().anyMatch(here -> here.size() > 1)) {
            marks.add(new Mark.Band(name, positions, bound(-1), bound(1), colour));
        }
        marks.add(new Mark.Line(name, positions, means(), colour, stroke, false));
        return marks;
    }
}
