package org.surprisal.network.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.surprisal.data.InMemory;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.dag.UnitGraph.Connection;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.BinaryCrossEntropy;
import org.surprisal.network.loss.HalfSquaredError;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.GradientCheck;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class GraphLayerTest {
    private static final List<Integer> WIDTHS = List.of(5, 3, 2);

    /// The parameters of linear layers in the order of [UnitGraph#layered]: for each unit its bias, then its weights.
    private static Tensor inUnitOrder(List<Tensor> weightsAndBiases) {
        List<Double> numbers = new ArrayList<>();
        for (int layer = 0; layer < weightsAndBiases.size(); layer += 2) {
            Tensor weight = weightsAndBiases.get(layer);
            for (int unit = 0; unit < weight.length(0); unit++) {
                numbers.add(weightsAndBiases.get(layer + 1).at(unit));
                for (int below = 0; below < weight.length(1); below++) {
                    numbers.add(weight.at(unit, below));
                }
            }
        }
        return Tensor.of(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @ParameterizedTest
    @EnumSource
    void onLayeredGraphsItIsTheMultilayerPerceptron(Activation activation) {
        Network layered = new MultilayerPerceptron(4, WIDTHS, activation, Activation.IDENTITY)
                .build(ElementType.FLOAT64, new Initialisation.Gaussian(1.5, 0.3), RandomStream.seeded(1));
        UnitGraph graph = UnitGraph.layered(4, WIDTHS, activation, Activation.IDENTITY);
        List<Tensor> parameters = layered.parameters().stream().map(Parameter::value).toList();
        GraphLayer layer = GraphLayer.of(graph, inUnitOrder(parameters));
        Network unitByUnit = new Network(layer);
        assertThat(unitByUnit.parameterCount()).isEqualTo(layered.parameterCount());

        Tensor x = RandomStream.seeded(2).gaussian(ElementType.FLOAT64, 0, 1, 6, 4);
        Tensor y = RandomStream.seeded(3).gaussian(ElementType.FLOAT64, 0, 1, 6, 2);
        Tensor expected = layered.forward(x);
        assertThat(unitByUnit.forward(x).toDoubles()).containsExactly(expected.toDoubles(), Offset.offset(1e-13));

        Tensor gradient = inUnitOrder(Gradients.of(new HalfSquaredError().of(expected, y), parameters));
        double[] byEngine = Gradients.of(new HalfSquaredError().of(unitByUnit.forward(x), y),
                layer.weights().stream().map(Parameter::value).toList()).stream().mapToDouble(Tensor::item).toArray();
        assertThat(byEngine).containsExactly(gradient.toDoubles(), Offset.offset(1e-13));

        // HalfSquaredError's derivative by an output is (a - y) / 6
        double[] byDeltas = new double[byEngine.length];
        for (int sample = 0; sample < 6; sample++) {
            ForwardPass pass = layer.forwardPass(x.rows(sample).toDoubles());
            assertThat(pass.outputs()).containsExactly(expected.rows(sample).toDoubles(), Offset.offset(1e-13));
            double[] one = BackwardPass.of(pass, (pass.outputs()[0] - y.at(sample, 0)) / 6,
                    (pass.outputs()[1] - y.at(sample, 1)) / 6).gradient();
            for (int number = 0; number < one.length; number++) {
                byDeltas[number] += one[number];
            }
        }
        assertThat(byDeltas).containsExactly(gradient.toDoubles(), Offset.offset(1e-12));
    }

    @Test
    void gradientsOfRandomGraphsAgreeWithDifferences() {
        for (int seed = 0; seed < 3; seed++) {
            RandomGraph drawn = RandomGraph.draw(seed);
            List<Tensor> variables = new ArrayList<>();
            for (Parameter weight : GraphLayer.of(drawn.graph(), drawn.weights()).weights()) {
                variables.add(weight.value().detached());
            }
            variables.add(RandomStream.seeded(seed).gaussian(ElementType.FLOAT64, 0, 1, 4, 3));
            Tensor y = RandomStream.seeded(9).gaussian(ElementType.FLOAT64, 0, 1, 4, 2);
            Function<List<Tensor>, Tensor> loss = v -> {
                // differences move constants, parameters are variables
                List<Parameter> weights = v.subList(0, v.size() - 1).stream()
                        .map(w -> new Parameter("w", w.isTracked() ? w : w.tracked())).toList();
                return new HalfSquaredError().of(
                        new Network(new GraphLayer(drawn.graph(), weights)).forward(v.getLast()),
                        y);
            };
            assertThat(GradientCheck.firstOrder(loss, variables)).as("graph %d", seed).isLessThan(1e-8);
            assertThat(GradientCheck.secondOrder(loss, variables)).as("graph %d", seed).isLessThan(1e-8);
        }
    }

    /// One hidden unit, and connections past it.
    private static UnitGraph skipping(Activation hidden, Activation output) {
        return new UnitGraph(2, List.of(hidden, output),
                List.of(new Connection(3, 0), new Connection(3, 1), new Connection(3, 2), new Connection(4, 0),
                        new Connection(4, 1), new Connection(4, 2), new Connection(4, 3)),
                List.of(4));
    }

    private static final Tensor CORNERS = Tensor.of(new double[]{0, 0, 0, 1, 1, 0, 1, 1}, 4, 2);

    @Test
    void connectionsPastItLetOneHiddenUnitDoXor() {
        GraphLayer byHand = GraphLayer.of(skipping(Activation.HEAVISIDE, Activation.HEAVISIDE),
                Tensor.of(new double[]{-2, 1, 1, -1, 1, 1, -2}));
        assertThat(new Network(byHand).evaluate(CORNERS).toDoubles()).containsExactly(0, 1, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    void itIsTrainedLikeAnyLayer(ElementType type) {
        UnitGraph graph = skipping(Activation.TANH, Activation.IDENTITY);
        GraphLayer layer = GraphLayer.of(graph, RandomStream.seeded(1).gaussian(type, 0, 1, 7));
        Network network = new Network(layer);
        assertThat(network.parameters()).extracting(Parameter::name).containsExactly("w3_0", "w3_1", "w3_2", "w4_0",
                "w4_1", "w4_2", "w4_3");
        new Trainer(network, new BinaryCrossEntropy(), new Adam(0.05)).epochs(500).batchSize(4).fit(
                InMemory.regression("xor", CORNERS.to(type), Tensor.of(new double[]{0, 1, 1, 0}, 4, 1).to(type)),
                RandomStream.seeded(2));
        assertThat(network.evaluate(CORNERS.to(type)).heaviside().toDoubles()).containsExactly(0, 1, 1, 0);
        // the single-sample pass sees the trained numbers
        assertThat(layer.forwardPass(1, 0).outputs()[0]).isCloseTo(network.evaluate(CORNERS.to(type)).at(2, 0),
                Offset.offset(1e-5));
    }

    @Test
    void badArguments() {
        UnitGraph graph = skipping(Activation.TANH, Activation.IDENTITY);
        assertThatIllegalArgumentException().isThrownBy(() -> GraphLayer.of(graph, Tensor.of(new double[6])))
                .withMessage("weights (6) must have shape (7), one a connection");
        assertThatIllegalArgumentException().isThrownBy(() -> new GraphLayer(graph, List.of()))
                .withMessage("0 weights for 7 connections");
        List<Parameter> vectors = Collections.nCopies(7, Parameter.of("w", Tensor.of(new double[2])));
        assertThatIllegalArgumentException().isThrownBy(() -> new GraphLayer(graph, vectors))
                .withMessage("weight w has shape (2), not ()");
        Network network = new Network(GraphLayer.of(graph, Tensor.of(new double[7])));
        assertThatThrownBy(() -> network.evaluate(Tensor.of(new double[3], 1, 3)))
                .hasMessage("input (1, 3) must be (n, 2), one column an input unit");
    }
}
