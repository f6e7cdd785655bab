package org.surprisal.information.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FittedLineTest {
    /// By scipy.stats.linregress, SciPy 1.10.1.
    @Test
    void agreesWithAnotherImplementation() {
        FittedLine line = FittedLine.through(new double[]{1, 2, 4, 7, 11}, new double[]{2, 3.5, 3, 9, 12});

        assertThat(line.slope()).isCloseTo(1.0378787878787878, within(1e-12));
        assertThat(line.intercept()).isCloseTo(0.7106060606060609, within(1e-12));
        assertThat(line.correlation()).isCloseTo(0.965919910017493, within(1e-12));
        assertThat(line.slopeError()).isCloseTo(0.16057508754132496, within(1e-12));
        assertThat(line.pValue()).isCloseTo(0.007513673298038047, within(1e-12));
        assertThat(line.slopeHalfWidth()).isCloseTo(0.5110215940665866, within(1e-10));
    }

    @Test
    void aLineWithoutScatterIsSure() {
        FittedLine line = FittedLine.through(new double[]{0, 1, 2}, new double[]{1, -1, -3});

        assertThat(line.slope()).isEqualTo(-2);
        assertThat(line.correlation()).isEqualTo(-1);
        assertThat(line.pValue()).isZero();
        assertThat(line.at(3)).isEqualTo(-5);
    }

    @Test
    void tooLittleIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> FittedLine.through(new double[2], new double[2]))
                .withMessageContaining("2 x and 2 y");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FittedLine.through(new double[]{1, 1, 1}, new double[]{1, 2, 3}))
                .withMessageContaining("one x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FittedLine.through(new double[]{1, 2, 3}, new double[]{1, 1, 1}));
    }
}
