package org.surprisal.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Paints the axes of one chart with XChart, and its marks and words over them.
final class ChartPainter {

    private static final double AXIS_TITLE = 20;
    /// The least distance between two ticks.
    private static final int X_TICK = 70;
    private static final int NARROW_X_TICK = 42;
    private static final int Y_TICK = 40;
    /// How many times its lower end the upper end of a logarithmic axis is where all nine numbers of a decade still
    /// have room.
    private static final double MOST_LABELLED = 5;
    private static final double ROUNDING = 1e-9;
    private static final Color GRID = new Color(0xe4e4e4);

    /// XChart 4.0.3 draws no ticks on a linear axis whose content fills its area wholly.
    private static final double ALMOST_ALL = 0.999;

    private final Chart chart;
    private final boolean xTitle;
    private final boolean yTitle;

    /// @param xTitle whether the horizontal axis is named (small multiples name it once a column)
    /// @param yTitle whether the vertical axis is named
    ChartPainter(Chart chart, boolean xTitle, boolean yTitle) {
        this.chart = chart;
        this.xTitle = xTitle;
        this.yTitle = yTitle;
    }

    /// Paints into the box at `left`, `top` of `width` by `height`, without title and legend.
    void paint(Graphics2D g, int left, int top, int width, int height) {
        int margin = (int) AXIS_TITLE;
        int axesLeft = left + margin;
        int axesWidth = width - margin - chart.cells().map(_ -> ColourBar.WIDTH).orElse(0);
        int axesHeight = height - margin;
        Projection projection = axes(g, axesLeft, top, axesWidth, axesHeight);

        Shape clip = g.getClip();
        Rectangle2D area = projection.area();
        g.clip(new Rectangle2D.Double(area.getX() - 1, area.getY() - 1, area.getWidth() + 2, area.getHeight() + 2));
        MarkPainter painter = new MarkPainter(g, projection, chart.cells().isPresent());
        chart.marks().stream().sorted(Comparator.comparingInt(MarkPainter::layer)).forEach(painter::paint);
        g.setClip(clip);

        g.setStroke(new BasicStroke(1));
        g.setColor(Lettering.FAINT);
        g.draw(area);
        ruleNames(g, projection);
        chart.cells().ifPresent(cells -> ColourBar.paint(g, cells, area));
        g.setColor(Lettering.INK);
        if (xTitle) {
            Lettering.AXIS.centre(g, chart.x().title(), area.getCenterX(), top + height - 5.0);
        }
        if (yTitle) {
            AffineTransform upright = g.getTransform();
            g.rotate(-Math.PI / 2, left + 13, area.getCenterY());
            Lettering.AXIS.centre(g, chart.y().title(), left + 13.0, area.getCenterY());
            g.setTransform(upright);
        }
    }

    private Projection axes(Graphics2D g, int left, int top, int width, int height) {
        Range xs = AxisRange.horizontal(chart);
        Range ys = AxisRange.vertical(chart);
        XYChart axes = new XYChart(width, height, Styler.ChartTheme.XChart);
        style(axes.getStyler(), xs, ys, width < 400 ? NARROW_X_TICK : X_TICK);
        if (isCrowded(chart.x(), xs)) {
            axes.setCustomXAxisTickLabelsFormatter(roundOnes(xs));
        }
        if (isCrowded(chart.y(), ys)) {
            axes.setCustomYAxisTickLabelsFormatter(roundOnes(ys));
        }
        // XChart has no axes without a series. This one is not seen; its points are unevenly spaced because XChart puts
        // the ticks on the points of evenly spaced data, however unround they are.
        XYSeries extent = axes.addSeries("extent", uneven(xs), uneven(ys));
        extent.setLineStyle(SeriesLines.NONE);
        extent.setMarker(SeriesMarkers.NONE);
        AffineTransform page = g.getTransform();
        g.translate(left, top);
        axes.paint(g, width, height);
        g.setTransform(page);
        double x0 = left + axes.getScreenXFromChart(xs.low());
        double x1 = left + axes.getScreenXFromChart(xs.high());
        double y0 = top + axes.getScreenYFromChart(ys.low());
        double y1 = top + axes.getScreenYFromChart(ys.high());
        Rectangle2D area = new Rectangle2D.Double(x0, y1, x1 - x0, y0 - y1);
        return new Projection(area, chart.x().scale(), xs, chart.y().scale(), ys);
    }

    private static double[] uneven(Range range) {
        return new double[]{range.low(), range.low() + 0.3 * (range.high() - range.low()), range.high()};
    }

    private void style(XYStyler styler, Range xs, Range ys, int xTick) {
        styler.setLegendVisible(false).setChartTitleVisible(false).setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false).setLocale(Locale.ROOT).setPlotContentSize(ALMOST_ALL).setChartPadding(6)
                .setAntiAlias(true);
        styler.setAxisTitlesVisible(false).setAxisTickLabelsFont(Lettering.TICKS.font())
                .setAxisTickLabelsColor(Lettering.INK).setAxisTickMarksColor(Lettering.FAINT)
                .setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(0.8f)).setPlotMargin(0)
                .setAxisTicksLineVisible(false).setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right)
                .setXAxisLogarithmicDecadeOnly(decadesOnly(chart.x(), xs))
                .setYAxisLogarithmicDecadeOnly(decadesOnly(chart.y(), ys))
                .setXAxisTickMarkSpacingHint(xTick).setYAxisTickMarkSpacingHint(Y_TICK)
                .setXAxisLogarithmic(chart.x().scale() == Scale.LOG).setYAxisLogarithmic(chart.y().scale() == Scale.LOG)
                .setXAxisDecimalPattern(pattern(xs)).setYAxisDecimalPattern(pattern(ys)).setXAxisMin(xs.low())
                .setXAxisMax(xs.high()).setYAxisMin(ys.low()).setYAxisMax(ys.high());
    }

    /// Plain decimals where a few of them suffice, powers of ten elsewhere.
    private static String pattern(Range range) {
        double most = Math.max(Math.abs(range.low()), Math.abs(range.high()));
        return most >= 1e6 || most < 1e-3 || (range.low() > 0 && range.low() < 1e-4) ? "0.##E0" : "0.######";
    }

    /// Whether only powers of ten are labelled: not where fewer than two of them may be in sight.
    private static boolean decadesOnly(Axis axis, Range range) {
        return axis.scale() == Scale.LOG && range.high() / range.low() > 100;
    }

    /// Whether the labels of 7, 8 and 9 times a power of ten would run into each other.
    static boolean isCrowded(Axis axis, Range range) {
        return axis.scale() == Scale.LOG && !decadesOnly(axis, range) && range.high() / range.low() > MOST_LABELLED;
    }

    /// Of the numbers 1 to 9 times a power of ten, those with 1, 2 and 5; nothing for the others.
    static Function<Double, String> roundOnes(Range range) {
        DecimalFormat format = new DecimalFormat(pattern(range), DecimalFormatSymbols.getInstance(Locale.ROOT));
        return number -> {
            long digit = Math.round(number / Math.pow(10, Math.floor(Math.log10(number * (1 + ROUNDING)))));
            return digit == 1 || digit == 2 || digit == 5 ? format.format(number) : "";
        };
    }

    private void ruleNames(Graphics2D g, Projection projection) {
        for (RuleNames.Placed placed : RuleNames.place(chart, projection)) {
            Rectangle2D box = placed.box();
            g.setColor(new Color(255, 255, 255, 190));
            g.fill(box);
            g.setColor(placed.rule().colour());
            Lettering.TICKS.write(g, placed.rule().name(), box.getX(), box.getMaxY() - 3.5);
        }
    }
}
