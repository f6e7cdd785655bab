package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.SparseMatrix;
import org.surprisal.tensor.Tensor;

/// The examples of Landsverk, section 1.4 (whose nodes are numbered from 1), and wrong edges.
class GraphTest {
    /// Eq 1.13: the columns (1, 2) and (3, 1).
    private static Graph example() {
        return Graph.undirected(3, new int[]{0, 2}, new int[]{1, 0});
    }

    @Test
    void theMatricesOfTheExample() {
        Graph graph = example();
        assertThat(graph.adjacency().toDense().toDoubles()).containsExactly(0, 1, 1, 1, 0, 0, 1, 0, 0);
        // Eq 1.14
        assertThat(graph.withSelfLoops().toDense().toDoubles()).containsExactly(1, 1, 1, 1, 1, 0, 1, 0, 1);
        // Eq 1.12, with degrees 3, 2, 2; 0.40825 in the specification
        double mixed = 1 / Math.sqrt(6);
        assertThat(mixed).isCloseTo(0.40825, Offset.offset(5e-6));
        assertThat(graph.symmetricallyNormalised().toDense().toDoubles()).containsExactly(
                new double[]{1 / 3.0, mixed, mixed, mixed, 0.5, 0, mixed, 0, 0.5}, Offset.offset(1e-16));
        double third = 1 / 3.0;
        assertThat(graph.rowNormalised().toDense().toDoubles()).containsExactly(third, third, third, 0.5, 0.5, 0, 0.5,
                0, 0.5);
    }

    @Test
    void theGraphOfTheFigure() {
        // Eq 1.11 and Fig 1.10: six nodes, seven edges.
        Graph graph = Graph.undirected(6, new int[]{0, 0, 1, 1, 2, 3, 3}, new int[]{1, 4, 4, 2, 3, 4, 5});
        assertThat(graph.nodes()).isEqualTo(6);
        assertThat(graph.edges()).isEqualTo(7);
        assertThat(java.util.stream.IntStream.range(0, 6).map(graph::degree)).containsExactly(2, 3, 2, 3, 3, 1);
        SparseMatrix normalised = graph.symmetricallyNormalised();
        assertThat(normalised.entries()).isEqualTo(20);
        assertThat(normalised.toDense().toDoubles()).isEqualTo(normalised.toDense().transpose().toDoubles());
        // D^1/2 1 is the eigenvector of eigenvalue 1.
        Tensor roots = Tensor.of(new double[]{3, 4, 3, 4, 4, 2}, 6, 1).sqrt();
        assertThat(normalised.times(roots).toDoubles()).containsExactly(roots.toDoubles(), Offset.offset(1e-15));
        Tensor ones = Tensor.full(ElementType.FLOAT64, 1, 6, 1);
        assertThat(graph.rowNormalised().times(ones).toDoubles()).containsExactly(ones.toDoubles(),
                Offset.offset(1e-15));
    }

    @Test
    void oneNodeSumsItsNeighboursAsWritten() {
        // Eq 1.15, node by node.
        Tensor z = RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, 3, 2);
        Tensor out = example().symmetricallyNormalised().times(z);
        int[][] neighbours = {{0, 1, 2}, {0, 1}, {0, 2}};
        for (int n = 0; n < 3; n++) {
            for (int k = 0; k < 2; k++) {
                double sum = 0;
                for (int j : neighbours[n]) {
                    sum += z.at(j, k) / Math.sqrt(neighbours[j].length * neighbours[n].length);
                }
                assertThat(out.at(n, k)).isCloseTo(sum, Offset.offset(1e-15));
            }
        }
    }

    @Test
    void edgesGivenAgainAreTheSame() {
        Graph graph = Graph.undirected(4, new int[]{0, 1, 0, 3}, new int[]{1, 0, 1, 2});
        assertThat(graph.edges()).isEqualTo(2);
        assertThat(graph.adjacency().toDense().toDoubles()).containsExactly(0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1,
                0);
        // A node without edges has itself.
        assertThat(Graph.undirected(1, new int[0], new int[0]).symmetricallyNormalised().toDense().item()).isEqualTo(1);
    }

    @Test
    void wrongEdgesAreNamed() {
        assertThatThrownBy(() -> Graph.undirected(3, new int[]{0, 1}, new int[]{1, 3}))
                .hasMessage("edge 1 between 1 and 3 leaves the 3 nodes: they are numbered from 0 to 2");
        assertThatThrownBy(() -> Graph.undirected(3, new int[]{-1}, new int[]{1})).hasMessageContaining("-1 and 1");
        assertThatThrownBy(() -> Graph.undirected(3, new int[]{0, 2}, new int[]{1, 2}))
                .hasMessageContaining("edge 1 joins node 2 with itself");
        assertThatThrownBy(() -> Graph.undirected(3, new int[]{0, 2}, new int[]{1}))
                .hasMessageContaining("from 2 to 1 nodes");
        assertThatThrownBy(() -> Graph.undirected(-1, new int[0], new int[0])).hasMessageContaining("-1 nodes");
    }
}
