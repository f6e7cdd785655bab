package org.surprisal.examples;

import static org.surprisal.tensor.ElementType.FLOAT32;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.surprisal.data.InMemory;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Graph;
import org.surprisal.network.layer.GraphConvolution;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.layer.WholeGraph;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.SparseMatrix;
import org.surprisal.tensor.Tensor;

/// A graph convolutional network tells four communities of 50 nodes apart by their edges alone, shown the community of
/// five nodes of each. Node i is in community i modulo 4.
///
/// Expect a test accuracy on the other 180 nodes above 0.8; chance is 0.25.
public final class GraphCommunities {
    public static void main(String[] args) {
        Graph graph = plantedPartition(200, RandomStream.seeded(1));
        SparseMatrix neighbours = graph.symmetricallyNormalised();
        RandomStream start = RandomStream.seeded(2);
        VarianceScaling xavier = VarianceScaling.xavier(VarianceScaling.Distribution.UNIFORM);
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("convolution0", GraphConvolution.start(xavier, neighbours, FLOAT32, 64, 16, start.child(0)));
        layers.put("relu0", Activation.RELU);
        layers.put("convolution1", GraphConvolution.start(xavier, neighbours, FLOAT32, 16, 4, start.child(1)));
        Tensor meaningless = RandomStream.seeded(3).gaussian(FLOAT32, 0, 1, 200, 64); // features that tell nodes apart
        Network network = new Network(new WholeGraph(meaningless, new Sequential(layers)));

        double[] numbers = IntStream.range(0, 200).asDoubleStream().toArray();
        double[] communities = IntStream.range(0, 200).mapToDouble(node -> node % 4).toArray();
        InMemory nodes = InMemory.classification("nodes", Tensor.of(numbers), Tensor.of(communities), 4);
        new Trainer(network, new CrossEntropy(), new Adam(0.01)).epochs(100)
                .fit(nodes.first(20), RandomStream.seeded(4));
        Evaluation test = Evaluation.of(network, new CrossEntropy(), nodes.rows(IntStream.range(20, 200).toArray()));
        System.out.printf(Locale.ROOT, "%d edges, test accuracy %.3f%n", graph.edges(), test.accuracy().orElseThrow());
    }

    /// Two nodes of one community are joined with probability 0.2, two others with 0.02.
    private static Graph plantedPartition(int nodes, RandomStream stream) {
        int[] joined = IntStream.range(0, nodes * nodes).filter(pair -> pair / nodes < pair % nodes)
                .filter(pair -> stream.nextDouble() < (pair / nodes % 4 == pair % nodes % 4 ? 0.2 : 0.02)).toArray();
        return Graph.undirected(nodes, IntStream.of(joined).map(pair -> pair / nodes).toArray(),
                IntStream.of(joined).map(pair -> pair % nodes).toArray());
    }
}
