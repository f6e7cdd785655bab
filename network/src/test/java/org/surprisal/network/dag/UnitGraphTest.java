package org.surprisal.network.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.network.dag.UnitGraph.Connection;
import org.surprisal.network.layer.Activation;

class UnitGraphTest {
    /// Inputs 1 and 2; 5 = tanh of bias and both; 4 = sigmoid of 5 and input 1; output 3 = bias, 5, 4 and input 2.
    private static final UnitGraph SKIPPING = new UnitGraph(2,
            List.of(Activation.IDENTITY, Activation.SIGMOID, Activation.TANH),
            List.of(new Connection(3, 0), new Connection(3, 5), new Connection(3, 4), new Connection(3, 2),
                    new Connection(4, 5), new Connection(4, 1), new Connection(5, 0), new Connection(5, 1),
                    new Connection(5, 2)),
            List.of(3));

    private static UnitGraph graph(int computing, List<Integer> outputs, Connection... connections) {
        return new UnitGraph(1, Collections.nCopies(computing, Activation.TANH), List.of(connections),
                outputs);
    }

    @Test
    void theForwardPassIsTheFormulaWhateverTheNumbers() {
        double[] w = {0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7, 0.8, -0.9};
        ForwardPass pass = ForwardPass.of(SKIPPING, w, 1.5, -2);
        double s5 = 0.7 + 0.8 * 1.5 + 0.9 * 2;
        double a5 = Math.tanh(s5);
        double s4 = 0.5 * a5 - 0.6 * 1.5;
        double a4 = 1 / (1 + Math.exp(-s4));
        assertThat(SKIPPING.order()).containsExactly(5, 4, 3);
        assertThat(pass.preActivation(5)).isCloseTo(s5, Offset.offset(1e-15));
        assertThat(pass.activation(5)).isCloseTo(a5, Offset.offset(1e-15));
        assertThat(pass.activation(4)).isCloseTo(a4, Offset.offset(1e-15));
        assertThat(pass.outputs()).containsExactly(new double[]{0.1 - 0.2 * a5 + 0.3 * a4 - 0.4 * 2},
                Offset.offset(1e-15));
        assertThat(pass.activation(UnitGraph.BIAS)).isEqualTo(1);
        assertThat(pass.activation(2)).isEqualTo(-2);
        assertThat(pass.multiplications()).isEqualTo(9);
    }

    @Test
    void everyUnitComesAfterThoseThatLeadToIt() {
        for (int seed = 0; seed < 50; seed++) {
            UnitGraph graph = RandomGraph.draw(seed).graph();
            assertThat(graph.order()).hasSize(9).doesNotHaveDuplicates();
            for (Connection connection : graph.connections()) {
                if (graph.computes(connection.from())) {
                    assertThat(graph.order().indexOf(connection.from()))
                            .isLessThan(graph.order().indexOf(connection.to()));
                }
            }
        }
    }

    @Test
    void layersAreNumberedInOrder() {
        UnitGraph graph = UnitGraph.layered(2, List.of(2, 1), Activation.RELU, Activation.SIGMOID);
        assertThat(graph.units()).isEqualTo(6);
        assertThat(graph.connections()).containsExactly(new Connection(3, 0), new Connection(3, 1),
                new Connection(3, 2), new Connection(4, 0), new Connection(4, 1), new Connection(4, 2),
                new Connection(5, 0), new Connection(5, 3), new Connection(5, 4));
        assertThat(graph.outputs()).containsExactly(5);
        assertThat(graph.activation(4)).isEqualTo(Activation.RELU);
        assertThat(graph.activation(5)).isEqualTo(Activation.SIGMOID);
    }

