package org.surprisal.study;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.report.DirectedGraph;
import org.surprisal.report.Palette;
import org.surprisal.tensor.ComputationalGraph;

/// The graph of a computation as a figure: operations in boxes, variables and constants round, each with its shape
/// below.
public final class ComputationalGraphFigure {

    private static final DirectedGraph.Kind OPERATION = new DirectedGraph.Kind("operation", Palette.category(0),
            DirectedGraph.Outline.BOX);
    private static final DirectedGraph.Kind VARIABLE = new DirectedGraph.Kind("variable", Palette.category(1),
            DirectedGraph.Outline.ROUND);
    private static final DirectedGraph.Kind CONSTANT = new DirectedGraph.Kind("constant", Palette.GREY,
            DirectedGraph.Outline.DASHED);

    private ComputationalGraphFigure() {
    }

    /// The figure of `graph`.
    ///
    /// @param id      see [org.surprisal.report.Figure#id()]
    /// @param title   what the figure shows, in a line
    /// @param caption how to read it
    public static DirectedGraph of(ComputationalGraph graph, String id, String title, String caption) {
        List<DirectedGraph.Node> nodes = new ArrayList<>();
        List<DirectedGraph.Edge> edges = new ArrayList<>();
        for (ComputationalGraph.Node node : graph.nodes()) {
            for (int input : node.inputs()) {
                edges.add(new DirectedGraph.Edge(input, nodes.size()));
            }
            nodes.add(new DirectedGraph.Node(node.label(), node.shape().toString(), switch (node.kind()) {
                case OPERATION -> OPERATION;
                case VARIABLE -> VARIABLE;
                case CONSTANT -> CONSTANT;
            }));
        }
        return new DirectedGraph(id, title, caption, nodes, edges);
    }
}
