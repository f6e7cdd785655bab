package org.surprisal.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PowerLawTest {
    @Test
    void findsAPowerLawExactly() {
        double[] x = {1, 2, 5, 10};
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = 3 * Math.pow(x[i], 1.5);
        }
        PowerLaw law = PowerLaw.through(x, y);
        assertThat(law.exponent()).isCloseTo(1.5, within(1e-12));
        assertThat(law.factor()).isCloseTo(3, within(1e-12));
        assertThat(law.error()).isCloseTo(0, within(1e-7));
        assertThat(law.at(4)).isCloseTo(24, within(1e-10));
    }

    /// scipy.stats.linregress of ln [2, 9, 30, 61] on ln [1, 2, 4, 8]: slope 1.65291776, stderr 0.18229051, intercept
    /// 0.88203782
    @Test
    void tellsItsStandardError() {
        PowerLaw law = PowerLaw.through(new double[]{1, 2, 4, 8}, new double[]{2, 9, 30, 61});
        assertThat(law.exponent()).isCloseTo(1.65291776, within(1e-7));
        assertThat(law.error()).isCloseTo(0.18229051, within(1e-7));
        assertThat(Math.log(law.factor())).isCloseTo(0.88203782, within(1e-7));
    }

    @Test
    void refusesWhatHasNoLogarithmAndTooFewPoints() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PowerLaw.through(new double[]{1, 2, 3}, new double[]{1, 0, 3}))
                .withMessageContaining("y[1] = 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> PowerLaw.through(new double[2], new double[2]))
                .withMessageContaining("at least 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PowerLaw.through(new double[]{2, 2, 2}, new double[]{1, 2, 3}))
                .withMessageContaining("one x");
    }
}
