package org.surprisal.cli.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.report.Cells;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.theory.meanfield.ActivationFunction;
import org.surprisal.theory.meanfield.PhaseDiagram;

/// What the figures of `theory phase-diagram` draw.
class PhaseDiagramFiguresTest {

    private static List<Figure> figures(String activation, String sigmaW2, String sigmaB2) {
        return PhaseDiagramFigures.of(PhaseDiagram.of(ActivationFunction.labelled(activation),
                Spaced.parse("--sigma-w2", sigmaW2), Spaced.parse("--sigma-b2", sigmaB2)));
    }

    private static List<Mark> marks(Figure figure) {
        return ((Chart) figure).marks();
    }

    /// Six rows of a default diagram are too few for a line: the one that is drawn is at 1.761 where sigma_b2 is 0.05.
    @Test
    void theDrawnCriticalLineIsTheCriticalLine() {
        for (Figure figure : figures("tanh", "0.5,4,4", "0,0.5,6")) {
            Line line = (Line) marks(figure).get(1);
            int i = 1;
            while (line.y().get(i) < 0.05) {
                i++;
            }
            double share = (0.05 - line.y().get(i - 1)) / (line.y().get(i) - line.y().get(i - 1));
            double weight = line.x().get(i - 1) + share * (line.x().get(i) - line.x().get(i - 1));

            assertThat(weight).isCloseTo(1.760955, within(1e-3));
            assertThat(line.x().get(0)).isCloseTo(1, within(1e-12));
            assertThat(line.y().get(0)).isZero();
        }
    }

    @Test
    void noCellReachesBelowZero() {
        Cells cells = (Cells) marks(figures("tanh", "0.1,4,4", "0,0.5,6").getFirst()).getFirst();

        assertThat(cells.yEdges().get(0)).isZero();
        assertThat(cells.yEdges().get(1)).isCloseTo(0.05, within(1e-15));
        assertThat(cells.xEdges().get(0)).isZero();
    }

    /// A ReLU loses its fixed point at sigma_w2 = 2 whatever sigma_b2 is.
    @Test
    void theLineOfAReluIsStraight() {
        Line line = (Line) marks(figures("relu", "1,3,3", "0.1,0.5,3").getFirst()).get(1);

        assertThat(line.x().stream().toArray()).containsExactly(2, 2);
        assertThat(line.y().get(0)).isZero();
        assertThat(line.y().get(1)).isCloseTo(0.6, within(1e-12));
    }

    /// A sigmoid is in order at all sigma_w2 of the default diagram.
    @Test
    void aLineBesideTheDiagramIsNotDrawn() {
        assertThat(marks(figures("sigmoid", "0.5,4,3", "0,0.5,3").getFirst())).hasSize(1);
    }
}
