package org.surprisal.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Where the nodes of a layered graph stand and the ways its edges take (Sugiyama, Tagawa, Toda 1981): a node's layer
/// is the length of the longest path to it; an edge over several layers is cut into pieces by points, one a layer; the
/// order within layers is changed as long as edges cross less; then each layer comes as close under and over its
/// neighbours as its widths allow.
final class GraphLayout {

    private static final int ORDER_SWEEPS = 12;
    private static final int PLACE_SWEEPS = 200;

    /// A long edge is kept straight rather than a node centred.
    private static final double STRAIGHTNESS = 8;

    private final int nodes;
    private final double[] widths;
    private final double gap;
    private final List<DirectedGraph.Edge> edges;

    /// Nodes first, then the points of long edges.
    private final int[] layerOf;
    private final List<List<Integer>> layers = new ArrayList<>();
    private final List<List<Integer>> before = new ArrayList<>();
    private final List<List<Integer>> after = new ArrayList<>();
    private final List<List<Integer>> ways = new ArrayList<>();
    private final double[] centres;

    /// @param widths of the nodes
    /// @param edges between them, without a cycle
    /// @param gap between neighbours of a layer
    GraphLayout(double[] widths, List<DirectedGraph.Edge> edges, double gap) {
        this.nodes = widths.length;
        this.gap = gap;
        this.edges = edges.stream().distinct().toList();
        int[] ranks = ranks();
        int points = this.edges.stream().mapToInt(edge -> ranks[edge.to()] - ranks[edge.from()] - 1).sum();
        this.layerOf = Arrays.copyOf(ranks, nodes + points);
        this.widths = Arrays.copyOf(widths, nodes + points);
        this.centres = new double[nodes + points];
        cut();
        order();
        place();
    }

    /// The layer of a node, 0 at the top.
    int layer(int node) {
        return layerOf[node];
    }

    /// Number of layers.
    int depth() {
        return layers.size();
    }

    /// Where the middle of a node stands across the page; the leftmost edge of all is at 0.
    double centre(int node) {
        return centres[node];
    }

    /// Where the rightmost edge of all is.
    double width() {
        return IntStream.range(0, centres.length).mapToDouble(i -> centres[i] + widths[i] / 2).max().orElse(0);
    }

    /// The edges as they are drawn, each once.
    List<DirectedGraph.Edge> edges() {
        return edges;
    }

    /// Where an edge passes, one number a layer, from the middle of its start to that of its end.
    double[] way(int edge) {
        return ways.get(edge).stream().mapToDouble(i -> centres[i]).toArray();
    }

