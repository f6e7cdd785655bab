package org.surprisal.report;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Paint;
import org.surprisal.report.canvas.Pen;

/// A histogram: bar `i` stands on `[edges[i], edges[i + 1]]`.
///
/// @param edges   bin edges, strictly ascending, one more than bars
/// @param tops    counts or densities, finite
public record Bars(String name, Values edges, Values tops, Color colour) implements Mark {
    private static final double OPACITY = 0.35;

    public Bars {
        String owner = Checks.owner("bars", name);
        if (edges.size() != tops.size() + 1) {
            throw new IllegalArgumentException(owner + ": " + edges.size() + " edges for " + tops.size()
                    + " heights; one edge more than heights is needed");
        }
        Checks.ascending(owner, "edges", edges);
        tops.check(owner, "heights", false);
    }

    public Bars(String name, double[] edges, double[] heights, Color colour) {
        this(name, Values.of(edges), Values.of(heights), colour);
    }

    @Override
    public DoubleStream positions() {
        return edges.stream();
    }

    @Override
    public DoubleStream heights() {
        return DoubleStream.concat(DoubleStream.of(0), tops.stream());
    }

    @Override
    public void check(String chart, Axis x, Axis y) {
        positive(chart, x, positions());
        // An empty bin has no place on a logarithmic axis, where its bar stands at the low end; a negative one is none.
        positive(chart, y, tops.stream().filter(top -> top < 0));
    }

    @Override
    public Layer layer() {
        return Layer.AREAS;
    }

    /// One outline for the whole histogram: translucent bars side by side would show seams where they touch.
    @Override
    public void draw(Canvas canvas, Projection to) {
        int n = tops.size();
        Path2D path = new Path2D.Double();
        path.moveTo(to.x(edges.get(0)), to.y(0));
        for (int i = 0; i < n; i++) {
            double top = to.y(tops.get(i));
            path.lineTo(to.x(edges.get(i)), top);
            path.lineTo(to.x(edges.get(i + 1)), top);
        }
        path.lineTo(to.x(edges.get(n)), to.y(0));
        path.closePath();
        canvas.fill(path, Paint.data(colour).withOpacity(OPACITY));
        canvas.stroke(path, Pen.solid(Paint.data(colour), 1));
    }

    @Override
    public void sample(Canvas canvas, double left, double top, double width, double height) {
        Rectangle2D box = new Rectangle2D.Double(left, top, width, height);
        canvas.fill(box, Paint.data(colour).withOpacity(OPACITY));
        canvas.stroke(box, Pen.solid(Paint.data(colour), 1));
    }

    @Override
    public List<Line2D> ink(Projection to) {
        List<Line2D> ink = new ArrayList<>();
        for (int i = 0; i < tops.size(); i++) {
            double x = to.x((edges.get(i) + edges.get(i + 1)) / 2);
            ink.add(new Line2D.Double(x, to.y(0), x, to.y(tops.get(i))));
        }
        return ink;
    }

    @Override
    public MarkNumbers numbers() {
        double[] foot = new double[tops.size()];
        return MarkNumbers.of("bars", "x0", MarkNumbers.ends(edges, false), "x1", MarkNumbers.ends(edges, true), "y0",
                Values.of(foot), "y1", tops, "value", tops);
    }
}
