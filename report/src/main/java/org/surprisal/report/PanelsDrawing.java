package org.surprisal.report;

import java.awt.Graphics2D;
import java.util.List;

/// Small multiples: title, panels in rows, one legend. Axes that all panels share are named at the left and at the
/// bottom only.
final class PanelsDrawing implements Drawing {

    private static final int PAGE_WIDTH = 960;
    private static final int LEAST_PANEL = 250;
    private static final int MOST_PANEL = 480;
    private static final int MARGIN = 14;

    private final Panels panels;
    private final List<String> title;
    private final LegendPainter legend;
    private final int top;
    private final int columns;
    private final int rows;
    private final int panelWidth;
    private final int panelHeight;

    PanelsDrawing(Panels panels) {
        this.panels = panels;
        int count = panels.charts().size();
        this.columns = Math.min(panels.columns(), count);
        this.rows = (count + columns - 1) / columns;
        this.panelWidth = Math.clamp(PAGE_WIDTH / columns, LEAST_PANEL, MOST_PANEL);
        this.panelHeight = Math.max(200, panelWidth * 2 / 3);
        this.title = Lettering.TITLE.wrap(panels.title(), width() - 2.0 * MARGIN);
        this.legend = new LegendPainter(Legend.of(panels.charts()), width() - 4.0 * MARGIN);
        this.top = MARGIN + (int) Math.ceil(title.size() * Lettering.TITLE.lineHeight()) + 4;
    }

    @Override
    public int width() {
        return columns * panelWidth + 2 * MARGIN;
    }

    @Override
    public int height() {
        return top + rows * panelHeight + 8 + (int) Math.ceil(legend.height()) + MARGIN;
    }

    @Override
    public void paint(Graphics2D g) {
        Drawing.title(g, title, MARGIN + 6, MARGIN);
        boolean sameX = panels.charts().stream().map(c -> c.x().title()).distinct().count() == 1;
        boolean sameY = panels.charts().stream().map(c -> c.y().title()).distinct().count() == 1;
        int count = panels.charts().size();
        for (int i = 0; i < count; i++) {
            Chart chart = panels.charts().get(i);
            int x = MARGIN + i % columns * panelWidth;
            int y = top + i / columns * panelHeight;
            int head = (int) Lettering.PANEL_TITLE.lineHeight();
            boolean lowest = i + columns >= count;
            boolean first = i % columns == 0;
            new ChartPainter(chart, !sameX || lowest, !sameY || first).paint(g, x, y + head, panelWidth - 4,
                    panelHeight - head - 4);
            g.setColor(Lettering.INK);
            Lettering.PANEL_TITLE.centre(g, chart.title(), x + panelWidth / 2.0 + 14, y + head * 0.9);
        }
        legend.paint(g, width() / 2.0, top + rows * panelHeight + 8.0);
    }
}
