package org.surprisal.report;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Lettering;

/// One chart, or several in rows, under a title and a legend. Charts side by side share what their axes have in common:
/// a name or labels that all charts of a column have stand below the last of them, those of a row before its first.
final class ChartsDrawing implements Drawing {
    private static final double BETWEEN = 16;
    /// Plots of single charts, and of those with a trail, which wants to be looked at closely.
    private static final double PLOT_HEIGHT = 330;
    private static final double TALL_PLOT_HEIGHT = 460;
    private static final double NARROW_PLOT_HEIGHT = 240;
    /// Of the width of one of several charts, the height of its plot.
    private static final double ASPECT = 0.66;
    private static final double LEAST_PLOT_HEIGHT = 120;
    /// On a narrow page, charts from this number on stand in pairs.
    private static final int MANY = 7;
    /// Of a part that fits a sheet: 22 cm where the page of 860 units is as wide as A4 without its margins, 19 cm. A
    /// higher picture would be shrunk until its words are too small.
    private static final double HIGHEST_PART = 990;

    private final Figure figure;
    private final List<Chart> charts;
    private final Place place;
    private final int columns;
    private final Legend legend;
    private final List<ChartPainter> painters = new ArrayList<>();
    private final List<Rectangle2D> plots = new ArrayList<>();
    private final List<Point2D> corners = new ArrayList<>();
    private final List<Double> rowTops = new ArrayList<>();
    private final double cellWidth;
    private final boolean hasLegend;
    private final double height;

    ChartsDrawing(Figure figure, List<Chart> charts, int columns, Place place) {
        this.figure = figure;
        this.charts = charts;
        this.place = place;
        this.columns = place == Place.NARROW ? Math.min(columns, charts.size() >= MANY ? 2 : 1) : columns;
        this.legend = Legend.of(charts);
        this.cellWidth = (place.width() - 2.0 * MARGIN - (this.columns - 1) * BETWEEN) / this.columns;
        for (int i = 0; i < charts.size(); i++) {
            painters.add(new ChartPainter(charts.get(i), i, legend, shown(i)));
        }
        this.hasLegend = place == Place.FILE
                && !(charts.size() == 1 && painters.getFirst().namesAllLines(cellWidth, plotHeight()));
        this.height = layOut();
    }

    private double plotHeight() {
        if (charts.size() > 1) {
            return Math.clamp(cellWidth * ASPECT, LEAST_PLOT_HEIGHT, NARROW_PLOT_HEIGHT);
        }
        if (place == Place.NARROW) {
            return NARROW_PLOT_HEIGHT;
        }
        boolean trails = charts.getFirst().marks().stream().anyMatch(Trail.class::isInstance);
        return trails ? TALL_PLOT_HEIGHT : PLOT_HEIGHT;
    }

    private ChartPainter.Shown shown(int index) {
        boolean many = charts.size() > 1;
        boolean first = index % columns == 0;
        boolean last = index + columns >= charts.size();
        boolean sameX = same(column(index), Chart::x) && same(column(index), AxisRange::horizontal);
        boolean sameY = same(row(index), Chart::y) && same(row(index), AxisRange::vertical);
        boolean titleX = same(column(index), chart -> chart.x().title());
        boolean titleY = same(row(index), chart -> chart.y().title());
        // Two charts side by side have room for names at the ends of their lines, more of them have not.
        boolean lineNames = place != Place.NARROW && (!many || (charts.size() == columns && columns == 2));
        return new ChartPainter.Shown(many, lineNames, last || !sameX, last || !titleX,
                first || !sameY, first || !titleY);
    }

    private static boolean same(List<Chart> charts, Function<Chart, Object> of) {
        return charts.stream().map(of).distinct().count() <= 1;
    }

    private List<Chart> row(int index) {
        int from = index / columns * columns;
        return charts.subList(from, Math.min(charts.size(), from + columns));
    }

