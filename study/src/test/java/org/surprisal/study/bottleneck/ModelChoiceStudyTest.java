package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// The partial rank correlation by which criteria are judged.
class ModelChoiceStudyTest {
    /// By hand for five points: τ(x,y) = 0.4, τ(x,z) = 0.2, τ(y,z) = 0.4, which SciPy gives as well.
    @Test
    void partialCorrelationIsThatOfKendallsFormula() {
        double[] x = {1, 2, 3, 4, 5};
        double[] y = {2, 1, 5, 3, 4};
        double[] z = {2, 3, 5, 1, 4};
        double xy = 0.4;
        double xz = 0.2;
        double yz = 0.4;
        assertThat(ModelChoiceStudy.partial(x, y, z).orElseThrow()).isCloseTo(
                (xy - xz * yz) / Math.sqrt((1 - xz * xz) * (1 - yz * yz)), within(1e-12));
    }

    /// What is known of x is all in z.
    @Test
    void aCriterionThatRestatesTheGivenOneHasNone() {
        double[] x = {1, 2, 3, 4};
        assertThat(ModelChoiceStudy.partial(x, new double[]{2, 1, 4, 3}, x)).isEmpty();
    }
}
