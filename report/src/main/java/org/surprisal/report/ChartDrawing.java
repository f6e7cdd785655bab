package org.surprisal.report;

import java.awt.Graphics2D;
import java.util.List;

/// A single chart: title, plot, legend.
final class ChartDrawing implements Drawing {

    private static final int WIDTH = 840;
    private static final int PLOT_HEIGHT = 460;
    private static final int MARGIN = 14;

    private final Chart chart;
    private final List<String> title;
    private final LegendPainter legend;
    private final int plotTop;

    ChartDrawing(Chart chart) {
        this.chart = chart;
        this.title = Lettering.TITLE.wrap(chart.title(), WIDTH - 2 * MARGIN);
        this.legend = new LegendPainter(Legend.of(List.of(chart)), WIDTH - 2 * MARGIN);
        this.plotTop = MARGIN + (int) Math.ceil(title.size() * Lettering.TITLE.lineHeight());
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public int height() {
        return plotTop + PLOT_HEIGHT + 8 + (int) Math.ceil(legend.height()) + MARGIN;
    }

    @Override
    public void paint(Graphics2D g) {
        Drawing.title(g, title, MARGIN + 6, MARGIN);
        new ChartPainter(chart, true, true).paint(g, MARGIN, plotTop, WIDTH - 2 * MARGIN, PLOT_HEIGHT);
        legend.paint(g, WIDTH / 2.0, plotTop + PLOT_HEIGHT + 8.0);
    }
}
