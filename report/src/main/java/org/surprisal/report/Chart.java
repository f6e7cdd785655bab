package org.surprisal.report;

import java.util.List;
import java.util.Optional;

/// Marks on a pair of axes.
///
/// @param id      see [Figure#id()]
/// @param title   see [Figure#title()]
/// @param caption see [Figure#caption()]
/// @param x       horizontal axis
/// @param y       vertical axis
/// @param marks what is drawn, at least one; on a logarithmic axis every line, point, rule and cell is positive. Of
///                [Mark.Cells] there is at most one, and an axis without a range shows their extent
public record Chart(String id, String title, String caption, Axis x, Axis y, List<Mark> marks) implements Figure {

    public Chart {
        FigureId.check("chart", id, title);
        marks = List.copyOf(marks);
        if (marks.isEmpty()) {
            throw new IllegalArgumentException("chart '" + id + "': no marks; there is nothing to draw");
        }
        if (marks.stream().filter(Mark.Cells.class::isInstance).count() > 1) {
            throw new IllegalArgumentException(
                    "chart '" + id + "': two heat maps would cover each other; draw them as panels");
        }
        for (Mark mark : marks) {
            switch (mark) {
                case Mark.Line(var name, var xs, var ys, _, _, _) -> {
                    positive(id, x, name, xs);
                    positive(id, y, name, ys);
                }
                case Mark.Points(var name, var xs, var ys, _) -> {
                    positive(id, x, name, xs);
                    positive(id, y, name, ys);
                }
                case Mark.Band band -> positive(id, x, band.name(), band.x());
                case Mark.Bars bars -> positive(id, x, bars.name(), bars.edges());
                case Mark.Cells cells -> {
                    positive(id, x, cells.name(), cells.xEdges());
                    positive(id, y, cells.name(), cells.yEdges());
                }
                case Mark.Rule(var name, var direction, double value, _) ->
                    positive(id, direction == Mark.Direction.HORIZONTAL ? y : x, name, Values.of(value));
            }
        }
    }

    /// The heat map among the marks.
    Optional<Mark.Cells> cells() {
        return marks.stream().filter(Mark.Cells.class::isInstance).map(Mark.Cells.class::cast).findFirst();
    }

    private static void positive(String id, Axis axis, String mark, Values values) {
        if (axis.scale() != Scale.LOG) {
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) <= 0) {
                throw new IllegalArgumentException("chart '" + id + "': '" + mark + "' has " + values.get(i)
                        + " on the logarithmic axis '" + axis.label()
                        + "'; positive numbers are needed (or a linear axis)");
            }
        }
    }
}
