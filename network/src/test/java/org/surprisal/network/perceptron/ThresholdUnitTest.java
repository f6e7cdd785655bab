package org.surprisal.network.perceptron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// One linear threshold unit: the worked numbers of the notes and the limits of what it can do.
class ThresholdUnitTest {
    /// Zahn, Fig. 34.
    private static final ThresholdUnit EXAMPLE = new ThresholdUnit(-0.3, 0.5, 1.0);
    /// Schweizer's perceptron.
    private static final ThresholdUnit NAND = new ThresholdUnit(3, -2, -2);

    @Test
    void theWorkedExample() {
        assertThat(EXAMPLE.logit(-0.5, -0.5)).isEqualTo(-1.05);
        assertThat(EXAMPLE.output(-0.5, -0.5)).isZero();
        assertThat(EXAMPLE.side(-0.5, -0.5)).isEqualTo(-1);
        assertThat(EXAMPLE.side(1, 1)).isEqualTo(1);
        assertThat(EXAMPLE.distanceOfOrigin()).isCloseTo(-0.2683, Offset.offset(5e-5))
                .isEqualTo(EXAMPLE.distance(0, 0));
    }

    @Test
    void thePlaneBelongsToTheSideOfOnes() {
        ThresholdUnit unit = new ThresholdUnit(-2, 1, 1);
        assertThat(unit.side(1, 1)).isZero();
        assertThat(unit.output(1, 1)).isEqualTo(1);
        assertThat(unit.output(1, 1 - 1e-9)).isZero();
    }

    @Test
    void distancesAreGeometry() {
        // The foot of the perpendicular from (5, 6) to 3x + 4y = 14 is (2, 2), 5 away.
        ThresholdUnit unit = new ThresholdUnit(-14, 3, 4);
        assertThat(unit.distance(5, 6)).isEqualTo(5);
        assertThat(unit.distance(-1, -2)).isEqualTo(-5);
        assertThat(unit.distance(2, 2)).isZero();
        // the same plane from weights whose squares overflow, or vanish
        assertThat(new ThresholdUnit(-14e200, 3e200, 4e200).distance(5, 6)).isCloseTo(5, Offset.offset(1e-14));
        assertThat(new ThresholdUnit(-14e-200, 3e-200, 4e-200).distance(5, 6)).isCloseTo(5, Offset.offset(1e-14));
    }

    @Test
    void nandIsSchweizers() {
        assertThat(NAND.truthTable()).hasToString("""
                x1     0  0  1  1
                x2     0  1  0  1
                w.x+b  3  1  1 -1
                y      1  1  1  0""");
    }

    private static int nand(int a, int b) {
        return NAND.output(a, b);
    }

    @Test
    void aFullAdderOfNineNands() {
        for (int input = 0; input < 8; input++) {
            int a = (input >> 2) & 1;
            int b = (input >> 1) & 1;
            int c = input & 1;
            int ab = nand(a, b);
            int half = nand(nand(a, ab), nand(b, ab));
            int hc = nand(half, c);
            int sum = nand(nand(half, hc), nand(c, hc));
            int carry = nand(hc, ab);
            assertThat(2 * carry + sum).as("%d + %d + %d", a, b, c).isEqualTo(a + b + c);
        }
    }

    @Test
    void noUnitOfAGridDoesMoreThanThreeQuartersOfXor() {
        int most = 0;
        for (int w1 = -12; w1 <= 12; w1++) {
            for (int w2 = -12; w2 <= 12; w2++) {
                for (int b = -12; b <= 12; b++) {
                    ThresholdUnit unit = new ThresholdUnit(b / 4.0, w1 / 4.0, w2 / 4.0);
                    int right = 0;
                    for (int x = 0; x < 4; x++) {
                        int x1 = x >> 1;
                        int x2 = x & 1;
                        right += unit.output(x1, x2) == (x1 ^ x2) ? 1 : 0;
                    }
                    most = Math.max(most, right);
                }
            }
        }
        assertThat(most).isEqualTo(3);
    }

    @Test
    void badArguments() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ThresholdUnit(0)).withMessageContaining("weight");
        assertThatIllegalArgumentException().isThrownBy(() -> new ThresholdUnit(Double.NaN, 1))
                .withMessage("bias (=NaN) must be finite");
        assertThatIllegalArgumentException().isThrownBy(() -> new ThresholdUnit(0, 1, Double.POSITIVE_INFINITY))
                .withMessage("weight 1 (=Infinity) must be finite");
        assertThatIllegalArgumentException().isThrownBy(() -> EXAMPLE.output(1, 2, 3))
                .withMessage("3 inputs for 2 weights");
        assertThatIllegalArgumentException().isThrownBy(() -> EXAMPLE.output(1, Double.NaN))
                .withMessageContaining("[1.0, NaN]");
        assertThatThrownBy(() -> new ThresholdUnit(1, 0, 0).distance(1, 1)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("all weights are 0");
    }

    @Test
    void itIsImmutableAndReadable() {
        double[] weights = {1, 2};
        ThresholdUnit unit = new ThresholdUnit(-0.5, weights);
        weights[0] = 9;
        unit.weights()[1] = 9;
        assertThat(unit.weights()).containsExactly(1, 2);
        assertThat(unit).hasToString("H(1.0 x1 + 2.0 x2 + -0.5)");
    }
}
