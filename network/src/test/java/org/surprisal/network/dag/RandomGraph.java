package org.surprisal.network.dag;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.network.dag.UnitGraph.Connection;
import org.surprisal.network.layer.Activation;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Graphs without any order in their numbers: 3 inputs, 9 computing units, skip connections, outputs that feed others.
record RandomGraph(UnitGraph graph, Tensor weights, Tensor input) {
    private static final int INPUTS = 3;
    private static final int COMPUTING = 9;
    private static final List<Activation> SMOOTH = List.of(Activation.TANH, Activation.SIGMOID, Activation.GELU,
            Activation.SOFTPLUS, Activation.IDENTITY, Activation.ERF);

    static RandomGraph draw(long seed) {
        RandomStream stream = RandomStream.seeded(seed);
        // unit number by place in the order
        int[] number = stream.permutation(COMPUTING);
        List<Connection> connections = new ArrayList<>();
        for (int place = 0; place < COMPUTING; place++) {
            int to = INPUTS + 1 + number[place];
            connections.add(new Connection(to, UnitGraph.BIAS));
            for (int input = 1; input <= INPUTS; input++) {
                if (stream.nextDouble() < 0.4) {
                    connections.add(new Connection(to, input));
                }
            }
            for (int below = 0; below < place; below++) {
                if (stream.nextDouble() < 0.5) {
                    connections.add(new Connection(to, INPUTS + 1 + number[below]));
                }
            }
        }
        int[] shuffled = stream.permutation(connections.size());
        List<Activation> activations = IntStream.range(0, COMPUTING)
                .mapToObj(unit -> SMOOTH.get(stream.nextInt(SMOOTH.size()))).toList();
        UnitGraph graph = new UnitGraph(INPUTS, activations,
                IntStream.of(shuffled).mapToObj(connections::get).toList(),
                List.of(INPUTS + 1 + number[COMPUTING - 1], INPUTS + 1 + number[COMPUTING - 4]));
        Tensor weights = stream.gaussian(ElementType.FLOAT64, 0, 0.6, connections.size());
        return new RandomGraph(graph, weights, stream.gaussian(ElementType.FLOAT64, 0, 1, INPUTS));
    }

    ForwardPass forward() {
        return ForwardPass.of(graph, weights.toDoubles(), input.toDoubles());
    }
}
