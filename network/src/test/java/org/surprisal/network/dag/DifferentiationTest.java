package org.surprisal.network.dag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.dag.UnitGraph.Connection;
import org.surprisal.network.layer.Activation;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.Tensor;

/// Delta errors, forward mode and the engine's gradients are the same numbers; what the first two cost.
class DifferentiationTest {
    /// L = sum_k (c_k a_k + a_k^2 / 2), c = (0.7, -1.3).
    private static double[] lossByOutputs(ForwardPass pass) {
        double[] a = pass.outputs();
        return new double[]{0.7 + a[0], -1.3 + a[1]};
    }

    private static double[] engineGradient(RandomGraph drawn) {
        GraphLayer layer = GraphLayer.of(drawn.graph(), drawn.weights());
        Network network = new Network(layer);
        Tensor outputs = network.forward(drawn.input().reshape(1, drawn.input().size()));
        Tensor loss = outputs.times(Tensor.of(new double[]{0.7, -1.3}, 1, 2)).plus(outputs.square().times(0.5)).sum();
        return Gradients.of(loss, layer.weights().stream().map(Parameter::value).toList(), Gradients.Unreached.ZERO)
                .stream()
                .mapToDouble(Tensor::item).toArray();
    }

    @Test
    void threeWaysToOneGradient() {
        for (int seed = 0; seed < 30; seed++) {
            RandomGraph drawn = RandomGraph.draw(seed);
            ForwardPass forward = drawn.forward();
            double[] byDeltas = BackwardPass.of(forward, lossByOutputs(forward)).gradient();
            assertThat(byDeltas).as("graph %d", seed).containsExactly(engineGradient(drawn), Offset.offset(1e-12));
            assertThat(ForwardMode.of(forward).gradient(lossByOutputs(forward))).as("graph %d", seed)
                    .containsExactly(byDeltas, Offset.offset(1e-12));
        }
    }

    @Test
    void aDeltaIsTheDerivativeByTheBias() {
        RandomGraph drawn = RandomGraph.draw(7);
        BackwardPass backward = BackwardPass.of(drawn.forward(), 1, 1);
        List<Connection> connections = drawn.graph().connections();
        for (int number = 0; number < connections.size(); number++) {
            if (connections.get(number).from() == UnitGraph.BIAS) {
                assertThat(backward.delta(connections.get(number).to())).isEqualTo(backward.gradient()[number]);
            }
        }
        assertThat(backward.delta(1)).isZero();
    }

    @Test
    void forwardModeIsTheDerivativeOfEveryUnitByEveryWeight() {
        double step = 1e-5;
        for (int seed = 0; seed < 5; seed++) {
            RandomGraph drawn = RandomGraph.draw(seed);
            ForwardMode mode = ForwardMode.of(drawn.forward());
            for (int number = 0; number < drawn.weights().size(); number++) {
                ForwardPass up = shifted(drawn, number, step);
                ForwardPass down = shifted(drawn, number, -step);
                for (int unit = 0; unit < drawn.graph().units(); unit++) {
                    double quotient = (up.activation(unit) - down.activation(unit)) / (2 * step);
                    assertThat(mode.derivative(unit, number)).isCloseTo(quotient, Offset.offset(1e-8));
                }
            }
        }
    }

    private static ForwardPass shifted(RandomGraph drawn, int number, double shift) {
        double[] weights = drawn.weights().toDoubles();
        weights[number] += shift;
        return ForwardPass.of(drawn.graph(), weights, drawn.input().toDoubles());
    }

    private record Costs(long forward, long backward, long forwardMode) {
        static Costs of(UnitGraph graph) {
            double[] weights = new double[graph.connections().size()];
            ForwardPass pass = ForwardPass.of(graph, weights, new double[graph.inputs()]);
            return new Costs(pass.multiplications(),
                    BackwardPass.of(pass, new double[graph.outputs().size()]).multiplications(),
                    ForwardMode.of(pass).multiplications());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void backpropagationCostsAboutTwoForwardPasses(int width) {
        int layers = 20;
        Costs costs = Costs.of(UnitGraph.layered(width, Collections.nCopies(layers, width), Activation.TANH,
                Activation.TANH));
        long edges = (long) layers * width * (width + 1);
        long between = (long) (layers - 1) * width * width;
        long computing = (long) layers * width;
        assertThat(costs.forward()).isEqualTo(edges);
        assertThat(costs.backward()).isEqualTo(edges + between + computing);
        assertThat((double) costs.backward() / costs.forward()).isBetween(1.9, 2.0);
        assertThat(costs.forwardMode()).isEqualTo(edges * (between + computing));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 40, 160})
    void withFewConnectionsAUnitForwardModeCostsUnitsTimesEdges(int computing) {
        // Each unit listens to the bias and to the two before it.
        List<Connection> connections = new ArrayList<>();
        for (int unit = 2; unit < 2 + computing; unit++) {
            connections.add(new Connection(unit, UnitGraph.BIAS));
            connections.add(new Connection(unit, unit - 1));
            if (unit > 2) {
                connections.add(new Connection(unit, unit - 2));
            }
        }
        UnitGraph graph = new UnitGraph(1, Collections.nCopies(computing, Activation.TANH), connections,
                IntStream.of(1 + computing).boxed().toList());
        Costs costs = Costs.of(graph);
        double unitsTimesEdges = (double) computing * connections.size();
        assertThat(costs.forwardMode() / unitsTimesEdges).isBetween(2.5, 3.0);
        assertThat((double) costs.backward() / connections.size()).isBetween(1.8, 2.0);
    }
}
