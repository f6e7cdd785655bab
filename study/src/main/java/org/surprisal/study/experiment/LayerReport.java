package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Panels;
import org.surprisal.report.Range;
import org.surprisal.report.ReferenceLine;
import org.surprisal.report.Section;
import org.surprisal.report.Trail;
import org.surprisal.report.Wording;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.measure.GradientMoments;
import org.surprisal.study.measure.PlaneChart;
import org.surprisal.study.measure.PlaneQuantities;

/// What was measured of the layers that an experiment listens to.
final class LayerReport {
    /// Of an axis up to H(X) or H(Y), the part that layers must reach into; otherwise the axis ends near them.
    private static final double FILLED = 0.5;
    /// From the farthest place of a layer to the end of such an axis.
    private static final double ROOM = 1.15;

    private final Function<Quantity, Sample> results;
    private final List<Coordinate> factors;
    private static final String PLANE = "The information plane as the networks train";
    /// Planes up to this number are large figures of their own, more are panels of one.
    private static final int LARGE_PLANES = 4;

    private final String unit;

    /// @param results the numbers of a quantity
    /// @param factors of these numbers
    /// @param unit    of information
    LayerReport(Function<Quantity, Sample> results, List<Coordinate> factors, String unit) {
        this.results = results;
        this.factors = factors;
        this.unit = unit;
    }

    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        planes().ifPresent(sections::add);
        List<Figure> figures = new ArrayList<>();
        for (Quantity quantity : LayerQuantities.CURVES) {
            byEpoch(quantity, results.apply(informed(quantity))).figure().ifPresent(figures::add);
        }
        distances().ifPresent(figures::add);
        gradients().ifPresent(figures::add);
        if (!figures.isEmpty()) {
            sections.add(Section.of("Layers")
                    .prose("Over the samples of the probe and all units. Outputs that were kept"
                            + " are in `arrays/` of each trial, one file a layer and epoch, and the samples beside them"
                            + " in `samples-….npz`: `surprisal measure plane --x SAMPLES#input --labels SAMPLES#target"
                            + " --layers FILE…` takes them.")
                    .pictures(figures));
        }
        return sections;
    }

    /// A quantity in the unit that information is told in.
    private Quantity informed(Quantity quantity) {
        return quantity.unit().equals("nat") ? quantity.in(unit) : quantity;
    }

    private Plot byEpoch(Quantity quantity, Sample sample) {
        EpochAxis epochs = EpochAxis.of(sample);
        return epochs.lines(quantity.name(), capital(quantity.label()) + " by epoch", sample)
                .colour(Index.LAYER).facet(factors.toArray(Coordinate[]::new))
                .caption(epochs.reading() + onlyLayer(sample));
    }

    /// The name of the layer where there is one, which has no legend.
    private static String onlyLayer(Sample sample) {
        List<?> layers = sample.isEmpty() ? List.of() : List.copyOf(sample.values(Index.LAYER));
        return layers.size() == 1 ? " Layer: " + layers.getFirst() + "." : "";
    }

    private static String capital(String label) {
        return label.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + label.substring(1);
    }

    /// Mean and deviation of the gradients of each layer heard.
    private Optional<Figure> gradients() {
        Sample mean = results.apply(GradientMoments.MEAN).where(value -> value > 0);
        Sample deviation = results.apply(GradientMoments.DEVIATION).where(value -> value > 0);
        Sample both = mean.with(Index.STAGE, "mean").and(deviation.with(Index.STAGE, "deviation"));
        return byEpoch(GradientMoments.MEAN, both).dash(Index.STAGE)
                .valueAxis(Axis.log("norm over that of the weights", ""))
                .caption("Over the batches of each epoch: dashed the norm of the mean gradient, solid that of its"
                        + " standard deviation." + onlyLayer(both))
                .figure();
    }

    /// How far samples are apart in each layer.
    private Optional<Figure> distances() {
        Sample all = results.apply(LayerQuantities.DISTANCE);
        return byEpoch(LayerQuantities.DISTANCE, all).dash(Index.KIND)
                .valueAxis(Axis.log("Euclidean distance between samples", ""))
                .caption("So many per cent of all pairs of samples are nearer to each other." + onlyLayer(all))
                .figure();
    }

    private Optional<Section> planes() {
        Sample input = results.apply(informed(LayerQuantities.INPUT_INFORMATION));
        Sample labels = results.apply(informed(LayerQuantities.LABEL_INFORMATION));
        if (input.isEmpty()) {
            return Optional.empty();
        }
        Sample shuffled = results.apply(informed(LayerQuantities.SHUFFLED_INFORMATION));
        SequencedMap<String, Sample> labelParts = labels.parts(factors);
        SequencedMap<String, Sample> shuffledParts = shuffled.isEmpty()
                ? new LinkedHashMap<>()
                : shuffled.parts(factors);
        List<String> rulers = input.values(Index.KIND).stream().map(LayerReport::ruler).distinct().toList();
        boolean many = rulers.size() * input.parts(factors).size() > 1;
        List<Chart> charts = new ArrayList<>();
        String reading = limits(input, input.parts(factors).firstEntry().getKey()).reading(input, !shuffled.isEmpty());
        input.parts(factors).forEach((name, part) -> rulers.forEach(ruler -> {
            Sample own = by(part, ruler);
            if (!own.isEmpty()) {
                String what = Stream.of(name, ruler).filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(", "));
                charts.add(limits(input, name).of("information-plane" + (many ? "-" + (charts.size() + 1) : ""),
                        PLANE + (what.isEmpty() ? "" : ": " + what),
                        charts.isEmpty() ? reading : "To be read as the plane above.", own,
                        by(Objects.requireNonNull(labelParts.get(name)), ruler),
                        by(shuffledParts.getOrDefault(name, shuffled), ruler)));
            }
        }));
        charts.replaceAll(chart -> filled(chart, unit));
        List<Figure> figures = new ArrayList<>();
        if (charts.size() <= LARGE_PLANES) {
            figures.addAll(charts);
        } else {
            figures.add(Panels.inRowsOf(2, "information-plane", PLANE, reading + beyond(charts), charts));
        }
        information(input, "I(X;T)").figure().ifPresent(figures::add);
        (shuffled.isEmpty()
                ? information(labels, "I(T;Y)")
                : information(labels.minus(shuffled), "I(T;Y) beyond shuffled labels")
                        .caption("I(T;Y) less what the same estimate gives with shuffled labels: only this is about the"
                                + " labels." + onlyLayer(labels)))
                .figure().ifPresent(figures::add);
        return Optional.of(Section.of("Information").pictures(figures));
    }

    /// A plane whose axes end near its layers, where these keep to a corner of what H(X) and H(Y) leave.
    static Chart filled(Chart chart, String unit) {
        double right = ways(chart).flatMapToDouble(Trail::positions).max().orElse(0);
        double top = ways(chart).flatMapToDouble(Trail::heights).max().orElse(0);
        Axis x = filled(chart.x(), right);
        Axis y = filled(chart.y(), top);
        List<Mark> seen = new ArrayList<>();
        List<String> beyond = new ArrayList<>();
        for (Mark mark : chart.marks()) {
            Axis crossed = mark instanceof ReferenceLine line && line.direction() == ReferenceLine.Direction.VERTICAL
                    ? x
                    : y;
            if (mark instanceof ReferenceLine line && line.value() > Objects.requireNonNull(crossed.range()).high()) {
                beyond.add(line.name() + " at " + Wording.rough(line.value()) + " " + unit);
            } else {
                seen.add(mark);
            }
        }
        return beyond.isEmpty()
                ? chart
                : new Chart(chart.id(), chart.title(),
                        chart.caption() + " Beyond the ends of the axes: " + Wording.list(beyond.reversed()) + ".", x,
                        y,
                        seen);
    }

    /// What the caption of several planes says of limits that are not in all of them.
    private static String beyond(List<Chart> charts) {
        return charts.stream().allMatch(chart -> chart.marks().stream().filter(ReferenceLine.class::isInstance)
                .count() == 2) ? "" : " Where H(X) or H(Y) is not drawn, it lies beyond the end of the axis.";
    }

    private static Stream<Trail> ways(Chart chart) {
        return chart.marks().stream().filter(Trail.class::isInstance).map(Trail.class::cast);
    }

    private static Axis filled(Axis axis, double farthest) {
        Range range = Objects.requireNonNull(axis.range());
        return farthest > 0 && farthest < FILLED * range.high()
                ? axis.withRange(range.low(), ROOM * farthest)
                : axis;
    }

    /// What kinds of one plane have in common, such as `noise 0.01`: what stands behind the name of the estimate.
    private static String ruler(Object kind) {
        int comma = kind.toString().indexOf(", ");
        return comma < 0 ? "" : kind.toString().substring(comma + 2);
    }

    private static Sample by(Sample sample, String ruler) {
        Sample own = new Sample(sample.quantity(), sample.points().stream()
                .filter(point -> ruler(Objects.requireNonNull(point.at().get(Index.KIND))).equals(ruler)).toList());
        // The title of the plane says it; each place would repeat it.
        return ruler.isEmpty()
                ? own
                : own.change(Index.KIND, Index.KIND, kind -> kind.toString().replace(", " + ruler, ""));
    }

    private Plot information(Sample sample, String label) {
        List<Coordinate> facets = new ArrayList<>(factors);
        facets.addFirst(Index.KIND);
        return byEpoch(sample.quantity(), PlaneQuantities.named(sample)).valueAxis(Axis.linear(label, unit))
                .facet(facets.toArray(Coordinate[]::new));
    }

    /// The limits of the networks of one combination of values, whose samples may be others than those of the next.
    ///
    /// @param all  the numbers of which they are a part
    /// @param name of the part
    private PlaneChart limits(Sample all, String name) {
        return new PlaneChart(limit(LayerQuantities.INPUT_ENTROPY, all, name),
                limit(LayerQuantities.LABEL_ENTROPY, all, name),
                Math.log(limit(LayerQuantities.SAMPLES, all, name)) / (unit.equals("bit") ? Math.log(2) : 1), unit,
                Object::toString);
    }

    /// The mean over seeds for the layer that has most: layers may be heard on different samples.
    private double limit(Quantity quantity, Sample all, String name) {
        Sample given = results.apply(quantity);
        Sample alike = factors.stream().allMatch(factor -> given.values(factor).equals(all.values(factor)))
                ? given.parts(factors).getOrDefault(name, given)
                : given;
        return alike.by(Index.LAYER).values().stream()
                .mapToDouble(layer -> layer.points().stream().mapToDouble(Sample.Point::value).average().orElse(0))
                .max().orElse(0);
    }
}
