package org.surprisal.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Lettering;
import org.surprisal.report.canvas.Paint;
import org.surprisal.report.canvas.Pen;

/// A heat map: the rectangle between `xEdges[i]`, `xEdges[i + 1]` and `yEdges[j]`, `yEdges[j + 1]` has the colour of
/// its number, and a colour bar beside the chart says which is which. A cell without a number is hatched. Where cells
/// have room for it, their numbers are written in them.
///
/// @param name    what a cell without a number means, such as `diverged`; it is in the legend if there is one
/// @param xEdges  strictly ascending, one more than columns, two at least
/// @param yEdges  strictly ascending, one more than rows, two at least
/// @param x       what each column stands for, within its edges
/// @param y       what each row stands for, within its edges
/// @param values  row by row from the lowest y, `columns * rows` of them; NaN for a cell without a number
/// @param measure what the colours mean; on a logarithmic scale every number is positive. Without a range it is the
///                numbers' own; numbers outside get the nearer end's colour
/// @param map     the colours
public record Cells(String name, Values xEdges, Values yEdges, Values x, Values y, Values values, Axis measure,
        ColourMap map)
        implements
            Mark {
    /// Between the strokes of a hatched cell.
    private static final double HATCH = 6;
    private static final double OVERLAP = 0.5;
    /// About a number in its cell.
    private static final double ROOM = 4;
    private static final int DIGITS = 2;
    private static final int MOST_DIGITS = 15;
    /// Tried for a number along each side of its cell; odd, so that the middle is among them.
    private static final int PLACES = 9;
    /// The luminance at which black and white are read equally well: the contrast of either is 4.6.
    private static final double MID_LUMINANCE = 0.179;

    public Cells {
        String owner = Checks.owner("cells", name);
        Checks.ascending(owner, "xEdges", xEdges);
        Checks.ascending(owner, "yEdges", yEdges);
        long cells = (xEdges.size() - 1L) * (yEdges.size() - 1L);
        if (xEdges.size() < 2 || yEdges.size() < 2 || values.size() != cells) {
            throw new IllegalArgumentException(owner + ": " + values.size() + " values for " + xEdges.size()
                    + " xEdges and " + yEdges.size()
                    + " yEdges; (xEdges - 1) * (yEdges - 1) are needed, one at least");
        }
        Checks.sameLength(owner, "xEdges without the last", MarkNumbers.ends(xEdges, false), "x", x);
        Checks.sameLength(owner, "yEdges without the last", MarkNumbers.ends(yEdges, false), "y", y);
        values.check(owner, "values", true);
        for (int i = 0; i < values.size(); i++) {
            if (measure.scale() == Scale.LOG && values.get(i) <= 0) {
                throw new IllegalArgumentException(owner + ": values[" + i + "] is " + values.get(i)
                        + " on the logarithmic scale '" + measure.label() + "'; a positive number is needed");
            }
        }
    }

    /// Cells that stand for the middle between their edges.
    public Cells(String name, Values xEdges, Values yEdges, Values values, Axis measure, ColourMap map) {
        this(name, xEdges, yEdges, xEdges.size() < 2 ? xEdges : MarkNumbers.middles(xEdges),
                yEdges.size() < 2 ? yEdges : MarkNumbers.middles(yEdges), values, measure, map);
    }

    /// Cells around given points, which they stand for: edges lie midway between neighbours, the outermost as far out
    /// as the next one lies in. A lone point has edges half a unit away.
    ///
    /// @param x      strictly ascending, at least one
    /// @param y      strictly ascending, at least one
    /// @param values as those of the record, for `x` by `y`
    public static Cells around(String name, double[] x, double[] y, double[] values, Axis measure, ColourMap map) {
        return new Cells(name, edges(x), edges(y), Values.of(x), Values.of(y), Values.of(values), measure, map);
    }

    /// Cells for an axis of names each way, see [Axis#named].
    ///
    /// @param values row by row from the lowest y, `columns * rows` of them
    public static Cells grid(String name, int columns, int rows, double[] values, Axis measure, ColourMap map) {
        return around(name, IntStream.range(0, columns).asDoubleStream().toArray(),
                IntStream.range(0, rows).asDoubleStream().toArray(), values, measure, map);
    }

    private static Values edges(double[] centres) {
        int n = centres.length;
        double[] edges = new double[n == 0 ? 0 : n + 1];
        for (int i = 1; i < n; i++) {
            edges[i] = (centres[i - 1] + centres[i]) / 2;
        }
        if (n > 0) {
            edges[0] = n == 1 ? centres[0] - 0.5 : 2 * centres[0] - edges[1];
            edges[n] = n == 1 ? centres[0] + 0.5 : 2 * centres[n - 1] - edges[n - 1];
        }
        return Values.of(edges);
    }

    /// Of the cells without a number.
    @Override
    public Color colour() {
        return Palette.GREY;
    }

    int columns() {
        return xEdges.size() - 1;
    }

    int rows() {
        return yEdges.size() - 1;
    }

    /// The number in column `i` of row `j`; NaN if there is none.
    double at(int i, int j) {
        return values.get(j * columns() + i);
    }

    boolean hasGaps() {
        return values.stream().anyMatch(Double::isNaN);
    }

    /// The numbers at the ends of the colour map.
    Range shown() {
        Range chosen = measure.range();
        if (chosen != null) {
            return chosen;
        }
        double low = AxisRange.reachable(values.stream().filter(v -> !Double.isNaN(v)).min().orElse(1));
        double high = AxisRange.reachable(values.stream().filter(v -> !Double.isNaN(v)).max().orElse(2));
        // Equal numbers have no extent: they get the lowest colour of a range that starts there.
        return low < high ? new Range(low, high) : new Range(low, low == 0 ? 1 : low + Math.abs(low));
    }

    /// The colour of a number, in a bar from one end of `shown` to the other.
    Color colour(double value, Range shown) {
        return map.at(Projection.fraction(measure.scale(), shown, value));
    }

    @Override
    public DoubleStream positions() {
        return xEdges.stream();
    }

    @Override
    public DoubleStream heights() {
        return yEdges.stream();
    }

    @Override
    public Layer layer() {
        return Layer.CELLS;
    }

    @Override
    public boolean isInLegend() {
        return !name.isEmpty() && hasGaps();
    }

    @Override
    public void draw(Canvas canvas, Projection to) {
        Range shown = shown();
        Path2D gaps = new Path2D.Double();
        // Each cell reaches a little under its neighbours to the right and below, which are painted later.
        for (int j = rows() - 1; j >= 0; j--) {
            for (int i = 0, end; i < columns(); i = end) {
                end = endOfEqual(i, j);
                double left = to.x(xEdges.get(i));
                double top = to.y(yEdges.get(j + 1));
                double right = to.x(xEdges.get(end));
                double bottom = to.y(yEdges.get(j));
                Rectangle2D cell = new Rectangle2D.Double(left, top, right - left + (end < columns() ? OVERLAP : 0),
                        bottom - top + (j > 0 ? OVERLAP : 0));
                if (Double.isNaN(at(i, j))) {
                    Rectangle2D seen = cell.createIntersection(to.area());
                    if (!seen.isEmpty()) {
                        gaps.append(seen, false);
                    }
                } else {
                    canvas.fill(cell, Paint.fixed(colour(at(i, j), shown)));
                }
            }
        }
        if (gaps.getCurrentPoint() != null) {
            hatch(canvas, gaps);
        }
    }

    /// The column behind the cells of row `j` that have the number of column `i`: they are one rectangle.
    private int endOfEqual(int i, int j) {
        int end = i + 1;
        while (end < columns() && Double.compare(at(end, j), at(i, j)) == 0) {
            end++;
        }
        return end;
    }

    /// Writes the numbers into their cells, where all of them have room: in the middle, or beside a line of another
    /// mark that runs through it. A line that leaves no such place ends before the number and goes on behind it.
    ///
    /// @param lines that have been drawn over the cells
    void write(Canvas canvas, Projection to, List<Line2D> lines) {
        if (!haveRoom(to)) {
            return;
        }
        Range shown = shown();
        double height = Lettering.TICKS.lineHeight();
        for (int k = 0; k < values.size(); k++) {
            double value = values.get(k);
            if (Double.isNaN(value)) {
                continue;
            }
            int i = k % columns();
            int j = k / columns();
            Rectangle2D cell = new Rectangle2D.Double(to.x(xEdges.get(i)), to.y(yEdges.get(j + 1)),
                    to.x(xEdges.get(i + 1)) - to.x(xEdges.get(i)), to.y(yEdges.get(j)) - to.y(yEdges.get(j + 1)));
            Rectangle2D box = place(cell, Lettering.TICKS.width(text(value)) + ROOM, height, lines);
            if (lines.stream().anyMatch(line -> line.intersects(box))) {
                canvas.fill(box, Paint.fixed(colour(value, shown)));
            }
            canvas.write(text(value), box.getCenterX(), box.getCenterY() + 4, Lettering.TICKS,
                    on(colour(value, shown)), Canvas.Anchor.MIDDLE);
        }
    }

    /// The place for a number in its cell that is nearest to the middle of those that no line crosses; the middle if
    /// there is none.
    private static Rectangle2D place(Rectangle2D cell, double width, double height, List<Line2D> lines) {
        double across = (cell.getWidth() - width) / 2;
        double up = (cell.getHeight() - height) / 2;
        Rectangle2D middle = new Rectangle2D.Double(cell.getX() + across, cell.getY() + up, width, height);
        List<Line2D> near = lines.stream().filter(line -> line.intersects(cell)).toList();
        return IntStream.range(0, PLACES * PLACES)
                .mapToObj(k -> new Point2D.Double(across * part(k / PLACES), up * part(k % PLACES)))
                .sorted(Comparator.comparingDouble(aside -> aside.distanceSq(0, 0)))
                .<Rectangle2D>map(aside -> new Rectangle2D.Double(middle.getX() + aside.getX(),
                        middle.getY() + aside.getY(), width, height))
                .filter(box -> near.stream().noneMatch(line -> line.intersects(box))).findFirst().orElse(middle);
    }

    /// From -1 to 1 for the numbers from 0 to PLACES - 1.
    private static double part(int k) {
        return 2.0 * k / (PLACES - 1) - 1;
    }

    private String text(double value) {
        return Wording.significant(value, measure.isWhole() ? MOST_DIGITS : DIGITS);
    }

    private boolean haveRoom(Projection to) {
        double widest = values.stream().filter(value -> !Double.isNaN(value))
                .map(value -> Lettering.TICKS.width(text(value))).max().orElse(0);
        for (int i = 0; i < columns(); i++) {
            if (to.x(xEdges.get(i + 1)) - to.x(xEdges.get(i)) < widest + ROOM) {
                return false;
            }
        }
        for (int j = 0; j < rows(); j++) {
            if (to.y(yEdges.get(j)) - to.y(yEdges.get(j + 1)) < Lettering.TICKS.lineHeight() + 2) {
                return false;
            }
        }
        return true;
    }

    /// Black or white, whichever is read more easily on a colour.
    private static Paint on(Color colour) {
        double luminance = 0.2126 * linear(colour.getRed()) + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
        return Paint.fixed(luminance > MID_LUMINANCE ? Color.BLACK : Color.WHITE);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    /// The colour of the page with rising strokes, whose places are the page's, so that neighbours join.
    private static void hatch(Canvas canvas, Shape shape) {
        canvas.fill(shape, Paint.PAGE);
        Rectangle2D box = shape.getBounds2D();
        Path2D strokes = new Path2D.Double();
        double first = Math.floor((box.getX() + box.getY()) / HATCH) * HATCH;
        for (double sum = first; sum <= box.getMaxX() + box.getMaxY(); sum += HATCH) {
            strokes.moveTo(sum - box.getMaxY(), box.getMaxY());
            strokes.lineTo(sum - box.getY(), box.getY());
        }
        canvas.within(shape, () -> canvas.stroke(strokes, Pen.solid(Paint.data(Palette.GREY), 1)));
    }

    @Override
    public void sample(Canvas canvas, double left, double top, double width, double height) {
        hatch(canvas, new Rectangle2D.Double(left, top, width, height));
    }

    @Override
    public MarkNumbers numbers() {
        int n = values.size();
        double[][] all = new double[6][n];
        for (int k = 0; k < n; k++) {
            int i = k % columns();
            int j = k / columns();
            all[0][k] = xEdges.get(i);
            all[1][k] = xEdges.get(i + 1);
            all[2][k] = yEdges.get(j);
            all[3][k] = yEdges.get(j + 1);
            all[4][k] = x.get(i);
            all[5][k] = y.get(j);
        }
        SequencedMap<String, Values> columns = new LinkedHashMap<>();
        String[] names = {"x0", "x1", "y0", "y1", "x", "y"};
        for (int column = 0; column < names.length; column++) {
            columns.put(names[column], Values.of(all[column]));
        }
        columns.put("value", values);
        return new MarkNumbers("cells", columns, List.of());
    }
}
