package org.surprisal.cli.measure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.surprisal.cli.Unit;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.InformationPlane.Point;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Stroke;

/// The picture of one information plane: a line a layer, from the point of one kind to that of the other.
final class PlaneFigure {
    private PlaneFigure() {
    }

    static Figure of(InformationPlane plane, Unit unit) {
        List<Mark> marks = new ArrayList<>();
        List<Color> colours = Palette.sequential(plane.points().size());
        for (int i = 0; i < plane.points().size(); i++) {
            Point point = plane.points().get(i);
            double[] input = point.kinds().values().stream().mapToDouble(at -> unit.ofNats(at.input())).toArray();
            double[] labels = point.kinds().values().stream().mapToDouble(at -> unit.ofNats(at.labels())).toArray();
            marks.add(new Mark.Line(point.layer(), input, labels, colours.get(i), Stroke.SOLID, true));
        }
        marks.add(new Mark.Rule("H(Y)", Mark.Direction.HORIZONTAL, unit.ofNats(plane.labelEntropy()), Palette.GREY));
        marks.add(new Mark.Rule("H(X)", Mark.Direction.VERTICAL, unit.ofNats(plane.inputEntropy()), Palette.GREY));
        boolean pairs = plane.points().getFirst().kinds().size() > 1;
        return new Chart("information-plane", "Information plane of " + plane.n() + " samples",
                pairs
                        ? "Each layer is a line from its Bhattacharyya point, whose I(X;T) is a lower bound, to its Kullback-Leibler point, "
                                + "whose I(X;T) is an upper bound; both are differences of bounds in I(T;Y)."
                        : "Each layer is a point; informations are those of the binned layer.",
                Axis.linear("I(X;T)", unit.toString()), Axis.linear("I(T;Y)", unit.toString()), marks);
    }
}
