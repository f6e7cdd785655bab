package org.surprisal.study.measure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Points;
import org.surprisal.report.ReferenceLine;
import org.surprisal.report.Stroke;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Sample;

/// An information plane as a chart: a line a layer through its places at all epochs, points coloured by epoch.
///
/// @param inputEntropy H(X), in the unit of the samples
/// @param labelEntropy H(Y)
/// @param ceiling      the logarithm of the number of samples
/// @param unit         of all numbers
/// @param layerName    what legends call a layer
public record PlaneChart(double inputEntropy, double labelEntropy, double ceiling, String unit,
        Function<Object, String> layerName) {
    /// About how many epochs the legend of a plane names.
    private static final int NAMED = 6;

    /// The chart of I(X;T) and I(T;Y), whose coordinates are epoch, layer and seed. Means over seeds are drawn.
    ///
    /// @param inputs of all charts beside this one, which have the same axes
    /// @param labels likewise
    public Chart of(String id, String title, Sample input, Sample label, Sample inputs, Sample labels) {
        List<Mark> marks = new ArrayList<>();
        Map<Object, Sample> labelsOf = label.by(Index.LAYER);
        List<Object> layers = input.values(Index.LAYER);
        input.by(Index.LAYER).forEach((layer, own) -> marks.add(new Line(layerName.apply(layer),
                means(own, Index.EPOCH), means(Objects.requireNonNull(labelsOf.get(layer)), Index.EPOCH),
                Palette.category(layers.indexOf(layer)), Stroke.SOLID, false)));
        List<Object> epochs = input.values(Index.EPOCH);
        List<Color> colours = Palette.sequential(epochs.size());
        int every = Math.max(1, Math.ceilDiv(epochs.size() - 1, NAMED - 1));
        for (int e = 0; e < epochs.size(); e++) {
            boolean named = e == epochs.size() - 1 || (e % every == 0 && epochs.size() - 1 - e >= every);
            marks.add(points(named ? epoch((long) epochs.get(e)) : "", input.at(Index.EPOCH, epochs.get(e)),
                    label.at(Index.EPOCH, epochs.get(e)), colours.get(e)));
        }
        // Where all inputs are different, their label is a function of them: min(I(X;T), H(Y)) is reached by
        // time-sharing.
        if (Math.abs(inputEntropy - ceiling) < 1e-9) {
            marks.add(new Line("bottleneck limit", new double[]{0, labelEntropy, inputEntropy},
                    new double[]{0, labelEntropy, labelEntropy}, Palette.GREY, Stroke.SOLID, false));
        }
        marks.add(new ReferenceLine("H(Y)", ReferenceLine.Direction.HORIZONTAL, labelEntropy, Palette.GREY));
        marks.add(new ReferenceLine("H(X)", ReferenceLine.Direction.VERTICAL, inputEntropy, Palette.GREY));
        return new Chart(id, title, "", axis(inputs, inputEntropy, unit), axis(labels, labelEntropy, unit), marks);
    }

    private static Mark points(String name, Sample input, Sample label, Color colour) {
        Map<Object, Sample> labels = label.by(Index.LAYER);
        List<Estimate> x = new ArrayList<>();
        List<Estimate> y = new ArrayList<>();
        input.by(Index.LAYER).forEach((layer, own) -> {
            x.add(own.mean());
            y.add(Objects.requireNonNull(labels.get(layer)).mean());
        });
        return new Points(name, x.stream().mapToDouble(Estimate::mean).toArray(),
                y.stream().mapToDouble(Estimate::mean).toArray(), colour);
    }

    private static double[] means(Sample sample, Index along) {
        return sample.curve(along).values().stream().mapToDouble(Estimate::mean).toArray();
    }

    /// What legends call an epoch.
    public static String epoch(long number) {
        return number == 0 ? "before training" : "epoch " + number;
    }

    /// From 0 to a little more than the limit, so that panels compare.
    public static Axis axis(Sample sample, double limit, String unit) {
        double high = 1.05 * Math.max(limit, values(sample).max().orElse(0));
        // One class leaves no height at all.
        return Axis.linear(sample.quantity().label(), unit).withRange(Math.min(0, values(sample).min().orElse(0)),
                high > 0 ? high : 1);
    }

    private static DoubleStream values(Sample sample) {
        return sample.points().stream().mapToDouble(Sample.Point::value);
    }
}
