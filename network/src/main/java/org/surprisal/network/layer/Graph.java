package org.surprisal.network.layer;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.surprisal.tensor.SparseMatrix;

/// An undirected graph, and the matrices by which [GraphConvolution] passes messages along its edges. Nodes are
/// numbered from 0.
public final class Graph {
    private final int nodes;
    /// Both directions of every edge: from `from[i]` to `to[i]`.
    private final int[] from;
    private final int[] to;
    private final int[] degrees;

    private Graph(int nodes, int[] from, int[] to) {
        this.nodes = nodes;
        this.from = from;
        this.to = to;
        this.degrees = new int[nodes];
        for (int node : from) {
            degrees[node]++;
        }
    }

    /// The graph with an edge between `from[i]` and `to[i]` for each i. An edge given more than once, in either
    /// direction, is one edge: two papers that cite each other are joined once.
    ///
    /// @throws IllegalArgumentException when the arrays differ in length, a node is outside 0 … nodes - 1, or an edge
    /// joins a node with itself: the normalised matrices have every node as its own neighbour already
    public static Graph undirected(int nodes, int[] from, int[] to) {
        if (nodes < 0 || from.length != to.length) {
            throw new IllegalArgumentException("a graph of " + nodes + " nodes cannot have edges from " + from.length
                    + " to " + to.length + " nodes: as many ends as beginnings are needed");
        }
        long[] directed = new long[2 * from.length];
        for (int i = 0; i < from.length; i++) {
            if (from[i] < 0 || from[i] >= nodes || to[i] < 0 || to[i] >= nodes) {
                throw new IllegalArgumentException("edge " + i + " between " + from[i] + " and " + to[i]
                        + " leaves the " + nodes + " nodes: they are numbered from 0 to " + (nodes - 1));
            }
            if (from[i] == to[i]) {
                throw new IllegalArgumentException("edge " + i + " joins node " + from[i]
                        + " with itself: leave it out, every node is its own neighbour already");
            }
            directed[2 * i] = (long) from[i] * nodes + to[i];
            directed[2 * i + 1] = (long) to[i] * nodes + from[i];
        }
        long[] places = Arrays.stream(directed).sorted().distinct().toArray();
        return new Graph(nodes, Arrays.stream(places).mapToInt(place -> (int) (place / nodes)).toArray(),
                Arrays.stream(places).mapToInt(place -> (int) (place % nodes)).toArray());
    }

    /// Number of nodes.
    public int nodes() {
        return nodes;
    }

    /// Number of edges, each counted once.
    public int edges() {
        return from.length / 2;
    }

    /// Number of neighbours of a node, itself not counted.
    public int degree(int node) {
        return degrees[node];
    }

    /// A: 1 where an edge joins row and column, else 0.
    public SparseMatrix adjacency() {
        double[] ones = new double[from.length];
        Arrays.fill(ones, 1);
        return SparseMatrix.of(nodes, nodes, from, to, ones);
    }

    /// A + I: every node is its own neighbour, too.
    public SparseMatrix withSelfLoops() {
        return withSelfLoops((i, j) -> 1);
    }

    /// D^-1/2 (A + I) D^-1/2, D being the row sums of A + I (Kipf and Welling 2017, Eq 2): entries 1 / sqrt(d_i d_j),
    /// eigenvalues in (-1, 1], so that no number of layers blows a signal up.
    public SparseMatrix symmetricallyNormalised() {
        return withSelfLoops((i, j) -> 1 / Math.sqrt((degrees[i] + 1.0) * (degrees[j] + 1.0)));
    }

    /// D^-1 (A + I): each node takes the mean over itself and its neighbours.
    public SparseMatrix rowNormalised() {
        return withSelfLoops((i, j) -> 1 / (degrees[i] + 1.0));
    }

    private interface Entry {
        double at(int row, int column);
    }

    private SparseMatrix withSelfLoops(Entry entry) {
        int[] rows = IntStream.concat(IntStream.of(from), IntStream.range(0, nodes)).toArray();
        int[] columns = IntStream.concat(IntStream.of(to), IntStream.range(0, nodes)).toArray();
        double[] values = IntStream.range(0, rows.length).mapToDouble(e -> entry.at(rows[e], columns[e])).toArray();
        return SparseMatrix.of(nodes, nodes, rows, columns, values);
    }
}
