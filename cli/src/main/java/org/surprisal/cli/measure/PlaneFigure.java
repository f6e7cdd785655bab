package org.surprisal.cli.measure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.surprisal.cli.Unit;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.InformationPlane.Point;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.ReferenceLine;
import org.surprisal.report.Stroke;

/// The picture of one information plane: a line a layer, from the point of one kind to that of the other.
final class PlaneFigure {
    private static final double MARGIN = 0.03;

    private PlaneFigure() {
    }

    static Figure of(InformationPlane plane, Unit unit) {
        List<Mark> marks = new ArrayList<>();
        List<Color> colours = Palette.sequential(plane.points().size());
        for (int i = 0; i < plane.points().size(); i++) {
            Point point = plane.points().get(i);
            double[] input = point.kinds().values().stream().mapToDouble(at -> unit.ofNats(at.input())).toArray();
            double[] labels = point.kinds().values().stream().mapToDouble(at -> unit.ofNats(at.labels())).toArray();
            marks.add(new Line(point.layer(), input, labels, colours.get(i), Stroke.SOLID, true));
        }
        marks.add(new ReferenceLine("H(Y)", ReferenceLine.Direction.HORIZONTAL, unit.ofNats(plane.labelEntropy()),
                Palette.GREY));
        marks.add(new ReferenceLine("H(X)", ReferenceLine.Direction.VERTICAL, unit.ofNats(plane.inputEntropy()),
                Palette.GREY));
        boolean pairs = plane.points().getFirst().kinds().size() > 1;
        return new Chart("information-plane", "Information plane of " + plane.n() + " samples",
                pairs
                        ? "Each layer is a line from its Bhattacharyya point, whose I(X;T) is a lower bound, to its"
                                + " Kullback-Leibler point, "
                                + "whose I(X;T) is an upper bound; both are differences of bounds in I(T;Y)."
                        : "Each layer is a point; informations are those of the binned layer.",
                axis("I(X;T)", unit, plane.inputEntropy(),
                        plane.points().stream().flatMap(point -> point.kinds().values().stream())
                                .mapToDouble(at -> unit.ofNats(at.input())).toArray()),
                axis("I(T;Y)", unit, plane.labelEntropy(),
                        plane.points().stream().flatMap(point -> point.kinds().values().stream())
                                .mapToDouble(at -> unit.ofNats(at.labels())).toArray()),
                marks);
    }

    /// From 0 to the entropy, and as far beyond as there are values: an axis over the values alone would show the
    /// rounding of layers that know the same.
    private static Axis axis(String label, Unit unit, double entropy, double... values) {
        double high = Math.max(unit.ofNats(entropy), Arrays.stream(values).max().orElseThrow());
        double low = Math.min(0, Arrays.stream(values).min().orElseThrow());
        double margin = high - low > 0 ? MARGIN * (high - low) : 1;
        return Axis.linear(label, unit.toString()).withRange(low - margin, high + margin);
    }
}
