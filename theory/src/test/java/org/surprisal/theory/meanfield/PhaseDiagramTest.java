package org.surprisal.theory.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.tensor.Processors;

class PhaseDiagramTest {

    @Test
    void itsCellsAreTheFixedPointsOfTheirSettings() {
        double[] sigmaW2 = {0.5, 1.5, 2.5};
        double[] sigmaB2 = {0, 0.05};
        PhaseDiagram diagram = PhaseDiagram.of(SaturatingActivation.TANH, sigmaW2, sigmaB2);

        assertThat(diagram.sigmaW2()).containsExactly(0.5, 1.5, 2.5);
        assertThat(diagram.sigmaB2()).containsExactly(0.0, 0.05);
        for (int b = 0; b < 2; b++) {
            for (int w = 0; w < 3; w++) {
                assertThat(diagram.at(b, w))
                        .isEqualTo(new MeanField(SaturatingActivation.TANH, sigmaW2[w], sigmaB2[b]).fixedPoint());
            }
        }
        assertThat(diagram.at(0, 0)).isInstanceOf(FixedPoint.Vanishing.class);
        assertThat(diagram.at(1, 1)).isInstanceOfSatisfying(FixedPoint.Settled.class,
                cell -> assertThat(cell.phase()).isEqualTo(Phase.ORDERED));
        assertThat(diagram.at(1, 2)).isInstanceOfSatisfying(FixedPoint.Settled.class,
                cell -> assertThat(cell.phase()).isEqualTo(Phase.CHAOTIC));
    }

    @Test
    void threadsDoNotChangeABit() {
        double[] sigmaW2 = {0.5, 1, 1.5, 2, 2.5, 3};
        double[] sigmaB2 = {0, 0.05, 0.1};
        PhaseDiagram one = Processors.within(1, () -> PhaseDiagram.of(SaturatingActivation.TANH, sigmaW2, sigmaB2));

        assertThat(Processors.within(4, () -> PhaseDiagram.of(SaturatingActivation.TANH, sigmaW2, sigmaB2)))
                .isEqualTo(one);
    }

    /// A cell without a fixed point does not stop the grid.
    @Test
    void divergingCellsAreRecordedAsSuch() {
        PhaseDiagram diagram = PhaseDiagram.of(PiecewiseLinear.RELU, new double[]{1, 2, 3}, new double[]{0, 0.1});

        assertThat(diagram.cells().get(0)).hasExactlyElementsOfTypes(FixedPoint.Vanishing.class,
                FixedPoint.Marginal.class, FixedPoint.Divergent.class);
        assertThat(diagram.cells().get(1)).hasExactlyElementsOfTypes(FixedPoint.Settled.class,
                FixedPoint.Divergent.class, FixedPoint.Divergent.class);
    }

    @Test
    void badInputIsOneLine() {
        assertThatThrownBy(() -> PhaseDiagram.of(PiecewiseLinear.RELU, new double[]{}, new double[]{0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no values of sigma_w2, at least one needed");
        assertThatThrownBy(() -> PhaseDiagram.of(PiecewiseLinear.RELU, new double[]{1, -1}, new double[]{0}))
                .hasMessage("sigma_w2 = -1.0, a positive number needed");
    }

    /// The critical line, joined by straight lines, is where the critical points are computed one by one: also near
    /// sigma_b2 = 0, where sigma_w2 rises with the square root of sigma_b2.
    @ParameterizedTest
    @CsvSource({"tanh, 0, 0.55, 0.05", "tanh, 0, 0.55, 0.0001", "tanh, 0, 0.55, 0.5", "erf, 0, 1, 0.05",
            "erf, 0, 1, 0.001",
            "sigmoid, 0, 0.5, 0.2", "tanh, 0, 50, 1", "tanh, 0.2, 0.3, 0.25", "relu, 0, 1, 0.3",
            "identity, 0.1, 1, 0.3"})
    void theCriticalLineRunsThroughTheCriticalPoints(String label, double from, double to, double sigmaB2) {
        ActivationFunction activation = ActivationFunction.labelled(label);
        List<CriticalLine.Point> points = CriticalLine.of(activation, from, to).points();
        double right = switch (MeanField.critical(activation, sigmaB2)) {
            case CriticalPoint.Transition transition -> transition.sigmaW2().value();
            case CriticalPoint.EdgeOfDivergence edge -> edge.sigmaW2();
        };

        assertThat(points.getFirst().sigmaB2()).isCloseTo(from, within(1e-12));
        assertThat(points.getLast().sigmaB2()).isCloseTo(to, within(1e-9 * to));
        int i = 1;
        while (points.get(i).sigmaB2() < sigmaB2) {
            i++;
        }
        CriticalLine.Point left = points.get(i - 1);
        double share = (sigmaB2 - left.sigmaB2()) / (points.get(i).sigmaB2() - left.sigmaB2());
        assertThat(left.sigmaW2() + share * (points.get(i).sigmaW2() - left.sigmaW2()))
                .isCloseTo(right, within(1e-3 * right));
    }

    @Test
    void aCriticalLineOfNoExtentIsRefused() {
        assertThatThrownBy(() -> CriticalLine.of(SaturatingActivation.TANH, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sigma_b2 from 1.0 to 1.0, rising numbers of at least 0 needed");
        assertThatThrownBy(() -> CriticalLine.of(SaturatingActivation.TANH, -1, 1))
                .hasMessage("sigma_b2 from -1.0 to 1.0, rising numbers of at least 0 needed");
    }
}
