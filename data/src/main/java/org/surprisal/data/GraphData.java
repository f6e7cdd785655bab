package org.surprisal.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.SparseMatrix;
import org.surprisal.tensor.Tensor;

/// A graph whose nodes are the samples of a data set: each with features and a target, joined by undirected edges.
///
/// Numbers of nodes are rows of the data set. Networks on graphs read all nodes at once; parts of the nodes are views
/// of [#nodes].
public final class GraphData {
    private final Dataset nodes;
    private final List<String> ids;
    private final int[] from;
    private final int[] to;

    private GraphData(Dataset nodes, List<String> ids, int[] from, int[] to) {
        this.nodes = nodes;
        this.ids = ids;
        this.from = from;
        this.to = to;
    }

    /// A graph of these nodes. Edges join `from[i]` and `to[i]`; one that is given twice, or in both directions, counts
    /// once.
    ///
    /// @param nodes one sample a node
    /// @param ids how the nodes are called where they come from, each once
    /// @throws DataException when the numbers of nodes or of ends differ, an id is given twice, an edge ends at no
    /// node, or it joins a node to itself
    public static GraphData of(Dataset nodes, List<String> ids, int[] from, int[] to) {
        if (ids.size() != nodes.size() || new HashSet<>(ids).size() != ids.size()) {
            throw new DataException("graph " + nodes.name() + ": " + ids.size() + " ids, "
                    + new HashSet<>(ids).size() + " of them distinct, for " + nodes.size()
                    + " nodes: each node has an id of its own");
        }
        if (from.length != to.length) {
            throw new DataException("graph " + nodes.name() + ": " + from.length + " and " + to.length
                    + " ends of edges: an edge has two");
        }
        long[] edges = new long[from.length];
        for (int i = 0; i < edges.length; i++) {
            int low = Math.min(from[i], to[i]);
            int high = Math.max(from[i], to[i]);
            if (low < 0 || high >= nodes.size() || low == high) {
                throw new DataException("graph " + nodes.name() + ": edge " + i + " joins nodes " + from[i] + " and "
                        + to[i] + "; two different nodes of 0 … " + (nodes.size() - 1) + " can be joined");
            }
            edges[i] = (long) low << 32 | high;
        }
        edges = Arrays.stream(edges).sorted().distinct().toArray();
        return new GraphData(nodes, List.copyOf(ids), Arrays.stream(edges).mapToInt(e -> (int) (e >> 32)).toArray(),
                Arrays.stream(edges).mapToInt(e -> (int) e).toArray());
    }

    /// The nodes' features and targets, one sample a node.
    public Dataset nodes() {
        return nodes;
    }

    /// How the nodes are called where they come from, that of row 0 first.
    public List<String> ids() {
        return ids;
    }

    /// Number of undirected edges.
    public int edges() {
        return from.length;
    }

    /// The smaller node number of each edge; edges are in ascending order.
    public int[] from() {
        return from.clone();
    }

    /// The larger node number of each edge, in the order of [#from].
    public int[] to() {
        return to.clone();
    }

    /// The symmetric matrix with 1 at (i, j) and (j, i) for each edge, and zeros on the diagonal.
    public SparseMatrix adjacency() {
        int edges = from.length;
        int[] rows = Arrays.copyOf(from, 2 * edges);
        int[] columns = Arrays.copyOf(to, 2 * edges);
        System.arraycopy(to, 0, rows, edges, edges);
        System.arraycopy(from, 0, columns, edges, edges);
        double[] ones = new double[2 * edges];
        Arrays.fill(ones, 1);
        return SparseMatrix.of(nodes.size(), nodes.size(), rows, columns, ones);
    }

    /// The same graph with each node's features divided by the sum of their absolute values, as graph networks are
    /// often given word counts (Kipf and Welling 2017). A node without features keeps its zeros.
    public GraphData rowNormalised() {
        return new GraphData(nodes.map(nodes.inputShape(), GraphData::rowNormalised), ids, from, to);
    }

    private static Tensor rowNormalised(Tensor features) {
        ElementType type = features.type();
        double[] values = features.toDoubles();
        int samples = features.length(0);
        int width = samples == 0 ? 0 : values.length / samples;
        for (int row = 0; row < samples; row++) {
            double sum = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                sum += Math.abs(values[i]);
            }
            for (int i = row * width; i < (row + 1) * width && sum > 0; i++) {
                values[i] /= sum;
            }
        }
        return Tensor.of(values, features.shape().lengths()).to(type);
    }
}
