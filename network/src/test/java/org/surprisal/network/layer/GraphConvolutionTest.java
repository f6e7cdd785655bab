package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.network.PyTorchFixture;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.SparseMatrix;
import org.surprisal.tensor.Tensor;

class GraphConvolutionTest {
    private static final Graph GRAPH = Graph.undirected(6, new int[]{0, 0, 1, 1, 2, 3, 3},
            new int[]{1, 4, 4, 2, 3, 4, 5});

    private static SparseMatrix matrix(String normalisation) {
        return normalisation.equals("row") ? GRAPH.rowNormalised() : GRAPH.symmetricallyNormalised();
    }

    private static Tensor nodes(ElementType type, int features) {
        return PyTorchFixture.tensor(type, i -> ((7 * i + 3) % 25 - 12) / 8.0, 6, features);
    }

    private static Tensor weight(ElementType type, int... shape) {
        return PyTorchFixture.tensor(type, i -> ((5 * i + 2) % 19 - 9) / 16.0, shape);
    }

    private static Tensor bias(ElementType type, int out) {
        return PyTorchFixture.tensor(type, i -> ((3 * i + 1) % 7 - 3) / 8.0, out);
    }

    /// Recorded by a script that makes A + I of the same seven edges densely, normalises it by 1 / sqrt(d_i d_j) or 1 /
    /// d_i, and takes torch.sparse.mm of it with x W^T, plus b, and the gradients of the output weighted by
    /// [DifferentiableLayers#upstream].
    @ParameterizedTest
    @CsvSource({"gcn-narrowing, 4, 2, symmetric", "gcn-narrowing, 4, 2, row", "gcn-widening, 2, 3, symmetric",
            "gcn-widening, 2, 3, row"})
    void outputsAndGradientsArePyTorchs(String shapes, int in, int out, String normalisation) throws Exception {
        PyTorchFixture fixture = new PyTorchFixture("layer/graph-convolution.txt");
        String name = shapes + "-" + normalisation;
        for (ElementType type : ElementType.values()) {
            GraphConvolution layer = new GraphConvolution(matrix(normalisation),
                    Parameter.of("weight", weight(type, out, in)), Parameter.of("bias", bias(type, out)));
            Tensor x = nodes(type, in).tracked();
            Tensor y = layer.forward(x, Pass.evaluation());
            List<Tensor> gradients = Gradients.of(y.times(DifferentiableLayers.upstream(y)).sum(), x,
                    layer.weight().value(), layer.bias().value());
            fixture.compare(name, "value", y);
            fixture.compare(name, "input", gradients.get(0));
            fixture.compare(name, "weight", gradients.get(1));
            fixture.compare(name, "bias", gradients.get(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 2, symmetric", "2, 3, row"})
    void gradientsAgreeWithDifferences(int in, int out, String normalisation) {
        ElementType type = ElementType.FLOAT64;
        DifferentiableLayers.agreeWithDifferences(normalisation,
                v -> new GraphConvolution(matrix(normalisation), DifferentiableLayers.parameter("weight", v.get(1)),
                        DifferentiableLayers.parameter("bias", v.get(2))).forward(v.get(0), Pass.evaluation()).tanh(),
                List.of(nodes(type, in), weight(type, out, in), bias(type, out)));
    }

    @Test
    void wrongShapesAreNamed() {
        Parameter w = Parameter.of("weight", weight(ElementType.FLOAT64, 2, 4));
        Parameter b = Parameter.of("bias", bias(ElementType.FLOAT64, 2));
        GraphConvolution layer = new GraphConvolution(matrix("row"), w, b);
        assertThatThrownBy(() -> layer.forward(nodes(ElementType.FLOAT64, 4).slice(0, 0, 5), Pass.evaluation()))
                .hasMessage("a graph of 6 nodes needs one row of 4 features for each, shape (6, 4), not (5, 4)");
        assertThatThrownBy(() -> layer.forward(nodes(ElementType.FLOAT64, 3), Pass.evaluation()))
                .hasMessageContaining("not (6, 3)");
        assertThatThrownBy(() -> new GraphConvolution(matrix("row"), b, b)).hasMessageContaining("weight (2)");
        assertThatThrownBy(() -> new GraphConvolution(matrix("row"), w, w)).hasMessageContaining("bias (2, 4)");
        SparseMatrix oblong = SparseMatrix.of(2, 3, new int[0], new int[0], new double[0]);
        assertThatThrownBy(() -> new GraphConvolution(oblong, w, b)).hasMessageContaining("2 x 3");
    }

    private static final int COMMUNITY = 40;
    private static final int NODES = 2 * COMMUNITY;
    private static final int FEATURES = 8;

    /// Two communities; nodes of one are joined with probability 0.2, of two with 0.03.
    private static Graph communities(RandomStream stream) {
        int[][] pairs = IntStream.range(0, NODES).boxed()
                .flatMap(i -> IntStream.range(0, i).mapToObj(j -> new int[]{i, j}))
                .filter(pair -> stream.nextDouble() < (community(pair[0]) == community(pair[1]) ? 0.2 : 0.03))
                .toArray(int[][]::new);
        return Graph.undirected(NODES, IntStream.range(0, pairs.length).map(e -> pairs[e][0]).toArray(),
                IntStream.range(0, pairs.length).map(e -> pairs[e][1]).toArray());
    }

    private static int community(int node) {
        return node / COMMUNITY;
    }

    /// The share of the unlabelled nodes put into their community by two layers, trained on the labels of four nodes of
    /// each.
    private static double accuracy(BiFunction<Integer, Integer, Layer> layer, Tensor features) {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("first", layer.apply(FEATURES, 16));
        parts.put("relu", Activation.RELU);
        parts.put("second", layer.apply(16, 2));
        Network network = new Network(new Sequential(parts));
        List<Tensor> variables = network.parameters().stream().map(Parameter::value).toList();
        int[] labelled = {0, 1, 2, 3, COMMUNITY, COMMUNITY + 1, COMMUNITY + 2, COMMUNITY + 3};
        Tensor labels = Tensor.of(new float[]{0, 0, 0, 0, 1, 1, 1, 1});
        Adam adam = new Adam(0.01);
        for (int step = 0; step < 100; step++) {
            Tensor loss = new CrossEntropy().of(network.forward(features).rows(labelled), labels);
            adam.step(network.parameters(), Gradients.of(loss, variables));
        }
        int[] answers = network.evaluate(features).argmaxRows();
        return IntStream.range(0, NODES).filter(i -> i % COMMUNITY > 3 && answers[i] == community(i)).count()
                / (NODES - 8.0);
    }

    @Test
    void neighboursTellWhatFeaturesDoNot() {
        RandomStream stream = RandomStream.seeded(5);
        // Means of ±0.2 in eight features of variance 1: even the best rule on features alone errs in Phi(-0.57) = 29
        // %.
        Tensor means = PyTorchFixture.tensor(ElementType.FLOAT32, i -> community(i / FEATURES) == 0 ? 0.2 : -0.2, NODES,
                FEATURES);
        Tensor features = stream.child("features").gaussian(ElementType.FLOAT32, 0, 1, NODES, FEATURES).plus(means);
        SparseMatrix matrix = communities(stream.child("edges")).symmetricallyNormalised();
        Initialisation start = VarianceScaling.xavier(VarianceScaling.Distribution.UNIFORM);
        double withEdges = accuracy((in, out) -> GraphConvolution.start(start, matrix, ElementType.FLOAT32, in, out,
                stream.child(in)), features);
        double without = accuracy((in, out) -> start.linear(ElementType.FLOAT32, in, out, stream.child(in)), features);
        assertThat(withEdges).isGreaterThan(0.85).isGreaterThan(without + 0.1);
    }
}
