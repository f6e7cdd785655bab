package org.surprisal.study.bottleneck;

import java.awt.Color;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.InformationPlane.Coordinates;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.mutual.InformationPlane.OrderViolation;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Mark.Direction;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Stroke;
import org.surprisal.study.Case;

/// Information planes drawn: one panel a kind of estimate and a group of networks, means over seeds.
final class PlaneFigures {
    /// About how many epochs the legend names.
    private static final int NAMED = 6;
    private static final Axis EPOCH = Axis.log("epoch + 1", "");
    private static final Color WRONG = Palette.category(1);

    private final Planes planes;
    private final List<Case> groups;
    /// Both from 0 to a little more than the limit, so that panels compare.
    private final Axis input;
    private final Axis labels;

    PlaneFigures(Planes planes) {
        this.planes = planes;
        this.groups = planes.groups();
        this.input = axis("I(X;T)", planes.any().ceiling(), Coordinates::input);
        this.labels = axis("I(T;Y)", planes.any().labelEntropy(), Coordinates::labels);
    }

    private Axis axis(String name, double limit, ToDoubleFunction<Coordinates> what) {
        DoubleSummaryStatistics found = groups.stream().flatMap(group -> planes.networks(group).stream())
                .flatMap(network -> planes.planes(network).values().stream())
                .flatMap(plane -> plane.points().stream()).flatMap(point -> point.kinds().values().stream())
                .mapToDouble(what).summaryStatistics();
        double high = 1.05 * Math.max(limit, found.getMax());
        // One class leaves no height at all.
        return Axis.linear(name, "nat").withRange(Math.min(0, found.getMin()), high > 0 ? high : 1);
    }

    /// What legends and tables call a kind.
    static String label(Kind kind) {
        return switch (kind) {
            case BHATTACHARYYA -> "lower bound (Bhattacharyya)";
            case KULLBACK_LEIBLER -> "upper bound (Kullback-Leibler)";
            case BINNED -> "binned";
        };
    }

    /// What legends call a layer, numbered from 0: the last is the output.
    String layer(int number) {
        return number == layers() - 1 ? "output" : "layer " + planes.any().points().get(number).layer();
    }

    private int layers() {
        return planes.any().points().size();
    }

    /// The information planes.
    Figure plane() {
        List<Chart> charts = new ArrayList<>();
        for (Kind kind : planes.kinds()) {
            for (Case group : groups) {
                charts.add(plane(group, kind));
            }
        }
        return new Panels("information-plane", "The information plane as the networks train",
                "One line a layer, from the network before training on; dots coloured by epoch, means over seeds."
                        + " Lower and upper"
                        + " bound are those of I(X;T); I(T;Y) beside them is a difference of two of its kind. Dashed"
                        + " rules:"
                        + " what no estimate may exceed. Black dotted steps join, in the last plane, layers of which"
                        + " the"
                        + " later has more information than the earlier; crossed limits would be dots of the colour of"
                        + " 'beyond a limit'. The bottleneck limit is the most that any T can tell of Y by what it"
                        + " keeps of X.",
                columns(), charts);
    }

    private Chart plane(Case group, Kind kind) {
        List<Mark> marks = new ArrayList<>();
        List<Integer> epochs = planes.epochs(group);
        for (int m = 0; m < layers(); m++) {
            marks.add(new Mark.Line(layer(m), means(group, kind, m, Coordinates::input).means(),
                    means(group, kind, m, Coordinates::labels).means(), Palette.category(m), Stroke.SOLID, false));
        }
        marks.addAll(lastSteps(group, kind));
        List<Color> colours = Palette.sequential(epochs.size());
        int every = Math.max(1, Math.ceilDiv(epochs.size() - 1, NAMED - 1));
        for (int e = 0; e < epochs.size(); e++) {
            double[] x = new double[layers()];
            double[] y = new double[layers()];
            for (int m = 0; m < layers(); m++) {
                x[m] = means(group, kind, m, Coordinates::input).mean(epochs.get(e));
                y[m] = means(group, kind, m, Coordinates::labels).mean(epochs.get(e));
            }
            boolean last = e == epochs.size() - 1;
            boolean named = last || (e % every == 0 && epochs.size() - 1 - e >= every);
            marks.add(new Mark.Points(named ? epoch(epochs.get(e)) : "", x, y, colours.get(e)));
        }
        marks.addAll(beyondLimits(group, kind));
        marks.addAll(bottleneckLimit());
        marks.addAll(limits());
        return new Chart(id("plane", group, kind), title(group, kind), "", input, labels, marks);
    }

