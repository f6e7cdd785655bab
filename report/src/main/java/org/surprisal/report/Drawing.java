package org.surprisal.report;

import java.util.List;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Lettering;
import org.surprisal.report.canvas.Paint;

/// A figure laid out on a page: how large it is and how to draw it.
interface Drawing {

    /// Units of the page that a figure has about it, and between its parts.
    int MARGIN = 12;

    /// Where a figure is seen.
    enum Place {
        /// A file of its own: title and legend are in the picture. Units wide.
        FILE(860),
        /// A wide page of a report, which writes title and legend itself.
        WIDE(860),
        /// A narrow page of a report, likewise.
        NARROW(360);

        private final int width;

        Place(int width) {
            this.width = width;
        }

        /// In units of the page.
        int width() {
            return width;
        }
    }

    /// In units of 1/72 inch.
    int width();

    /// In units of 1/72 inch.
    int height();

    /// Draws the page, from 0, 0 at the top left.
    void draw(Canvas canvas);

    /// The layout of `figure`.
    static Drawing of(Figure figure, Place place) {
        return switch (figure) {
            case Chart chart -> new ChartsDrawing(chart, List.of(chart), 1, place);
            case Panels panels -> new ChartsDrawing(panels, panels.charts(), panels.columns(), place);
            case ImageGrid grid -> new ImageGridDrawing(grid, place);
            case DirectedGraph graph -> new DirectedGraphDrawing(graph, place);
        };
    }

    /// Writes the lines of a title at the left of a page.
    static void title(Canvas canvas, List<String> lines, double top) {
        double y = top + Lettering.TITLE.lineHeight() * 0.8;
        for (String line : lines) {
            canvas.write(line, MARGIN, y, Lettering.TITLE, Paint.INK, Canvas.Anchor.START);
            y += Lettering.TITLE.lineHeight();
        }
    }
}
