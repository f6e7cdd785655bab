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
/// @param marks what is drawn, at least one; on a logarithmic axis every number of a line, point, cell or reference
///              line is positive. Of [Cells] there is at most one, and an axis without a range shows their extent
public record Chart(String id, String title, String caption, Axis x, Axis y, List<Mark> marks) implements Figure {

    public Chart {
        FigureId.check("chart", id, title);
        marks = List.copyOf(marks);
        if (marks.isEmpty()) {
            throw new IllegalArgumentException("chart '" + id + "': no marks; there is nothing to draw");
        }
        if (marks.stream().filter(Cells.class::isInstance).count() > 1) {
            throw new IllegalArgumentException(
                    "chart '" + id + "': two heat maps would cover each other; draw them as panels");
        }
        for (Mark mark : marks) {
            mark.check(id, x, y);
        }
    }

    /// The heat map among the marks.
    Optional<Cells> cells() {
        return marks.stream().filter(Cells.class::isInstance).map(Cells.class::cast).findFirst();
    }
}