    /// What legends call an epoch.
    static String epoch(int number) {
        return number == 0 ? "before training" : "epoch " + number;
    }

    private List<Mark.Rule> limits() {
        InformationPlane any = planes.any();
        List<Mark.Rule> limits = new ArrayList<>();
        limits.add(new Mark.Rule("H(Y)", Direction.HORIZONTAL, any.labelEntropy(), Palette.GREY));
        if (distinctInputs()) {
            limits.add(new Mark.Rule("H(X) = ln N", Direction.VERTICAL, any.ceiling(), Palette.GREY));
        } else {
            limits.add(new Mark.Rule("H(X)", Direction.VERTICAL, any.inputEntropy(), Palette.GREY));
            limits.add(new Mark.Rule("ln N", Direction.VERTICAL, any.ceiling(), Palette.GREY));
        }
        return limits;
    }

    /// The most that any T can tell of Y by what it keeps of X, where all inputs are different and the label is thus a
    /// function of them: min(I(X;T), H(Y)), reached by time-sharing.
    private List<Mark> bottleneckLimit() {
        InformationPlane any = planes.any();
        if (!distinctInputs()) {
            return List.of();
        }
        return List.of(new Mark.Line("bottleneck limit", new double[]{0, any.labelEntropy(), any.inputEntropy()},
                new double[]{0, any.labelEntropy(), any.labelEntropy()}, Palette.GREY, Stroke.SOLID, false));
    }

    private boolean distinctInputs() {
        return Math.abs(planes.any().ceiling() - planes.any().inputEntropy()) < 1e-9;
    }

    /// The layers of the last plane that are out of order, in the means over seeds.
    private List<Mark> lastSteps(Case group, Kind kind) {
        int last = planes.epochs(group).getLast();
        List<Mark> steps = new ArrayList<>();
        for (int m = 1; m < layers(); m++) {
            double[] x = {means(group, kind, m - 1, Coordinates::input).mean(last),
                    means(group, kind, m, Coordinates::input).mean(last)};
            double[] y = {means(group, kind, m - 1, Coordinates::labels).mean(last),
                    means(group, kind, m, Coordinates::labels).mean(last)};
            if (x[1] > x[0] + 1e-9 || y[1] > y[0] + 1e-9) {
                steps.add(new Mark.Line("out of order at the end", x, y, Palette.INK, Stroke.DOTTED, false));
            }
        }
        return steps;
    }

    private List<Mark> beyondLimits(Case group, Kind kind) {
        List<Mark> marks = new ArrayList<>();
        for (Case network : planes.networks(group)) {
            for (InformationPlane plane : planes.planes(network).values()) {
                plane.identityViolations().stream().filter(violation -> violation.kind() == kind)
                        .map(InformationPlane.IdentityViolation::layer).distinct().forEach(name -> {
                            int m = plane.points().stream().map(InformationPlane.Point::layer).toList().indexOf(name);
                            Coordinates at = Planes.at(plane, m, kind);
                            marks.add(new Mark.Points("beyond a limit", new double[]{at.input()},
                                    new double[]{at.labels()}, WRONG));
                        });
            }
        }
        return marks;
    }

    /// I(X;T) by epoch.
    Figure inputByEpoch() {
        return byEpoch("input-information", "I(X;T) by epoch", input, Direction.VERTICAL, Coordinates::input);
    }

    /// I(T;Y) by epoch.
    Figure labelsByEpoch() {
        return byEpoch("label-information", "I(T;Y) by epoch", labels, Direction.HORIZONTAL, Coordinates::labels);
    }

