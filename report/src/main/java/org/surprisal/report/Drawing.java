package org.surprisal.report;

import java.util.List;
import java.util.function.Consumer;
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

    /// A strip of the page from its left to its right edge, which holds whole charts.
    ///
    /// @param top    where it begins, in units
    /// @param height in units
    /// @param inside draws what is in it, at its place on the page
    record Part(double top, double height, Consumer<Canvas> inside) {}

    /// The page in parts that fit a sheet of paper each, if they can; one after the other they are the page.
    default List<Part> parts() {
        return List.of(new Part(0, height(), this::draw));
    }

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
