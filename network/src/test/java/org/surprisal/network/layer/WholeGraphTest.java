package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.probe.Probe;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.SparseMatrix;
import org.surprisal.tensor.Tensor;

class WholeGraphTest {
    private final SparseMatrix path = Graph.undirected(4, new int[]{0, 1, 2}, new int[]{1, 2, 3})
            .symmetricallyNormalised();
    private final Layer convolution = GraphConvolution.start(VarianceScaling.fanInUniform(), path, ElementType.FLOAT64,
            3, 2, RandomStream.seeded(1));
    private final Tensor features = RandomStream.seeded(2).gaussian(ElementType.FLOAT64, 0, 1, 4, 3);
    private final Network network = new Network(new WholeGraph(features, convolution));

    @Test
    void nodesAskedForSeeTheWholeGraph() {
        Tensor all = Objects.requireNonNull(
                Probe.of(network, List.of("layers")).observe(Tensor.of(new double[]{0})).get("layers")).output();
        assertThat(all.length(0)).isEqualTo(4);
        Tensor some = network.evaluate(Tensor.of(new double[]{3, 0}, 2, 1));
        assertThat(some.toDoubles()).isEqualTo(all.rows(3, 0).toDoubles());
        assertThat(network.parameters().getFirst().name()).isEqualTo("layers.weight");
    }

    /// Of 4 x 100 words 8 are there: few enough to pass over the others.
    @Test
    void fewWordsGiveTheNumbersOfAnyOthers() {
        double[] words = new double[400];
        for (int i = 0; i < 8; i++) {
            words[i * 50 + 3 * i] = 1 + i;
        }
        Tensor dense = Tensor.of(words, 4, 100);
        GraphConvolution first = GraphConvolution.start(VarianceScaling.fanInUniform(), path, ElementType.FLOAT64, 100,
                3, RandomStream.seeded(3));
        Tensor all = Tensor.of(new double[]{0, 1, 2, 3});
        Tensor skipping = new Network(new WholeGraph(dense, first)).evaluate(all);
        Tensor mixed = path.toDense().matmul(dense.matmulTransposed(first.weight().value().detached()))
                .plus(first.bias().value().detached());
        assertThat(skipping.toDoubles()).containsExactly(mixed.toDoubles(), within(1e-14));
    }

    @Test
    void numbersThatAreNoNodesAreNamed() {
        assertThatThrownBy(() -> network.evaluate(Tensor.of(new double[]{0, 4}))).hasMessage(
                "element 1 of the input, 4.0, is no node: whole numbers from 0 to 3 are");
        assertThatThrownBy(() -> network.evaluate(features))
                .hasMessage("numbers of nodes must have shape (n) or (n, 1), not (4, 3)");
    }
}
