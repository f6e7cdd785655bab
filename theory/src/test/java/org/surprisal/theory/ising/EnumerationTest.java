package org.surprisal.theory.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EnumerationTest {
    /// By hand: of the 16 states of 2 x 2, two have energy -8J, two +8J and twelve 0; |M| is 4 in the first two, 2 in
    /// eight of the twelve, else 0.
    @Test
    void theFourSpinLatticeIsThatOfPaper() {
        double t = 2.7;
        Enumeration counted = Enumeration.of(new IsingModel(2, t, 1, 0));
        double e = Math.exp(8 / t);
        double z = 2 * e + 12 + 2 / e;

        assertThat(counted.logPartitionFunction()).isCloseTo(Math.log(z), within(1e-14));
        assertThat(counted.energyPerSpin()).isCloseTo((-16 * e + 16 / e) / z / 4, within(1e-14));
        assertThat(counted.magnetisation()).isCloseTo(0, within(1e-15));
        double absolute = (8 * e + 16) / z;
        double square = (32 * e + 32) / z;
        double fourth = (512 * e + 128) / z;
        assertThat(counted.absMagnetisation()).isCloseTo(absolute / 4, within(1e-14));
        assertThat(counted.susceptibility()).isCloseTo((square - absolute * absolute) / (4 * t), within(1e-14));
        assertThat(counted.binderCumulant()).isCloseTo(1 - fourth / (3 * square * square), within(1e-14));
    }

    /// Without coupling each spin stands alone in the field.
    @Test
    void freeSpinsFollowTheField() {
        Enumeration counted = Enumeration.of(new IsingModel(3, 1.3, 0, 0.4));
        double tanh = Math.tanh(0.4 / 1.3);

        assertThat(counted.magnetisation()).isCloseTo(tanh, within(1e-14));
        assertThat(counted.energyPerSpin()).isCloseTo(-0.4 * tanh, within(1e-14));
        assertThat(counted.specificHeat()).isCloseTo(Math.pow(0.4 / 1.3, 2) * (1 - tanh * tanh), within(1e-13));
    }

    @Test
    void modelsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> Enumeration.of(IsingModel.of(5, 1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size = 5, at most 4");
        assertThatThrownBy(() -> IsingModel.of(1, 1)).hasMessageContaining("size = 1, 2 to");
        assertThatThrownBy(() -> IsingModel.of(40_000, 1)).hasMessageContaining("size = 40000, 2 to");
        assertThatThrownBy(() -> IsingModel.of(4, 0)).hasMessageContaining("temperature = 0.0, a positive");
        assertThatThrownBy(() -> IsingModel.of(4, Double.NaN)).hasMessageContaining("temperature = NaN");
        assertThatThrownBy(() -> new IsingModel(4, 1, Double.POSITIVE_INFINITY, 0)).hasMessageContaining("coupling");
        assertThatThrownBy(() -> new IsingModel(4, 1, 1, Double.NaN)).hasMessageContaining("field = NaN");
    }
}
