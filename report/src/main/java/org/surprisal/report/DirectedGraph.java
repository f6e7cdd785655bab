package org.surprisal.report;

import java.awt.Color;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Nodes joined by arrows, without cycles, drawn in layers from top to bottom: every arrow points downwards.
///
/// @param id      see [Figure#id()]
/// @param title   see [Figure#title()]
/// @param caption see [Figure#caption()]
/// @param nodes   at least one
/// @param edges   arrows between them; several between the same two are drawn as one
public record DirectedGraph(String id, String title, String caption, List<Node> nodes,
        List<Edge> edges) implements Figure {

    /// @throws IllegalArgumentException if there is no node, or the edges lead nowhere or round in a cycle
    public DirectedGraph {
        FigureId.check("graph", id, title);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("graph '" + id + "': no nodes; there is nothing to draw");
        }
        for (Edge edge : edges) {
            if (edge.from() < 0 || edge.from() >= nodes.size() || edge.to() < 0 || edge.to() >= nodes.size()) {
                throw new IllegalArgumentException("graph '" + id + "': edge " + edge.from() + " -> " + edge.to()
                        + " leads to no node; there are nodes 0 to " + (nodes.size() - 1));
            }
        }
        requireNoCycle(id, nodes, edges);
    }

    /// What a node is: kinds have their entries in the legend, told apart by colour and by outline.
    ///
    /// @param name    what the legend calls it
    /// @param colour  of the outline and, much lighter, of the inside
    /// @param outline of the node
    public record Kind(String name, Color colour, Outline outline) {}

    /// The line around a node.
    public enum Outline {
        /// A rectangle.
        BOX,
        /// A rectangle with half-round ends.
        ROUND,
        /// The same, dashed.
        DASHED
    }

    /// One node.
    ///
    /// @param label  what stands in it
    /// @param detail a second line, fainter; or ""
    /// @param kind   what it is
    public record Node(String label, String detail, Kind kind) {}

    /// An arrow.
    ///
    /// @param from number of the node where it starts, from 0
    /// @param to   number of the node it points at
    public record Edge(int from, int to) {}

    /// Takes away nodes that no arrow points at, one by one; in a cycle some stay.
    private static void requireNoCycle(String id, List<Node> nodes, List<Edge> edges) {
        int[] arriving = new int[nodes.size()];
        edges.forEach(edge -> arriving[edge.to()]++);
        Deque<Integer> free = new ArrayDeque<>();
        for (int node = 0; node < arriving.length; node++) {
            if (arriving[node] == 0) {
                free.add(node);
            }
        }
        int[][] next = targets(nodes.size(), edges);
        int taken = 0;
        while (!free.isEmpty()) {
            taken++;
            for (int target : next[free.remove()]) {
                if (--arriving[target] == 0) {
                    free.add(target);
                }
            }
        }
        if (taken < nodes.size()) {
            int stuck = 0;
            while (arriving[stuck] == 0) {
                stuck++;
            }
            throw new IllegalArgumentException(
                    "graph '" + id + "': the edges run in a cycle that leads to node " + stuck
                            + ", '" + nodes.get(stuck).label() + "'; layers need a graph without cycles");
        }
    }

    private static int[][] targets(int nodes, List<Edge> edges) {
        int[] counts = new int[nodes];
        edges.forEach(edge -> counts[edge.from()]++);
        int[][] targets = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            targets[node] = new int[counts[node]];
        }
        edges.forEach(edge -> targets[edge.from()][--counts[edge.from()]] = edge.to());
        return targets;
    }
}
