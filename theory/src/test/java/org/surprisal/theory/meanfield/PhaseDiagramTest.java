package org.surprisal.theory.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
}
