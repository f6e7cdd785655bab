package org.surprisal.report;

import java.awt.Graphics2D;
import java.util.List;

/// A legend under the plot, never over the data: as few rows as the width allows, filled column by column so that
/// entries that follow each other (before, after) stand under each other.
final class LegendPainter {

    private static final double SAMPLE_WIDTH = 27;
    private static final double SAMPLE_HEIGHT = 9;
    private static final double GAP = 6;
    private static final double BETWEEN = 18;

    private final List<Legend.Entry> entries;
    private final double cell;
    private final int rows;
    private final int columns;

    LegendPainter(Legend legend, double width) {
        this.entries = legend.entries();
        double widest = entries.stream().mapToDouble(e -> Lettering.LEGEND.width(e.name())).max().orElse(0);
        this.cell = SAMPLE_WIDTH + GAP + widest + BETWEEN;
        int fitting = (int) Math.max(1, Math.floor((width + BETWEEN) / cell));
        int least = (entries.size() + fitting - 1) / fitting;
        // An even number of rows keeps pairs (before, after) in one column.
        this.rows = least > 1 && least % 2 == 1 && entries.size() % 2 == 0 ? least + 1 : least;
        this.columns = rows == 0 ? 0 : (entries.size() + rows - 1) / rows;
    }

    /// 0 where there is nothing to list.
    double height() {
        return rows * (Lettering.LEGEND.lineHeight() + 3);
    }

    /// Paints the legend centred about `centre` with its top at `top`.
    void paint(Graphics2D g, double centre, double top) {
        double left = centre - (columns * cell - BETWEEN) / 2;
        double row = Lettering.LEGEND.lineHeight() + 3;
        for (int i = 0; i < entries.size(); i++) {
            int column = i / rows;
            double x = left + column * cell;
            double y = top + (i - column * rows) * row;
            MarkPainter.sample(g, entries.get(i), x, y + (row - SAMPLE_HEIGHT) / 2, SAMPLE_WIDTH, SAMPLE_HEIGHT);
            g.setColor(Lettering.INK);
            Lettering.LEGEND.write(g, entries.get(i).name(), x + SAMPLE_WIDTH + GAP, y + row * 0.72);
        }
    }
}
