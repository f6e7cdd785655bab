package org.surprisal.report;

import java.awt.Graphics2D;
import java.util.List;

/// A figure laid out on a page: how large it is and how to paint it.
interface Drawing {

    /// In units of 1/72 inch.
    int width();

    /// In units of 1/72 inch.
    int height();

    /// Paints the page, from 0, 0 at the top left, over white.
    void paint(Graphics2D g);

    /// The layout of `figure`.
    static Drawing of(Figure figure) {
        return switch (figure) {
            case Chart chart -> new ChartDrawing(chart);
            case Panels panels -> new PanelsDrawing(panels);
            case ImageGrid grid -> new ImageGridDrawing(grid);
            case DirectedGraph graph -> new DirectedGraphDrawing(graph);
        };
    }

    /// The lines of a title at the width of a page.
    static void title(Graphics2D g, List<String> lines, double left, double top) {
        g.setColor(Lettering.INK);
        double y = top + Lettering.TITLE.lineHeight() * 0.8;
        for (String line : lines) {
            Lettering.TITLE.write(g, line, left, y);
            y += Lettering.TITLE.lineHeight();
        }
    }
}
