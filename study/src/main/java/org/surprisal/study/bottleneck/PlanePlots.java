package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.report.Axis;
import org.surprisal.report.Figure;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.measure.PlaneChart;
import org.surprisal.study.measure.PlaneQuantities;

/// Information planes drawn, means over seeds.
///
/// @param planes what is drawn
/// @param note   what is drawn, in the titles of panels
record PlanePlots(PlaneSamples planes, String note) {
    private static final String FROM_ONE = "The first point, at 1, is the network before training.";

    private static final Sample NONE = new Sample(PlaneQuantities.SHUFFLED, List.of());

    /// The title of a panel, never empty.
    String title(String name) {
        String title = name.isEmpty() || note.isEmpty() ? name + note : name + ", " + note;
        return title.isEmpty() ? "all networks" : title;
    }

    private List<Coordinate> facets() {
        return List.of(Index.KIND, planes.networks().activation(), BottleneckNetworks.FRACTION);
    }

    /// The information planes, for each group of networks one by bounds and one by bins: two estimates that have
    /// nothing in common would only hide each other.
    ///
    /// @param id of the first figure's files, or where there are several, the beginning of all
    List<Figure> plane(String id) {
        List<Coordinate> groups = List.of(planes.networks().activation(), BottleneckNetworks.FRACTION);
        Sample shuffled = planes.alive(PlaneQuantities.SHUFFLED);
        Map<String, Sample> labels = planes.labels().parts(groups);
        Map<String, Sample> nulls = shuffled.isEmpty() ? Map.of() : shuffled.parts(groups);
        Map<Boolean, List<Object>> estimators = planes.input().isEmpty()
                ? Map.of()
                : planes.input().values(Index.KIND).stream().collect(Collectors.partitioningBy(PlanePlots::isBinned));
        boolean both = estimators.values().stream().noneMatch(List::isEmpty);
        PlaneChart chart = new PlaneChart(mean(PlaneQuantities.INPUT_ENTROPY), mean(PlaneQuantities.LABEL_ENTROPY),
                ceiling(), "nat", BottleneckNetworks.layers(planes.results()));
        List<Figure> figures = new ArrayList<>();
        planes.input().parts(groups).forEach((name, all) -> estimators.forEach((binned, _) -> {
            Sample input = only(all, binned);
            if (input.isEmpty()) {
                return;
            }
            Sample ownNulls = only(Objects.requireNonNullElse(nulls.get(name), NONE), binned);
            String heading = Stream.of(title(name).equals("all networks") ? "" : title(name),
                    !both ? "" : binned ? "by bins" : "by bounds").filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(", "));
            String file = Stream.of(id, name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
                    both && binned ? "binned" : "").filter(part -> !part.isEmpty()).collect(Collectors.joining("-"));
            figures.add(chart.of(file,
                    "The information plane as the networks train" + (heading.isEmpty() ? "" : ": " + heading),
                    chart.reading(input, !ownNulls.isEmpty()), input,
                    only(Objects.requireNonNull(labels.get(name)), binned), ownNulls));
        }));
        return figures;
    }

    private static boolean isBinned(Object kind) {
        return kind.equals(PlaneQuantities.text(Kind.BINNED));
    }

    private static Sample only(Sample byKind, boolean binned) {
        return new Sample(byKind.quantity(), byKind.points().stream()
                .filter(point -> isBinned(Objects.requireNonNull(point.at().get(Index.KIND))) == binned).toList());
    }

    /// I(X;T) by epoch.
    Plot inputByEpoch() {
        double entropy = mean(PlaneQuantities.INPUT_ENTROPY);
        return byEpoch("input-information-by-epoch", "I(X;T) by epoch", planes.input())
                .valueAxis(axis(planes.input(), entropy)).horizontal("H(X)", entropy)
                .facet(facets().toArray(Coordinate[]::new));
    }

    /// I(T;Y) by epoch, beside that of shuffled labels.
    Plot labelsByEpoch() {
        double entropy = mean(PlaneQuantities.LABEL_ENTROPY);
        Sample shuffled = planes.alive(PlaneQuantities.SHUFFLED).as(planes.labels().quantity());
        Plot plot = byEpoch("label-information-by-epoch", "I(T;Y) by epoch",
                shuffled.with(Index.STAGE, "shuffled labels")
                        .and(planes.labels().with(Index.STAGE, "true labels")))
                .caption(shuffled.isEmpty()
                        ? FROM_ONE
                        : FROM_ONE + " Dashed: with shuffled labels, which are measured at the last hidden layer and"
                                + " the output; only what exceeds this is about the labels.")
                .valueAxis(axis(planes.labels(), entropy)).horizontal("H(Y)", entropy)
                .facet(facets().toArray(Coordinate[]::new));
        return shuffled.isEmpty() ? plot : plot.dash(Index.STAGE);
    }

    /// Upper less lower bound of I(X;T); without numbers where there are no bounds.
    Plot gap() {
        return byEpoch("gap-of-bounds", "What is left open between the bounds of I(X;T)", planes.gap())
                .caption(FROM_ONE + " A gap near 0 is an answer; it is 0 also where noise tells every sample apart, or"
                        + " none.")
                .facet(planes.networks().activation(), BottleneckNetworks.FRACTION);
    }

    /// The noise of each layer.
    Plot noise() {
        Sample noise = planes.alive(planes.quantities().noise());
        return byEpoch("noise-by-epoch", "Noise by the heuristic, by epoch", noise)
                .valueAxis(Axis.log(noise.quantity().label(), ""))
                .facet(planes.networks().activation(), BottleneckNetworks.FRACTION);
    }

    private Plot byEpoch(String id, String title, Sample byLayer) {
        return Plot.lines(id, title, PlaneSamples.kindsNamed(BottleneckNetworks.fromOne(byLayer))).x(Index.EPOCH)
                .colour(Index.LAYER, BottleneckNetworks.layers(planes.results()))
                .xAxis(BottleneckNetworks.epochAxis(planes.settings())).caption(FROM_ONE);
    }

    /// ln N.
    double ceiling() {
        return Math.log(mean(PlaneQuantities.POINTS));
    }

    /// The mean over all trials, which differ where data are drawn.
    double mean(Quantity ofTrial) {
        return values(planes.results().of(ofTrial)).average().orElse(0);
    }

    private static Axis axis(Sample sample, double limit) {
        return PlaneChart.axis(sample, limit, "nat");
    }

    private static DoubleStream values(Sample sample) {
        return sample.points().stream().mapToDouble(Sample.Point::value);
    }
}
