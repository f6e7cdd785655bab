package org.surprisal.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Lettering;
import org.surprisal.report.canvas.Paint;
import org.surprisal.report.canvas.Pen;

/// A graph in layers, with its title above and the kinds of its nodes below.
final class DirectedGraphDrawing implements Drawing {

    private static final int LEAST_WIDTH = 420;
    private static final double PADDING = 11;
    private static final double NODE_GAP = 26;
    private static final double LAYER_GAP = 30;
    private static final double LEAST_NODE = 44;
    private static final double ARROW = 7;
    private static final double SAMPLE_WIDTH = 30;
    private static final double SAMPLE_HEIGHT = 14;
    private static final List<Double> DASHES = List.of(5.0, 3.5);

    private final DirectedGraph graph;
    private final double[] widths;
    private final double nodeHeight;
    private final GraphLayout layout;
    private final List<DirectedGraph.Kind> kinds;
    private final List<String> title;
    private final int top;

    DirectedGraphDrawing(DirectedGraph graph, Place place) {
        this.graph = graph;
        this.widths = graph.nodes().stream().mapToDouble(DirectedGraphDrawing::width).toArray();
        boolean details = graph.nodes().stream().anyMatch(node -> !node.detail().isEmpty());
        this.nodeHeight = Lettering.AXIS.lineHeight() + (details ? Lettering.TICKS.lineHeight() : 0) + 8;
        this.layout = new GraphLayout(widths, graph.edges(), NODE_GAP);
        this.kinds = graph.nodes().stream().map(DirectedGraph.Node::kind).distinct().toList();
        this.title = place == Place.FILE ? Lettering.TITLE.wrap(graph.title(), width() - 2.0 * MARGIN) : List.of();
        this.top = MARGIN + (int) Math.ceil(title.size() * Lettering.TITLE.lineHeight()) + 10;
    }

    private static double width(DirectedGraph.Node node) {
        double words = Math.max(Lettering.AXIS.width(node.label()), Lettering.TICKS.width(node.detail()));
        return Math.max(LEAST_NODE, words + 2 * PADDING);
    }

    @Override
    public int width() {
        double legend = kinds.stream().mapToDouble(DirectedGraphDrawing::legendWidth).sum();
        return (int) Math.ceil(Math.max(LEAST_WIDTH, Math.max(layout.width(), legend) + 2 * MARGIN));
    }

    private static double legendWidth(DirectedGraph.Kind kind) {
        return SAMPLE_WIDTH + 6 + Lettering.LEGEND.width(kind.name()) + 20;
    }

    @Override
    public int height() {
        return (int) Math.ceil(legendTop() + SAMPLE_HEIGHT + MARGIN);
    }

    private double legendTop() {
        return y(layout.depth() - 1) + nodeHeight + 20;
    }

    private double y(int layer) {
        return top + layer * (nodeHeight + LAYER_GAP);
    }

    private double x(double centre) {
        return (width() - layout.width()) / 2 + centre;
    }

    @Override
    public void draw(Canvas canvas) {
        Drawing.title(canvas, title, MARGIN);
        for (int edge = 0; edge < layout.edges().size(); edge++) {
            drawEdge(canvas, edge);
        }
        for (int node = 0; node < graph.nodes().size(); node++) {
            drawNode(canvas, node);
        }
        double left = (width() - kinds.stream().mapToDouble(DirectedGraphDrawing::legendWidth).sum() + 20) / 2;
        for (DirectedGraph.Kind kind : kinds) {
            outline(canvas, kind, left, legendTop(), SAMPLE_WIDTH, SAMPLE_HEIGHT);
            canvas.write(kind.name(), left + SAMPLE_WIDTH + 6, legendTop() + SAMPLE_HEIGHT * 0.8, Lettering.LEGEND,
                    Paint.INK, Canvas.Anchor.START);
            left += legendWidth(kind);
        }
    }

    private void drawNode(Canvas canvas, int index) {
        DirectedGraph.Node node = graph.nodes().get(index);
        double centre = x(layout.centre(index));
        double y = y(layout.layer(index));
        outline(canvas, node.kind(), centre - widths[index] / 2, y, widths[index], nodeHeight);
        boolean two = !node.detail().isEmpty();
        double words = Lettering.AXIS.lineHeight() + (two ? Lettering.TICKS.lineHeight() : 0);
        double line = y + (nodeHeight - words) / 2 + Lettering.AXIS.lineHeight() * 0.77;
        // On the node's own pale colour, which a dark page leaves as it is.
        canvas.write(node.label(), centre, line, Lettering.AXIS, Paint.fixed(Paint.INK.colour()),
                Canvas.Anchor.MIDDLE);
        if (two) {
            canvas.write(node.detail(), centre, line + Lettering.TICKS.lineHeight(), Lettering.TICKS,
                    Paint.fixed(Paint.FAINT.colour()), Canvas.Anchor.MIDDLE);
        }
    }

    private static void outline(Canvas canvas, DirectedGraph.Kind kind, double x, double y, double width,
            double height) {
        Shape shape = switch (kind.outline()) {
            case BOX -> new Rectangle2D.Double(x, y, width, height);
            case ROUND, DASHED -> new RoundRectangle2D.Double(x, y, width, height, height, height);
        };
        Color colour = kind.colour();
        canvas.fill(shape, Paint.fixed(lighter(colour)));
        canvas.stroke(shape, new Pen(Paint.data(colour), 1.5,
                kind.outline() == DirectedGraph.Outline.DASHED ? DASHES : List.of()));
    }

    /// Mixed with nine times as much white, so that ink stands out on it.
    private static Color lighter(Color colour) {
        return new Color((colour.getRed() + 9 * 255) / 10, (colour.getGreen() + 9 * 255) / 10,
                (colour.getBlue() + 9 * 255) / 10);
    }

    /// A curve that leaves each layer and arrives at the next one upright, straight through the layers in between.
    private void drawEdge(Canvas canvas, int edge) {
        double[] way = layout.way(edge);
        int layer = layout.layer(layout.edges().get(edge).from());
        Path2D path = new Path2D.Double();
        path.moveTo(x(way[0]), y(layer) + nodeHeight);
        for (int i = 1; i < way.length; i++) {
            boolean last = i == way.length - 1;
            double start = y(layer + i - 1) + nodeHeight;
            double end = y(layer + i) - (last ? ARROW : 0);
            double bend = (end - start) / 2;
            path.curveTo(x(way[i - 1]), start + bend, x(way[i]), end - bend, x(way[i]), end);
            if (!last) {
                path.lineTo(x(way[i]), y(layer + i) + nodeHeight);
            }
        }
        canvas.stroke(path, Pen.solid(Paint.FAINT, 1.2));
        double tipX = x(way[way.length - 1]);
        double tipY = y(layer + way.length - 1);
        Path2D head = new Path2D.Double();
        head.moveTo(tipX, tipY);
        head.lineTo(tipX - ARROW / 2, tipY - ARROW);
        head.lineTo(tipX + ARROW / 2, tipY - ARROW);
        head.closePath();
        canvas.fill(head, Paint.FAINT);
    }
}
