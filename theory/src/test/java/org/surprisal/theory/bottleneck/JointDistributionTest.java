package org.surprisal.theory.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.surprisal.tensor.Tensor;

class JointDistributionTest {

    private static JointDistribution of(int columns, double... values) {
        return JointDistribution.of(Tensor.of(values, values.length / columns, columns));
    }

    /// H and I by pen: H(X) = ln 2; p(y) = (3/8, 5/8); I = 1/8 ln(1/8 / (3/16)) + … .
    @Test
    void informationByPen() {
        JointDistribution joint = of(2, 0.125, 0.375, 0.25, 0.25);

        assertThat(joint.entropyOfX()).isCloseTo(Math.log(2), within(1e-15));
        assertThat(joint.entropyOfY()).isCloseTo(-0.375 * Math.log(0.375) - 0.625 * Math.log(0.625), within(1e-15));
        assertThat(joint.mutualInformation()).isCloseTo(0.125 * Math.log(2.0 / 3) + 0.375 * Math.log(1.2)
                + 0.25 * Math.log(4.0 / 3) + 0.25 * Math.log(0.8), within(1e-15));
        assertThat(joint.probabilityOfX(1)).isEqualTo(0.5);
        assertThat(joint.probabilityOfY(0)).isEqualTo(0.375);
    }

    @Test
    void rowsOfOneConditionalAreMerged() {
        // rows 0 and 2 have p(y|x) = (1/3, 2/3), row 3 none
        JointDistribution joint = of(2, 0.1, 0.2, 0.2, 0.2, 0.1, 0.2, 0, 0);
        SufficientStatistic statistic = joint.sufficientStatistic();

        assertThat(statistic.symbols()).containsExactly(0, 1, 0, -1);
        assertThat(statistic.joint().xCount()).isEqualTo(2);
        assertThat(statistic.joint().probabilityOfX(0)).isCloseTo(0.6, within(1e-15));
        assertThat(statistic.joint().mutualInformation()).isCloseTo(joint.mutualInformation(), within(1e-15));
        assertThat(statistic.joint().sufficientStatistic().symbols()).containsExactly(0, 1);
    }

    @Test
    void aTaskOfLabelsIsDeterministic() {
        JointDistribution joint = JointDistribution.ofLabels(0, 1, 1, 0, 2, 2, 2, 2);

        assertThat(joint.entropyOfX()).isCloseTo(Math.log(8), within(1e-14));
        assertThat(joint.mutualInformation()).isCloseTo(1.5 * Math.log(2), within(1e-14));
        assertThat(joint.sufficientStatistic().symbols()).containsExactly(0, 1, 1, 0, 2, 2, 2, 2);
        assertThat(JointDistribution.ofLabels(-1, 1_000_000, -1).yCount()).isEqualTo(2);
    }

    /// For a 2 x 2 table the second singular value is the correlation of the two bits.
    @Test
    void theCriticalBetaOfTwoBitsIsTheirInverseSquaredCorrelation() {
        JointDistribution joint = of(2, 0.125, 0.375, 0.25, 0.25);
        double correlation = (0.25 - 0.5 * 0.625) / Math.sqrt(0.5 * 0.5 * 0.375 * 0.625);

        assertThat(joint.criticalBeta().orElseThrow()).isCloseTo(1 / (correlation * correlation), within(1e-12));
    }

    /// NumPy: (second of numpy.linalg.svd of p / sqrt(outer(p_x, p_y)))**-2 for this table of 3 x 4 and its transpose.
    @Test
    void theCriticalBetaOfATable() {
        double[] table = {0.10, 0.02, 0.05, 0.08, 0.03, 0.20, 0.04, 0.03, 0.05, 0.06, 0.24, 0.10};
        double[] transpose = new double[12];
        for (int i = 0; i < 12; i++) {
            transpose[i % 4 * 3 + i / 4] = table[i];
        }

        assertThat(of(4, table).criticalBeta().orElseThrow()).isCloseTo(3.123715646701324, within(1e-11));
        assertThat(of(3, transpose).criticalBeta().orElseThrow()).isCloseTo(3.123715646701324, within(1e-11));
    }

    @Test
    void whatIsIndependentHasNoCriticalBeta() {
        assertThat(of(2, 0.12, 0.28, 0.18, 0.42).criticalBeta()).isEmpty();
        assertThat(of(1, 0.4, 0.6).criticalBeta()).isEmpty();
        assertThat(JointDistribution.ofLabels(0, 1, 0, 1).criticalBeta().orElseThrow()).isCloseTo(1, within(1e-14));
    }

    @Test
    void badTablesAreAnsweredInOneLine() {
        assertThatThrownBy(() -> of(2, 0.5, 0.2, 0.1, 0.1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("the joint's elements sum to 0\\.\\d+, 1 needed");
        assertThatThrownBy(() -> of(2, 0.5, -0.2, 0.6, 0.1)).hasMessage("joint[0, 1] = -0.2, a probability needed");
        assertThatThrownBy(() -> of(2, 0.5, Double.NaN, 0.4, 0.1))
                .hasMessage("joint[0, 1] = NaN, a probability needed");
        assertThatThrownBy(() -> of(2, 0.5, 0.1, Double.POSITIVE_INFINITY, 0.1))
                .hasMessage("joint[1, 0] = Infinity, a probability needed");
        assertThatThrownBy(() -> JointDistribution.of(Tensor.of(new double[]{0.5, 0.5})))
                .hasMessage("joint of shape (2), a table (x, y) with at least one element needed");
        assertThatThrownBy(() -> JointDistribution.ofLabels()).hasMessage("no labels, at least one needed");
        // printed digits are off by a little
        assertThat(of(2, 0.5 + 5e-10, 0.5, 0, 0).probabilityOfX(0)).isEqualTo(1);
    }

    @Test
    void countsAndRoundedProbabilitiesAreNormalised() {
        JointDistribution counts = JointDistribution.normalised(Tensor.of(new double[]{30, 10, 20, 40}, 2, 2));
        JointDistribution rounded = JointDistribution.normalised(Tensor.of(new double[]{0.3, 0.1, 0.2, 0.401}, 2, 2));

        assertThat(counts.probabilityOfX(0)).isEqualTo(0.4);
        assertThat(counts.probabilityOfY(1)).isEqualTo(0.5);
        assertThat(rounded.probabilityOfX(0)).isCloseTo(0.4 / 1.001, within(1e-15));
        assertThatThrownBy(() -> JointDistribution.of(Tensor.of(new double[]{30, 10, 20, 40}, 2, 2)))
                .isInstanceOf(JointDistribution.SumException.class)
                .hasMessage("the joint's elements sum to 100.0, 1 needed");
    }

    @Test
    void aSumThatCannotBeDividedOutIsRefused() {
        assertThatThrownBy(() -> JointDistribution.normalised(Tensor.of(new double[]{0, 0, 0, 0}, 2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the joint's elements sum to 0.0, a positive finite sum needed");
        assertThatThrownBy(() -> JointDistribution.normalised(Tensor.of(new double[]{1e308, 1e308}, 2, 1)))
                .hasMessage("the joint's elements sum to Infinity, a positive finite sum needed");
        assertThatThrownBy(() -> JointDistribution.normalised(Tensor.of(new double[]{1, -1, 2, 3}, 2, 2)))
                .hasMessage("joint[0, 1] = -1.0, a probability needed");
    }
}