    private int[] ranks() {
        int[] ranks = new int[nodes];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (DirectedGraph.Edge edge : edges) {
                if (ranks[edge.to()] <= ranks[edge.from()]) {
                    ranks[edge.to()] = ranks[edge.from()] + 1;
                    changed = true;
                }
            }
        }
        // What starts no earlier than it is needed stands beside what it is used with.
        for (int node = 0; node < nodes; node++) {
            int own = node;
            if (edges.stream().noneMatch(edge -> edge.to() == own)) {
                ranks[own] = edges.stream().filter(edge -> edge.from() == own).mapToInt(edge -> ranks[edge.to()] - 1)
                        .min().orElse(0);
            }
        }
        return ranks;
    }

    /// Makes the layers, in the order in which the nodes were given, and the points of long edges.
    private void cut() {
        for (int i = 0; i < layerOf.length; i++) {
            before.add(new ArrayList<>());
            after.add(new ArrayList<>());
        }
        for (int node = 0; node < nodes; node++) {
            while (layers.size() <= layerOf[node]) {
                layers.add(new ArrayList<>());
            }
            layers.get(layerOf[node]).add(node);
        }
        int point = nodes;
        for (DirectedGraph.Edge edge : edges) {
            List<Integer> way = new ArrayList<>(List.of(edge.from()));
            for (int layer = layerOf[edge.from()] + 1; layer < layerOf[edge.to()]; layer++) {
                layerOf[point] = layer;
                layers.get(layer).add(point);
                way.add(point++);
            }
            way.add(edge.to());
            for (int i = 1; i < way.size(); i++) {
                after.get(way.get(i - 1)).add(way.get(i));
                before.get(way.get(i)).add(way.get(i - 1));
            }
            ways.add(way);
        }
    }

    /// Sorts each layer by the mean place of its neighbours in the layer above, then below, in turn; the best is kept.
    private void order() {
        List<List<Integer>> best = copy();
        int least = crossings();
        for (int sweep = 0; sweep < ORDER_SWEEPS && least > 0; sweep++) {
            boolean down = sweep % 2 == 0;
            List<List<Integer>> neighbours = down ? before : after;
            for (int i = 1; i < layers.size(); i++) {
                int layer = down ? i : layers.size() - 1 - i;
                double[] places = places();
                layers.get(layer).sort(Comparator.comparingDouble(item -> neighbours.get(item).stream()
                        .mapToDouble(other -> places[other]).average().orElse(places[item])));
            }
            int now = crossings();
            if (now < least) {
                least = now;
                best = copy();
            }
        }
        for (int layer = 0; layer < layers.size(); layer++) {
            layers.set(layer, best.get(layer));
        }
    }

    private List<List<Integer>> copy() {
        List<List<Integer>> copy = new ArrayList<>();
        layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
        return copy;
    }

    private double[] places() {
        double[] places = new double[layerOf.length];
        for (List<Integer> layer : layers) {
            for (int i = 0; i < layer.size(); i++) {
                places[layer.get(i)] = i;
            }
        }
        return places;
    }

    /// How many pairs of pieces of edges cross.
    int crossings() {
        double[] places = places();
        int count = 0;
        for (List<Integer> layer : layers) {
            for (int i = 0; i < layer.size(); i++) {
                for (int j = i + 1; j < layer.size(); j++) {
                    for (int left : after.get(layer.get(i))) {
                        for (int right : after.get(layer.get(j))) {
                            count += places[left] > places[right] ? 1 : 0;
                        }
                    }
                }
            }
        }
        return count;
    }

    private void place() {
        for (List<Integer> layer : layers) {
            spread(layer, new double[layer.size()], new double[layer.size()]);
        }
        for (int sweep = 0; sweep < PLACE_SWEEPS; sweep++) {
            for (int i = 0; i < layers.size(); i++) {
                List<Integer> layer = layers.get(sweep % 2 == 0 ? i : layers.size() - 1 - i);
                double[] wanted = new double[layer.size()];
                double[] weights = new double[layer.size()];
                for (int k = 0; k < wanted.length; k++) {
                    int item = layer.get(k);
                    double sum = 0;
                    for (int other : before.get(item)) {
                        sum += pull(item, other) * centres[other];
                        weights[k] += pull(item, other);
                    }
                    for (int other : after.get(item)) {
                        sum += pull(item, other) * centres[other];
                        weights[k] += pull(item, other);
                    }
                    wanted[k] = weights[k] == 0 ? centres[item] : sum / weights[k];
                }
                spread(layer, wanted, weights);
            }
        }
        double left = IntStream.range(0, centres.length).mapToDouble(i -> centres[i] - widths[i] / 2).min().orElse(0);
        for (int i = 0; i < centres.length; i++) {
            centres[i] -= left;
        }
    }

    private double pull(int a, int b) {
        return a >= nodes && b >= nodes ? STRAIGHTNESS : 1;
    }

    /// Places a layer's items at the least weighted squared distance from where they want to be, in order and without
    /// touching. With the widths between them taken off, that is the best non-decreasing sequence: neighbours in the
    /// wrong order are joined and stand at their common mean.
    private void spread(List<Integer> layer, double[] wanted, double[] weights) {
        double[] means = new double[layer.size()];
        double[] masses = new double[layer.size()];
        int[] sizes = new int[layer.size()];
        double[] offsets = new double[layer.size()];
        int blocks = 0;
        for (int k = 0; k < layer.size(); k++) {
            if (k > 0) {
                offsets[k] = offsets[k - 1] + (widths[layer.get(k - 1)] + widths[layer.get(k)]) / 2 + gap;
            }
            means[blocks] = wanted[k] - offsets[k];
            masses[blocks] = Math.max(weights[k], 1e-3);
            sizes[blocks] = 1;
            blocks++;
            while (blocks > 1 && means[blocks - 2] > means[blocks - 1]) {
                double mass = masses[blocks - 2] + masses[blocks - 1];
                means[blocks - 2] = (means[blocks - 2] * masses[blocks - 2] + means[blocks - 1] * masses[blocks - 1])
                        / mass;
                masses[blocks - 2] = mass;
                sizes[blocks - 2] += sizes[blocks - 1];
                blocks--;
            }
        }
        int k = 0;
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < sizes[block]; i++) {
                centres[layer.get(k)] = means[block] + offsets[k];
                k++;
            }
        }
    }
}