    @Test
    void cyclesAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph(4, List.of(5), new Connection(2, 1), new Connection(2, 4),
                        new Connection(3, 2), new Connection(4, 3), new Connection(5, 4)))
                .withMessage("units 2 -> 3 -> 4 -> 2 form a cycle: a forward pass needs none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph(1, List.of(2), new Connection(2, 1), new Connection(2, 2)))
                .withMessageContaining("units 2 -> 2 form");
        // unit 2 only waits for the cycle, it is not on it
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph(3, List.of(2), new Connection(2, 3), new Connection(3, 4),
                        new Connection(4, 3)))
                .withMessageContaining("units 3 -> 4 -> 3 form");
    }

    @Test
    void unknownUnitsAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> graph(1, List.of(2), new Connection(2, 7)))
                .withMessage("no unit 7, the start of Connection[to=2, from=7]: there are units 0 to 2");
        assertThatIllegalArgumentException().isThrownBy(() -> graph(1, List.of(2), new Connection(-1, 1)))
                .withMessageContaining("no unit -1, the end of");
        assertThatIllegalArgumentException().isThrownBy(() -> graph(1, List.of(3), new Connection(2, 1)))
                .withMessageContaining("no unit 3, an output");
        assertThatIllegalArgumentException().isThrownBy(() -> graph(1, List.of(1), new Connection(2, 1)))
                .withMessage("unit 1 is an input: an output must be one of the units 2 to 2");
        assertThatIllegalArgumentException().isThrownBy(() -> graph(1, List.of(2), new Connection(0, 1)))
                .withMessageContaining("unit 0 is the bias: the end of Connection[to=0, from=1]");
    }

    @Test
    void otherMistakes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph(1, List.of(2), new Connection(2, 1), new Connection(2, 1)))
                .withMessage("connection Connection[to=2, from=1] is there twice: once is enough");
        assertThatIllegalArgumentException().isThrownBy(() -> graph(1, List.of(2, 2), new Connection(2, 1)))
                .withMessageContaining("output 2 is there twice");
        assertThatIllegalArgumentException().isThrownBy(() -> graph(2, List.of(2), new Connection(2, 1)))
                .withMessageContaining("nothing leads to unit 3");
        assertThatIllegalArgumentException().isThrownBy(() -> graph(1, List.of(), new Connection(2, 1)))
                .withMessageContaining("outputs (=[])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnitGraph.layered(0, List.of(1), Activation.TANH, Activation.TANH))
                .withMessageContaining("inputs (=0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnitGraph.layered(1, List.of(2, 0, 1), Activation.TANH, Activation.TANH))
                .withMessageContaining("widths (=[2, 0, 1])");
        assertThatIllegalArgumentException().isThrownBy(() -> SKIPPING.activation(1))
                .withMessageContaining("unit 1 is an input");
    }

    @Test
    void badPasses() {
        assertThatIllegalArgumentException().isThrownBy(() -> ForwardPass.of(SKIPPING, new double[8], 1, 2))
                .withMessage("8 weights and 2 inputs for a graph of 9 connections and 2 inputs");
        assertThatThrownBy(() -> ForwardPass.of(SKIPPING, new double[9], 1, Double.NaN))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("the pre-activation of unit 5 is NaN: weights and inputs must be finite");
        ForwardPass pass = ForwardPass.of(SKIPPING, new double[9], 1, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> BackwardPass.of(pass, 1, 2))
                .withMessage("2 derivatives of the loss for 1 outputs");
        assertThatIllegalArgumentException().isThrownBy(() -> ForwardMode.of(pass).gradient())
                .withMessage("0 derivatives of the loss for 1 outputs");
        assertThatIllegalArgumentException().isThrownBy(() -> BackwardPass.of(pass, Double.NaN))
                .withMessage("the loss's derivative by output 0 (=NaN) must be finite");
        UnitGraph chain = graph(2, List.of(3), new Connection(2, 1), new Connection(3, 2));
        ForwardPass steep = ForwardPass.of(chain, new double[]{0, 1e308}, 1);
        assertThatThrownBy(() -> BackwardPass.of(steep, 100)).isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("delta error of unit 2 is Infinity");
        ForwardPass far = ForwardPass.of(chain, new double[]{0, 1e308}, 100);
        assertThatThrownBy(() -> ForwardMode.of(far)).isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("unit 3 by the weight of Connection[to=2, from=1] is Infinity");
    }
}