    private List<Chart> column(int index) {
        List<Chart> column = new ArrayList<>();
        for (int i = index % columns; i < charts.size(); i += columns) {
            column.add(charts.get(i));
        }
        return column;
    }

    /// Finds the places of the plots.
    ///
    /// @return the height of the page
    private double layOut() {
        double plotHeight = plotHeight();
        double y = top();
        for (int from = 0; from < charts.size(); from += columns) {
            List<ChartPainter> row = painters.subList(from, Math.min(charts.size(), from + columns));
            rowTops.add(y);
            double above = row.stream().mapToDouble(painter -> painter.top(cellWidth)).max().orElseThrow();
            double below = 0;
            for (int i = 0; i < row.size(); i++) {
                double left = MARGIN + i * (cellWidth + BETWEEN);
                double labels = left(from + i, plotHeight);
                double right = right(from + i, plotHeight);
                Rectangle2D plot = new Rectangle2D.Double(left + labels, y + above, cellWidth - labels - right,
                        plotHeight);
                plots.add(plot);
                corners.add(new Point2D.Double(left, y));
                below = Math.max(below, row.get(i).bottom(plot.getWidth()));
            }
            y += above + plotHeight + below + BETWEEN;
        }
        return y - BETWEEN + MARGIN;
    }

    /// The widest labels of a column, so that its plots stand one above the other.
    private double left(int index, double plotHeight) {
        double widest = 0;
        for (int i = index % columns; i < charts.size(); i += columns) {
            widest = Math.max(widest, painters.get(i).left(cellWidth, plotHeight));
        }
        return widest;
    }

    /// The widest names beside the plots of a column.
    private double right(int index, double plotHeight) {
        double widest = 0;
        for (int i = index % columns; i < charts.size(); i += columns) {
            widest = Math.max(widest, painters.get(i).right(cellWidth, plotHeight));
        }
        return widest;
    }

    private double top() {
        if (place != Place.FILE) {
            return 2;
        }
        double words = MARGIN + titleLines().size() * Lettering.TITLE.lineHeight() + 6;
        return words + (hasLegend ? legend.height(width() - 2.0 * MARGIN) : 0) + 4;
    }

    private List<String> titleLines() {
        return Lettering.TITLE.wrap(figure.title(), width() - 2.0 * MARGIN);
    }

    @Override
    public int width() {
        return place.width();
    }

    @Override
    public int height() {
        return (int) Math.ceil(height);
    }

    @Override
    public void draw(Canvas canvas) {
        if (place == Place.FILE) {
            Drawing.title(canvas, titleLines(), MARGIN);
            if (hasLegend) {
                legend.draw(canvas, MARGIN, MARGIN + titleLines().size() * Lettering.TITLE.lineHeight() + 6,
                        width() - 2.0 * MARGIN);
            }
        }
        draw(canvas, 0, rowTops.size());
    }

    private void draw(Canvas canvas, int fromRow, int endRow) {
        for (int i = fromRow * columns; i < Math.min(charts.size(), endRow * columns); i++) {
            painters.get(i).draw(canvas, plots.get(i), corners.get(i).getX(), corners.get(i).getY(), cellWidth);
        }
    }

    /// Whole rows, as many as fit a sheet; only a wide page is printed.
    @Override
    public List<Part> parts() {
        if (place != Place.WIDE) {
            return Drawing.super.parts();
        }
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int row = 1; row <= rowTops.size(); row++) {
            if (row == rowTops.size() || bottom(row) - top(from) > HIGHEST_PART) {
                int first = from;
                int end = row;
                parts.add(new Part(top(from), bottom(row - 1) - top(from), canvas -> draw(canvas, first, end)));
                from = row;
            }
        }
        return parts;
    }

    private double top(int row) {
        return row == 0 ? 0 : rowTops.get(row);
    }

    /// Where a row ends and the next one begins.
    private double bottom(int row) {
        return row + 1 < rowTops.size() ? rowTops.get(row + 1) : height();
    }
}
