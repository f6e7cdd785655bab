package org.surprisal.network.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.dag.GraphLayer;
import org.surprisal.network.dag.UnitGraph;
import org.surprisal.network.dag.UnitGraph.Connection;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.loss.BinaryCrossEntropy;
import org.surprisal.network.loss.SquaredError;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// XOR as in Klambauer's slides (section 4.5): not by one layer, exactly by two, and learnt from noisy points.
class XorTest {
    private static final Tensor CORNERS = Tensor.of(new double[]{0, 0, 1, 0, 0, 1, 1, 1}, 4, 2);
    private static final Dataset XOR = InMemory.regression("xor", CORNERS, Tensor.of(new double[]{0, 1, 1, 0}, 4, 1));

    /// The outputs of a linear unit with these connections after gradient descent on the squared error has converged.
    private static double[] leastSquares(List<Connection> connections, double... expectedWeights) {
        UnitGraph graph = new UnitGraph(2, List.of(Activation.IDENTITY), connections, List.of(3));
        GraphLayer layer = GraphLayer.of(graph,
                RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, connections.size()));
        Network network = new Network(layer);
        new Trainer(network, new SquaredError(), new Sgd(0.5, 0)).epochs(500).batchSize(4).fit(XOR,
                RandomStream.seeded(2));
        assertThat(layer.weights().stream().mapToDouble(weight -> weight.value().item()).toArray())
                .containsExactly(expectedWeights, Offset.offset(1e-12));
        return network.evaluate(CORNERS).toDoubles();
    }

    @Test
    void oneLinearLayerCannot() {
        double third = 1.0 / 3;
        assertThat(leastSquares(List.of(new Connection(3, 1), new Connection(3, 2)), third, third))
                .containsExactly(new double[]{0, third, third, 2 * third}, Offset.offset(1e-12));
        assertThat(leastSquares(
                List.of(new Connection(3, UnitGraph.BIAS), new Connection(3, 1), new Connection(3, 2)), 0.5, 0, 0))
                .containsExactly(new double[]{0.5, 0.5, 0.5, 0.5}, Offset.offset(1e-12));
    }

    @Test
    void twoLayersDoItExactly() {
        Network network = MultilayerPerceptron.of(
                List.of(Linear.of(Tensor.of(new double[]{1, 1, 1, 1}, 2, 2), Tensor.of(new double[]{0, -1})),
                        Linear.of(Tensor.of(new double[]{1, -2}, 1, 2), Tensor.of(new double[]{0}))),
                Activation.RELU, Activation.IDENTITY);
        assertThat(network.evaluate(CORNERS).toDoubles()).containsExactly(0, 1, 1, 0);
    }

    private static Network trained(Dataset data, long seed) {
        Network network = new MultilayerPerceptron(2, List.of(8, 1), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT64, new Initialisation.Gaussian(1, 0.5), RandomStream.seeded(seed));
        new Trainer(network, new BinaryCrossEntropy(), new Adam(0.05)).epochs(300).batchSize(8).fit(data,
                RandomStream.seeded(seed).child("order"));
        return network;
    }

    @Test
    void trainingFromRandomWeightsSolvesIt() {
        for (int seed = 0; seed < 10; seed++) {
            assertThat(trained(XOR, seed).evaluate(CORNERS).heaviside().toDoubles()).as("seed %d", seed)
                    .containsExactly(0, 1, 1, 0);
        }
    }

    @Test
    void eightNoisyPointsTellTheTwoQueries() {
        Dataset noisy = InMemory.regression("noisy xor",
                Tensor.of(new double[]{1.05, 0.99, -0.02, 0.01, 0.03, 0.01, 1.03, 1.01, 0.97, -0.01, 0.02, 0.98, 1.03,
                        -0.02, 0.96, 0.03}, 8, 2),
                Tensor.of(new double[]{0, 0, 0, 0, 1, 1, 1, 1}, 8, 1));
        Tensor queries = Tensor.of(new double[]{1.00, 0.01, -0.04, 0.03}, 2, 2);
        for (int seed = 0; seed < 10; seed++) {
            assertThat(trained(noisy, seed).evaluate(queries).heaviside().toDoubles()).as("seed %d", seed)
                    .containsExactly(1, 0);
        }
    }
}
