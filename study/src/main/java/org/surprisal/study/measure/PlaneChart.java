package org.surprisal.study.measure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.ReferenceLine;
import org.surprisal.report.Stroke;
import org.surprisal.report.Trail;
import org.surprisal.report.Values;
import org.surprisal.report.Wording;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Sample;

/// An information plane as a chart: the way of each layer through it, epoch by epoch, means over seeds.
///
/// @param inputEntropy H(X), in the unit of the samples
/// @param labelEntropy H(Y)
/// @param ceiling      the logarithm of the number of samples
/// @param unit         of all numbers
/// @param layerName    what legends call a layer
public record PlaneChart(double inputEntropy, double labelEntropy, double ceiling, String unit,
        Function<Object, String> layerName) {
    /// How to read a plane of this, in a caption: names what is drawn and nothing else.
    ///
    /// @param input    I(X;T), by kind
    /// @param shuffled whether I(T;Y) of shuffled labels is drawn, too
    public String reading(Sample input, boolean shuffled) {
        List<Object> kinds = input.values(Index.KIND);
        List<String> strokes = new ArrayList<>();
        List<String> solid = kinds.stream().filter(kind -> !isDashed(kind, kinds.size())).map(PlaneChart::estimate)
                .distinct().toList();
        List<String> dashed = kinds.stream().filter(kind -> isDashed(kind, kinds.size())).map(PlaneChart::estimate)
                .distinct().toList();
        strokes.add((dashed.isEmpty() && !shuffled ? "" : "solid ") + "by " + String.join(" or by ", solid));
        if (!dashed.isEmpty()) {
            strokes.add("dashed by " + String.join(" or by ", dashed));
        }
        if (shuffled) {
            strokes.add("dotted and grey with shuffled labels");
        }
        boolean many = input.values(Index.SEED).size() > 1;
        return "Each layer goes from the ring, the network before training, to the large dot"
                + (many ? ", in means over seeds: " : ": ") + Wording.list(strokes)
                + ". No estimate may exceed H(X) and H(Y), in grey"
                + (hasBottleneckLimit()
                        ? "; the bottleneck limit is the most that any T can tell of Y by what it keeps of X."
                        : ".")
                + (many ? " Tooltips have the standard errors of I(X;T) and I(T;Y) over seeds in brackets." : "");
    }

    /// What a caption calls an estimate, without its noise.
    private static String estimate(Object kind) {
        String name = PlaneQuantities.name(kind.toString().split(", ", 2)[0]);
        return name.startsWith("lower") || name.startsWith("upper")
                ? "the " + name.replace(" bound ", " bound of I(X;T) ")
                : name.equals(PlaneQuantities.name(Kind.BINNED)) ? "counting bins" : name;
    }

    /// Where all inputs are different, their label is a function of them: min(I(X;T), H(Y)) is reached by time-sharing.
    private boolean hasBottleneckLimit() {
        return Math.abs(inputEntropy - ceiling) < 1e-9;
    }

    /// Whether a kind is the upper of two bounds.
    private static boolean isDashed(Object kind, int kinds) {
        return kinds > 1 && kind.toString().startsWith(PlaneQuantities.text(Kind.KULLBACK_LEIBLER));
    }

    /// The chart of I(X;T) and I(T;Y), whose coordinates are kind, epoch, layer and seed. The upper of two bounds is
    /// dashed, and I(T;Y) of shuffled labels dotted.
    ///
    /// @param shuffled I(T;Y) with shuffled labels, where it is known
    public Chart of(String id, String title, String caption, Sample input, Sample label, Sample shuffled) {
        List<Mark> marks = new ArrayList<>();
        List<Object> layers = input.values(Index.LAYER);
        List<Color> colours = Palette.sequential(layers.size());
        Map<Object, Sample> labelKinds = label.by(Index.KIND);
        Map<Object, Sample> shuffledKinds = shuffled.isEmpty() ? Map.of() : shuffled.by(Index.KIND);
        input.by(Index.KIND).forEach((kind, own) -> {
            boolean upper = isDashed(kind, labelKinds.size());
            Map<Object, Sample> labels = Objects.requireNonNull(labelKinds.get(kind)).by(Index.LAYER);
            Map<Object, Sample> nulls = Optional.ofNullable(shuffledKinds.get(kind))
                    .map(each -> each.by(Index.LAYER)).orElse(new LinkedHashMap<>());
            own.by(Index.LAYER).forEach((layer, way) -> {
                Color colour = colours.get(layers.indexOf(layer));
                String name = layerName.apply(layer);
                marks.add(trail(name, PlaneQuantities.name(kind), way, Objects.requireNonNull(labels.get(layer)),
                        colour, upper ? Stroke.DASHED : Stroke.SOLID, !upper));
                Sample nothing = nulls.get(layer);
                if (nothing != null && !upper) {
                    marks.add(trail("shuffled labels", name + ", shuffled labels", way, nothing, Palette.GREY,
                            Stroke.DOTTED, false));
                }
            });
        });
        if (hasBottleneckLimit()) {
            marks.add(new Line("bottleneck limit", new double[]{0, labelEntropy, inputEntropy},
                    new double[]{0, labelEntropy, labelEntropy}, Palette.GREY, Stroke.SOLID, false));
        }
        marks.add(ReferenceLine.horizontal("H(Y)", labelEntropy, Palette.GREY));
        marks.add(ReferenceLine.vertical("H(X)", inputEntropy, Palette.GREY));
        return new Chart(id, title, caption, axis(input, inputEntropy, unit), axis(label, labelEntropy, unit), marks);
    }

    private Trail trail(String name, String kind, Sample input, Sample label, Color colour, Stroke stroke,
            boolean named) {
        SequencedMap<Double, Estimate> x = input.curve(Index.EPOCH);
        SequencedMap<Double, Estimate> y = label.curve(Index.EPOCH);
        List<Double> epochs = x.keySet().stream().filter(y::containsKey).toList();
        List<String> texts = epochs.stream().map(epoch -> epoch(epoch.longValue()) + ", " + kind
                + errors(Objects.requireNonNull(x.get(epoch)), Objects.requireNonNull(y.get(epoch)))).toList();
        return new Trail(name, means(x, epochs), means(y, epochs),
                Values.of(epochs.stream().mapToDouble(epoch -> epoch).toArray()), texts, colour, stroke, named);
    }

    private static String errors(Estimate x, Estimate y) {
        return x.standardError().isEmpty() || y.standardError().isEmpty()
                ? ""
                : String.format(Locale.ROOT, " (± %.2g, ± %.2g)", x.standardError().getAsDouble(),
                        y.standardError().getAsDouble());
    }

    private static Values means(SequencedMap<Double, Estimate> curve, List<Double> epochs) {
        return Values.of(epochs.stream().mapToDouble(epoch -> Objects.requireNonNull(curve.get(epoch)).mean())
                .toArray());
    }

    /// What legends call an epoch.
    public static String epoch(long number) {
        return number == 0 ? "before training" : "epoch " + number;
    }

    /// From 0 to a little more than the limit, so that charts compare.
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