    /// @param limits which way the limits of this information run in the plane
    private Figure byEpoch(String id, String title, Axis axis, Direction limits, ToDoubleFunction<Coordinates> what) {
        List<Chart> charts = new ArrayList<>();
        for (Kind kind : planes.kinds()) {
            for (Case group : groups) {
                List<Mark> marks = new ArrayList<>();
                for (int m = 0; m < layers(); m++) {
                    Series series = means(group, kind, m, what);
                    marks.addAll(series.marks(layer(m), series.epochsPlusOne(), Palette.category(m), Stroke.SOLID));
                }
                limits().stream().filter(limit -> limit.direction() == limits)
                        .map(limit -> new Mark.Rule(limit.name(), Direction.HORIZONTAL, limit.value(),
                                limit.colour()))
                        .forEach(marks::add);
                charts.add(new Chart(id(id, group, kind), title(group, kind), "", EPOCH, axis, marks));
            }
        }
        return new Panels(id + "-by-epoch", title,
                "Means over seeds; bands: one standard error of the mean. The first point, at 1, is the network before"
                        + " training.",
                columns(), charts);
    }

    /// Upper minus lower bound of I(X;T); absent where there are no bounds.
    Optional<Figure> gap() {
        if (!planes.kinds().contains(Kind.KULLBACK_LEIBLER)) {
            return Optional.empty();
        }
        List<Chart> charts = new ArrayList<>();
        for (Case group : groups) {
            List<Mark> marks = new ArrayList<>();
            for (int m = 0; m < layers(); m++) {
                Series series = new Series();
                for (Case network : planes.networks(group)) {
                    int layer = m;
                    planes.planes(network).forEach((epoch, plane) -> series.add(epoch, gap(plane, layer)));
                }
                marks.addAll(series.marks(layer(m), series.epochsPlusOne(), Palette.category(m), Stroke.SOLID));
            }
            charts.add(new Chart(id("gap", group, Kind.KULLBACK_LEIBLER), Ensemble.label(group), "", EPOCH,
                    Axis.linear("U - L of I(X;T)", "nat"), marks));
        }
        return Optional.of(new Panels("gap-of-bounds", "What is left open between the bounds of I(X;T)",
                "Upper minus lower bound, means over seeds; bands: one standard error. A gap near 0 is an answer; it"
                        + " is 0"
                        + " also where noise tells every sample apart or none.",
                columns(groups.size()), charts));
    }

    /// One column a group, so that a row shows one kind; a single group's kinds stand side by side.
    private int columns() {
        return columns(groups.size() > 1 ? groups.size() : planes.kinds().size());
    }

    /// More than three panels in a row would have no room for their titles.
    private static int columns(int panels) {
        return panels <= 3 ? panels : panels % 2 == 0 ? 2 : 3;
    }

    static double gap(InformationPlane plane, int layer) {
        return Planes.at(plane, layer, Kind.KULLBACK_LEIBLER).input()
                - Planes.at(plane, layer, Kind.BHATTACHARYYA).input();
    }

    /// How often layers were out of order: `12 of 300 (4 beyond the bounds)`, counted over planes and pairs of layers.
    String orderCount(Case group, Kind kind, char about) {
        int pairs = 0;
        int found = 0;
        int certain = 0;
        for (Case network : planes.networks(group)) {
            for (InformationPlane plane : planes.planes(network).values()) {
                pairs += layers() - 1;
                for (OrderViolation violation : plane.orderViolations()) {
                    if (violation.kind() == kind && violation.about() == about) {
                        found++;
                        certain += violation.certain() ? 1 : 0;
                    }
                }
            }
        }
        return found + " of " + pairs + (kind == Kind.BINNED ? "" : " (" + certain + " beyond the bounds)");
    }

    private Series means(Case group, Kind kind, int layer, ToDoubleFunction<Coordinates> what) {
        Series series = new Series();
        for (Case network : planes.networks(group)) {
            planes.planes(network).forEach((epoch, plane) -> series.add(epoch,
                    what.applyAsDouble(Planes.at(plane, layer, kind))));
        }
        return series;
    }

    private String title(Case group, Kind kind) {
        return Ensemble.label(group) + ", " + switch (kind) {
            case BHATTACHARYYA -> "lower bound";
            case KULLBACK_LEIBLER -> "upper bound";
            case BINNED -> "binned";
        };
    }

    private String id(String what, Case group, Kind kind) {
        return what + "-" + groups.indexOf(group) + "-" + planes.kinds().indexOf(kind);
    }
}
