package org.surprisal.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Small multiples: charts of one kind side by side, row after row, under one legend (marks of the same name in
/// different panels are one entry of it). The panels' own captions are not drawn.
///
/// @param id      see [Figure#id()]
/// @param title   see [Figure#title()]
/// @param caption see [Figure#caption()]
/// @param columns how many panels in a row, from 1; a narrow screen shows fewer
/// @param charts  the panels, row by row, at least one, with different ids; at most [#MOST_ROWS] rows of them are kept
public record Panels(String id, String title, String caption, int columns, List<Chart> charts) implements Figure {
    /// Rows of panels in one picture: more would need gigabytes to be drawn, and no program shows a picture of that
    /// height.
    public static final int MOST_ROWS = 50;

    /// Of charts that would fill more than [#MOST_ROWS] rows the first ones are kept, and the caption says so.
    public Panels {
        FigureId.check("panels", id, title);
        if (charts.isEmpty()) {
            throw new IllegalArgumentException("panels '" + id + "': no charts; there is nothing to draw");
        }
        if (columns < 1) {
            throw new IllegalArgumentException("panels '" + id + "': columns (=" + columns + ") must be at least 1");
        }
        int count = charts.size();
        int most = (int) Math.min((long) columns * MOST_ROWS, count);
        charts = List.copyOf(charts.subList(0, most));
        if (most < count) {
            caption = (caption + " The first " + most + " of " + count
                    + " panels are drawn; the numbers of all of them are"
                    + " in the run folder.").strip();
        }
        Set<String> ids = new HashSet<>();
        for (Chart chart : charts) {
            if (!ids.add(chart.id())) {
                throw new IllegalArgumentException("panels '" + id + "': two charts have the id '" + chart.id() + "'");
            }
        }
    }

    /// Charts in rows of a width, or of the nearest smaller one at which titles have room.
    ///
    /// @param row charts that belong into one row
    public static Panels inRowsOf(int row, String id, String title, String caption, List<Chart> charts) {
        return new Panels(id, title, caption, row <= 3 ? row : row % 2 == 0 ? 2 : 3, charts);
    }
}
